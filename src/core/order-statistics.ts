import type { Change, Estimate } from './estimate.ts'
import { NOTHING } from './estimate.ts'

/**
 * The ranks (from 1) between which the median of a population lies with at least 95 % certainty, whatever its distribution: the widest k
 * with P(Bin(n, ½) < k) ≤ 0.025, and its mirror image (Conover, Practical Nonparametric Statistics, 3.2; Hahn and Meeker 1991, 5.2). With
 * fewer than six values there are none, and the interval is the whole line. Exact up to 1,000 values, above by the normal approximation
 * with continuity correction, which gives the same ranks there to within one.
 *
 * @example medianRanks(10) // { low: 2, high: 9 }
 */
export function medianRanks(n: number): { low: number; high: number } | null {
  if (n < 6) return null
  const low = n <= EXACT ? exactRank(n) : Math.max(1, Math.floor((n + 1) / 2 - 0.98 * Math.sqrt(n)))
  return { low, high: n + 1 - low }
}

const EXACT = 1_000

function exactRank(n: number): number {
  // log of P(Bin = 0), then each next by the ratio of binomial coefficients.
  let term = -n * Math.LN2
  let below = 0
  for (let k = 0; k < n; k++) {
    below += Math.exp(term)
    if (below > 0.025) return k
    term += Math.log((n - k) / (k + 1))
  }
  return 1
}

/** A median with its interval, from the values at the lower rank, the middle and the upper rank. */
export function median(ordered: readonly number[] | undefined, n: number): Estimate {
  if (!ordered || n === 0) return NOTHING
  const [low, middle, high] = ordered as [number, number, number]
  const known = medianRanks(n) !== null
  return { value: middle, low: known ? low : null, high: known ? high : null, n }
}

/**
 * The difference of two independent medians, with an interval by squaring and adding the distances to their limits (the recovery of
 * variance estimates, Zou and Donner 2008): approximate, since the limits are ranks.
 */
export function medianChange(now: Estimate, before: Estimate): Change | null {
  const ends = [now.low, now.high, before.low, before.high]
  if (now.value === null || before.value === null || ends.some((end) => end === null)) return null
  const value = now.value - before.value
  const low = value - Math.hypot(now.value - now.low!, before.high! - before.value)
  const high = value + Math.hypot(now.high! - now.value, before.value - before.low!)
  return { value, low, high, moreThanChance: low > 0 || high < 0 }
}
