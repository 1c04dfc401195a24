import { addDays } from '../../core/clock.ts'
import { day, join, type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'
import { type Slice, within } from '../slice.ts'
import { visitor } from '../visitor.ts'

/**
 * Visits that began in the slice, one row each, with the columns of `cases.ts` and what else is asked of a visit's events (`marks`: an
 * aggregate of each name). Steps are told by touchpoint rather than by name where possible, so that it reads whatever names a shop's
 * systems use.
 */
export function visits(slice: Slice, marks: Readonly<Record<string, Sql>>): Sql {
  const names = trusted(Object.keys(marks).join(', '))
  const asked = join(Object.entries(marks).map(([name, mark]) => sql`${mark} AS ${trusted(name)}`))
  return sql`
    SELECT * FROM (
      SELECT ${slice.tenant} AS tenant, v_day AS day, v_at AS at, v_session AS id, v_said AS said, v_order AS order_id, v_product AS product_id,
        v_merchant AS merchant_id, v_category AS category, v_city AS city, v_channel AS channel, v_customer AS customer_ref, '' AS kind,
        v_facts AS facts, '' AS aspect, '' AS scene, ${names}
      FROM (
        SELECT any(session) AS v_session, min(at) AS v_at, argMin(day, at) AS v_day, argMax(name, at) AS v_said, max(order_id) AS v_order,
          max(product_id) AS v_product, max(toString(merchant_id)) AS v_merchant, max(toString(category)) AS v_category,
          max(toString(city)) AS v_city, max(toString(channel)) AS v_channel, max(customer_ref) AS v_customer, argMin(props, at) AS v_facts,
          ${asked}
        FROM events
        WHERE tenant = ${slice.tenant} AND day >= ${day(addDays(slice.from, -1))} AND day <= ${day(addDays(slice.to, 1))} AND session != ''
        GROUP BY ${visitor}
      )
    ) WHERE ${within(slice, 'events')}`
}

/** When a visit was first at a touchpoint, and when last; 0 where it never was. */
export const firstAt = (touchpoint: string): Sql => sql`minIf(at, touchpoint = ${touchpoint})`
export const lastAt = (touchpoint: string): Sql =>
  sql`maxIf(at, touchpoint = ${touchpoint} AND name != 'product_removed')`
