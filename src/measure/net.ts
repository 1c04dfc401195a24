import type { Change, Estimate } from '../core/estimate.ts'
import { NOTHING } from '../core/estimate.ts'
import { Z95 } from '../core/statistics.ts'
import { addTallies, type Tally } from './indicators/define.ts'

/** Added before the error is taken where all answered alike: ¾ up, 1½ neither, ¾ down (adjusted Wald). */
const doubt: Tally = { n: 3, plus: 0.75, minus: 0.75 }

/**
 * Standard error of a net score, (plus − minus) / n, as a share: √((p + d − (p − d)²) / n). Where all answered alike the formula gives
 * nought, which a few answers do not deserve: then the adjusted Wald's.
 */
export function netStandardError(tally: Tally): number {
  const { n, plus, minus } = tally
  const variance = (plus + minus) / n - ((plus - minus) / n) ** 2
  return variance > 0 ? Math.sqrt(variance / n) : netStandardError(addTallies(tally, doubt))
}

/** A net score with its interval, from −`scale` to `scale`. */
export function netScore(tally: Tally, scale: number): Estimate {
  if (tally.n === 0) return NOTHING
  const value = (scale * (tally.plus - tally.minus)) / tally.n
  const half = scale * Z95 * netStandardError(tally)
  return { value, low: Math.max(-scale, value - half), high: Math.min(scale, value + half), n: tally.n }
}

/** The change of a net score between two independent periods: their squared errors add up. */
export function netChange(now: Tally, before: Tally, scale: number): Change | null {
  if (now.n === 0 || before.n === 0) return null
  const value = scale * ((now.plus - now.minus) / now.n - (before.plus - before.minus) / before.n)
  const half = scale * Z95 * Math.hypot(netStandardError(now), netStandardError(before))
  return { value, low: value - half, high: value + half, moreThanChance: Math.abs(value) > half }
}
