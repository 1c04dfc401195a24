import { quantise } from '../linear.ts'
import { blockOf } from './grams.ts'
import { allRows, fitScorer, MANY, outputsOf, type Scorer, scoreRows, type View } from './scorer.ts'
import { countRows, flatten, type Sparse } from './sparse.ts'
import { fitStack, probabilities, type Stack, type StackInput } from './stack.ts'
import { type Hashed, vocabularyOf } from './vocabulary.ts'

/** What a classifier learns from: a text's hashed features and a few dense ones beside them ("side"). */
export interface Examples {
  hashed: Hashed
  /** The length of a row in each block that its hashes are put into (see grams.ts); [1] where all are one block. */
  lengths: number[]
  side: Float64Array
  sideWidth: number
  labels: Int32Array
  classes: number
  /** The fold of each row, 0 to FOLDS − 1; equal texts share one. */
  folds: Int32Array
  /** Whether classes are chosen for an even F1 of them all rather than for the most right answers. */
  even: boolean
}

export const FOLDS = 4

/** A learnt classifier: one int8 table of weights, and the few numbers that make probabilities of its scores. */
export interface Classifier {
  classes: number
  lengths: number[]
  hashes: Uint32Array
  weights: Int8Array
  /** Of each output: what an int8 step is worth. */
  scales: number[]
  biases: number[]
  sideWidth: number
  /** Of each output and side feature; empty where the side features did not help. */
  slopes: number[]
  /** What a class's probability is multiplied with when a class is chosen, for an even F1 of the classes; 1 for plain choice. */
  favours: number[]
}

export interface Learnt {
  classifier: Classifier
  /** Probabilities of each row by classifiers that had not seen it: classes a row. */
  outOfFold: Float64Array
}

interface Reading {
  view: View
  costs: number[]
}
// Of each view the costs to choose from: many classes of short texts want a higher one than long texts of few.
const FEW_CLASSES: Reading[] = [
  { view: 'plain', costs: [1, 4] },
  { view: 'ratio', costs: [0.5, 2] },
]
// A ratio for each of many classes takes long and is drawn from few rows; rarity is one and the same for all.
const MANY_CLASSES: Reading[] = [
  { view: 'plain', costs: [4] },
  { view: 'rare', costs: [4] },
]
// In a small set every feature that occurs is kept; in a large one those that occur once teach little and fill the file.
const SMALL = 1000

/**
 * Two linear separators, of plain and of weighted presence of n-grams, brought together by a stack that is learnt from
 * out-of-fold scores. Whether the side features help, and whether the classes' F1 gains by favouring some, is decided on held-out folds.
 */
export function learnClassifier(examples: Examples, seed: number): Learnt {
  const { hashed, lengths, labels, classes, folds } = examples
  const n = labels.length
  const listed = Int32Array.from(labels, (_, i) => i)
  const vocabulary = vocabularyOf(hashed, listed, n < SMALL ? 1 : 2)
  const rows = countRows(hashed, vocabulary)
  flatten(
    rows,
    Uint8Array.from(vocabulary.hashes, (hash) => blockOf(hash, lengths.length)),
    lengths,
  )
  const views = (classes > MANY ? MANY_CLASSES : FEW_CLASSES).map(({ view, costs }) => ({
    view,
    ...bestCost(rows, examples, view, costs, seed),
  }))
  const input: StackInput = {
    outputs: outputsOf(classes),
    members: views.map(({ scores }) => scores),
    side: examples.side,
    sideWidth: examples.sideWidth,
  }
  const plain = { ...input, side: new Float64Array(0), sideWidth: 0 }
  const bare = crossStack(plain, examples)
  const sided = input.sideWidth > 0 ? crossStack(input, examples) : bare
  const helps = logLoss(sided, examples) < logLoss(bare, examples)
  const outOfFold = helps ? sided : bare
  const stack = fitStack(helps ? input : plain, listed, labels)
  const scorers = views.map(({ view, cost }) => fitScorer({ rows, listed, labels, classes, seed }, view, cost))
  const merged = merge(scorers, stack)
  return {
    classifier: {
      classes,
      lengths,
      hashes: vocabulary.hashes,
      ...merged,
      sideWidth: input.sideWidth,
      slopes: helps ? [...stack.slopes] : [],
      favours: examples.even ? evenFavours(outOfFold, labels, classes, folds) : new Array<number>(classes).fill(1),
    },
    outOfFold,
  }
}

/** The cost with the fewest errors on the first fold, and the out-of-fold scores with it. */
function bestCost(rows: Sparse, examples: Examples, view: View, costs: number[], seed: number) {
  const { labels, classes } = examples
  const outputs = outputsOf(classes)
  const tried = costs.map((cost) => {
    const scores = new Float64Array(labels.length * outputs)
    return { cost, scores, errors: scoreFold(rows, examples, view, cost, seed, 0, scores) }
  })
  const best = tried.reduce((a, b) => (b.errors < a.errors ? b : a))
  for (let fold = 1; fold < FOLDS; fold++) scoreFold(rows, examples, view, best.cost, seed, fold, best.scores)
  return best
}

