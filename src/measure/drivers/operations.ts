import type { TenantId } from '../../core/tenant.ts'
import type { Words } from '../../core/words.ts'
import { type Sql, sql } from '../../store/clickhouse/sql.ts'
import type { Asking } from '../indicators/define.ts'
import { lateness } from './lateness.ts'

/** A fact of the operation that may go with an outcome. */
export interface Operation {
  id: OperationId
  zh: string
  en: string
  /** How orders that have it are spoken of: "Orders …". */
  orders: string
  /** The touchpoint whose owner can mend it. */
  touchpoint: string
  /** What to do next, as a start. */
  advice: Words
  /** 2 = the order has it, 1 = it could have had it and does not (the comparison), 0 = it says nothing. Never NULL. */
  state(asking: Asking, tenant: TenantId): Sql
}

type OperationId =
  | 'late_delivery'
  | 'long_late'
  | 'late_installation'
  | 'undelivered'
  | 'slow_answer'
  | 'failed_payment'

/** A customer who waits longer than this for a person in a chat was answered late: the time in which a ticket is to have its first answer. */
const ANSWER_MINUTES = 15
/** Calendar days after the promise from which lateness is long. */
const LONG_DAYS = 3

/**
 * Lateness is judged by local calendar day, as a promise of a day is. Orders without a delivery date are no late deliveries: how
 * late they will be is unknown, so they are shown apart, once their promised day has passed. The cuts are stated here and never
 * looked for in the data.
 */
export const operations: readonly Operation[] = [
  {
    id: 'late_delivery',
    zh: '送达晚于约定日',
    en: 'Delivered after the promised day',
    orders: 'delivered after the promised day',
    touchpoint: 'fulfil.deliver',
    advice: {
      zh: '按城市和承运商看晚到多少；做不到的约定日，下单前就改长；将要晚到时先告知顾客。',
      en: 'See by city and carrier how late; lengthen promises that cannot be kept before the order is placed; tell customers before a parcel is late.',
    },
    state: () => lateness,
  },
  {
    id: 'long_late',
    zh: '晚到三天及以上（与晚到一两天相比）',
    en: 'Three or more days late, against one or two',
    orders: 'delivered three or more days late (against one or two)',
    touchpoint: 'fulfil.deliver',
    advice: {
      zh: '先处理晚得最久的包裹：逐单催承运商，并在第三天之前主动告知和补偿。',
      en: 'Take the parcels that are latest first: chase the carrier order by order, and tell and compensate customers before the third day.',
    },
    state: () => sql`multiIf(delivered_day IS NULL OR promised_day IS NULL, 0,
      delivered_day >= promised_day + ${LONG_DAYS}, 2, delivered_day > promised_day, 1, 0)`,
  },
  {
    id: 'late_installation',
    zh: '安装晚于约定日',
    en: 'Installed after the promised day',
    orders: 'installed after the promised day',
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
    orders: 'without a record of delivery',
    touchpoint: 'fulfil.deliver',
    advice: {
      zh: '逐单核对物流停在哪一步；丢失的先补发或退款，再查承运商。',
      en: 'Check order by order where the parcel stopped; send again or refund what is lost, then look at the carrier.',
    },
    state: ({ asOf }) => sql`multiIf(delivered_at IS NOT NULL, 1, ifNull(promised_at, 0) < ${asOf}, 2, 0)`,
  },
  {
    id: 'slow_answer',
    zh: '客服首次回复超过 15 分钟',
    en: 'First answered after more than 15 minutes',
    orders: 'whose customer waited more than 15 minutes for a first answer',
    touchpoint: 'aftersale.service',
    advice: {
      zh: '看是哪家店、哪些时段回得慢；高峰补人，先由机器人接住并告知要等多久。',
      en: 'See which shop and which hours are slow; add people at the peak, let the bot take the question first and say how long it takes.',
    },
    state: (_, tenant) => sql`multiIf(order_id GLOBAL IN (${answeredChats(tenant, ANSWER_MINUTES)}), 2,
      order_id GLOBAL IN (${answeredChats(tenant, 0)}), 1, 0)`,
  },
  {
    id: 'failed_payment',
    zh: '支付失败过才付成',
    en: 'Paid after a failed attempt',
    orders: 'paid after a failed attempt',
    touchpoint: 'trade.pay',
    advice: {
      zh: '按支付方式、版本和新老客看失败集中在哪里；失败时给出原因和换一种方式的入口。',
      en: 'See by method, release and new or known customers where attempts fail; say why, and offer another way to pay.',
    },
    state: (_, tenant) => sql`multiIf(order_id GLOBAL IN (${failedFirst(tenant)}), 2,
      order_id GLOBAL IN (SELECT order_id FROM events WHERE tenant = ${tenant} AND name = 'payment_succeeded' AND order_id != ''), 1, 0)`,
  },
]

/** Orders with a chat in which a person answered, and the first answer took longer than so many minutes. */
const answeredChats = (tenant: TenantId, minutes: number): Sql => sql`
  SELECT about FROM (
    SELECT conversation, any(order_id) AS about, minIf(at, speaker = 'customer') AS asked, minIf(at, speaker = 'agent') AS answered
    FROM voices WHERE tenant = ${tenant} AND kind = 'chat' AND conversation != '' AND order_id != '' GROUP BY conversation
  ) WHERE asked > 0 AND answered > asked + ${minutes * 60_000}`

/** Orders that were paid in a session in which an attempt had failed, or whose own attempts failed. */
const failedFirst = (tenant: TenantId): Sql => sql`
  SELECT order_id FROM events WHERE tenant = ${tenant} AND order_id != '' AND (name = 'payment_failed'
    OR name = 'payment_succeeded' AND session != '' AND session GLOBAL IN (
      SELECT session FROM events WHERE tenant = ${tenant} AND name = 'payment_failed'))`

export const findOperation = (id: string): Operation | undefined => operations.find((operation) => operation.id === id)
