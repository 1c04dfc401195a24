import { z } from 'zod'
import { ok, type Result } from '../../core/result.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { type Sql, sql } from '../../store/clickhouse/sql.ts'
import { cursorAfter, placeOf } from '../cursor.ts'
import type { Slice } from '../slice.ts'
import { casesOf, countingFor, keyOf } from './cases.ts'
import type { Asking, Counting, Dimension, Indicator } from './define.ts'

/** One case of an indicator. Whose it was is not said. */
interface EvidenceRow {
  table: Counting['table']
  /** Of the voice, the event or the order; of the first voice's conversation where a conversation is the case. */
  id: string
  day: string
  at: number
  /** What was said, as it is kept; the event's name; the product and the line of an order. */
  said: string
  orderId: string
  productId: string
  merchantId: string
  category: string
  city: string
  channel: string
  counts: 'up' | 'down' | 'neither'
  /** What goes into a mean or a median; null for shares. */
  value: number | null
}

export interface EvidencePage {
  /** How many cases there are on the side that is asked for. */
  total: number
  rows: EvidenceRow[]
  next: string | null
}

export interface EvidenceQuestion extends Asking {
  slice: Slice
  /** One group of a breakdown. */
  group?: { by: Dimension; key: string }
  side: 'all' | 'up' | 'down' | 'neither'
  cursor?: string
  limit: number
}

/** The cases behind an indicator's figure, newest first: as many as its n, or those that count one way. */
export async function readEvidence(
  analytics: Analytics,
  indicator: Indicator,
  { slice, group, side, cursor, limit, ...asking }: EvidenceQuestion,
): Promise<Result<EvidencePage>> {
  const counting = group ? countingFor(indicator, group.by) : ok(indicator.counting)
  if (!counting.ok) return counting
  const after = placeOf(cursor, z.tuple([z.number(), z.string(), z.string()]), 'this indicator')
  if (!after.ok) return after
  const chosen = sql`${sides[side]} AND ${group ? sql`${keyOf(group.by, slice, asking)} = ${group.key}` : sql`1`}`
  const cases = casesOf(counting.value, slice, asking, shown, chosen)
  const place = after.value
  const further = place ? sql`(at, id, said) < (${place[0]}, ${place[1]}, ${place[2]})` : sql`1`
  const [counts, rows] = await Promise.all([
    // Named, since ClickHouse 18.16 forgets a column that only a lambda below asks for.
    analytics.query<{ total: number }>(sql`SELECT count(at) AS total FROM (${cases}) WHERE ${chosen}`),
    analytics.query<Stored>(sql`
      SELECT ${shown} FROM (${cases}) WHERE ${chosen} AND ${further} ORDER BY at DESC, id DESC, said DESC LIMIT ${limit + 1}`),
  ])
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return ok({
    total: counts[0]!.total,
    rows: page.map((row) => toRow(row, counting.value)),
    next: last && rows.length > limit ? cursorAfter([last.at, last.id, last.said]) : null,
  })
}

const sides: Record<EvidenceQuestion['side'], Sql> = {
  all: sql`1`,
  up: sql`up`,
  down: sql`down`,
  neither: sql`NOT (up OR down)`,
}

const shown = sql`day, at, id, said, order_id AS orderId, product_id AS productId, toString(merchant_id) AS merchantId,
  toString(category) AS categoryName, toString(city) AS cityName, toString(channel) AS channelName, up != 0 AS isUp, down != 0 AS isDown, v`

interface Stored extends Omit<EvidenceRow, 'table' | 'category' | 'city' | 'channel' | 'counts' | 'value'> {
  categoryName: string
  cityName: string
  channelName: string
  isUp: number
  isDown: number
  v: number
}

const toRow = (row: Stored, { table, value }: Counting): EvidenceRow => ({
  table,
  id: row.id,
  day: row.day,
  at: row.at,
  said: row.said,
  orderId: row.orderId,
  productId: row.productId,
  merchantId: row.merchantId,
  category: row.categoryName,
  city: row.cityName,
  channel: row.channelName,
  counts: row.isUp ? 'up' : row.isDown ? 'down' : 'neither',
  value: value ? row.v : null,
})
