import { sql } from '../../../store/clickhouse/sql.ts'
import { defineIndicator } from '../define.ts'
import { followedPurchases, LAPSE_DAYS } from '../purchases.ts'
import { asShare } from '../share.ts'

const DAY_MS = 86_400_000

/** Who is gone. Customers whose time is not over yet are left out. */
export const lapseRate = defineIndicator({
  id: 'lapse_rate',
  zh: '流失率',
  en: 'Lapse rate',
  group: 'order',
  higherIsBetter: false,
  knownAfterDays: LAPSE_DAYS,
  formula: `customers without another order in the ${LAPSE_DAYS} days after their last order of the period, among those whose ${LAPSE_DAYS} days are over; orders without a customer are left out`,
  formulaZh: `期内最后一单之后 ${LAPSE_DAYS} 天内没有再下单的顾客占比，只计已满 ${LAPSE_DAYS} 天的顾客；没有顾客标识的订单不计`,
  counting: {
    table: 'orders',
    cases: (slice, _, columns) => followedPurchases(slice, columns, 'last'),
    wholePeriod: true,
    rows: ({ asOf }) => sql`at <= ${asOf - LAPSE_DAYS * DAY_MS}`,
    plus: () => sql`(next_at = 0 OR next_at > at + ${LAPSE_DAYS * DAY_MS})`,
  },
  ...asShare,
})
