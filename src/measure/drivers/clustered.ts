import { tP, tQuantile } from '../../core/statistics.ts'
import { addMoments, type Comparison, type Moments, noCases } from './strata.ts'

/** The cases of one product: with the factor, and without it. A factor of the product itself fills one side alone. */
export interface Cluster {
  exposed: Moments
  control: Moments
}

/** Fewer products on a side than this say nothing of products in general. */
export const LEAST_CLUSTERS = 5

/**
 * Difference of means between exposed and control across products, for factors that are the same in (nearly) all orders of a product: its
 * merchant, an attribute. Within each stratum (a category) both sides are ratios of totals, Σy ⁄ Σn; strata are weighted n₁n₀/(n₁+n₀).
 *
 * The variance of each side is that of a ratio under cluster sampling, products being the clusters: m/(m−1) Σⱼ(yⱼ − nⱼ·ȳ)² ⁄ n²
 * (Cochran 1977, Sampling Techniques, §6 and §9; the estimator of any survey package), so that what products differ by of themselves
 * widens the interval: the design effect is in it. It is never taken to be less than the variance of independent cases (a design effect
 * below one is luck). t on as many degrees of freedom as there are products less two for each stratum. Null below five products a side.
 */
export function clusteredMean(strata: readonly (readonly Cluster[])[]): Comparison | null {
  let difference = 0
  let weight = 0
  let variance = 0
  let df = 0
  let exposed = noCases
  let control = noCases
  for (const clusters of strata) {
    const [one, other] = [sideOf(clusters, 'exposed'), sideOf(clusters, 'control')]
    if (!one || !other) continue
    const w = (one.all.n * other.all.n) / (one.all.n + other.all.n)
    difference += w * (one.mean - other.mean)
    variance += w * w * (one.variance + other.variance)
    weight += w
    df += one.products + other.products - 2
    exposed = addMoments(exposed, one.all)
    control = addMoments(control, other.all)
  }
  if (weight === 0 || !(variance > 0)) return null
  const value = difference / weight
  const se = Math.sqrt(variance) / weight
  const half = tQuantile(0.975, df) * se
  return { value, low: value - half, high: value + half, se, p: tP(value / se, df), exposed, control }
}

function sideOf(clusters: readonly Cluster[], side: keyof Cluster) {
  const cells = clusters.map((cluster) => cluster[side]).filter(({ n }) => n > 0)
  if (cells.length < LEAST_CLUSTERS) return null
  const all = cells.reduce(addMoments, noCases)
  const mean = all.sum / all.n
  const between = cells.reduce((sum, { n, sum: y }) => sum + (y - n * mean) ** 2, 0)
  const ofProducts = ((cells.length / (cells.length - 1)) * between) / all.n ** 2
  const ofCases = Math.max(0, all.squares - all.n * mean * mean) / Math.max(1, all.n - 1) / all.n
  return { all, mean, products: cells.length, variance: Math.max(ofProducts, ofCases) }
}
