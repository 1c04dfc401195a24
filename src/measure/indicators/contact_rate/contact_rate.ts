import { sql } from '../../../store/clickhouse/sql.ts'
import { defineIndicator } from '../define.ts'
import { asMean } from '../mean.ts'
import { contactedOrders } from '../placed.ts'

/** How often an order makes its customer ask for help. */
export const contactRate = defineIndicator({
  id: 'contact_rate',
  zh: '单均咨询次数',
  en: 'Contact rate',
  group: 'service',
  unit: 'count',
  higherIsBetter: false,
  formula:
    'service conversations so far that a customer began and that name the order, per order placed in the period; conversations without an order are not counted, and the latest orders may still be asked about',
  formulaZh: '期内每笔订单迄今由顾客发起、且关联到该订单的客服会话数；没有关联订单的会话不计，最近的订单还可能有人来问',
  counting: {
    table: 'orders',
    cases: (slice, _, columns) => contactedOrders(slice, columns),
    rows: () => sql`1`,
    plus: () => sql`contacts > 0`,
    value: () => sql`contacts`,
  },
  ...asMean([0, Infinity]),
})
