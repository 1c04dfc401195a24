import { type Sql, sql } from '../../store/clickhouse/sql.ts'
import { type Slice, within } from '../slice.ts'
import { type CaseColumn, groupedColumns, withColumns } from './columns.ts'

/**
 * Orders placed in the slice, one row each with the columns that are asked for: what is the same for a whole order, the product and the
 * category of its first line, and `paid`, what its lines of the slice cost together, in the minor unit of `currency`.
 */
export function placedOrders(slice: Slice, columns: readonly CaseColumn[]): Sql {
  const { grouping, outside } = groupedColumns(withColumns(columns, 'day'), ofOrder)
  return sql`
    SELECT ${outside}, paid, currency, called_off
    FROM (
      SELECT order_id, ${grouping}, sum(amount_minor) AS paid, argMin(toString(currency), line) AS currency,
        countIf(cancelled_at IS NOT NULL) = count() AS called_off
      FROM orders FINAL WHERE ${within(slice, 'orders')} GROUP BY order_id
    )`
}

const ofOrder: Readonly<Partial<Record<CaseColumn, Sql>>> = {
  day: sql`min(ordered_day)`,
  at: sql`min(ordered_at)`,
  id: sql`order_id`,
  said: sql`argMin(product_id, line)`,
  order_id: sql`order_id`,
  product_id: sql`argMin(product_id, line)`,
  merchant_id: sql`argMin(toString(merchant_id), line)`,
  category: sql`argMin(toString(category), line)`,
  city: sql`argMin(toString(city), line)`,
  channel: sql`argMin(toString(channel), line)`,
  customer_ref: sql`argMin(customer_ref, line)`,
  facts: sql`argMin(facts, line)`,
}

/** An order is asked about within so many days, or no more because of itself. */
export const CONTACT_DAYS = 7

/** The same with `contacts`: the conversations that customers began within those days of the order and that name it. */
export const contactedOrders = (slice: Slice, columns: readonly CaseColumn[]): Sql => sql`
  SELECT *, length(arrayFilter(x -> x <= at + ${CONTACT_DAYS * 86_400_000}, begins)) AS contacts
  FROM (${placedOrders(slice, withColumns(columns, 'order_id', 'at'))}) AS placed GLOBAL ANY LEFT JOIN (
    SELECT order_id, groupArray(begun) AS begins FROM (
      SELECT order_id, conversation, min(at) AS begun FROM voices
      WHERE tenant = ${slice.tenant} AND conversation != '' AND order_id != '' AND speaker = 'customer' GROUP BY order_id, conversation
    ) GROUP BY order_id
  ) AS talks USING (order_id)`
