import { addDays } from '../../core/clock.ts'
import { day, type Sql, sql } from '../../store/clickhouse/sql.ts'
import { type Slice, within } from '../slice.ts'

/** After so many days without another conversation a matter counts as settled. */
export const RESOLVED_DAYS = 7

/** A conversation is taken to last no longer than this: so far its messages are looked for around the slice. */
const LONGEST_DAYS = 30

/**
 * Conversations that a customer began in the slice, one row each, with the columns of `cases.ts`: `at` is the customer's first message,
 * `answered_at` the first message of a person after it (0 where there is none), `ended_at` the last message of anyone. What a bot or a
 * system says is no answer.
 */
export function conversations(slice: Slice): Sql {
  return sql`
    SELECT *, arrayReduce('min', arrayFilter(x -> x >= at, answers)) AS answered_at
    FROM (${begun(slice)}) WHERE ${within(slice, 'voices')}`
}

/** The same with `next_at`, when the same customer began the next conversation (0 where there is none, or nobody knows who it was). */
export function followedConversations(slice: Slice): Sql {
  const everywhere = {
    ...slice,
    to: addDays(slice.to, RESOLVED_DAYS),
    category: [],
    merchant: [],
    product: [],
    city: [],
  }
  return sql`
    SELECT *, if(customer_ref = '', toInt64(0), arrayReduce('min', arrayFilter(x -> x > at, begins))) AS next_at
    FROM (${conversations(slice)}) AS begun GLOBAL ANY LEFT JOIN (
      SELECT customer_ref, groupArray(at) AS begins FROM (${conversations(everywhere)}) WHERE customer_ref != '' GROUP BY customer_ref
    ) AS later USING (customer_ref)`
}

function begun({ tenant, from, to }: Slice): Sql {
  // Inner names differ from the columns', since an alias would take a column's place in the conditions.
  return sql`
    SELECT ${tenant} AS tenant, c_day AS day, c_at AS at, conversation AS id, substringUTF8(c_said, 1, 400) AS said, c_order AS order_id,
      c_product AS product_id, c_merchant AS merchant_id, c_category AS category, c_city AS city, c_channel AS channel,
      c_customer AS customer_ref, c_kind AS kind, c_facts AS facts, '' AS aspect, '' AS scene, answers, ended_at
    FROM (
      SELECT conversation, minIf(at, speaker = 'customer') AS c_at, argMinIf(day, at, speaker = 'customer') AS c_day,
        argMinIf(text, at, speaker = 'customer') AS c_said, groupArrayIf(at, speaker = 'agent') AS answers, max(at) AS ended_at,
        max(order_id) AS c_order, max(product_id) AS c_product, max(toString(merchant_id)) AS c_merchant, max(toString(category)) AS c_category,
        max(toString(city)) AS c_city, max(toString(channel)) AS c_channel, max(customer_ref) AS c_customer, max(toString(kind)) AS c_kind,
        max(facts) AS c_facts
      FROM voices
      WHERE tenant = ${tenant} AND day >= ${day(addDays(from, -LONGEST_DAYS))} AND day <= ${day(addDays(to, LONGEST_DAYS))} AND conversation != ''
      GROUP BY conversation HAVING countIf(speaker = 'customer') > 0
    )`
}
