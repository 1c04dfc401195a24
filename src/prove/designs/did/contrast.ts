import { tP, tQuantile } from '../../../core/statistics.ts'

/** One unit (a product, a shop): its value and how much it weighs, such as the precision its orders give it. */
export interface Weighed {
  value: number
  weight: number
}

/** A weighted mean over units with the variance that the spread between units gives it. */
export interface ArmMean {
  mean: number
  variance: number
  df: number
  units: number
}

export interface Contrast {
  value: number
  se: number
  df: number
  low: number
  high: number
  p: number
}

/**
 * Weighted mean over units and its variance, robust to units of unequal variance: the HC2 estimate, which is unbiased where a
 * unit's variance is the inverse of its weight, with the degrees of freedom of Bell and McCaffrey (2002). With equal weights it is
 * s²/n with n − 1 degrees of freedom. Null below two units: one alone tells nothing about the spread.
 */
export function armMean(units: readonly Weighed[]): ArmMean | null {
  const used = units.filter((unit) => unit.weight > 0)
  if (used.length < 2) return null
  const total = used.reduce((sum, unit) => sum + unit.weight, 0)
  const mean = used.reduce((sum, unit) => sum + unit.weight * unit.value, 0) / total
  let variance = 0
  let squares = 0
  let cross = 0
  for (const { value, weight } of used) {
    const leverage = weight / total
    const b = weight / (total * total * (1 - leverage))
    variance += b * weight * (value - mean) ** 2
    squares += b * b * ((1 - leverage) ** 2 - leverage ** 2)
    cross += b * leverage
  }
  return { mean, variance, df: 1 / (total * total * (squares + cross * cross)), units: used.length }
}

/**
 * Treated minus control with its 95 % interval by Student's t, Welch–Satterthwaite over the two arms. For two arms this is the
 * weighted regression of the unit's value on being treated, with cluster-robust (CR2) inference by unit.
 */
export function contrast(treated: readonly Weighed[], control: readonly Weighed[]): Contrast | null {
  const one = armMean(treated)
  const other = armMean(control)
  if (!one || !other) return null
  const variance = one.variance + other.variance
  const df =
    variance > 0 ? variance ** 2 / (one.variance ** 2 / one.df + other.variance ** 2 / other.df) : one.df + other.df
  return around(one.mean - other.mean, Math.sqrt(variance), df)
}

/** An estimate with its t interval and two-sided p; without any spread the interval is the value itself. */
export function around(value: number, se: number, df: number): Contrast {
  const half = se === 0 ? 0 : tQuantile(0.975, df) * se
  const p = se === 0 ? (value === 0 ? 1 : 0) : tP(value / se, df)
  return { value, se, df, low: value - half, high: value + half, p }
}
