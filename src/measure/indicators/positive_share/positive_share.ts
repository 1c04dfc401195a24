import { sql } from '../../../store/clickhouse/sql.ts'
import { defineIndicator } from '../define.ts'
import { asShare } from '../share.ts'

/** How much of what customers say is praise. By aspect or scene it is counted over mentions, since one voice can hold several. */
export const positiveShare = defineIndicator({
  id: 'positive_share',
  zh: '好声音占比',
  en: 'Positive share',
  group: 'experience',
  higherIsBetter: true,
  formula:
    'voices read as positive among all customer voices that could be read (neutral and mixed ones count below the line); by aspect or scene: positive mentions among all mentions',
  formulaZh: '读为好评的声音 ÷ 能读懂的全部顾客声音（中性和褒贬参半计入分母）；按方面或场景时，按提及计',
  counting: {
    table: 'voices',
    rows: () => sql`speaker = 'customer' AND read = 1`,
    plus: () => sql`sentiment = 'positive'`,
  },
  byMention: {
    table: 'mentions',
    rows: () => sql`1`,
    plus: () => sql`polarity = 'positive'`,
  },
  ...asShare,
})
