import { MOVES, moveFrom, moveTo, OUTPUTS, TAGS, tag } from './chain.ts'

/** Room for one text and one chain: emissions, forward and backward values. */
export interface Lattice {
  /** Emission scores of both chains, {@link OUTPUTS} a unit. */
  scores: Float64Array
  /** exp(score − the unit's largest), {@link TAGS} a unit, as are alpha and beta. */
  emit: Float64Array
  alpha: Float64Array
  beta: Float64Array
  /** What each unit's forward values were divided by. */
  scale: Float64Array
}

export function newLattice(units: number): Lattice {
  return {
    scores: new Float64Array(units * OUTPUTS),
    emit: new Float64Array(units * TAGS),
    alpha: new Float64Array(units * TAGS),
    beta: new Float64Array(units * TAGS),
    scale: new Float64Array(units),
  }
}

/** Emission scores of n units: the sums of the weights of their features. */
export function emissions(
  weights: Float32Array | Int16Array,
  stride: number,
  features: Uint32Array,
  from: number,
  n: number,
  width: number,
  scale: number,
  out: Float64Array,
): void {
  for (let t = 0; t < n; t++) {
    let s0 = 0
    let s1 = 0
    let s2 = 0
    let s3 = 0
    let s4 = 0
    let s5 = 0
    let s6 = 0
    let s7 = 0
    let s8 = 0
    let s9 = 0
    const end = from + (t + 1) * width
    for (let k = from + t * width; k < end; k++) {
      const w = features[k]! * stride
      s0 += weights[w]!
      s1 += weights[w + 1]!
      s2 += weights[w + 2]!
      s3 += weights[w + 3]!
      s4 += weights[w + 4]!
      s5 += weights[w + 5]!
      s6 += weights[w + 6]!
      s7 += weights[w + 7]!
      s8 += weights[w + 8]!
      s9 += weights[w + 9]!
    }
    const at = t * OUTPUTS
    out[at] = s0 * scale
    out[at + 1] = s1 * scale
    out[at + 2] = s2 * scale
    out[at + 3] = s3 * scale
    out[at + 4] = s4 * scale
    out[at + 5] = s5 * scale
    out[at + 6] = s6 * scale
    out[at + 7] = s7 * scale
    out[at + 8] = s8 * scale
    out[at + 9] = s9 * scale
  }
}

/**
 * Forward and backward values of one sort's chain from the scores of n units; `moves` holds exp of the move weights. alpha × beta is a
 * unit's marginal, as each unit is scaled to sum 1.
 */
export function forwardBackward(lattice: Lattice, n: number, sort: number, moves: Float64Array): void {
  const { scores, emit, alpha, beta, scale } = lattice
  for (let t = 0; t < n; t++) {
    const from = t * OUTPUTS + sort * TAGS
    const to = t * TAGS
    let top = scores[from]!
    for (let c = 1; c < TAGS; c++) if (scores[from + c]! > top) top = scores[from + c]!
    for (let c = 0; c < TAGS; c++) emit[to + c] = Math.exp(scores[from + c]! - top)
  }
  alpha.fill(0, 0, n * TAGS)
  beta.fill(0, 0, n * TAGS)
  alpha[tag.outside] = emit[tag.outside]!
  alpha[tag.begin] = emit[tag.begin]!
  alpha[tag.single] = emit[tag.single]!
  scale[0] = rescale(alpha, 0)
  for (let t = 1; t < n; t++) {
    const here = t * TAGS
    const before = here - TAGS
    for (let m = 0; m < MOVES; m++) alpha[here + moveTo[m]!]! += alpha[before + moveFrom[m]!]! * moves[m]!
    for (let c = 0; c < TAGS; c++) alpha[here + c]! *= emit[here + c]!
    scale[t] = rescale(alpha, here)
  }
  const last = (n - 1) * TAGS
  const total = alpha[last + tag.outside]! + alpha[last + tag.end]! + alpha[last + tag.single]!
  beta[last + tag.outside] = 1 / total
  beta[last + tag.end] = 1 / total
  beta[last + tag.single] = 1 / total
  for (let t = n - 2; t >= 0; t--) {
    const here = t * TAGS
    const next = here + TAGS
    const share = 1 / scale[t + 1]!
    for (let m = 0; m < MOVES; m++) {
      const to = next + moveTo[m]!
      beta[here + moveFrom[m]!]! += moves[m]! * emit[to]! * beta[to]! * share
    }
  }
}

function rescale(values: Float64Array, at: number): number {
  const total = values[at]! + values[at + 1]! + values[at + 2]! + values[at + 3]! + values[at + 4]!
  for (let c = 0; c < TAGS; c++) values[at + c]! /= total
  return total
}
