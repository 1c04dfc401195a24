import { sql } from '../../../store/clickhouse/sql.ts'
import { defineIndicator } from '../define.ts'
import { followedPurchases, REPURCHASE_DAYS } from '../purchases.ts'
import { happenedWithin } from '../ripe.ts'
import { asShare } from '../share.ts'

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
    cases: (slice, asking, columns) =>
      followedPurchases(slice, columns, { from: 'first', days: REPURCHASE_DAYS, asking }),
    wholePeriod: true,
    rows: () => sql`1`,
    plus: () => sql`next_at > 0 AND ${happenedWithin(sql`next_at`, REPURCHASE_DAYS, sql`at`)}`,
  },
  ...asShare,
})
