import { sql } from '../../../store/clickhouse/sql.ts'
import { defineIndicator } from '../define.ts'
import { happenedWithin, isRipe } from '../ripe.ts'
import { asShare } from '../share.ts'

/** An order that nobody called off within so many days is taken to be kept. */
export const CANCEL_DAYS = 7

/** Orders that the customer, or the shop, called off. Orders that can still be called off are left out: the latest days have no figure yet. */
export const cancelRate = defineIndicator({
  id: 'cancel_rate',
  zh: '取消率',
  en: 'Cancel rate',
  group: 'order',
  higherIsBetter: false,
  knownAfterDays: CANCEL_DAYS,
  formula: `order lines cancelled within ${CANCEL_DAYS} days of the order, among the lines ordered in the period whose ${CANCEL_DAYS} days are over`,
  formulaZh: `期内下单且已满 ${CANCEL_DAYS} 天的订单行中，下单后 ${CANCEL_DAYS} 天内取消的占比`,
  counting: {
    table: 'orders',
    rows: (asking) => isRipe(sql`ordered_at`, CANCEL_DAYS, asking),
    plus: () => happenedWithin(sql`cancelled_at`, CANCEL_DAYS, sql`ordered_at`),
  },
  ...asShare,
})
