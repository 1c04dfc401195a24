import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { askRolled, type MarksOf } from '../rollups/read.ts'
import { previousSlice, type Slice } from '../slice.ts'
import { periodsOf } from './counted.ts'
import type { Visits } from './visits.ts'
import { seen } from './walked.ts'

/** Events at a touchpoint in the period, and visits in it and in the one before. */
export interface Seen {
  events: number
  visitors: { now: number; before: number }
}

/** Who was seen at each touchpoint. Visits on the click path, by far the most, are known already and not told apart again. */
export async function measureSeen(
  analytics: Analytics,
  slice: Slice,
  visits: Promise<Pick<Visits, 'there'>>,
  marksOf: MarksOf,
): Promise<Map<string, Seen>> {
  const both = { ...slice, from: previousSlice(slice).from }
  const [rows, { there }] = await Promise.all([
    askRolled(analytics, { slice: both, rolling: seen, by: 'item', since: slice.from }, marksOf),
    visits,
  ])
  return new Map(
    [...periodsOf(rows)].map(([id, { now, before }]) => {
      const visitors = there.get(id) ?? { now: now?.plus ?? 0, before: before?.plus ?? 0 }
      return [id, { events: now?.n ?? 0, visitors }]
    }),
  )
}
