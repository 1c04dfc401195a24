import { normalP, Z95 } from '../../core/statistics.ts'
import { addMoments, type Comparison, comparable, noCases, type Stratum } from './strata.ts'

/**
 * Difference of shares between exposed and control, pooled over strata by Mantel and Haenszel, with the variance of Sato (1989),
 * which holds for few large and for many small strata (Greenland and Robins 1985 discuss both limits). Outcomes are 0 or 1, `sum`
 * counts the ones. Null where no stratum has both sides, or where everybody in all of them fared alike.
 *
 * The p is the larger of two: that of the estimate over its own standard error, so that p and interval never contradict each other,
 * and that of the Cochran–Mantel–Haenszel test, whose variance is the hypergeometric one under no difference. Where all or none of few
 * exposed cases are hit, the first variance all but vanishes and would make chance look certain.
 */
export function mantelHaenszel(strata: readonly Stratum[]): Comparison | null {
  let difference = 0
  let weight = 0
  let p = 0
  let q = 0
  let chance = 0
  let exposed = noCases
  let control = noCases
  for (const stratum of comparable(strata)) {
    const { n: n1, sum: a } = stratum.exposed
    const { n: n0, sum: b } = stratum.control
    const n = n1 + n0
    difference += (a * n0 - b * n1) / n
    weight += (n1 * n0) / n
    p += (n1 * n1 * b - n0 * n0 * a + (n1 * n0 * (n0 - n1)) / 2) / (n * n)
    q += (a * (n0 - b) + b * (n1 - a)) / (2 * n)
    chance += (n1 * n0 * (a + b) * (n - a - b)) / (n * n * (n - 1))
    exposed = addMoments(exposed, stratum.exposed)
    control = addMoments(control, stratum.control)
  }
  if (weight === 0) return null
  const value = difference / weight
  const variance = (value * p + q) / (weight * weight)
  if (!(variance > 0)) return null
  const estimate = around(value, Math.sqrt(variance), exposed, control)
  return { ...estimate, p: Math.max(estimate.p, normalP(difference / Math.sqrt(chance))) }
}

/** An estimate with its normal interval and p. */
export function around(
  value: number,
  se: number,
  exposed: Comparison['exposed'],
  control: Comparison['control'],
): Comparison {
  return { value, low: value - Z95 * se, high: value + Z95 * se, se, p: normalP(value / se), exposed, control }
}
