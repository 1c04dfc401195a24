import { inflation } from '../effects/marginal.ts'
import { basicInterval, breath, drawGroups } from '../pattern.ts'
import type { Interval } from '../strata.ts'
import { type Adjusted, addCrossed, adjust, type Crossed, covariance } from './crossed.ts'
import { johnson } from './johnson.ts'
import { drawOrders, EXACT, shapley } from './shapley.ts'

export interface Importance {
  /** The share of the outcome's variance that confounders and factors tell together. */
  r2: Interval
  /** How many predictors that have a variance of their own, confounders among them. */
  predictors: number
  /** Of it, what the confounders tell by themselves. */
  confounders: number
  /** What each factor adds, averaged over all orders (LMG); they and the confounders add up to R². */
  shares: Interval[]
  /** Johnson's relative weights of the same factors, as a second opinion. */
  weights: number[]
  /** Variance inflation of each factor beside all others. */
  inflation: number[]
}

/** In the rounds of a bootstrap subsets are all looked at up to this many factors. */
const EXACT_IN_ROUNDS = 9
const PAIRS = 300
const PAIRS_IN_ROUNDS = 40

/**
 * The importance of factors beside confounders, with intervals by drawing groups of customers. Confounders come first in each of
 * `groups`, then the factors. Shares of 0/1 outcomes are those of the linear probability model: its variance adds up, and its
 * coefficients are percentage points, which the log-odds of a logistic model are not.
 */
export async function importance(
  groups: readonly Crossed[],
  confounders: number,
  rounds: number,
  random: () => number,
): Promise<Importance> {
  const covariances = covariance(addCrossed(groups))
  const all = adjust(covariances, confounders)
  const size = all.variances.length
  const shares = shapley(all, size <= EXACT ? undefined : drawOrders(size, PAIRS, random))
  const orders = size <= EXACT_IN_ROUNDS ? undefined : drawOrders(size, PAIRS_IN_ROUNDS, random)
  const again: { r2: number; shares: number[] }[] = []
  for (let round = 0; round < rounds; round++) {
    if (round % 5 === 4) await breath()
    const drawn = adjust(covariance(addCrossed(groups, drawGroups(groups.length, random))), confounders)
    const mine = shapley(drawn, orders)
    again.push({ r2: r2Of(drawn, mine), shares: mine })
  }
  return {
    r2: basicInterval(
      r2Of(all, shares),
      again.map(({ r2 }) => r2),
    ),
    predictors: covariances.slice(0, -1).filter((row, place) => row[place]! > 0).length,
    confounders: all.explained,
    shares: shares.map((share, place) =>
      basicInterval(
        share,
        again.map((one) => one.shares[place]!),
      ),
    ),
    weights: johnson(all),
    inflation: inflation(covariances.slice(0, -1).map((row) => row.slice(0, -1))).slice(confounders),
  }
}

/**
 * R² less what as many predictors of nothing tell of as many cases by chance: 1 − (1 − R²)(n − 1) ÷ (n − p − 1) (Ezekiel 1930). Copies
 * are counted as if each told something, so it is rather too low than too high.
 */
export const adjustedR2 = (r2: number, n: number, predictors: number): number | null =>
  n > predictors + 1 ? 1 - ((1 - r2) * (n - 1)) / (n - predictors - 1) : null

const r2Of = ({ explained }: Adjusted, shares: readonly number[]) =>
  shares.reduce((sum, share) => sum + share, explained)
