import { sql } from '../../../store/clickhouse/sql.ts'
import { defineIndicator } from '../define.ts'
import { followedPurchases, LAPSE_DAYS } from '../purchases.ts'
import { happenedWithin } from '../ripe.ts'
import { asShare } from '../share.ts'

/** Who is gone. Customers none of whose orders is old enough yet are left out. */
export const lapseRate = defineIndicator({
  id: 'lapse_rate',
  zh: '流失率',
  en: 'Lapse rate',
  group: 'order',
  higherIsBetter: false,
  knownAfterDays: LAPSE_DAYS,
  formula: `customers without another order in the ${LAPSE_DAYS} days after their last order of the period that is ${LAPSE_DAYS} days old; orders without a customer are left out`,
  formulaZh: `期内已满 ${LAPSE_DAYS} 天的最后一单之后 ${LAPSE_DAYS} 天内没有再下单的顾客占比；没有顾客标识的订单不计`,
  counting: {
    table: 'orders',
    cases: (slice, asking, columns) => followedPurchases(slice, columns, { from: 'last', days: LAPSE_DAYS, asking }),
    wholePeriod: true,
    rows: () => sql`1`,
    plus: () => sql`(next_at = 0 OR NOT ${happenedWithin(sql`next_at`, LAPSE_DAYS, sql`at`)})`,
  },
  ...asShare,
})
