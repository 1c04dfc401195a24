import { type Sql, sql } from '../../store/clickhouse/sql.ts'
import { between, onDays, type Stretch } from './stretch.ts'

/** What a customer tries within this time of an attempt that failed is the same wish to pay. */
const SAME_WISH_MS = 3_600_000

/**
 * Wishes to pay in a stretch of time, one row each with the columns of events: the first attempt of a customer (where nobody knows whose it
 * is, of a session; else each attempt by itself). Who fails tries again, and mostly fails again: attempts counted one by one are not
 * independent, and a customer who fails twice in a quiet hour would look like two.
 */
export function wishesToPay({ tenant, from, to }: Pick<Stretch, 'tenant' | 'from' | 'to'>): Sql {
  const attempts = (since: number) => sql`tenant = ${tenant} AND ${onDays('day', { from: since, to })}
    AND ${between('at', { from: since, to })} AND name IN ${['payment_failed', 'payment_succeeded']}`
  // Few attempts are such again: to leave those out costs less than to put every wish together.
  return sql`
    SELECT tenant, day, at, id, name, customer_ref, order_id, product_id, merchant_id, category, city, channel
    FROM events WHERE ${attempts(from)} AND id GLOBAL NOT IN (
      SELECT one.2 FROM (
        SELECT arrayJoin(arrayFilter((it, place) -> place > 1 AND tupleElement(its[place - 1], 3) = 1
          AND it.1 - tupleElement(its[place - 1], 1) <= ${SAME_WISH_MS}, its, arrayEnumerate(its))) AS one
        FROM (
          SELECT cityHash64(multiIf(customer_ref != '', customer_ref, session != '', session, id)) AS whose,
            arraySort(it -> it.1, groupArray((at, id, name = 'payment_failed'))) AS its
          FROM events WHERE ${attempts(from - SAME_WISH_MS)} GROUP BY whose HAVING countIf(name = 'payment_failed') > 0
        )
      )
    )`
}
