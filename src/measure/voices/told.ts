import type { Mention } from '../../core/reading.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { sql } from '../../store/clickhouse/sql.ts'
import type { Asking } from '../indicators/define.ts'
import { cameBack, windowClosed } from '../returns.ts'
import { type Slice, within } from '../slice.ts'

/** A voice with what was read in it and what became of it. */
export interface ToldVoice {
  id: string
  text: string
  mentions: Mention[]
  /** A low rating: the bottom quarter of its scale, detractors of an NPS. Null without a rating. */
  low: boolean | null
  /** Whether its order came back; null without an order whose return window has closed, and where the words tell of the return itself. */
  returned: boolean | null
  negative: boolean
}

const PORTION = 5_000

/** Kinds that are written because goods go back: they do not come before it. */
const aboutReturns = ['return_reason', 'after_sale_form', 'cancel_reason'] as const

interface Stored {
  id: string
  at: number
  text: string
  mentions: string
  low: number | null
  sentiment: string
  kind: string
  order_id: string
}

/** The customers' voices of a slice that were read, the newest first, `most` at most, in portions. */
export async function* toldVoices(
  analytics: Analytics,
  slice: Slice,
  asking: Asking,
  most: number,
): AsyncGenerator<ToldVoice[]> {
  let after = sql`1`
  for (let left = most; left > 0; left -= PORTION) {
    const size = Math.min(PORTION, left)
    const rows = await analytics.query<Stored>(sql`
      SELECT id, at, text, mentions, sentiment, kind, order_id,
        if(rating IS NULL, NULL, (rating - rating_min) / (rating_max - rating_min) <= if(metric = 'nps', 0.6, 0.25)) AS low
      FROM voices WHERE ${within(slice, 'voices')} AND speaker = 'customer' AND read = 1 AND text != '' AND ${after}
      ORDER BY at DESC, id DESC LIMIT ${size}`)
    if (rows.length > 0) yield await withFate(analytics, slice, asking, rows)
    if (rows.length < size) return
    const last = rows.at(-1)!
    after = sql`(at < ${last.at} OR (at = ${last.at} AND id < ${last.id}))`
  }
}

async function withFate(
  analytics: Analytics,
  { tenant }: Slice,
  asking: Asking,
  rows: readonly Stored[],
): Promise<ToldVoice[]> {
  const tells = (row: Stored) => row.order_id !== '' && !(aboutReturns as readonly string[]).includes(row.kind)
  const orders = [...new Set(rows.filter(tells).map((row) => row.order_id))]
  const fates = new Map<string, boolean>()
  for (let start = 0; start < orders.length; start += 1_000) {
    const found = await analytics.query<{ order_id: string; back: number }>(sql`
      SELECT order_id, max(${cameBack(asking)}) AS back FROM orders FINAL
      WHERE tenant = ${tenant} AND removed = 0 AND order_id IN ${orders.slice(start, start + 1_000)} AND ${windowClosed(asking)}
      GROUP BY order_id`)
    for (const { order_id, back } of found) fates.set(order_id, back === 1)
  }
  return rows.map((row) => ({
    id: row.id,
    text: row.text,
    mentions: row.mentions === '' ? [] : (JSON.parse(row.mentions) as Mention[]),
    low: row.low === null ? null : row.low === 1,
    returned: tells(row) ? (fates.get(row.order_id) ?? null) : null,
    negative: row.sentiment === 'negative',
  }))
}

/** Texts of other categories than the slice's, a sample that is the same every time. */
export async function textsElsewhere(analytics: Analytics, slice: Slice, most: number): Promise<string[]> {
  if (slice.category.length === 0) return []
  const rows = await analytics.query<{ text: string }>(sql`
    SELECT text FROM voices WHERE ${within({ ...slice, category: [] }, 'voices')} AND category NOT IN ${slice.category}
      AND speaker = 'customer' AND read = 1 AND text != '' ORDER BY cityHash64(id), id LIMIT ${most}`)
  return rows.map((row) => row.text)
}
