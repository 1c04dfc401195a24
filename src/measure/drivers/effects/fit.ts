import { cholesky, type Lower, lowerOf, placeOf, rowAt, solveLower } from '../matrix.ts'
import type { Pattern } from '../pattern.ts'

/** Shares are modelled by logistic regression, scores and points by least squares. */
export type Family = 'share' | 'score'

export interface Fit {
  family: Family
  /** The constant, then one for each indicator: log-odds for shares, points for scores. */
  coefficients: number[]
  /** What is taken off each coefficient's log-likelihood: ½ · penalty · coefficient². */
  penalty: readonly number[]
}

export const expected = (family: Family, eta: number): number => (family === 'score' ? eta : 1 / (1 + Math.exp(-eta)))

export const predictor = (coefficients: readonly number[], on: readonly number[]): number => {
  let eta = coefficients[0]!
  for (const place of on) eta += coefficients[place + 1]!
  return eta
}

const ROUNDS = 50
const STEP_DONE = 1e-10

/**
 * A regression on indicators with a ridge penalty, by Newton's method (iteratively reweighted least squares; McCullagh and Nelder
 * 1989, §4.4; le Cessie and van Houwelingen 1992 for the penalty). The penalty is a normal prior with variance 1 ÷ penalty: with it
 * the answer is finite where the data are separated, and unique where indicators are copies. `penalty` is one for each indicator; the
 * constant has none, so that as many are expected as there were. Steps that make it worse are halved.
 */
export function regress(family: Family, patterns: readonly Pattern[], penalty: readonly number[]): Fit {
  const full = [0, ...penalty]
  let coefficients = start(family, patterns, full.length)
  let worth = penalisedLikelihood(family, patterns, coefficients, full)
  for (let round = 0; round < ROUNDS; round++) {
    const { score, information } = slopes(family, patterns, coefficients)
    const step = newtonStep(score, information, coefficients, full)
    let size = 1
    let next = coefficients.map((value, place) => value + step[place]!)
    let better = penalisedLikelihood(family, patterns, next, full)
    while (!(better >= worth - 1e-12 * Math.abs(worth)) && size > 1e-6) {
      size /= 2
      next = coefficients.map((value, place) => value + size * step[place]!)
      better = penalisedLikelihood(family, patterns, next, full)
    }
    coefficients = next
    worth = better
    if (Math.max(...step.map(Math.abs)) * size < STEP_DONE) break
  }
  return { family, coefficients, penalty: full }
}

/** The constant alone: everybody's share (kept off 0 and 1) or mean. */
function start(family: Family, patterns: readonly Pattern[], size: number): number[] {
  let [n, sum] = [0, 0]
  for (const pattern of patterns) {
    n += pattern.n
    sum += pattern.sum
  }
  const level = family === 'score' ? sum / n : Math.log((sum + 0.5) / (n - sum + 0.5))
  return [level, ...new Array<number>(size - 1).fill(0)]
}

function penalisedLikelihood(
  family: Family,
  patterns: readonly Pattern[],
  coefficients: readonly number[],
  penalty: readonly number[],
): number {
  let worth = 0
  for (const { on, n, sum } of patterns) {
    const eta = predictor(coefficients, on)
    const mass = family === 'score' ? (eta * eta) / 2 : Math.max(eta, 0) + Math.log1p(Math.exp(-Math.abs(eta)))
    worth += sum * eta - n * mass
  }
  return worth - coefficients.reduce((all, value, place) => all + (penalty[place]! * value * value) / 2, 0)
}

export interface Slopes {
  score: number[]
  information: Lower
}

/** First derivatives of the log-likelihood and minus its second ones, without the penalty. They add up over parts of the cases. */
export function slopes(family: Family, patterns: readonly Pattern[], coefficients: readonly number[]): Slopes {
  const size = coefficients.length
  const slope: Slopes = { score: new Array<number>(size).fill(0), information: lowerOf(size) }
  for (const pattern of patterns) addSlopes(slope, family, pattern, coefficients)
  return slope
}

function addSlopes({ score, information }: Slopes, family: Family, pattern: Pattern, coefficients: readonly number[]) {
  const { on, n, sum } = pattern
  const mean = expected(family, predictor(coefficients, on))
  const residual = sum - n * mean
  const weight = n * (family === 'score' ? 1 : mean * (1 - mean))
  score[0] = score[0]! + residual
  information[0] = information[0]! + weight
  for (let i = 0; i < on.length; i++) {
    const at = on[i]! + 1
    score[at] = score[at]! + residual
    information[rowAt(at)] = information[rowAt(at)]! + weight
    for (let j = 0; j <= i; j++) {
      const place = placeOf(at, on[j]! + 1)
      information[place] = information[place]! + weight
    }
  }
}

/** (information + penalty)⁻¹ · (score − penalty · coefficients). */
export function newtonStep(
  score: readonly number[],
  information: Lower,
  coefficients: readonly number[],
  penalty: readonly number[],
): number[] {
  const right = score.map((value, place) => value - penalty[place]! * coefficients[place]!)
  // Where even the penalty leaves nothing to go by (an indicator that never holds, unpenalised), the least bit of ridge decides.
  for (let least = 1e-10; ; least *= 1e3) {
    const held = information.slice()
    for (let i = 0; i < right.length; i++) held[rowAt(i) + i] = held[rowAt(i) + i]! + penalty[i]! + least
    const lower = cholesky(held, right.length)
    if (lower) return solveLower(lower, right)
  }
}
