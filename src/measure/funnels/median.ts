import { type Estimate, NOTHING } from '../../core/estimate.ts'

/** How many had a value. Sorted by value, the smallest first. */
export type Counted = readonly { value: number; n: number }[]

/**
 * The rank k of the lower end of the 95 % interval of a median: the interval runs from the k-th smallest to the k-th largest value and
 * holds the median with probability 1 − 2·P(Bin(n, ½) < k) ≥ 95 % whatever the distribution (Conover, Practical Nonparametric
 * Statistics, 3rd ed., §3.2). 0 where n is too small for any (below 6).
 *
 * @example medianRank(20) // 6: from the 6th to the 15th
 */
export function medianRank(n: number): number {
  if (n < 1) return 0
  // The central term of the binomial by Wallis's product: no factorial that overflows.
  let term = 1
  for (let m = 1; m <= Math.ceil(n / 2); m++) term *= (2 * m - 1) / (2 * m)
  let below = n % 2 === 0 ? (1 - term) / 2 : 0.5
  let rank = Math.ceil(n / 2)
  let at = n % 2 === 0 ? rank : rank - 1
  if (n % 2 === 0) {
    at = rank - 1
    term *= rank / (n - rank + 1)
  }
  // `term` is P(X = at), `below` is P(X ≤ rank − 1).
  while (rank > 0 && below > 0.025) {
    below -= term
    term *= at / (n - at + 1)
    at -= 1
    rank -= 1
  }
  return Math.max(0, rank)
}

/** The median of counted values with its distribution-free 95 % interval; without ends where too few were counted. */
export function median(values: Counted): Estimate {
  const n = values.reduce((sum, one) => sum + one.n, 0)
  if (n === 0) return NOTHING
  const rank = medianRank(n)
  const value = (at(values, Math.floor((n + 1) / 2)) + at(values, Math.ceil((n + 1) / 2))) / 2
  return { value, low: rank > 0 ? at(values, rank) : null, high: rank > 0 ? at(values, n + 1 - rank) : null, n }
}

function at(values: Counted, rank: number): number {
  let seen = 0
  for (const one of values) {
    seen += one.n
    if (seen >= rank) return one.value
  }
  return values.at(-1)!.value
}
