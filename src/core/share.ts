import type { Change, Estimate } from './estimate.ts'
import { NOTHING } from './estimate.ts'
import { betaQuantile, Z95 } from './statistics.ts'

/**
 * A share with its 95 % interval by Wilson's score method without continuity correction (Newcombe 1998, method 3).
 * `successes` of `n`; with n = 0 there is nothing to say.
 *
 * @example wilson(81, 263) // { value: 0.308, low: 0.2553, high: 0.3662, n: 263 }
 */
export function wilson(successes: number, n: number): Estimate {
  if (n <= 0) return NOTHING
  const share = successes / n
  const z2 = Z95 * Z95
  const centre = (share + z2 / (2 * n)) / (1 + z2 / n)
  const half = (Z95 * Math.sqrt((share * (1 - share)) / n + z2 / (4 * n * n))) / (1 + z2 / n)
  // At the ends the formula gives 0 and 1 exactly; rounding must not move them.
  return { value: share, low: successes === 0 ? 0 : centre - half, high: successes === n ? 1 : centre + half, n }
}

/**
 * A share with its exact 95 % interval (Clopper and Pearson 1934): never covers less than it says, for the price of being wider.
 *
 * @example exactShare(682, 925) // { value: 0.7373, low: 0.7077, high: 0.7654, n: 925 }
 */
export function exactShare(successes: number, n: number): Estimate {
  if (n <= 0) return NOTHING
  const low = successes === 0 ? 0 : betaQuantile(0.025, successes, n - successes + 1)
  const high = successes === n ? 1 : betaQuantile(0.975, successes + 1, n - successes)
  return { value: successes / n, low, high, n }
}

/** Fewer than so many on either side of a share, and its interval is the exact one. */
const RARE = 5

/**
 * Near nought and one, and with few cases, Wilson's interval can cover less than it says (Brown, Cai and DasGupta 2001, section 4.1.1 and
 * figure 11): there the exact one.
 */
export const fitsExact = (successes: number, n: number): boolean => Math.min(successes, n - successes) < RARE

/** A share with the interval that fits it: exact where either side is rare, else Wilson's. */
export const share = (successes: number, n: number): Estimate =>
  fitsExact(successes, n) ? exactShare(successes, n) : wilson(successes, n)

/** The difference of two independent shares, interval by squaring and adding the Wilson limits (Newcombe 1998, method 10). */
export function shareChange(now: Estimate, before: Estimate): Change | null {
  if (now.value === null || before.value === null) return null
  const value = now.value - before.value
  const low = value - Math.hypot(now.value - now.low!, before.high! - before.value)
  const high = value + Math.hypot(now.high! - now.value, before.value - before.low!)
  return { value, low, high, moreThanChance: low > 0 || high < 0 }
}
