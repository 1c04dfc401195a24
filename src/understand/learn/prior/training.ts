import { foldText } from '../../text.ts'
import { foldOf } from '../folds.ts'
import { hashGrams } from '../linear/grams.ts'
import { fitScorer, type Scorer, scoreRows } from '../linear/scorer.ts'
import { countRows, type Sparse } from '../linear/sparse.ts'
import { gather, type Hashed, Vocabulary } from '../linear/vocabulary.ts'
import { quantise } from '../linear.ts'
import type { Dataset } from '../reader/datasets.ts'
import type { Parts } from '../task.ts'
import { LIKENESS, Likeness, rarityOf } from '../tasks/pair/likeness.ts'
import { boost } from '../trees/boost.ts'
import { PairPrior, pairKey } from './pair.ts'
import { PRIOR_BITS, PRIOR_FOLDS, PRIOR_SHAPE } from './sentiment.ts'

/** Unlabelled texts count as labelled by a first model where it is at least this sure (in margins of the separator). */
const SURE = 0.5

interface Texts {
  rows: Sparse
  /** 1 praise, 0 complaint, −1 not labelled. */
  labels: Int32Array
  worth: Float32Array
  folds: Int32Array
}

/**
 * The members of the prior as parts of a model file. Each is trained twice: on the labelled texts outside its fold, then on these and
 * the unlabelled texts outside its fold whose side the first pass is sure of. Deterministic by data and seed.
 */
export function trainPrior(sets: Dataset[], unlabelled: string[], seed: number, say: (line: string) => void): Parts {
  const texts = prepare(sets, unlabelled)
  const scales: number[] = []
  const biases: number[] = []
  const tensors: Parts['tensors'] = {}
  for (let fold = 0; fold < PRIOR_FOLDS; fold++) {
    const scorer = trainMember(texts, fold, seed)
    const { scale, values } = quantise(scorer.weights)
    tensors[`prior${fold}`] = values
    scales.push(scale)
    biases.push(scorer.biases[0]!)
    say(`member ${fold + 1} of ${PRIOR_FOLDS}`)
  }
  return { header: { scales, biases }, tensors }
}

function trainMember(texts: Texts, fold: number, seed: number): Scorer {
  const outside = Int32Array.from(texts.labels, (_, i) => i).filter((i) => texts.folds[i] !== fold)
  const labelled = outside.filter((i) => texts.labels[i]! >= 0)
  const first = fitMember(texts, labelled, texts.labels, seed)
  const scores = scoreRows(texts.rows, outside, first)
  const labels = texts.labels.slice()
  outside.forEach((row, i) => {
    if (labels[row]! < 0 && Math.abs(scores[i]!) > SURE) labels[row] = scores[i]! > 0 ? 1 : 0
  })
  return fitMember(
    texts,
    outside.filter((i) => labels[i]! >= 0),
    labels,
    seed,
  )
}

/** The mean of a plain and a ratio-weighted separator. */
function fitMember({ rows, worth }: Texts, listed: Int32Array, labels: Int32Array, seed: number): Scorer {
  const labelled = { rows, listed, labels, classes: 2, seed, worth }
  const plain = fitScorer(labelled, 'plain', 1)
  const ratio = fitScorer(labelled, 'ratio', 0.5)
  const weights = plain.weights.map((weight, f) => (weight + ratio.weights[f]!) / 2)
  return { outputs: 1, weights, biases: plain.biases.map((bias, c) => (bias + ratio.biases[c]!) / 2) }
}

function prepare(sets: Dataset[], unlabelled: string[]): Texts {
  const labelled = sets.flatMap((set) => set.rows)
  const texts = [...labelled.map((row) => row.text), ...unlabelled]
  const labels = Int32Array.from(texts, () => -1)
  labelled.forEach((row, i) => {
    labels[i] = row.label === 'positive' ? 1 : 0
  })
  const worth = new Float32Array(texts.length).fill(1)
  worth.set(sets.flatMap(balance))
  return {
    rows: bucketRows(texts),
    labels,
    worth,
    folds: Int32Array.from(texts, (text) => foldOf(text, PRIOR_FOLDS, 'prior')),
  }
}

/** A weight per row that brings the two classes of a set level, within bounds. */
function balance({ rows }: Dataset): number[] {
  const share = rows.filter((row) => row.label === 'positive').length / Math.max(1, rows.length)
  return rows.map((row) => Math.min(3, Math.max(0.5, 0.5 / (row.label === 'positive' ? share : 1 - share))))
}

/** Counts of n-grams by bucket, each over the root of the row's total: what the prior's reading sums. */
function bucketRows(texts: string[]): Sparse {
  const hashed: Hashed = gather(texts.length, (i, out) => {
    const text = texts[i]!
    const n = hashGrams(foldText(text), 0, text.length, PRIOR_SHAPE, out)
    for (let k = 0; k < n; k++) out[k] = out[k]! >>> (32 - PRIOR_BITS)
    return n
  })
  const buckets = new Vocabulary(Uint32Array.from({ length: 2 ** PRIOR_BITS }, (_, i) => i))
  const rows = countRows(hashed, buckets)
  texts.forEach((_, i) => {
    const factor = 1 / Math.sqrt(Math.max(1, hashed.starts[i + 1]! - hashed.starts[i]!))
    for (let k = rows.starts[i]!; k < rows.starts[i + 1]!; k++) rows.values[k]! *= factor
  })
  return rows
}

/** A pair of texts and whether they mean the same. */
export interface LabelledPair {
  a: string
  b: string
  label: number
}

/** The prior of pairs: members of boosted trees over likeness, each without the pairs of its fold. */
export function trainPairPrior(pairs: LabelledPair[], unlabelled: string[], seed: number): PairPrior {
  const rarity = rarityOf([...pairs.flatMap(({ a, b }) => [a, b]), ...unlabelled])
  const likeness = new Likeness(rarity)
  const values = new Float32Array(pairs.length * LIKENESS)
  for (const [i, { a, b }] of pairs.entries()) likeness.measure(a, b, values, i * LIKENESS)
  const labels = Int32Array.from(pairs, ({ label }) => label)
  const folds = pairs.map(({ a, b }) => foldOf(pairKey(a, b), PRIOR_FOLDS, 'prior'))
  const members = Array.from({ length: PRIOR_FOLDS }, (_, fold) => {
    const listed = Int32Array.from(pairs, (_, i) => i).filter((i) => folds[i] !== fold)
    return boost(values, LIKENESS, listed, labels, { trees: 100, depth: 3, rate: 0.1, seed })
  })
  return new PairPrior(rarity, members)
}
