import { addDays } from '../../core/clock.ts'
import { day, type Sql, sql } from '../../store/clickhouse/sql.ts'
import { filtered, type Slice } from '../slice.ts'

/** A delivery is looked for among the orders of so many days before it. */
const LONGEST_DAYS = 180

/**
 * Order lines that were delivered in the slice, one row each: their day and moment are those of the delivery. By the day of the order the
 * latest days would hold alone what came quickly, and every period would look better than the one before it.
 */
export const deliveredLines = (slice: Slice): Sql => sql`
  SELECT assumeNotNull(delivered_day) AS day, assumeNotNull(delivered_at) AS at, order_id AS id,
    concat(product_id, ' ', toString(line + 1)) AS said, order_id, product_id, merchant_id, category, city, channel, customer_ref, '' AS kind,
    facts, '' AS aspect, '' AS scene, ordered_at, delivered_at, delivered_day, promised_day, installed_day, install_promised_at,
    install_promised_day, returned_at
  FROM orders FINAL
  WHERE tenant = ${slice.tenant} AND removed = 0 AND ordered_day >= ${day(addDays(slice.from, -LONGEST_DAYS))} AND ordered_day <= ${day(slice.to)}
    AND delivered_day >= ${day(slice.from)} AND delivered_day <= ${day(slice.to)} AND ${filtered(slice)}`
