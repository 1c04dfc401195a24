import { addDays, localDay } from '../../core/clock.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { day, type Sql, sql } from '../../store/clickhouse/sql.ts'
import type { Slice } from '../slice.ts'

/** Where a voice stands among the others. */
export interface Place {
  id: string
  day: string
  at: number
}

/** So many days are looked through before all the others. */
const NEWEST_DAYS = 2
/** The clocks that are furthest from UTC: a local day begins and ends so much earlier, or later, than that of UTC. */
const EARLIEST_ZONE = 'Etc/GMT-14'
const LATEST_MS = 12 * 3_600_000

/**
 * The newest voices under a condition, `most` of them, or those that follow one (its moment and id). Rows lie by their local day, so the
 * newest days are asked alone, and the others only where these hold too few, or a voice of an earlier day elsewhere may be as new.
 */
export async function newestVoices(
  analytics: Analytics,
  { slice, condition, after, most }: { slice: Slice; condition: Sql; after?: readonly [number, string]; most: number },
): Promise<Place[]> {
  // None that follows another has a later day than its moment has anywhere.
  const lastDay = after ? [slice.to, localDay(after[0], EARLIEST_ZONE)].sort()[0]! : slice.to
  const firstDay = addDays(lastDay, 1 - NEWEST_DAYS)
  const further = after ? sql`(at < ${after[0]} OR (at = ${after[0]} AND id < ${after[1]}))` : sql`1`
  const since = (first: string) =>
    analytics.query<Place>(sql`
      SELECT id, day, at FROM voices WHERE ${condition} AND ${further} AND day >= ${day(first)} AND day <= ${day(lastDay)} ORDER BY at DESC, id DESC LIMIT ${most}`)
  const newest = await since(firstDay)
  const oldest = newest.at(-1)
  const isFull = newest.length === most && oldest !== undefined && oldest.at >= Date.parse(firstDay) + LATEST_MS
  return isFull || firstDay <= slice.from ? newest : since(slice.from)
}