/** Scores the rows of a fold by a scorer of the others; returns how many are wrong. */
function scoreFold(
  rows: Sparse,
  { labels, classes, folds }: Examples,
  view: View,
  cost: number,
  seed: number,
  fold: number,
  scores: Float64Array,
): number {
  const outputs = outputsOf(classes)
  const listed = allRows(rows).filter((i) => folds[i] !== fold)
  const held = allRows(rows).filter((i) => folds[i] === fold)
  const scored = scoreRows(rows, held, fitScorer({ rows, listed, labels, classes, seed }, view, cost))
  let errors = 0
  held.forEach((row, i) => {
    const own = scored.subarray(i * outputs, (i + 1) * outputs)
    scores.set(own, row * outputs)
    const said = outputs === 1 ? Number(own[0]! > 0) : own.indexOf(own.reduce((a, b) => Math.max(a, b)))
    if (said !== labels[row]) errors++
  })
  return errors
}

/** Probabilities of each row by a stack that was learnt from the other folds. */
function crossStack(input: StackInput, { labels, folds, classes }: Examples): Float64Array {
  const out = new Float64Array(labels.length * classes)
  const rows = Int32Array.from(labels, (_, i) => i)
  for (let fold = 0; fold < FOLDS; fold++) {
    const stack = fitStack(
      input,
      rows.filter((i) => folds[i] !== fold),
      labels,
    )
    const held = rows.filter((i) => folds[i] === fold)
    const found = probabilities(stack, input, held)
    held.forEach((row, i) => {
      out.set(found.subarray(i * classes, (i + 1) * classes), row * classes)
    })
  }
  return out
}

function logLoss(p: Float64Array, { labels, classes }: Examples): number {
  let sum = 0
  for (let i = 0; i < labels.length; i++) sum -= Math.log(Math.max(1e-12, p[i * classes + labels[i]!]!))
  return sum / Math.max(1, labels.length)
}

function merge(scorers: Scorer[], stack: Stack): Pick<Classifier, 'weights' | 'scales' | 'biases'> {
  const { outputs, trust } = stack
  const size = scorers[0]!.weights.length
  const weights = new Int8Array(size)
  const scales: number[] = []
  const biases = [...stack.biases]
  for (let c = 0; c < outputs; c++) {
    const column = new Float32Array(size / outputs)
    scorers.forEach((scorer, m) => {
      for (let f = 0; f < column.length; f++) column[f]! += trust[m]! * scorer.weights[f * outputs + c]!
      biases[c]! += trust[m]! * scorer.biases[c]!
    })
    const { scale, values } = quantise(column)
    for (let f = 0; f < column.length; f++) weights[f * outputs + c] = values[f]!
    scales.push(scale)
  }
  return { weights, scales, biases }
}

const FAVOURS = Array.from({ length: 25 }, (_, i) => Math.exp((i - 12) / 10))

/** Favours that raise the mean F1 of the classes, where they also do so on folds that they were not chosen from; else ones. */
function evenFavours(p: Float64Array, labels: Int32Array, classes: number, folds: Int32Array): number[] {
  const rows = Int32Array.from(labels, (_, i) => i)
  const ones = new Array<number>(classes).fill(1)
  if (labels.length < SMALL || classes > MANY) return ones
  const said = Int32Array.from(labels, (_, i) => pick(p, i * classes, ones))
  const moved = said.slice()
  for (let fold = 0; fold < FOLDS; fold++) {
    const favours = climb(
      p,
      labels,
      classes,
      rows.filter((i) => folds[i] !== fold),
    )
    for (const i of rows) if (folds[i] === fold) moved[i] = pick(p, i * classes, favours)
  }
  return meanF1(labels, moved, classes) > meanF1(labels, said, classes) ? climb(p, labels, classes, rows) : ones
}

function climb(p: Float64Array, labels: Int32Array, classes: number, rows: Int32Array): number[] {
  const favours = new Array<number>(classes).fill(1)
  const gold = Int32Array.from(rows, (i) => labels[i]!)
  const value = () =>
    meanF1(
      gold,
      Int32Array.from(rows, (i) => pick(p, i * classes, favours)),
      classes,
    )
  let best = value()
  for (let c = classes === 2 ? 1 : 0; c < classes; c++) {
    let kept = 1
    for (const favour of FAVOURS) {
      favours[c] = favour
      const now = value()
      if (now > best) {
        best = now
        kept = favour
      }
    }
    favours[c] = kept
  }
  return favours
}

/** The class of the highest probability times its favour, of those at `at` and after. */
export function pick(p: Float64Array, at: number, favours: number[]): number {
  let best = 0
  for (let c = 1; c < favours.length; c++) if (p[at + c]! * favours[c]! > p[at + best]! * favours[best]!) best = c
  return best
}

/** The mean over classes of 2·hits ÷ (said + right). */
export function meanF1(gold: Int32Array, said: Int32Array, classes: number): number {
  const hits = new Float64Array(classes)
  const total = new Float64Array(classes)
  for (let i = 0; i < gold.length; i++) {
    total[gold[i]!]!++
    total[said[i]!]!++
    if (gold[i] === said[i]) hits[gold[i]!]!++
  }
  let sum = 0
  for (let c = 0; c < classes; c++) sum += total[c]! > 0 ? (2 * hits[c]!) / total[c]! : 0
  return sum / classes
}
