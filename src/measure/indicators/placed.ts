import { type Sql, sql } from '../../store/clickhouse/sql.ts'
import { type Slice, within } from '../slice.ts'

/**
 * Orders placed in the slice, one row each with the columns of `cases.ts`: what is the same for a whole order, the product and the category
 * of its first line, and `paid`, what its lines of the slice cost together, in the minor unit of `currency`.
 */
export const placedOrders = (slice: Slice): Sql => sql`
  SELECT o_day AS day, o_at AS at, order_id AS id, o_product AS said, order_id, o_product AS product_id, o_merchant AS merchant_id,
    o_category AS category, o_city AS city, o_channel AS channel, o_customer AS customer_ref, '' AS kind, o_facts AS facts, '' AS aspect,
    '' AS scene, paid, currency, called_off
  FROM (
    SELECT order_id, min(ordered_day) AS o_day, min(ordered_at) AS o_at, argMin(product_id, line) AS o_product,
      argMin(toString(merchant_id), line) AS o_merchant, argMin(toString(category), line) AS o_category, argMin(toString(city), line) AS o_city,
      argMin(toString(channel), line) AS o_channel, argMin(customer_ref, line) AS o_customer, argMin(facts, line) AS o_facts,
      sum(amount_minor) AS paid, argMin(toString(currency), line) AS currency, countIf(cancelled_at IS NOT NULL) = count() AS called_off
    FROM orders FINAL WHERE ${within(slice, 'orders')} GROUP BY order_id
  )`

/** The same with `contacts`: the conversations that customers began and that name the order. */
export const contactedOrders = (slice: Slice): Sql => sql`
  SELECT * FROM (${placedOrders(slice)}) AS placed GLOBAL ANY LEFT JOIN (
    SELECT order_id, uniqExact(conversation) AS contacts FROM voices
    WHERE tenant = ${slice.tenant} AND conversation != '' AND order_id != '' AND speaker = 'customer' GROUP BY order_id
  ) AS talks USING (order_id)`
