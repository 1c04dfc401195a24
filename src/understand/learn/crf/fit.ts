import { seeded, shuffle } from '../linear.ts'
import { mean, squeezed } from './averaging.ts'
import { MOVES, moveFrom, moveTo, OUTPUTS, SORTS, TAGS } from './chain.ts'
import { emissions, forwardBackward, type Lattice, newLattice } from './lattice.ts'
import { expMoves } from './spans.ts'

/** Tagged texts: text i has the units starts[i] to starts[i + 1]; a unit has `width` features. */
export interface Sequences {
  starts: Uint32Array
  width: number
  features: Uint32Array
  /** Tags of each unit, an array a sort. */
  tags: [Uint8Array, Uint8Array]
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

/** Two chains over the same features. */
export interface Crf {
  bits: number
  /** 2^bits × OUTPUTS; `scale` times each is a weight. */
  weights: Float32Array | Int16Array
  scale: number
  /** SORTS × MOVES. */
  moves: Float32Array
}

/**
 * Linear-chain conditional random fields over hashed features (Lafferty, McCallum and Pereira 2001) by AdaGrad on the
 * log-likelihood, one text a step. Deterministic by seed.
 */
export function fitCrf(data: Sequences, chosen: Uint32Array, fit: CrfFit): Crf {
  // A row of the table holds a feature's weights, then its sums of squared gradients: both are touched together.
  const stride = 2 * OUTPUTS
  const table = new Float32Array(2 ** fit.bits * stride)
  const moves = new MoveWeights(fit)
  const lattice = newLattice(longestOf(data))
  const slopes = new Float64Array(lattice.scores.length)
  const order = chosen.slice()
  const random = seeded(fit.seed)
  for (let epoch = 0; epoch < fit.epochs; epoch++) {
    shuffle(order, random)
    for (const text of order) {
      const first = data.starts[text]!
      const n = data.starts[text + 1]! - first
      if (n === 0) continue
      emissions(table, stride, data.features, first * data.width, n, data.width, 1, lattice.scores)
      for (let sort = 0; sort < SORTS; sort++) {
        forwardBackward(lattice, n, sort, moves.exp[sort]!)
        moves.step(lattice, n, sort, data.tags[sort]!, first)
        for (let t = 0; t < n; t++) {
          const gold = data.tags[sort]![first + t]!
          for (let c = 0; c < TAGS; c++) {
            slopes[t * OUTPUTS + sort * TAGS + c] =
              lattice.alpha[t * TAGS + c]! * lattice.beta[t * TAGS + c]! - (c === gold ? 1 : 0)
          }
        }
      }
      for (let t = 0; t < n; t++) stepUnit(table, data, first + t, slopes, t * OUTPUTS, fit)
    }
  }
  const weights = new Float32Array(2 ** fit.bits * OUTPUTS)
  for (let f = 0; f < 2 ** fit.bits; f++) {
    for (let c = 0; c < OUTPUTS; c++) weights[f * OUTPUTS + c] = table[f * stride + c]!
  }
  return { bits: fit.bits, weights, scale: 1, moves: moves.weights() }
}

function stepUnit(
  table: Float32Array,
  data: Sequences,
  unit: number,
  slopes: Float64Array,
  at: number,
  fit: CrfFit,
): void {
  const { rate, decay, ease } = fit
  const end = (unit + 1) * data.width
  for (let k = unit * data.width; k < end; k++) {
    const w = data.features[k]! * 2 * OUTPUTS
    for (let c = 0; c < OUTPUTS; c++) {
      const weight = table[w + c]!
      const d = slopes[at + c]! + decay * weight
      const g = table[w + OUTPUTS + c]! + d * d
      table[w + OUTPUTS + c] = g
      table[w + c] = weight - (rate * d) / Math.sqrt(g + ease)
    }
  }
}

class MoveWeights {
  /** exp of the weights, an array a sort. */
  readonly exp = [new Float64Array(MOVES).fill(1), new Float64Array(MOVES).fill(1)]
  readonly #values = [new Float64Array(MOVES), new Float64Array(MOVES)]
  readonly #squares = [new Float64Array(MOVES), new Float64Array(MOVES)]
  readonly #slope = new Float64Array(MOVES)
  readonly #fit: CrfFit

  constructor(fit: CrfFit) {
    this.#fit = fit
  }

  step(lattice: Lattice, n: number, sort: number, tags: Uint8Array, first: number): void {
    const { alpha, beta, emit, scale } = lattice
    const slope = this.#slope.fill(0)
    const exp = this.exp[sort]!
    for (let t = 1; t < n; t++) {
      const here = t * TAGS
      const share = 1 / scale[t]!
      const was = tags[first + t - 1]!
      const is = tags[first + t]!
      for (let m = 0; m < MOVES; m++) {
        const to = moveTo[m]!
        const from = moveFrom[m]!
        slope[m]! += alpha[here - TAGS + from]! * exp[m]! * emit[here + to]! * beta[here + to]! * share
        if (from === was && to === is) slope[m]! -= 1
      }
    }
    for (let m = 0; m < MOVES; m++) {
      const value = this.#values[sort]![m]!
      const d = slope[m]! + this.#fit.decay * value
      this.#squares[sort]![m]! += d * d
      const next = value - (this.#fit.rate * d) / Math.sqrt(this.#squares[sort]![m]! + this.#fit.ease)
      this.#values[sort]![m] = next
      exp[m] = Math.exp(next)
    }
  }

  weights(): Float32Array {
    return Float32Array.from([...this.#values[0]!, ...this.#values[1]!])
  }
}

/** How badly a chain foretells tagged texts: the mean of −log of the probability that it gives to a unit's tag, both sorts. */
export function lossOf(crf: Crf, data: Sequences, chosen: Uint32Array): number {
  const lattice = newLattice(longestOf(data))
  const moves = expMoves(crf.moves)
  let loss = 0
  let units = 0
  for (const text of chosen) {
    const first = data.starts[text]!
    const n = data.starts[text + 1]! - first
    if (n === 0) continue
    units += n
    emissions(crf.weights, OUTPUTS, data.features, first * data.width, n, data.width, crf.scale, lattice.scores)
    for (let sort = 0; sort < SORTS; sort++) {
      forwardBackward(lattice, n, sort, moves[sort]!)
      for (let t = 0; t < n; t++) {
        const cell = t * TAGS + data.tags[sort]![first + t]!
        loss -= Math.log(Math.max(1e-12, lattice.alpha[cell]! * lattice.beta[cell]!))
      }
    }
  }
  return units === 0 ? 0 : loss / units
}

function longestOf(data: Sequences): number {
  let longest = 1
  for (let i = 0; i + 1 < data.starts.length; i++) longest = Math.max(longest, data.starts[i + 1]! - data.starts[i]!)
  return longest
}

/** The mean of several chains over the same hashing: reads as fast as one, errs less than each. */
export const averagedCrf = (crfs: Crf[]): Crf => ({
  bits: crfs[0]!.bits,
  ...squeezed(crfs.map((crf) => crf.weights)),
  moves: mean(crfs.map((crf) => crf.moves)),
})
