import { addDays } from '../../core/clock.ts'
import { day, type Sql, sql } from '../../store/clickhouse/sql.ts'
import { type Slice, wholeSlice, within } from '../slice.ts'
import { type CaseColumn, groupedColumns, whatRowsShare, withColumns } from './columns.ts'

/** After so many days without another conversation a matter counts as settled. */
export const RESOLVED_DAYS = 7

/** A conversation is taken to last no longer than this: so far its messages are looked for around the slice. */
const LONGEST_DAYS = 30

/**
 * Conversations that a customer began in the slice, one row each, with the columns that are asked for: `at` is the customer's first message,
 * `answered_at` the first message of a person after it (0 where there is none), `ended_at` the last message of anyone. What a bot or a
 * system says is no answer.
 */
export function conversations(slice: Slice, columns: readonly CaseColumn[]): Sql {
  return sql`
    SELECT *, arrayReduce('min', arrayFilter(x -> x >= at, answers)) AS answered_at
    FROM (${begun(slice, withColumns(columns, 'day', 'at'))}) WHERE ${within(slice, 'voices')}`
}

/** The same with `next_at`, when the same customer began the next conversation (0 where there is none, or nobody knows who it was). */
export function followedConversations(slice: Slice, columns: readonly CaseColumn[]): Sql {
  const everywhere = wholeSlice(slice.tenant, slice.from, addDays(slice.to, RESOLVED_DAYS))
  return sql`
    SELECT *, if(customer_ref = '', toInt64(0), arrayReduce('min', arrayFilter(x -> x > at, begins))) AS next_at
    FROM (${conversations(slice, withColumns(columns, 'customer_ref'))}) AS begun GLOBAL ANY LEFT JOIN (
      SELECT customer_ref, groupArray(at) AS begins FROM (${conversations(everywhere, ['customer_ref'])})
      WHERE customer_ref != '' GROUP BY customer_ref
    ) AS later USING (customer_ref)`
}

function begun({ tenant, from, to }: Slice, columns: readonly CaseColumn[]): Sql {
  const { grouping, outside } = groupedColumns(columns, ofConversation)
  return sql`
    SELECT ${tenant} AS tenant, ${outside}, answers, ended_at
    FROM (
      SELECT conversation, ${grouping}, groupArrayIf(at, speaker = 'agent') AS answers, max(at) AS ended_at
      FROM voices
      WHERE tenant = ${tenant} AND day >= ${day(addDays(from, -LONGEST_DAYS))} AND day <= ${day(addDays(to, LONGEST_DAYS))} AND conversation != ''
      GROUP BY conversation HAVING countIf(speaker = 'customer') > 0
    )`
}

const ofConversation: Readonly<Partial<Record<CaseColumn, Sql>>> = {
  day: sql`argMinIf(day, at, speaker = 'customer')`,
  at: sql`minIf(at, speaker = 'customer')`,
  id: sql`conversation`,
  said: sql`substringUTF8(argMinIf(text, at, speaker = 'customer'), 1, 400)`,
  ...whatRowsShare,
  kind: sql`max(toString(kind))`,
  facts: sql`max(facts)`,
}
