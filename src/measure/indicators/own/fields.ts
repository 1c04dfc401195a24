import { eventKinds } from '../../../core/event-names.ts'
import { provinces, writtenCities } from '../../../core/provinces.ts'
import { touchpoints } from '../../../core/touchpoint.ts'
import type { Words } from '../../../core/words.ts'
import { join, type Sql, sql } from '../../../store/clickhouse/sql.ts'
import { inUnits } from '../../money.ts'
import { cameBack } from '../../returns.ts'
import { tierOf } from '../../standing.ts'
import { standingOf } from '../cases.ts'
import type { Asking, Unit } from '../define.ts'
import { isOnTime } from '../ripe.ts'
import type { OwnNumber, OwnTable, OwnWord } from './definition.ts'
import {
  customerNames,
  emotionNames,
  kindNames,
  metricNames,
  type OrderState,
  sentimentNames,
  speakerNames,
  stateNames,
  urgencyNames,
} from './vocabulary.ts'

/** A condition's text: whether a case has one of some values, as SQL; and the names of the values where they are a closed list. */
export interface WordField extends Words {
  has(values: readonly string[], asking: Asking): Sql
  values?: Readonly<Record<string, Words>>
  /** The column, or the array of texts, whose values are offered. */
  offered?: Sql
  many?: true
}

export interface NumberField extends Words {
  unit: Unit
  sql(asking: Asking): Sql
}

const column = (name: Sql, words: Words, values?: WordField['values']): WordField => ({
  ...words,
  has: (wanted) => sql`toString(${name}) IN ${wanted}`,
  offered: sql`toString(${name})`,
  values,
})

const list = (name: Sql, words: Words): WordField => ({
  ...words,
  has: (wanted) => sql`arrayExists(x -> toString(x) IN ${wanted}, ${name})`,
  offered: sql`arrayMap(x -> toString(x), ${name})`,
  many: true,
})

const byId = (all: readonly (Words & { id: string })[]) =>
  Object.fromEntries(all.map(({ id, zh, en }) => [id, { zh, en }]))

const states: Record<OrderState, (asking: Asking) => Sql> = {
  delivered: () => sql`delivered_at IS NOT NULL`,
  returned: (asking) => cameBack(asking),
  refunded: () => sql`ifNull(refund_minor, 0) > 0`,
  cancelled: () => sql`cancelled_at IS NOT NULL`,
  on_time: () => isOnTime,
  late: () => sql`NOT ${isOnTime}`,
}
const isState = (value: string): value is OrderState => value in states

export const wordFields: Record<OwnWord, WordField> = {
  category: column(sql`category`, { zh: '类目', en: 'category' }),
  product: column(sql`product_id`, { zh: '商品', en: 'product' }),
  merchant: column(sql`merchant_id`, { zh: '商家', en: 'merchant' }),
  province: {
    zh: '省份',
    en: 'province',
    values: Object.fromEntries(provinces.map((one) => [one.zh, { zh: one.zh, en: one.en }])),
    has: (wanted) => sql`toString(city) IN ${wanted.flatMap(writtenCities)}`,
  },
  city: column(sql`city`, { zh: '城市', en: 'city' }),
  channel: column(sql`channel`, { zh: '渠道', en: 'channel' }),
  tier: column(tierOf, { zh: '会员等级', en: 'member tier' }),
  customer: {
    zh: '新老客',
    en: 'new or known customer',
    values: customerNames,
    has: (wanted, asking) => sql`${standingOf(asking.tenant!)} IN ${wanted}`,
  },
  source: column(sql`source`, { zh: '来源', en: 'source' }),
  state: {
    zh: '订单结果',
    en: 'outcome',
    values: stateNames,
    has: (wanted, asking) => {
      const known = wanted.filter(isState).map((state) => sql`(${states[state](asking)})`)
      return known.length === 0 ? sql`0` : sql`(${join(known, sql` OR `)})`
    },
  },
  return_reason: column(sql`return_reason`, { zh: '退货原因', en: 'return reason' }),
  kind: column(sql`kind`, { zh: '声音类型', en: 'kind' }, kindNames),
  speaker: column(sql`speaker`, { zh: '谁说的', en: 'speaker' }, speakerNames),
  metric: column(sql`metric`, { zh: '问卷题', en: 'survey question' }, metricNames),
  sentiment: column(sql`sentiment`, { zh: '整体态度', en: 'sentiment' }, sentimentNames),
  aspect: list(sql`aspects`, { zh: '提到的方面', en: 'aspect spoken of' }),
  negative_aspect: list(sql`negative_aspects`, { zh: '抱怨的方面', en: 'aspect blamed' }),
  scene: list(sql`scenes`, { zh: '使用场景', en: 'scene' }),
  emotion: column(sql`emotion`, { zh: '情绪', en: 'emotion' }, emotionNames),
  urgency: column(sql`urgency`, { zh: '紧急程度', en: 'urgency' }, urgencyNames),
  name: column(sql`name`, { zh: '事件', en: 'event' }, byId(eventKinds.map((one) => ({ ...one, id: one.name })))),
  touchpoint: column(sql`touchpoint`, { zh: '触点', en: 'touchpoint' }, byId(touchpoints)),
}

