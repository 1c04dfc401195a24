import type { Change, Estimate } from './estimate.ts'
import { NOTHING } from './estimate.ts'
import { tP, tQuantile } from './statistics.ts'

/** How many values, their sum and the sum of their squares. */
export interface Sums {
  n: number
  sum: number
  squares: number
}

/** The unbiased variance of the values; nought for rounding below it. */
const variance = ({ n, sum, squares }: Sums): number => Math.max(0, (squares - (sum * sum) / n) / (n - 1))

/**
 * A mean with its 95 % interval by Student's t, in the unit of the values. A single value has no interval. The interval is cut at the
 * ends of a scale where one is given.
 *
 * @example mean({ n: 10, sum: 7.5, squares: 34.43 }) // 0.75 (−0.53 to 2.03): the first drug of Student's sleep data (1908)
 */
export function mean(sums: Sums, [least, most]: readonly [number, number] = [-Infinity, Infinity]): Estimate {
  const { n, sum } = sums
  if (n === 0) return NOTHING
  const value = sum / n
  if (n === 1) return { value, low: null, high: null, n }
  const half = tQuantile(0.975, n - 1) * Math.sqrt(variance(sums) / n)
  return { value, low: Math.max(least, value - half), high: Math.min(most, value + half), n }
}

/** The difference of two independent means, with Welch's interval (1947). */
export function meanChange(now: Sums, before: Sums): Change | null {
  if (now.n < 2 || before.n < 2) return null
  const value = now.sum / now.n - before.sum / before.n
  const { error, degrees } = welch(now, before)
  if (error === 0) return { value, low: value, high: value, moreThanChance: value !== 0 }
  const half = tQuantile(0.975, degrees) * error
  return { value, low: value - half, high: value + half, moreThanChance: Math.abs(value) > half }
}

/** How often chance alone sets two independent means so far apart: Welch's test (1947), two-sided. 1 where nothing varies and they agree. */
export function meanP(one: Sums, other: Sums): number {
  if (one.n < 2 || other.n < 2) return 1
  const difference = one.sum / one.n - other.sum / other.n
  const { error, degrees } = welch(one, other)
  if (error === 0) return difference === 0 ? 1 : 0
  return tP(difference / error, degrees)
}

/** The standard error of a difference of two independent means, and its degrees of freedom (Welch and Satterthwaite). */
function welch(one: Sums, other: Sums): { error: number; degrees: number } {
  const [a, b] = [variance(one) / one.n, variance(other) / other.n]
  return { error: Math.sqrt(a + b), degrees: (a + b) ** 2 / (a ** 2 / (one.n - 1) + b ** 2 / (other.n - 1)) }
}
