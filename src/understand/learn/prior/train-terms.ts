import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type Card, decodeModel, encodeModel } from '../model-file.ts'
import { PRIOR_FOLDS } from './sentiment.ts'
import { type JudgedSet, type JudgedText, judgedSets, side, trainTermPrior } from './term-training.ts'
import { TERM_BITS, TERM_WIDTH, type TermPrior, termPriorOf } from './terms.ts'

/**
 * Trains the shipped prior of term polarity and writes its card; the same data and seed give the same bytes:
 *   node src/understand/learn/prior/train-terms.ts --data ../shared/data --out models/prior [--seed 7]
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    out: { type: 'string', default: 'models/prior' },
    seed: { type: 'string', default: '7' },
  },
})
const seed = Number(values.seed)
const sets = judgedSets(values.data)
if (sets.length === 0) {
  process.stderr.write(`${values.data}: no training set was found there.\n`)
  process.exit(2)
}
const texts = sets.flatMap((set) => set.texts)
const parts = trainTermPrior(texts, seed, (line) => process.stderr.write(`${line}\n`))
const about: Card = { task: 'term-polarity', tier: 'fast', seed, data: sets.map(describe), heldOut: null }
const bytes = encodeModel(about, parts)
const model = decodeModel(bytes)
const prior = model.ok ? termPriorOf(model.value) : model
if (!model.ok || !prior.ok) throw new Error('the model that was written cannot be read')
mkdirSync(values.out, { recursive: true })
writeFileSync(path.join(values.out, 'terms.model'), bytes)
writeFileSync(path.join(values.out, 'TERMS_CARD.md'), cardOf(prior.value, model.value.checksum))

function describe({ id, texts }: JudgedSet): Card['data'][number] {
  const rows = texts.map(({ text, terms, sides }) => JSON.stringify([text, terms, sides]))
  const sha256 = createHash('sha256').update(rows.join('\n')).digest('hex')
  return { name: id, rows: texts.length, labelled: texts.length, sha256 }
}

/** The share of terms that are on the side that the prior thinks likeliest, and of those that praise or blame, told apart. */
function judge(prior: TermPrior, texts: JudgedText[]) {
  let n = 0
  let right = 0
  let sided = 0
  let told = 0
  for (const { text, terms, sides } of texts) {
    const odds = new Float64Array(TERM_WIDTH * terms.length)
    prior.read(text, terms, odds)
    sides.forEach((gold, i) => {
      const praise = odds[TERM_WIDTH * i]!
      const pole = praise > 0 ? side.praise : side.complaint
      // The likelier pole's odds against neither: those of both, less what the other pole adds.
      const poleOdds = -odds[TERM_WIDTH * i + 1]! - Math.log(1 + Math.exp(-Math.abs(praise)))
      const said = poleOdds > 0 ? pole : side.neither
      n++
      if (said === gold) right++
      if (gold === side.neither) return
      sided++
      if (pole === gold) told++
    })
  }
  return { n, right: right / n, sided, told: told / Math.max(1, sided) }
}

function cardOf(prior: TermPrior, checksum: string): string {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`
  const rows = sets.map((set) => {
    const { n, right, sided, told } = judge(prior, set.texts)
    return `| ${set.id} | ${set.licence} | ${set.texts.length} | ${n} | ${percent(right)} | ${percent(told)} (${sided}) |`
  })
  return `# The prior of term polarity

What \`daystar learn term-polarity\` starts from beside a brand's own labels: ${PRIOR_FOLDS} linear members over hashed features of a term
(the words in it, around it by distance, in its clause and in its own part of the clause; denials in English; no word list), three classes
kept as praise and complaint against neither, 2^${TERM_BITS} buckets, int8. Member k was trained without the texts of fold k (a hash of the
normalised text, the same folds as the prior of sentiment), and any text is read by the member of its own fold: a text that was trained on
is read by a member that has not seen it. \`learn\` weighs the readings against its own head on folds that the head has not seen; without
the file everything works, less well.

- File: \`terms.model\`, ${bytes.length.toLocaleString('en')} bytes, SHA-256 begins ${checksum}.
- Made by \`node src/understand/learn/prior/train-terms.ts --data ../shared/data --out models/prior\` (seed ${seed}); the same data and seed
  give the same bytes.

## What it was trained on, and how it reads it

Each text was read by the member that has not seen it. Texts that are in several sets (most of semeval_aste_en is in semeval2014_absa) share
a fold. A judgement of nothing named counts for the words that judge.

| set | licence that its source states | texts | terms | right of three sides | praise told from complaint (n) |
|---|---|---|---|---|---|
${rows.join('\n')}

Where no licence is stated the original owners' terms apply. None of the texts is in this repository. **For commercial use, train again on
labels of your own**, or delete the file. Equal texts share a fold; texts that differ by a few characters may not.
`
}
