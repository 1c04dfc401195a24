import { seeded } from '../linear.ts'
import type { Sparse } from './sparse.ts'

export interface Separation {
  /** Cost of an error against the squared length of the weights: the strength of L2 is 1/cost. */
  cost: number
  seed: number
}

export interface Plane {
  weights: Float32Array
  bias: number
}

const MOST_PASSES = 40
const TOLERANCE = 0.1

/**
 * L2-regularised linear separation with squared hinge loss, by dual coordinate descent with shrinking (Hsieh, Chang, Lin, Keerthi
 * and Sundararajan 2008, algorithm 3). `signs` holds +1 or −1, `worth` the weight of an error, for each of the `listed` rows. The
 * bias is learnt as a feature of value 1 in every row. Deterministic by seed.
 */
export function separate(
  rows: Sparse,
  listed: Int32Array,
  signs: Int8Array,
  worth: Float32Array,
  fit: Separation,
): Plane {
  const { starts, ids, values } = rows
  const n = listed.length
  const weights = new Float32Array(rows.width)
  let bias = 0
  const alpha = new Float64Array(n)
  const diagonal = worth.map((weight) => 0.5 / (fit.cost * weight))
  const curvature = Float64Array.from(listed, (row, i) => 1 + squaredLength(rows, row) + diagonal[i]!)
  const order = Uint32Array.from(listed, (_, i) => i)
  const random = seeded(fit.seed)
  let active = n
  let ceiling = Number.POSITIVE_INFINITY
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    let highest = Number.NEGATIVE_INFINITY
    let lowest = Number.POSITIVE_INFINITY
    for (let s = 0; s < active; s++) {
      swap(order, s, s + Math.floor(random() * (active - s)))
      const i = order[s]!
      const from = starts[listed[i]!]!
      const to = starts[listed[i]! + 1]!
      let score = bias
      for (let k = from; k < to; k++) score += weights[ids[k]!]! * values[k]!
      const sign = signs[i]!
      const before = alpha[i]!
      const gradient = sign * score - 1 + diagonal[i]! * before
      if (before === 0 && gradient > ceiling) {
        // Far on its own side: left out until the others have settled.
        active--
        swap(order, s, active)
        s--
        continue
      }
      const projected = before === 0 ? Math.min(gradient, 0) : gradient
      highest = Math.max(highest, projected)
      lowest = Math.min(lowest, projected)
      if (Math.abs(projected) < 1e-12) continue
      const after = Math.max(before - gradient / curvature[i]!, 0)
      alpha[i] = after
      const move = (after - before) * sign
      for (let k = from; k < to; k++) weights[ids[k]!]! += move * values[k]!
      bias += move
    }
    ceiling = highest > 0 ? highest : Number.POSITIVE_INFINITY
    if (highest - lowest > TOLERANCE) continue
    if (active === n) break
    active = n
    ceiling = Number.POSITIVE_INFINITY
  }
  return { weights, bias }
}

function squaredLength(rows: Sparse, row: number): number {
  let sum = 0
  for (let k = rows.starts[row]!; k < rows.starts[row + 1]!; k++) sum += rows.values[k]! ** 2
  return sum
}

function swap(order: Uint32Array, a: number, b: number): void {
  const kept = order[a]!
  order[a] = order[b]!
  order[b] = kept
}
