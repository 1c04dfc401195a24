import type { Dataset } from './datasets.ts'
import type { Figure } from './evaluation.ts'

export interface CardFacts {
  command: string
  seed: number
  bytes: number
  checksum: string
  sets: Dataset[]
  emotionRows: number
  figures: Figure[]
}

/** The model card, written by the training run itself: every figure in it was measured by that run. */
export function modelCard(facts: CardFacts): string {
  const percent = (value: number) => `${(value * 100).toFixed(1)} %`
  const figures = facts.figures.map(
    ({ task, split, n, measures }) =>
      `| ${task} | ${split} | ${n} | ${Object.entries(measures)
        .map(([name, value]) => `${name} ${percent(value)}`)
        .join(', ')} |`,
  )
  return `# The reader's weights

Two linear classifiers over hashed n-grams (1 to 3 characters or Latin words): the sentiment of a text, and its emotion. They
stand beside the packs, which find aspects, opinions and scenes; without the weights the packs read alone, less well.

- File: \`reader.weights\`, ${facts.bytes.toLocaleString('en')} bytes, SHA-256 begins ${facts.checksum}; int8 weights, format in \`src/understand/weights.ts\`.
- Made by \`${facts.command}\` (seed ${facts.seed}); the same data and seed give the same file. This card is written by that command.
- \`--exclude-fold K/N\` or \`--hold-out FILE\` (JSON Lines with \`text\`) trains without a part, equal texts on one side
  (Unicode form, case, punctuation and spaces do not count): read texts of the training sets only with weights that have not seen them.

## What it was trained on

| set | licence that its source states | rows used |
|---|---|---|
${facts.sets.map((set) => `| ${set.id} | ${set.licence} | ${set.rows.length} |`).join('\n')}
| smp2020_emotion (usual_train, virus_train) | none stated for the data | ${facts.emotionRows} |

Where no licence is stated the original owners' terms apply. None of the texts is in this repository. **For commercial use, train
again on labels of your own**: the command above takes any folder of that layout, and everything works without weights.
Texts whose labelled parts disagree, and three-star ratings, were left out. chnsenticorp is not trained on: its books, computers
and hotels are mostly the same texts as those of online_shopping_10_cats.

## Figures

Sentiment is judged by the side of the reading's score, packs and classifier together, on texts that the weights used have not seen.

| task | measured on | n | result |
|---|---|---|---|
${figures.join('\n')}

## What to keep in mind

- Labels of shop reviews come from ratings: some are wrong, many are mixed ("good heater, dear installation"). No reader can agree with all.
- The aspect figures are a check, not a benchmark: the set's own categories are mapped to ours, "overall" and "other" are left out,
  and the packs' words were chosen after looking at frequent words of this and other sets, so packs are not blind to it.
- Emotion was learnt from Weibo posts, not from reviews; on reviews it speaks only when it is sure and never against the sentiment.
- Figures of other categories, other times and other shops will differ. Measure on your own labels.
`
}
