import { normalP } from '../../core/statistics.ts'
import { around } from './mantel-haenszel.ts'
import { addMoments, type Comparison, comparable, type Moments, noCases, type Stratum } from './strata.ts'

/**
 * Difference of means between exposed and control within strata, weighted n₁n₀/(n₁+n₀): the estimate of a regression on the factor
 * with one constant a stratum. Each side has its own variance, pooled from the spread inside the strata. Null where no stratum has
 * both sides or nothing varies. The p is the larger of that and of the one whose variance both sides share, as they do under no
 * difference: few exposed cases that all say the same would else seem certain.
 */
export function stratifiedMean(strata: readonly Stratum[]): Comparison | null {
  const both = comparable(strata)
  let difference = 0
  let weight = 0
  let exposed = noCases
  let control = noCases
  for (const stratum of both) {
    const w = weightOf(stratum)
    difference += w * (mean(stratum.exposed) - mean(stratum.control))
    weight += w
    exposed = addMoments(exposed, stratum.exposed)
    control = addMoments(control, stratum.control)
  }
  if (weight === 0) return null
  const exposedVariance = pooledVariance(both.map((stratum) => stratum.exposed))
  const controlVariance = pooledVariance(both.map((stratum) => stratum.control))
  const oneVariance = pooledVariance(both.flatMap((stratum) => [stratum.exposed, stratum.control]))
  let variance = 0
  let chance = 0
  for (const stratum of both) {
    const share = weightOf(stratum) / weight
    variance += share * share * (exposedVariance / stratum.exposed.n + controlVariance / stratum.control.n)
    chance += share * share * oneVariance * (1 / stratum.exposed.n + 1 / stratum.control.n)
  }
  if (!(variance > 0)) return null
  const estimate = around(difference / weight, Math.sqrt(variance), exposed, control)
  return { ...estimate, p: Math.max(estimate.p, normalP(estimate.value / Math.sqrt(chance))) }
}

const mean = (cases: Moments) => cases.sum / cases.n
const weightOf = ({ exposed, control }: Stratum) => (exposed.n * control.n) / (exposed.n + control.n)

/** Variance of one case inside its stratum; where strata are mostly single cases, the variance over all of them, which is larger. */
function pooledVariance(cells: readonly Moments[]): number {
  const all = cells.reduce(addMoments, noCases)
  const spread = (cell: Moments) => Math.max(0, cell.squares - (cell.sum * cell.sum) / cell.n)
  const df = all.n - cells.length
  if (df >= 10) return cells.reduce((sum, cell) => sum + spread(cell), 0) / df
  return all.n > 1 ? spread(all) / (all.n - 1) : 0
}
