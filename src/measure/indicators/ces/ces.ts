import { sql } from '../../../store/clickhouse/sql.ts'
import { defineIndicator } from '../define.ts'
import { asMean } from '../mean.ts'
import { stretched } from '../stretched.ts'

/** Customer effort: how easy it was, every scale stretched to 1–7 (7 is easiest). */
export const ces = defineIndicator({
  id: 'ces',
  zh: '费力度',
  en: 'CES',
  group: 'experience',
  unit: 'score',
  higherIsBetter: true,
  formula: 'mean of the answers to the effort question, stretched to 1–7, where 7 is easiest',
  formulaZh: '费力度题回答的平均分，折算到 1–7 分，7 分最省力',
  counting: {
    table: 'voices',
    rows: () => sql`metric = 'ces' AND speaker = 'customer' AND rating IS NOT NULL`,
    ...stretched(1, 7),
  },
  ...asMean([1, 7]),
})
