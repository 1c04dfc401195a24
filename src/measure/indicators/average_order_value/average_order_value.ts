import { sql } from '../../../store/clickhouse/sql.ts'
import { inUnits, mainCurrency } from '../../money.ts'
import { defineIndicator } from '../define.ts'
import { asMean } from '../mean.ts'
import { placedOrders } from '../placed.ts'

/** What customers spend at a time. */
export const averageOrderValue = defineIndicator({
  id: 'average_order_value',
  zh: '客单价',
  en: 'Average order value',
  group: 'order',
  unit: 'amount',
  higherIsBetter: true,
  formula:
    'mean amount of the orders placed in the period and not cancelled, in the currency of most orders; orders without an amount or in another currency are left out, and an order of several lines stands under its first',
  formulaZh:
    '期内下单且未取消的订单的平均金额，按多数订单所用的货币；没有金额或使用其他货币的订单不计，多行订单归到第一行所属的商品和类目',
  counting: {
    table: 'orders',
    cases: (slice, _, columns) =>
      sql`SELECT *, ${inUnits(sql`paid`, sql`currency`)} AS spent FROM (${placedOrders(slice, columns)}) WHERE currency = ${mainCurrency(slice.tenant)}`,
    rows: () => sql`called_off = 0 AND spent > 0`,
    value: () => sql`spent`,
  },
  ...asMean([0, Infinity]),
})
