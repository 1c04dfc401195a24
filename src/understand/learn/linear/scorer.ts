import { separate } from './coordinate.ts'
import { rowCount, type Sparse } from './sparse.ts'

/** One linear score for each class, or with two classes a single one, for class 1. Weights lie feature by feature. */
export interface Scorer {
  outputs: number
  weights: Float32Array
  biases: Float64Array
}

/** More classes than this have so few rows each that little can be learnt of one alone. */
export const MANY = 20

export const outputsOf = (classes: number): number => (classes === 2 ? 1 : classes)

export interface Labelled {
  rows: Sparse
  /** The rows learnt from; `labels` and `worth` go by row. */
  listed: Int32Array
  labels: Int32Array
  classes: number
  /** What an error on a row weighs; 1 where absent. */
  worth?: Float32Array
  seed: number
}

/** How a scorer sees features: as they are, or stretched by how unevenly the classes hold them, or by how few rows hold them. */
export type View = 'plain' | 'ratio' | 'rare'

/**
 * One class against the others, each by {@link separate}. The `ratio` view multiplies each feature by its log-count ratio between
 * the class and the rest (Wang and Manning 2012, NB-SVM); the `rare` view by the log of the number of rows over the number of those
 * that hold it (Spärck Jones 1972). Both are brought to a mean length of 1 and folded back into the weights.
 */
export function fitScorer(labelled: Labelled, view: View, cost: number): Scorer {
  const { rows, listed, labels, classes, seed } = labelled
  const outputs = outputsOf(classes)
  const weights = new Float32Array(rows.width * outputs)
  const biases = new Float64Array(outputs)
  const worth = Float32Array.from(listed, (row) => labelled.worth?.[row] ?? 1)
  const rare = view === 'rare' ? stretch(rows, listed, rarities(rows, listed)) : null
  for (let c = 0; c < outputs; c++) {
    const target = outputs === 1 ? 1 : c
    const signs = Int8Array.from(listed, (row) => (labels[row] === target ? 1 : -1))
    const fit = { cost, seed: seed + c }
    const stretched = view === 'ratio' ? stretch(rows, listed, logRatios(rows, listed, signs)) : rare
    const plane = separate(stretched?.rows ?? rows, listed, signs, worth, fit)
    if (stretched) for (let f = 0; f < rows.width; f++) plane.weights[f]! *= stretched.numbers[f]! * stretched.factor
    for (let f = 0; f < rows.width; f++) weights[f * outputs + c] = plane.weights[f]!
    biases[c] = plane.bias
  }
  return { outputs, weights, biases }
}

/** The rows with each feature multiplied by its own number and all by one that brings the listed rows to a mean length of 1. */
function stretch(rows: Sparse, listed: Int32Array, numbers: Float32Array) {
  const { starts, ids } = rows
  const values = new Float32Array(ids.length)
  for (let k = 0; k < values.length; k++) values[k] = rows.values[k]! * numbers[ids[k]!]!
  let squares = 0
  for (const row of listed) for (let k = starts[row]!; k < starts[row + 1]!; k++) squares += values[k]! ** 2
  const factor = squares > 0 ? Math.sqrt(listed.length / squares) : 1
  for (let k = 0; k < values.length; k++) values[k]! *= factor
  return { rows: { ...rows, values }, numbers, factor }
}

/** The log of the listed rows over those of them that hold a feature, both and one more. */
function rarities(rows: Sparse, listed: Int32Array): Float32Array {
  const counts = new Float64Array(rows.width)
  for (const row of listed) for (let k = rows.starts[row]!; k < rows.starts[row + 1]!; k++) counts[rows.ids[k]!]!++
  return Float32Array.from(counts, (count) => Math.log((listed.length + 1) / (count + 1)))
}

/** The log of a feature's share of the positive rows' features over its share of the negative rows', each smoothed by 1. */
export function logRatios(rows: Sparse, listed: Int32Array, signs: Int8Array): Float32Array {
  const positive = new Float64Array(rows.width).fill(1)
  const negative = new Float64Array(rows.width).fill(1)
  const totals = [rows.width, rows.width]
  listed.forEach((row, i) => {
    const side = signs[i]! > 0 ? positive : negative
    for (let k = rows.starts[row]!; k < rows.starts[row + 1]!; k++) side[rows.ids[k]!]!++
    totals[signs[i]! > 0 ? 0 : 1]! += rows.starts[row + 1]! - rows.starts[row]!
  })
  return Float32Array.from(positive, (count, f) => Math.log(count / totals[0]! / (negative[f]! / totals[1]!)))
}

/** Scores of the listed rows: outputs a row, in the list's order. */
export function scoreRows(rows: Sparse, listed: Int32Array, { outputs, weights, biases }: Scorer): Float64Array {
  const scores = new Float64Array(listed.length * outputs)
  listed.forEach((row, i) => {
    for (let c = 0; c < outputs; c++) scores[i * outputs + c] = biases[c]!
    for (let k = rows.starts[row]!; k < rows.starts[row + 1]!; k++) {
      const at = rows.ids[k]! * outputs
      const value = rows.values[k]!
      for (let c = 0; c < outputs; c++) scores[i * outputs + c]! += weights[at + c]! * value
    }
  })
  return scores
}

export const allRows = (rows: Sparse): Int32Array => Int32Array.from({ length: rowCount(rows) }, (_, i) => i)
