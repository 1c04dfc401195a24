import { softmax } from '../linear.ts'
import { MANY } from './scorer.ts'

/**
 * Probabilities from the scores of several members and from side features: softmax of Σ trust_m · score_m,c + Σ slope_c,d · side_d +
 * bias_c. With two classes there is one output, the log-odds of class 1. The parameters are few, so that they can be learnt from
 * out-of-fold scores of a small set.
 */
export interface Stack {
  outputs: number
  trust: Float64Array
  /** Class by class. */
  slopes: Float64Array
  biases: Float64Array
}

export interface StackInput {
  outputs: number
  /** One array a member: outputs a row. */
  members: Float64Array[]
  /** Side features: `sideWidth` a row. */
  side: Float64Array
  sideWidth: number
}

const STEPS = 200
// The parameters are few: more rows than this say nothing new.
const MOST_ROWS = 5000
const RATE = 0.05
const L2 = 2

/**
 * Least log-loss with L2 on slopes and on trust away from an even share, by full-batch Adam (Kingma and Ba 2015). Many classes keep
 * the biases of their scorers: learnt again from a few rows each, they cost right answers.
 */
export function fitStack(input: StackInput, rows: Int32Array, labels: Int32Array): Stack {
  const every = Math.max(1, Math.ceil(rows.length / MOST_ROWS))
  const listed = rows.filter((_, i) => i % every === 0)
  const { outputs, members, sideWidth } = input
  const m = members.length
  const prior = new Float64Array(m + outputs * sideWidth + outputs)
  prior.fill(1 / Math.max(1, m) + 0.5, 0, m)
  const at = prior.slice()
  const first = new Float64Array(at.length)
  const second = new Float64Array(at.length)
  const slope = new Float64Array(at.length)
  const z = new Float64Array(outputs)
  for (let step = 1; step <= STEPS; step++) {
    const stack = unpack(at, m, outputs, sideWidth)
    for (let p = 0; p < at.length; p++) slope[p] = p < at.length - outputs ? L2 * (at[p]! - prior[p]!) : 0
    for (const row of listed) {
      logits(stack, input, row, z)
      errors(z, labels[row]!)
      for (let c = 0; c < outputs; c++) {
        const e = z[c]!
        for (let k = 0; k < m; k++) slope[k]! += e * members[k]![row * outputs + c]!
        const from = m + c * sideWidth
        for (let d = 0; d < sideWidth; d++) slope[from + d]! += e * input.side[row * sideWidth + d]!
        if (outputs <= MANY) slope[m + outputs * sideWidth + c]! += e
      }
    }
    for (let p = 0; p < at.length; p++) {
      const g = slope[p]! / listed.length
      first[p] = 0.9 * first[p]! + 0.1 * g
      second[p] = 0.99 * second[p]! + 0.01 * g * g
      const move = first[p]! / (1 - 0.9 ** step) / (Math.sqrt(second[p]! / (1 - 0.99 ** step)) + 1e-8)
      at[p]! -= RATE * (1 - step / (STEPS + 1)) * move
    }
  }
  return unpack(at, m, outputs, sideWidth)
}

const unpack = (at: Float64Array, m: number, outputs: number, sideWidth: number): Stack => ({
  outputs,
  trust: at.slice(0, m),
  slopes: at.slice(m, m + outputs * sideWidth),
  biases: at.slice(m + outputs * sideWidth),
})

function logits(stack: Stack, input: StackInput, row: number, z: Float64Array): void {
  const { outputs, trust, slopes, biases } = stack
  const { members, side, sideWidth } = input
  for (let c = 0; c < outputs; c++) {
    let sum = biases[c]!
    for (let k = 0; k < members.length; k++) sum += trust[k]! * members[k]![row * outputs + c]!
    for (let d = 0; d < sideWidth; d++) sum += slopes[c * sideWidth + d]! * side[row * sideWidth + d]!
    z[c] = sum
  }
}

/** Turns log-odds or logits into the gradient of the log-loss in place. */
function errors(z: Float64Array, label: number): void {
  if (z.length === 1) {
    z[0] = 1 / (1 + Math.exp(-z[0]!)) - label
    return
  }
  softmax(z)
  z[label]!--
}

/** The class probabilities of the listed rows: `classes` a row, in the list's order. */
export function probabilities(stack: Stack, input: StackInput, listed: Int32Array): Float64Array {
  const classes = stack.outputs === 1 ? 2 : stack.outputs
  const out = new Float64Array(listed.length * classes)
  const z = new Float64Array(stack.outputs)
  listed.forEach((row, i) => {
    logits(stack, input, row, z)
    if (stack.outputs === 1) {
      out[i * 2 + 1] = 1 / (1 + Math.exp(-z[0]!))
      out[i * 2] = 1 - out[i * 2 + 1]!
    } else {
      softmax(z)
      out.set(z, i * classes)
    }
  })
  return out
}
