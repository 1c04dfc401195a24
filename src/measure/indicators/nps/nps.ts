import type { Change, Estimate } from '../../../core/estimate.ts'
import { NOTHING } from '../../../core/estimate.ts'
import { Z95 } from '../../../core/statistics.ts'
import { sql } from '../../../store/clickhouse/sql.ts'
import { defineIndicator, type Tally } from '../define.ts'

/** Net promoter score: promoters (9–10) less detractors (0–6), in points from −100 to 100. `plus` are promoters, `minus` detractors. */
export const nps = defineIndicator({
  id: 'nps',
  zh: '净推荐值',
  en: 'NPS',
  unit: 'points',
  higherIsBetter: true,
  formula: 'share of 9–10 less share of 0–6 among answers to the NPS question on its scale of 0–10, times 100',
  counting: {
    table: 'voices',
    rows: () => sql`metric = 'nps' AND speaker = 'customer' AND rating IS NOT NULL AND rating_max = 10`,
    plus: () => sql`rating >= 9`,
    minus: () => sql`rating <= 6`,
  },
  estimate,
  change,
})

/**
 * Standard error of the score, in points: √((p + d − (p − d)²) / n). Where all answered alike the formula gives nought, which a
 * few answers do not deserve; then ¾ promoter, 1½ passives and ¾ detractor are added first (adjusted Wald).
 */
export function npsStandardError({ n, plus, minus }: Tally): number {
  const variance = (plus + minus) / n - ((plus - minus) / n) ** 2
  if (variance > 0) return 100 * Math.sqrt(variance / n)
  return npsStandardError({ n: n + 3, plus: plus + 0.75, minus: minus + 0.75 })
}

function estimate(tally: Tally): Estimate {
  if (tally.n === 0) return NOTHING
  const value = (100 * (tally.plus - tally.minus)) / tally.n
  const half = Z95 * npsStandardError(tally)
  return { value, low: Math.max(-100, value - half), high: Math.min(100, value + half), n: tally.n }
}

/** Two periods answer independently: their squared errors add up. */
function change(now: Tally, before: Tally): Change | null {
  if (now.n === 0 || before.n === 0) return null
  const value = estimate(now).value! - estimate(before).value!
  const half = Z95 * Math.hypot(npsStandardError(now), npsStandardError(before))
  return { value, low: value - half, high: value + half, moreThanChance: Math.abs(value) > half }
}
