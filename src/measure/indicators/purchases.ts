import { type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'
import { type Slice, within } from '../slice.ts'
import { type CaseColumn, groupedColumns, withColumns } from './columns.ts'
import type { Asking } from './define.ts'
import { isRipe } from './ripe.ts'

/** So long a customer has to come back. */
export const REPURCHASE_DAYS = 30
/** After so long without an order a customer counts as gone. */
export const LAPSE_DAYS = 90

/** From which order of the slice a customer is followed, and how long. */
interface Followed {
  from: 'first' | 'last'
  days: number
  asking: Pick<Asking, 'asOf'>
}

/**
 * Customers who ordered in the slice, one row each: their first or their last order of it that is so many days old, and `next_at`, when
 * they placed the next one anywhere (0 where they did not). Younger orders are passed over before the last one is chosen: were they not,
 * whoever has ordered since would be left out for it, and in a period that reaches up to now only those would be left who never did.
 */
export function followedPurchases(slice: Slice, columns: readonly CaseColumn[], { from, days, asking }: Followed): Sql {
  const end = trusted(from === 'first' ? 'min' : 'max')
  const of = (column: string) => sql`${trusted(from === 'first' ? 'argMin' : 'argMax')}(${trusted(column)}, ordered_at)`
  const { grouping, outside } = groupedColumns(withColumns(columns, 'at', 'customer_ref'), {
    day: of('ordered_day'),
    at: sql`${end}(ordered_at)`,
    id: of('order_id'),
    said: of('product_id'),
    order_id: of('order_id'),
    product_id: of('product_id'),
    merchant_id: of('merchant_id'),
    category: of('category'),
    city: of('city'),
    channel: of('channel'),
    customer_ref: sql`customer_ref`,
    facts: of('facts'),
  })
  return sql`
    SELECT *, arrayReduce('min', arrayFilter(x -> x > at, placed)) AS next_at
    FROM (
      SELECT ${outside} FROM (
        SELECT ${grouping} FROM orders FINAL
        WHERE ${within(slice, 'orders')} AND customer_ref != '' AND ${isRipe(sql`ordered_at`, days, asking)} GROUP BY customer_ref
      )
    ) AS one GLOBAL ANY LEFT JOIN (
      SELECT customer_ref, groupArray(ordered_at) AS placed FROM orders FINAL
      WHERE tenant = ${slice.tenant} AND removed = 0 AND customer_ref != '' GROUP BY customer_ref
    ) AS theirs USING (customer_ref)`
}
