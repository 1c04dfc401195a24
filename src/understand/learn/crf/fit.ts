import { seeded } from '../linear.ts'
import type { Chain } from './chain.ts'

/** Tagged texts: text i has the units starts[i] to starts[i + 1]; a unit has `width` features. */
export interface Sequences {
  starts: Uint32Array
  width: number
  features: Uint32Array
  /** A state of the chain for each unit. */
  states: Uint8Array
}

export interface CrfFit {
  bits: number
  epochs: number
  rate: number
  /** Added to the squared gradients: keeps the first steps of rare features short. */
  ease: number
  /** L2 penalty per step on the weights that the text touches. */
  decay: number
  seed: number
}

export interface Crf {
  chain: Chain
  bits: number
  /** 2^bits × outputs. */
  weights: Float32Array
  /** One for each allowed move. */
  moves: Float32Array
}

/** Room for one text: emissions, forward and backward values, marginals. */
export interface Lattice {
  size: number
  /** exp(emission − the unit's largest). */
  emit: Float64Array
  alpha: Float64Array
  beta: Float64Array
  scale: Float64Array
  /** exp of the move weights. */
  moves: Float64Array
  outputs: Float64Array
}

export function newLattice(chain: Chain, size: number): Lattice {
  const cells = size * chain.states
  return {
    size,
    emit: new Float64Array(cells),
    alpha: new Float64Array(cells),
    beta: new Float64Array(cells),
    scale: new Float64Array(size),
    moves: new Float64Array(chain.moves.length),
    outputs: new Float64Array(size * chain.outputs),
  }
}

/** Emission outputs of n units to `out`. */
export function emissions(
  weights: Float32Array,
  stride: number,
  outputs: number,
  features: Uint32Array,
  from: number,
  n: number,
  width: number,
  out: Float64Array,
): void {
  out.fill(0, 0, n * outputs)
  for (let t = 0; t < n; t++) {
    const base = t * outputs
    const end = from + (t + 1) * width
    for (let k = from + t * width; k < end; k++) {
      const w = features[k]! * stride
      for (let c = 0; c < outputs; c++) out[base + c]! += weights[w + c]!
    }
  }
}

/** Forward and backward values from the outputs of n units; alpha × beta is a marginal, as each unit is scaled to sum 1. */
export function forwardBackward(chain: Chain, lattice: Lattice, n: number): void {
  const { emit, alpha, beta, scale, moves, outputs } = lattice
  const S = chain.states
  for (let t = 0; t < n; t++) {
    let top = Number.NEGATIVE_INFINITY
    for (let s = 0; s < S; s++) {
      const second = chain.second[s]!
      let value = outputs[t * chain.outputs + chain.first[s]!]!
      if (second !== 255) value += outputs[t * chain.outputs + second]!
      emit[t * S + s] = value
      if (value > top) top = value
    }
    for (let s = 0; s < S; s++) emit[t * S + s] = Math.exp(emit[t * S + s]! - top)
  }
  alpha.fill(0, 0, n * S)
  beta.fill(0, 0, n * S)
  let total = 0
  for (let s = 0; s < S; s++) {
    if (chain.mayStart[s]) alpha[s] = emit[s]!
    total += alpha[s]!
  }
  for (let s = 0; s < S; s++) alpha[s]! /= total
  scale[0] = total
  const M = chain.moves.length
  for (let t = 1; t < n; t++) {
    const here = t * S
    const before = here - S
    for (let m = 0; m < M; m++) alpha[here + chain.moves[m]!]! += alpha[before + chain.moveFrom[m]!]! * moves[m]!
    total = 0
    for (let s = 0; s < S; s++) {
      alpha[here + s]! *= emit[here + s]!
      total += alpha[here + s]!
    }
    scale[t] = total
    for (let s = 0; s < S; s++) alpha[here + s]! /= total
  }
  const last = (n - 1) * S
  total = 0
  for (let s = 0; s < S; s++) {
    if (chain.mayEnd[s]) total += alpha[last + s]!
  }
  for (let s = 0; s < S; s++) beta[last + s] = chain.mayEnd[s] ? 1 / total : 0
  for (let t = n - 2; t >= 0; t--) {
    const here = t * S
    const next = here + S
    const share = 1 / scale[t + 1]!
    for (let m = 0; m < M; m++) {
      const to = next + chain.moves[m]!
      beta[here + chain.moveFrom[m]!]! += moves[m]! * emit[to]! * beta[to]! * share
    }
  }
}

