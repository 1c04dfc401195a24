import { fisherMore } from './association.ts'
import type { Change, Estimate } from './estimate.ts'
import { NOTHING } from './estimate.ts'

/** How many had a value. Sorted by value, the smallest first. */
export type Counted = readonly { value: number; n: number }[]

/**
 * The ranks (from 1) between which a percentile of a population lies with at least 95 % certainty, whatever its distribution: the lower
 * is the widest k with P(Bin(n, p) < k) ≤ 0.025, the upper its mirror image for 1 − p (Conover, Practical Nonparametric Statistics, 3.2;
 * Hahn and Meeker 1991, 5.2). Null where there are none: with fewer than six values for a median, with fewer than 36 for a 90th percentile.
 *
 * @example percentileRanks(10, 50) // { low: 2, high: 9 }
 */
export function percentileRanks(n: number, percent: number): { low: number; high: number } | null {
  const [low, mirror] = [lowerRank(n, percent / 100), lowerRank(n, 1 - percent / 100)]
  return low > 0 && mirror > 0 ? { low, high: n + 1 - mirror } : null
}

function lowerRank(n: number, p: number): number {
  // log of P(Bin = 0), then each next by the ratio of binomial terms.
  let term = n * Math.log1p(-p)
  const odds = p / (1 - p)
  let below = 0
  for (let k = 0; k < n; k++) {
    below += Math.exp(term)
    if (below > 0.025) return k
    term += Math.log(((n - k) / (k + 1)) * odds)
  }
  return 0
}

/**
 * The ranks between which a sample's own percentile lies: the smallest value that has at least so many per cent at or below it, and the
 * next one too where it has them exactly (Hyndman and Fan 1996, definition 2; for a median the two in the middle).
 */
export function middleRanks(n: number, percent: number): readonly [number, number] {
  const least = Math.max(1, Math.ceil((n * percent) / 100))
  return [least, (n * percent) % 100 === 0 ? Math.min(n, least + 1) : least]
}

/** A percentile with its interval, from the values at the lower rank, the middle and the upper rank. */
export function percentile(ordered: readonly number[] | undefined, n: number, percent: number): Estimate {
  if (!ordered || n === 0) return NOTHING
  const [low, middle, high] = ordered as [number, number, number]
  const known = percentileRanks(n, percent) !== null
  return { value: middle, low: known ? low : null, high: known ? high : null, n }
}

/** The median of counted values with its interval. */
export function medianOf(values: Counted): Estimate {
  const n = values.reduce((sum, one) => sum + one.n, 0)
  if (n === 0) return NOTHING
  const at = (rank: number) => valueAt(values, rank)
  const [one, other] = middleRanks(n, 50)
  const ranks = percentileRanks(n, 50)
  return { value: (at(one) + at(other)) / 2, low: ranks && at(ranks.low), high: ranks && at(ranks.high), n }
}

function valueAt(values: Counted, rank: number): number {
  let seen = 0
  for (const one of values) {
    seen += one.n
    if (seen >= rank) return one.value
  }
  return values.at(-1)!.value
}

/**
 * The difference of two independent percentiles, with an interval by squaring and adding the distances to their limits (the recovery of
 * variance estimates, Zou and Donner 2008): approximate, since the limits are ranks.
 */
export function percentileChange(now: Estimate, before: Estimate): Change | null {
  const ends = [now.low, now.high, before.low, before.high]
  if (now.value === null || before.value === null || ends.some((end) => end === null)) return null
  const value = now.value - before.value
  const low = value - Math.hypot(now.value - now.low!, before.high! - before.value)
  const high = value + Math.hypot(now.high! - now.value, before.value - before.low!)
  return { value, low, high, moreThanChance: low > 0 || high < 0 }
}

/** How many values there are on a side, and how many of them lie above the percentile of both sides together. */
export interface Above {
  n: number
  above: number
}

/**
 * How often chance alone divides the values above the common percentile so unevenly between two sides, two-sided: Mood's median test
 * (1950), and for other percentiles the same with theirs (Conover, 4.3), by Fisher's exact test with the smaller tail doubled.
 */
export function percentileP(one: Above, other: Above): number {
  const total = one.n + other.n
  const above = one.above + other.above
  const more = fisherMore({ both: one.above, one: one.n, other: above, total })
  const less = fisherMore({ both: one.n - one.above, one: one.n, other: total - above, total })
  return Math.min(1, 2 * Math.min(more, less))
}
