import { type Sql, sql } from '../../store/clickhouse/sql.ts'
import type { Asking } from '../indicators/define.ts'

/** A fact of the operation that may go with an outcome. */
export interface Operation {
  id: 'late_delivery' | 'late_installation' | 'undelivered'
  zh: string
  en: string
  /** The touchpoint whose owner can mend it. */
  touchpoint: string
  /** 2 = the order has it, 1 = it could have had it and does not (the comparison), 0 = it says nothing. Never NULL. */
  state(asking: Asking): Sql
}

/**
 * Lateness is judged by local calendar day, as a promise of a day is. Orders without a delivery date are no late deliveries: how
 * late they will be is unknown, so they are shown apart, once their promised day has passed.
 */
export const operations: readonly Operation[] = [
  {
    id: 'late_delivery',
    zh: '送达晚于约定日',
    en: 'Delivered after the promised day',
    touchpoint: 'fulfil.deliver',
    state: () => sql`multiIf(delivered_day IS NULL OR promised_day IS NULL, 0, delivered_day > promised_day, 2, 1)`,
  },
  {
    id: 'late_installation',
    zh: '安装晚于约定日',
    en: 'Installed after the promised day',
    touchpoint: 'fulfil.install',
    state: () =>
      sql`multiIf(installed_day IS NULL OR install_promised_day IS NULL, 0, installed_day > install_promised_day, 2, 1)`,
  },
  {
    id: 'undelivered',
    zh: '没有送达记录',
    en: 'No record of delivery',
    touchpoint: 'fulfil.deliver',
    state: ({ asOf }) => sql`multiIf(delivered_at IS NOT NULL, 1, ifNull(promised_at, 0) < ${asOf}, 2, 0)`,
  },
]

export const findOperation = (id: string): Operation | undefined => operations.find((operation) => operation.id === id)
