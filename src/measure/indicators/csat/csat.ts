import { sql } from '../../../store/clickhouse/sql.ts'
import { defineIndicator } from '../define.ts'
import { asShare } from '../share.ts'

/** Customer satisfaction: the share of satisfied answers, 4 and 5 on the usual scale, the top quarter of any other. */
export const csat = defineIndicator({
  id: 'csat',
  zh: '满意度',
  en: 'CSAT',
  group: 'experience',
  higherIsBetter: true,
  formula:
    'answers of 4 or 5 on the scale of 1–5 (the top quarter of another scale) among all answers to the CSAT question',
  formulaZh: '满意度题中 4–5 分（其他量表取最高四分之一）的回答 ÷ 全部回答',
  counting: {
    table: 'voices',
    rows: () => sql`metric = 'csat' AND speaker = 'customer' AND rating IS NOT NULL`,
    plus: () => sql`rating - rating_min >= 0.75 * (rating_max - rating_min)`,
  },
  ...asShare,
})
