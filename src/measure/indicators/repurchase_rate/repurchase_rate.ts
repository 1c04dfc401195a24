import { sql } from '../../../store/clickhouse/sql.ts'
import { defineIndicator } from '../define.ts'
import { followedPurchases, REPURCHASE_DAYS } from '../purchases.ts'
import { asShare } from '../share.ts'

const DAY_MS = 86_400_000

/** Whether customers come back. Customers whose time is not over yet are left out. */
export const repurchaseRate = defineIndicator({
  id: 'repurchase_rate',
  zh: '复购率',
  en: 'Repurchase rate',
  group: 'order',
  higherIsBetter: true,
  knownAfterDays: REPURCHASE_DAYS,
  formula: `customers who ordered again within ${REPURCHASE_DAYS} days of their first order of the period, among those whose ${REPURCHASE_DAYS} days are over; orders without a customer are left out`,
  formulaZh: `期内首次下单后 ${REPURCHASE_DAYS} 天内再次下单的顾客占比，只计已满 ${REPURCHASE_DAYS} 天的顾客；没有顾客标识的订单不计`,
  counting: {
    table: 'orders',
    cases: (slice, _, columns) => followedPurchases(slice, columns),
    wholePeriod: true,
    rows: ({ asOf }) => sql`at <= ${asOf - REPURCHASE_DAYS * DAY_MS}`,
    plus: () => sql`next_at > 0 AND next_at <= at + ${REPURCHASE_DAYS * DAY_MS}`,
  },
  ...asShare,
})
