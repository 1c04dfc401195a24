import { addDays, localDay } from '../../core/clock.ts'
import type { TenantId } from '../../core/tenant.ts'
import { day, type Sql, sql } from '../../store/clickhouse/sql.ts'

/** What a customer tries again within this time is the same wish to pay. */
export const SAME_WISH_MS = 3_600_000

/**
 * Wishes to pay in a stretch of time, one row each with the columns of events: the first attempt of a customer (where nobody knows whose it
 * is, of a session; else each attempt by itself). Who fails tries again, and mostly fails again: attempts counted one by one are not
 * independent, and a customer who fails twice in a quiet hour would look like two.
 */
export function wishesToPay({ tenant, from, to }: { tenant: TenantId; from: number; to: number }): Sql {
  const since = from - SAME_WISH_MS
  const days = [addDays(localDay(since, 'UTC'), -1), addDays(localDay(to, 'UTC'), 1)].map(day)
  return sql`
    SELECT ${tenant} AS tenant, one.1 AS at, one.2 AS id, one.3 AS name, one.4 AS day, one.5 AS customer_ref, one.6 AS order_id,
      one.7 AS product_id, one.8 AS merchant_id, one.9 AS category, one.10 AS city, one.11 AS channel
    FROM (
      SELECT arrayJoin(arrayFilter((it, place) -> place = 1 OR it.1 - tupleElement(its[place - 1], 1) > ${SAME_WISH_MS},
        its, arrayEnumerate(its))) AS one
      FROM (
        SELECT multiIf(customer_ref != '', customer_ref, session != '', session, id) AS whose,
          arraySort(it -> it.1, groupArray((at, id, toString(name), day, customer_ref, order_id, product_id, toString(merchant_id),
            toString(category), toString(city), toString(channel)))) AS its
        FROM events
        WHERE tenant = ${tenant} AND day >= ${days[0]!} AND day <= ${days[1]!} AND at >= ${since} AND at < ${to}
          AND name IN ${['payment_failed', 'payment_succeeded']}
        GROUP BY whose
      )
    ) WHERE one.1 >= ${from}`
}
