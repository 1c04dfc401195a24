import { sql } from '../../../store/clickhouse/sql.ts'
import { defineIndicator } from '../define.ts'
import { asMean } from '../mean.ts'
import { stretched } from '../stretched.ts'

/** Mean stars of reviews, every scale stretched to 1–5. */
export const rating = defineIndicator({
  id: 'rating',
  zh: '平均评分',
  en: 'Rating',
  group: 'experience',
  unit: 'score',
  higherIsBetter: true,
  formula: 'mean of the ratings that are no survey answers, stretched to 1–5',
  formulaZh: '评价打分（不含问卷）的平均分，折算到 1–5 分',
  counting: {
    table: 'voices',
    rows: () => sql`metric = '' AND speaker = 'customer' AND rating IS NOT NULL`,
    ...stretched(1, 5),
  },
  ...asMean([1, 5]),
})
