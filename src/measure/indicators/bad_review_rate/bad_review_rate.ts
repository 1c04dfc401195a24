import { sql } from '../../../store/clickhouse/sql.ts'
import { defineIndicator } from '../define.ts'
import { asShare } from '../share.ts'

/** How many of the ratings are bad: one or two stars of five. */
export const badReviewRate = defineIndicator({
  id: 'bad_review_rate',
  zh: '差评率',
  en: 'Bad review rate',
  group: 'experience',
  higherIsBetter: false,
  formula: 'ratings of 1 or 2 stars (the bottom quarter of another scale) among all ratings that are no survey answers',
  formulaZh: '1–2 星（其他量表取最低四分之一）的评价 ÷ 所有打了分的评价（不含问卷）',
  counting: {
    table: 'voices',
    rows: () => sql`metric = '' AND speaker = 'customer' AND rating IS NOT NULL`,
    plus: () => sql`rating - rating_min <= 0.25 * (rating_max - rating_min)`,
  },
  ...asShare,
})
