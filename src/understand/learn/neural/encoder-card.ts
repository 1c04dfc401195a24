import type { CorpusSet } from './corpus.ts'
import type { Foundation } from './shared-encoder.ts'

export interface EncoderFacts {
  seed: number
  bytes: number
  /** Taught on a graphics card by train_encoder.py, with the layer over the encoder. */
  card: boolean
  sets: { set: CorpusSet; texts: string[] }[]
  figures: { characters: number; heldOut: number; bits: number; passes: number }
  foundation: Foundation
}

const ON_PROCESSOR = `Made by \`node src/understand/learn/neural/train-encoder.ts --data DIR\` (seed SEED); the same data and seed give the same file,
  on processors with fused multiply–add. This card is written by that command.`
const ON_CARD = `Made on a graphics card by \`src/understand/learn/neural/train_encoder.py\` (seed SEED; how: at its head), in bfloat16: the same data and seed
  give about the same numbers, not the same bytes. Packed, and this card written, by \`train-encoder.ts --from DIR\`.`
const UPPER = ` A layer over both directions was taught to tell characters
that were hidden from it and the kinds of words (by the dictionary of @node-rs/jieba).`

/** The encoder's card, written by the run that trained it. */
export function encoderCard({
  seed,
  bytes,
  card,
  sets,
  figures,
  foundation: { alphabet, sizes },
}: EncoderFacts): string {
  const number = (value: number) => value.toLocaleString('en')
  const rows = sets.map(
    ({ set, texts }) => `| ${set.id} (${set.files.join(', ')}) | ${set.licence} | ${number(texts.length)} |`,
  )
  return `# The encoder of the strong tier

A forward and a backward recurrent layer over characters and pairs of neighbours, taught to tell the next and the previous character of
Chinese shop reviews, posts and questions.${card ? UPPER : ''} \`daystar learn --tier strong\` starts from it; without it the strong tier starts from random
numbers and reads less well. It holds no text and no labels were used.

- File: \`encoder.weights\`, ${number(bytes)} bytes; format in \`src/understand/learn/tensor-file.ts\`, tables in 8 bits, the rest in 16.
- ${(card ? ON_CARD : ON_PROCESSOR).replace('SEED', String(seed))}
- ${number(alphabet.size)} characters of ${sizes.char} numbers, ${number(alphabet.pairs.length)} pairs of ${sizes.bigram}, ${sizes.state} units in each direction.
- Read ${number(figures.characters)} characters, ${number(figures.passes)} times over. On ${number(figures.heldOut)} held-out pieces (one text in a hundred by its hash) it needs
  ${figures.bits.toFixed(2)} bits a character, the mean of both directions.

## What it read

Labels were left out, and so were the dev files of the sets on which figures are measured. Every text once.

| set | licence that its source states | texts |
|---|---|---|
${rows.join('\n')}

Where no licence is stated the original owners' terms apply. None of the texts is in this repository. **For commercial use, train it again
on texts of your own**: the command takes any folder of the same shape.
`
}
