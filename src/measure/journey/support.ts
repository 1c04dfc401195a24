import { addDays } from '../../core/clock.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { day, sql } from '../../store/clickhouse/sql.ts'
import type { Asking } from '../indicators/define.ts'
import { previousSlice, type Slice, within } from '../slice.ts'
import { type Counted, none, splitPeriods } from './counted.ts'
import { REFUND_WITHIN_DAYS, RESOLVED_AFTER_DAYS } from './path.ts'

const DAY_MS = 86_400_000
/** How long after the period a refund or another contact is still looked for. */
const LATER_DAYS = 60

interface Answered {
  touchpoint: string
  current: 0 | 1
  n: number
  hits: number
}

/** Conversations whose first answer came later than `withinMinutes`, where the event says how long it took (`firstAnswerMinutes`). */
export async function measureLateAnswers(
  analytics: Analytics,
  slice: Slice,
  withinMinutes: number,
): Promise<Map<string, Counted>> {
  const both = { ...slice, from: previousSlice(slice).from }
  const rows = await analytics.query<Answered>(sql`
    SELECT touchpoint, day >= ${day(slice.from)} AS current, count() AS n,
      countIf(visitParamExtractFloat(props, 'firstAnswerMinutes') > ${withinMinutes}) AS hits
    FROM events WHERE ${within(both, 'events')} AND name = 'chat_answered' AND visitParamHas(props, 'firstAnswerMinutes')
    GROUP BY touchpoint, current`)
  return new Map(
    [...new Set(rows.map(({ touchpoint }) => touchpoint))].map((id) => {
      const { now = none, before = none } = splitPeriods(rows.filter(({ touchpoint }) => touchpoint === id))
      return [id, { now, before }]
    }),
  )
}

/** Orders whose return was asked for long enough ago that the money should be there, and of them those that had to wait longer. */
export interface Refunds {
  paid: Counted
  late: Counted
  recorded: boolean
}

export async function measureRefunds(analytics: Analytics, slice: Slice, { asOf }: Asking): Promise<Refunds> {
  // The money comes after the period, too.
  const both = { ...slice, from: previousSlice(slice).from, to: addDays(slice.to, LATER_DAYS) }
  const patience = REFUND_WITHIN_DAYS * DAY_MS
  const rows = await analytics.query<{ current: 0 | 1; n: number; paid: number; late: number }>(sql`
    SELECT current, count() AS n, countIf(paidAt > 0) AS paid, countIf(paidAt = 0 OR paidAt > askedAt + ${patience}) AS late
    FROM (
      SELECT order_id, minIf(day, touchpoint = 'aftersale.return') AS askedDay, askedDay >= ${day(slice.from)} AS current,
        minIf(at, touchpoint = 'aftersale.return') AS askedAt,
        minIf(at, touchpoint = 'aftersale.refund' AND name != 'refund_failed') AS paidAt
      FROM events
      WHERE ${within(both, 'events')} AND touchpoint IN ('aftersale.return', 'aftersale.refund') AND order_id != '' GROUP BY order_id
    )
    WHERE askedAt > 0 AND askedAt <= ${asOf - patience} AND askedDay <= ${day(slice.to)} GROUP BY current`)
  const { now, before } = splitPeriods(rows)
  const part = (row: (typeof rows)[number] | undefined, hits: 'paid' | 'late') =>
    row ? { hits: row[hits], n: row.n } : none
  const counted = (hits: 'paid' | 'late') => ({ now: part(now, hits), before: part(before, hits) })
  return { paid: counted('paid'), late: counted('late'), recorded: rows.some(({ paid }) => paid > 0) }
}

/**
 * Orders with a contact of after-sale support in the period, and of them those with no other contact within RESOLVED_AFTER_DAYS of the
 * first: what one contact settled. Those of the last days can still come again and are left out.
 */
export async function measureResolved(analytics: Analytics, slice: Slice, { asOf }: Asking): Promise<Counted> {
  const both = { ...slice, from: previousSlice(slice).from, to: addDays(slice.to, LATER_DAYS) }
  const wait = RESOLVED_AFTER_DAYS * DAY_MS
  const rows = await analytics.query<{ current: 0 | 1; n: number; hits: number }>(sql`
    SELECT current, count() AS n, countIf(length(times) = 1 OR arrayElement(times, 2) > arrayElement(times, 1) + ${wait}) AS hits
    FROM (
      SELECT order_id, min(day) AS firstDay, firstDay >= ${day(slice.from)} AS current, arraySort(groupArray(at)) AS times
      FROM events
      WHERE ${within(both, 'events')} AND touchpoint = 'aftersale.service' AND name IN ${contacts} AND order_id != '' GROUP BY order_id
    )
    WHERE firstDay <= ${day(slice.to)} AND arrayElement(times, 1) <= ${asOf - wait} GROUP BY current`)
  const { now = none, before = none } = splitPeriods(rows)
  return { now, before }
}

/** What opens or is a contact; a chat is counted by its answer alone, since not every system tells of its beginning. */
const contacts = ['chat_answered', 'ticket_opened']