const DAY_MS = 86_400_000
const money =
  (minor: Sql): NumberField['sql'] =>
  () =>
    inUnits(minor, sql`toString(currency)`)

/** Money in whole units of the order's currency; times in days of 24 hours, or in minutes. */
export const numberFields: Record<OwnNumber, NumberField> = {
  rating: { zh: '评分', en: 'rating', unit: 'score', sql: () => sql`rating` },
  amount: { zh: '订单行金额', en: 'amount of the line', unit: 'amount', sql: money(sql`amount_minor`) },
  refund: { zh: '退款金额', en: 'refund', unit: 'amount', sql: money(sql`refund_minor`) },
  quantity: { zh: '件数', en: 'quantity', unit: 'count', sql: () => sql`quantity` },
  delivery_days: {
    zh: '送达天数',
    en: 'days to delivery',
    unit: 'days',
    sql: () => sql`(delivered_at - ordered_at) / ${DAY_MS}`,
  },
  days_late: {
    zh: '晚于约定的天数',
    en: 'days later than promised',
    unit: 'days',
    sql: () => sql`(delivered_at - promised_at) / ${DAY_MS}`,
  },
  days_to_return: {
    zh: '送达到退货的天数',
    en: 'days from delivery to return',
    unit: 'days',
    sql: () => sql`(returned_at - delivered_at) / ${DAY_MS}`,
  },
  days_to_cancel: {
    zh: '下单到取消的天数',
    en: 'days to cancellation',
    unit: 'days',
    sql: () => sql`(cancelled_at - ordered_at) / ${DAY_MS}`,
  },
  first_answer_minutes: {
    zh: '首次响应分钟数',
    en: 'minutes to the first answer by a person',
    unit: 'minutes',
    sql: () => sql`if(answered_at > 0, (answered_at - at) / 60000, NULL)`,
  },
  handling_minutes: {
    zh: '会话时长（分钟）',
    en: 'minutes to the last message',
    unit: 'minutes',
    sql: () => sql`(ended_at - at) / 60000`,
  },
  hour: {
    zh: '几点',
    en: 'hour of the day',
    unit: 'count',
    sql: ({ zone }) => sql`toHour(toDateTime(intDiv(at, 1000)), ${zone ?? 'Asia/Shanghai'})`,
  },
}

export const tableNames: Record<OwnTable, Words & { caseZh: string; caseEn: string }> = {
  orders: { zh: '订单行', en: 'order lines', caseZh: '一行订单', caseEn: 'one line of an order' },
  conversations: {
    zh: '客服会话',
    en: 'conversations',
    caseZh: '顾客发起的一次会话',
    caseEn: 'one conversation that a customer began',
  },
  voices: { zh: '声音', en: 'voices', caseZh: '一条声音', caseEn: 'one voice' },
  events: { zh: '行为事件', en: 'events', caseZh: '一个事件', caseEn: 'one event' },
}
