import { type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'
import { type Slice, within } from '../slice.ts'

/** So long a customer has to come back. */
export const REPURCHASE_DAYS = 30
/** After so long without an order a customer counts as gone. */
export const LAPSE_DAYS = 90

/**
 * Customers who ordered in the slice, one row each: their first or their last order of it, and `next_at`, when they placed the next one
 * anywhere (0 where they did not).
 */
export function followedPurchases(slice: Slice, order: 'first' | 'last' = 'first'): Sql {
  const end = trusted(order === 'first' ? 'min' : 'max')
  const of = trusted(order === 'first' ? 'argMin' : 'argMax')
  return sql`
    SELECT *, arrayReduce('min', arrayFilter(x -> x > at, placed)) AS next_at
    FROM (
      SELECT customer_ref, p_at AS at, p_day AS day, p_order AS order_id, p_order AS id, p_product AS said, p_product AS product_id,
        p_merchant AS merchant_id, p_category AS category, p_city AS city, p_channel AS channel, '' AS kind, p_facts AS facts,
        '' AS aspect, '' AS scene
      FROM (
        SELECT customer_ref, ${end}(ordered_at) AS p_at, ${of}(ordered_day, ordered_at) AS p_day, ${of}(order_id, ordered_at) AS p_order,
          ${of}(product_id, ordered_at) AS p_product, ${of}(merchant_id, ordered_at) AS p_merchant, ${of}(category, ordered_at) AS p_category,
          ${of}(city, ordered_at) AS p_city, ${of}(channel, ordered_at) AS p_channel, ${of}(facts, ordered_at) AS p_facts
        FROM orders FINAL WHERE ${within(slice, 'orders')} AND customer_ref != '' GROUP BY customer_ref
      )
    ) AS one GLOBAL ANY LEFT JOIN (
      SELECT customer_ref, groupArray(ordered_at) AS placed FROM orders FINAL
      WHERE tenant = ${slice.tenant} AND removed = 0 AND customer_ref != '' GROUP BY customer_ref
    ) AS theirs USING (customer_ref)`
}
