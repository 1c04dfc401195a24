import { softmax } from '../../linear.ts'

/** A small softmax over a head's log-probabilities and further evidence: classes × (inputs + 1), the last one a constant. */
export interface Combiner {
  inputs: number
  weights: ArrayLike<number>
}

const STEPS = 200
const MOMENTUM = 0.9

/**
 * Multinomial logistic regression that is drawn towards passing the first inputs, the log-probabilities of the classes, through as they are:
 * the less there is to learn from, the less it changes. Full-batch descent with Nesterov's momentum; the step is one over the curvature's bound
 * (Böhning 1992), so that it cannot diverge.
 */
export function fitCombiner(rows: Float64Array[], targets: Uint8Array, classes: number): Combiner {
  const inputs = rows[0]!.length
  const width = inputs + 1
  const start = new Float64Array(classes * width)
  for (let c = 0; c < classes; c++) start[c * width + c] = 1
  let squares = 0
  for (const row of rows) squares += 1 + row.reduce((sum, x) => sum + x * x, 0)
  const rate = 1 / ((0.5 * squares) / rows.length + 1 / rows.length)
  const weights = start.slice()
  const ahead = start.slice()
  const slope = new Float64Array(start.length)
  const p = new Float64Array(classes)
  for (let step = 0; step < STEPS; step++) {
    for (let k = 0; k < slope.length; k++) slope[k] = ahead[k]! - start[k]!
    for (const [i, row] of rows.entries()) {
      combine({ inputs, weights: ahead }, row, p)
      for (let c = 0; c < classes; c++) {
        const error = p[c]! - (targets[i] === c ? 1 : 0)
        for (let j = 0; j < inputs; j++) slope[c * width + j]! += error * row[j]!
        slope[c * width + inputs]! += error
      }
    }
    for (let k = 0; k < weights.length; k++) {
      const next = ahead[k]! - (rate * slope[k]!) / rows.length
      ahead[k] = next + MOMENTUM * (next - weights[k]!)
      weights[k] = next
    }
  }
  return { inputs, weights: [...weights] }
}

/** The class probabilities, to `p`. */
export function combine({ inputs, weights }: Combiner, row: Float64Array, p: Float64Array): void {
  const width = inputs + 1
  for (let c = 0; c < p.length; c++) {
    let score = weights[c * width + inputs]!
    for (let j = 0; j < inputs; j++) score += weights[c * width + j]! * row[j]!
    p[c] = score
  }
  softmax(p)
}
