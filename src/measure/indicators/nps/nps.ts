import { sql } from '../../../store/clickhouse/sql.ts'
import { netChange, netScore } from '../../net.ts'
import { defineIndicator } from '../define.ts'

/** Net promoter score: promoters (9–10) less detractors (0–6), in points from −100 to 100. `plus` are promoters, `minus` detractors. */
export const nps = defineIndicator({
  id: 'nps',
  zh: '净推荐值',
  en: 'NPS',
  group: 'experience',
  unit: 'points',
  interval: 'net',
  higherIsBetter: true,
  formula: 'share of 9–10 less share of 0–6 among answers to the NPS question on its scale of 0–10, times 100',
  formulaZh: '0–10 分推荐题中 9–10 分占比减 0–6 分占比，再乘 100',
  counting: {
    table: 'voices',
    rows: () => sql`metric = 'nps' AND speaker = 'customer' AND rating IS NOT NULL AND rating_max = 10`,
    plus: () => sql`rating >= 9`,
    minus: () => sql`rating <= 6`,
  },
  estimate: (tally) => netScore(tally, 100),
  change: (now, before) => netChange(now, before, 100),
})
