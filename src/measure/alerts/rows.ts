import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { sql } from '../../store/clickhouse/sql.ts'
import { type Fault, faultsOf, latestFaults } from '../anomalies/behaviour.ts'
import { maskedRef } from '../visitor.ts'
import { behaviourColumn, conditions, type SeriesQuestion, source } from './series.ts'
import type { BehaviourWatch, RowWatch } from './watch.ts'

export interface RowQuestion extends Omit<SeriesQuestion<RowWatch>, 'stepMs' | 'offsetMs' | 'keys'> {
  segment: string
}

/** One of the rows behind an alarm. */
export interface AlarmRow {
  table: 'voices' | 'mentions' | 'events' | 'orders' | 'sessions'
  id: string
  at: number
  /** What it is: the kind of a voice, an event's name, an aspect, a reason for a return, or the place of a fault. */
  name: string
  orderId: string
  productId: string
  city: string
  /** Whose it is, masked; empty where nobody knows. */
  customer: string
}

/** So many rows at a time. */
const ROWS_A_PAGE = 20

/** Rows that count, the latest first from the `offset`th on, and how many there are. */
export interface AlarmRows {
  total: number
  rows: AlarmRow[]
}

const namesOf = {
  voices: { id: sql`id`, name: sql`kind` },
  mentions: { id: sql`voice_id`, name: sql`aspect` },
  events: { id: sql`id`, name: sql`name` },
  orders: { id: sql`order_id`, name: sql`return_reason` },
} as const

/** The rows that count, of one segment in a period. */
export async function askRows(analytics: Analytics, question: RowQuestion, offset: number): Promise<AlarmRows> {
  const { watch, by, segment } = question
  const asked = { ...question, stepMs: 1, offsetMs: 0, keys: by === null ? undefined : [segment] }
  const { id, name } = namesOf[watch.table]
  const counted = watch.plus ? sql` AND ${watch.plus}` : sql``
  const from = sql`FROM ${source(asked)} WHERE ${conditions(asked)}${counted}`
  const [counts, rows] = await Promise.all([
    analytics.query<{ total: number }>(sql`SELECT count() AS total ${from}`),
    analytics.query<Omit<AlarmRow, 'table'>>(sql`
      SELECT ${id} AS id, ${watch.at} AS at, ${name} AS name, order_id AS orderId, product_id AS productId, city, customer_ref AS customer
      ${from} ORDER BY at DESC, id, name LIMIT ${offset}, ${ROWS_A_PAGE}`),
  ])
  const named = rows.map(({ customer, ...row }) => ({ table: watch.table, ...row, customer: maskedRef(customer) }))
  return { total: counts[0]!.total, rows: named }
}

/** The faults of behaviour of one segment in a period. */
export async function askFaults(
  analytics: Analytics,
  { tenant, watch, by, segment, from, to }: Omit<RowQuestion, 'watch' | 'where'> & { watch: BehaviourWatch },
  offset: number,
): Promise<AlarmRows> {
  const column = behaviourColumn(by)
  if (column === undefined) return { total: 0, rows: [] }
  const asked = faultsOf(watch.behaviour, { tenant, from, to, by: column }, segment)
  const tables = { order: 'orders', event: 'events', session: 'sessions' } as const
  const names = { order: '', event: 'payment_failed', session: '' }
  const { record } = watch.behaviour
  const [counts, faults] = await Promise.all([
    analytics.query<{ total: number }>(sql`SELECT count() AS total FROM (${asked})`),
    analytics.query<Fault>(latestFaults(asked, ROWS_A_PAGE, offset)),
  ])
  const rows = faults.map(({ spot, customer, at, ...row }) => ({
    table: tables[record],
    ...row,
    at: Number(at),
    name: spot.trim() || names[record],
    customer: maskedRef(customer),
  }))
  return { total: counts[0]!.total, rows }
}