/**
 * A linear-chain conditional random field over hashed features (Lafferty, McCallum and Pereira 2001) by AdaGrad on the
 * log-likelihood, one text a step. Deterministic by seed.
 */
export function fitCrf(chain: Chain, data: Sequences, chosen: Uint32Array, fit: CrfFit): Crf {
  const C = chain.outputs
  const S = chain.states
  const M = chain.moves.length
  const stride = 2 * C
  const table = new Float32Array(2 ** fit.bits * stride)
  const moveW = new Float64Array(M)
  const moveG = new Float64Array(M).fill(1e-3)
  let longest = 1
  for (let i = 0; i + 1 < data.starts.length; i++) longest = Math.max(longest, data.starts[i + 1]! - data.starts[i]!)
  const lattice = newLattice(chain, longest)
  const slope = new Float64Array(C)
  const moveSlope = new Float64Array(M)
  const order = chosen.slice()
  const random = seeded(fit.seed)
  const { alpha, beta, emit, scale, moves } = lattice
  for (let epoch = 0; epoch < fit.epochs; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1))
      const kept = order[i]!
      order[i] = order[j]!
      order[j] = kept
    }
    for (const text of order) {
      const first = data.starts[text]!
      const n = data.starts[text + 1]! - first
      if (n === 0) continue
      const from = first * data.width
      emissions(table, stride, C, data.features, from, n, data.width, lattice.outputs)
      for (let m = 0; m < M; m++) moves[m] = Math.exp(moveW[m]!)
      forwardBackward(chain, lattice, n)
      moveSlope.fill(0)
      for (let t = 1; t < n; t++) {
        const here = t * S
        const share = 1 / scale[t]!
        const was = data.states[first + t - 1]!
        const is = data.states[first + t]!
        for (let m = 0; m < M; m++) {
          const to = chain.moves[m]!
          const source = chain.moveFrom[m]!
          moveSlope[m]! += alpha[here - S + source]! * moves[m]! * emit[here + to]! * beta[here + to]! * share
          if (source === was && to === is) moveSlope[m]! -= 1
        }
      }
      for (let t = 0; t < n; t++) {
        slope.fill(0)
        const gold = data.states[first + t]!
        for (let s = 0; s < S; s++) {
          const g = alpha[t * S + s]! * beta[t * S + s]! - (s === gold ? 1 : 0)
          slope[chain.first[s]!]! += g
          if (chain.second[s] !== 255) slope[chain.second[s]!]! += g
        }
        const end = from + (t + 1) * data.width
        for (let k = from + t * data.width; k < end; k++) {
          const w = data.features[k]! * stride
          for (let c = 0; c < C; c++) {
            const weight = table[w + c]!
            const d = slope[c]! + fit.decay * weight
            const g = table[w + C + c]! + d * d
            table[w + C + c] = g
            table[w + c] = weight - (fit.rate * d) / Math.sqrt(g + fit.ease)
          }
        }
      }
      for (let m = 0; m < M; m++) {
        const d = moveSlope[m]! + fit.decay * moveW[m]!
        moveG[m]! += d * d
        moveW[m]! -= (fit.rate * d) / Math.sqrt(moveG[m]!)
      }
    }
  }
  const weights = new Float32Array(2 ** fit.bits * C)
  for (let f = 0; f < 2 ** fit.bits; f++) for (let c = 0; c < C; c++) weights[f * C + c] = table[f * stride + c]!
  return { chain, bits: fit.bits, weights, moves: Float32Array.from(moveW) }
}
