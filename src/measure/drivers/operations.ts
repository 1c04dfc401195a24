import type { Words } from '../../core/words.ts'
import { type Sql, sql } from '../../store/clickhouse/sql.ts'
import type { Asking } from '../indicators/define.ts'

/** A fact of the operation that may go with an outcome. */
export interface Operation {
  id: 'late_delivery' | 'late_installation' | 'undelivered'
  zh: string
  en: string
  /** The touchpoint whose owner can mend it. */
  touchpoint: string
  /** What to do next, as a start. */
  advice: Words
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
    advice: {
      zh: '按城市和承运商看晚到多少；做不到的约定日，下单前就改长；将要晚到时先告知顾客。',
      en: 'See by city and carrier how late; lengthen promises that cannot be kept before the order is placed; tell customers before a parcel is late.',
    },
    state: () => sql`multiIf(delivered_day IS NULL OR promised_day IS NULL, 0, delivered_day > promised_day, 2, 1)`,
  },
  {
    id: 'late_installation',
    zh: '安装晚于约定日',
    en: 'Installed after the promised day',
    touchpoint: 'fulfil.install',
    advice: {
      zh: '在晚到集中的城市补派安装力量，或放长可约日期；下单前说明安装怎么约、要几天。',
      en: 'Add fitters in the cities where it comes late, or lengthen the dates on offer; tell before the purchase how fitting works and how long it takes.',
    },
    state: () =>
      sql`multiIf(installed_day IS NULL OR install_promised_day IS NULL, 0, installed_day > install_promised_day, 2, 1)`,
  },
  {
    id: 'undelivered',
    zh: '没有送达记录',
    en: 'No record of delivery',
    touchpoint: 'fulfil.deliver',
    advice: {
      zh: '逐单核对物流停在哪一步；丢失的先补发或退款，再查承运商。',
      en: 'Check order by order where the parcel stopped; send again or refund what is lost, then look at the carrier.',
    },
    state: ({ asOf }) => sql`multiIf(delivered_at IS NOT NULL, 1, ifNull(promised_at, 0) < ${asOf}, 2, 0)`,
  },
]

export const findOperation = (id: string): Operation | undefined => operations.find((operation) => operation.id === id)
