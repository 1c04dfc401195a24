import { sql } from '../../../store/clickhouse/sql.ts'
import { defineIndicator } from '../define.ts'
import { asShare } from '../share.ts'

/** Orders that the customer, or the shop, called off. */
export const cancelRate = defineIndicator({
  id: 'cancel_rate',
  zh: '取消率',
  en: 'Cancel rate',
  group: 'order',
  higherIsBetter: false,
  formula: 'order lines cancelled so far among the lines ordered in the period',
  formulaZh: '期内下单的订单行中，迄今已取消的占比',
  counting: {
    table: 'orders',
    rows: () => sql`1`,
    plus: () => sql`cancelled_at IS NOT NULL`,
  },
  ...asShare,
})
