import { seeded } from '../linear.ts'
import type { Sparse } from './sparse.ts'

export interface Separation {
  /** Cost of an error against the squared length of the weights: 1/C is the strength of L2. */
  cost: number
  /** Most passes over the rows. */
  passes: number
  seed: number
}

export interface Plane {
  weights: Float32Array
  bias: number
}

/**
 * L2-regularised linear separation with squared hinge loss, by dual coordinate descent with shrinking left out (Hsieh, Chang,
 * Lin, Keerthi and Sundararajan 2008, algorithm 1). `signs` holds +1 or −1 for each of the `listed` rows; `weigh` their weights.
 * The bias is learnt as a feature of value 1 in every row. Stops when the largest projected gradient of a pass is under 0.05.
 */
export function separate(rows: Sparse, listed: Int32Array, signs: Int8Array, weigh: Float32Array, fit: Separation): Plane {
  const { starts, ids, values } = rows
  const n = listed.length
  const weights = new Float32Array(rows.width)
  let bias = 0
  const alpha = new Float32Array(n)
  const diagonal = new Float32Array(n)
  const length = new Float32Array(n)
  const order = new Uint32Array(n)
  for (let i = 0; i < n; i++) {
    const row = listed[i]!
    diagonal[i] = 0.5 / (fit.cost * weigh[i]!)
    let sum = 1
    for (let k = starts[row]!; k < starts[row + 1]!; k++) sum += values[k]! * values[k]!
    length[i] = sum + diagonal[i]!
    order[i] = i
  }
  const random = seeded(fit.seed)
  for (let pass = 0; pass < fit.passes; pass++) {
    let largest = 0
    for (let s = 0; s < n; s++) {
      const t = s + Math.floor(random() * (n - s))
      const i = order[t]!
      order[t] = order[s]!
      order[s] = i
      const row = listed[i]!
      const from = starts[row]!
      const to = starts[row + 1]!
      let score = bias
      for (let k = from; k < to; k++) score += weights[ids[k]!]! * values[k]!
      const sign = signs[i]!
      const gradient = sign * score - 1 + diagonal[i]! * alpha[i]!
      const projected = alpha[i] === 0 ? Math.min(gradient, 0) : gradient
      if (Math.abs(projected) > largest) largest = Math.abs(projected)
      if (Math.abs(projected) < 1e-12) continue
      const before = alpha[i]!
      alpha[i] = Math.max(before - gradient / length[i]!, 0)
      const move = (alpha[i]! - before) * sign
      for (let k = from; k < to; k++) weights[ids[k]!]! += move * values[k]!
      bias += move
    }
    if (largest < 0.05) break
  }
  return { weights, bias }
}
