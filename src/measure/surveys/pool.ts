import { type Estimate, NOTHING } from '../../core/estimate.ts'
import { chiSquareP, Z95 } from '../../core/statistics.ts'
import type { Tally } from '../indicators/define.ts'
import { netStandardError } from '../net.ts'

export interface Pooled {
  /** All answers together, survey by survey: each survey weighs as much as it has answers. */
  stratified: Estimate
  /** What surveys like these have on average, each one of a kind: null with fewer than two. */
  average: Estimate | null
  /** How much of what lies between the surveys is more than chance, 0–1 (I²), and the p of their being alike (Cochran's Q). */
  heterogeneity: { share: number; p: number } | null
}

/**
 * NPS over several surveys, in points. Stratified: Σ nₖ·NPSₖ / Σ nₖ, variance Σ (nₖ/n)²·seₖ² (Cochran 1977, Sampling Techniques, 5.3).
 * Average: random effects with τ² by DerSimonian and Laird (1986). Heterogeneity: I² of Higgins and Thompson (2002) from Cochran's Q.
 */
export function poolNps(tallies: readonly Tally[]): Pooled {
  const strata = tallies
    .filter(({ n }) => n > 0)
    .map((tally) => ({
      n: tally.n,
      value: (100 * (tally.plus - tally.minus)) / tally.n,
      variance: (100 * netStandardError(tally)) ** 2,
    }))
  const n = strata.reduce((sum, one) => sum + one.n, 0)
  if (n === 0) return { stratified: NOTHING, average: null, heterogeneity: null }
  const value = strata.reduce((sum, one) => sum + one.n * one.value, 0) / n
  const variance = strata.reduce((sum, one) => sum + (one.n / n) ** 2 * one.variance, 0)
  return { stratified: interval(value, variance, n), ...randomEffects(strata, n) }
}

function randomEffects(
  strata: readonly { value: number; variance: number }[],
  n: number,
): Pick<Pooled, 'average' | 'heterogeneity'> {
  const df = strata.length - 1
  if (df < 1) return { average: null, heterogeneity: null }
  const weights = strata.map(({ variance }) => 1 / variance)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const fixed = strata.reduce((sum, { value }, i) => sum + weights[i]! * value, 0) / total
  const q = strata.reduce((sum, { value }, i) => sum + weights[i]! * (value - fixed) ** 2, 0)
  const spread = total - weights.reduce((sum, weight) => sum + weight ** 2, 0) / total
  const between = Math.max(0, (q - df) / spread)
  const random = strata.map(({ variance }) => 1 / (variance + between))
  const sum = random.reduce((all, weight) => all + weight, 0)
  const mean = strata.reduce((all, { value }, i) => all + random[i]! * value, 0) / sum
  return {
    average: interval(mean, 1 / sum, n),
    heterogeneity: { share: q > df ? (q - df) / q : 0, p: chiSquareP(q, df) },
  }
}

function interval(value: number, variance: number, n: number): Estimate {
  const half = Z95 * Math.sqrt(variance)
  return { value, low: Math.max(-100, value - half), high: Math.min(100, value + half), n }
}
