import { addDays } from '../../core/clock.ts'
import { day, type Sql, sql } from '../../store/clickhouse/sql.ts'
import { type Slice, within } from '../slice.ts'
import { visitor } from '../visitor.ts'

/**
 * Visits that began in the slice, one row each: whether a product was looked at, put into the cart or checked out, and whether an order came
 * of it. By touchpoint rather than by name, so that it reads whatever names a shop's systems use.
 */
export function visits(slice: Slice): Sql {
  return sql`
    SELECT * FROM (
      SELECT ${slice.tenant} AS tenant, v_day AS day, v_at AS at, v_session AS id, v_said AS said, v_order AS order_id, v_product AS product_id,
        v_merchant AS merchant_id, v_category AS category, v_city AS city, v_channel AS channel, v_customer AS customer_ref, '' AS kind,
        v_facts AS facts, '' AS aspect, '' AS scene, looked, bought
      FROM (
        SELECT any(session) AS v_session, min(at) AS v_at, argMin(day, at) AS v_day, argMax(name, at) AS v_said, max(order_id) AS v_order,
          max(product_id) AS v_product, max(toString(merchant_id)) AS v_merchant, max(toString(category)) AS v_category,
          max(toString(city)) AS v_city, max(toString(channel)) AS v_channel, max(customer_ref) AS v_customer, argMin(props, at) AS v_facts,
          max(touchpoint IN ('browse.detail', 'trade.cart', 'trade.checkout')) AS looked,
          max(name IN ('payment_succeeded', 'order_placed', 'order_completed')) AS bought
        FROM events
        WHERE tenant = ${slice.tenant} AND day >= ${day(addDays(slice.from, -1))} AND day <= ${day(addDays(slice.to, 1))} AND session != ''
        GROUP BY ${visitor}
      )
    ) WHERE ${within(slice, 'events')}`
}
