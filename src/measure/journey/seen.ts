import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { day, sql } from '../../store/clickhouse/sql.ts'
import { previousSlice, type Slice, within } from '../slice.ts'
import { isKnown, visitor } from '../visitor.ts'
import { splitPeriods } from './counted.ts'
import { clickPath } from './path.ts'
import type { Visits } from './visits.ts'

/** Events at a touchpoint in the period, and distinct visitors in it and in the one before. */
export interface Seen {
  events: number
  visitors: { now: number; before: number }
}

interface Row {
  touchpoint: string
  current: 0 | 1
  events: number
  visitors: number
}

/** Who was seen at each touchpoint. Visitors on the click path, by far the most, are known from their visits and not told apart again. */
export async function measureSeen(
  analytics: Analytics,
  slice: Slice,
  visits: Promise<Pick<Visits, 'there'>>,
): Promise<Map<string, Seen>> {
  const both = { ...slice, from: previousSlice(slice).from }
  const [rows, { there }] = await Promise.all([
    analytics.query<Row>(sql`
      SELECT touchpoint, day >= ${day(slice.from)} AS current, count() AS events,
        uniqExactIf(${visitor}, ${isKnown} AND touchpoint NOT IN ${clickPath}) AS visitors
      FROM events WHERE ${within(both, 'events')} AND touchpoint != '' GROUP BY touchpoint, current`),
    visits,
  ])
  const ids = [...new Set(rows.map(({ touchpoint }) => touchpoint))]
  return new Map(
    ids.map((id) => {
      const { now, before } = splitPeriods(rows.filter(({ touchpoint }) => touchpoint === id))
      const visitors = there.get(id) ?? { now: now?.visitors ?? 0, before: before?.visitors ?? 0 }
      return [id, { events: now?.events ?? 0, visitors }]
    }),
  )
}
