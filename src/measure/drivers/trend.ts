import { normalP } from '../../core/statistics.ts'
import { addMoments, type Moments, noCases } from './strata.ts'

/** Cases of one stratum by fifth of a number, fifths counted from 1. */
export type Fifths = ReadonlyMap<number, Moments>

export interface Trend {
  /** Change of the outcome from one fifth to the next. */
  slope: number
  p: number
}

/**
 * Whether an outcome rises or falls with a number, over strata: the slope of the outcome on the fifth's number with one constant a
 * stratum, Σ Sxy ⁄ Σ Sxx, over its standard error under the null of no trend, √(σ² ⁄ Σ Sxx), where σ² is the variance of a case inside
 * its stratum. For shares this is Mantel's extension of the Mantel–Haenszel test to ordered exposures (Mantel 1963). Null where
 * nothing varies.
 */
export function trendOver(strata: readonly Fifths[]): Trend | null {
  let sxy = 0
  let sxx = 0
  let spread = 0
  let df = 0
  for (const fifths of strata) {
    const all = [...fifths.values()].reduce(addMoments, noCases)
    if (all.n < 2) continue
    const meanX = [...fifths].reduce((sum, [x, { n }]) => sum + x * n, 0) / all.n
    const meanY = all.sum / all.n
    for (const [x, { n, sum }] of fifths) {
      sxx += n * (x - meanX) ** 2
      sxy += (x - meanX) * (sum - n * meanY)
    }
    spread += Math.max(0, all.squares - all.n * meanY * meanY)
    df += all.n - 1
  }
  if (!(sxx > 0) || !(spread > 0)) return null
  const slope = sxy / sxx
  return { slope, p: normalP(slope / Math.sqrt(spread / df / sxx)) }
}
