import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { sql } from '../../store/clickhouse/sql.ts'
import { conditions, type SeriesQuestion, source } from './series.ts'
import type { RowWatch } from './watch.ts'

export interface RowQuestion extends Omit<SeriesQuestion<RowWatch>, 'stepMs' | 'offsetMs' | 'keys'> {
  segment: string
}

/** One of the rows behind an alarm. */
export interface AlarmRow {
  table: 'voices' | 'mentions' | 'events' | 'orders'
  id: string
  at: number
  name: string
  orderId: string
  productId: string
  city: string
}

const SHOWN = 20

const namesOf = {
  voices: { id: sql`id`, name: sql`kind` },
  mentions: { id: sql`voice_id`, name: sql`aspect` },
  events: { id: sql`id`, name: sql`name` },
  orders: { id: sql`order_id`, name: sql`return_reason` },
} as const

/** The latest rows that count, of one segment in a period. */
export async function askRows(analytics: Analytics, question: RowQuestion): Promise<AlarmRow[]> {
  const { watch, by, segment } = question
  const asked = { ...question, stepMs: 1, offsetMs: 0, keys: by === null ? undefined : [segment] }
  const { id, name } = namesOf[watch.table]
  const counted = watch.plus ? sql` AND ${watch.plus}` : sql``
  const rows = await analytics.query<Omit<AlarmRow, 'table'>>(sql`
    SELECT ${id} AS id, ${watch.at} AS at, ${name} AS name, order_id AS orderId, product_id AS productId, city
    FROM ${source(asked)}
    WHERE ${conditions(asked)}${counted}
    ORDER BY at DESC LIMIT ${SHOWN}`)
  return rows.map((row) => ({ table: watch.table, ...row }))
}
