import type { Segmentation } from '../../core/alert-rule.ts'
import type { TenantId } from '../../core/tenant.ts'
import type { Words } from '../../core/words.ts'
import { type Sql, sql } from '../../store/clickhouse/sql.ts'
import { type Behaviour, behaviours } from '../anomalies/behaviour.ts'
import { wishesToPay } from '../anomalies/wishes.ts'
import type { Indicator } from '../indicators/define.ts'
import { indicators } from '../indicators/list.ts'

type Table = 'voices' | 'mentions' | 'events' | 'orders'

type WatchUnit = 'count' | 'share' | 'mean'

interface Watched extends Words {
  id: string
  /** A mean is only judged by a level or against the week before: what chance does to it is not known here. */
  unit: WatchUnit
  by: readonly Segmentation[]
  /** Which way is bad; `both` where either is worth a look. */
  bad: 'up' | 'down' | 'both'
  /** The department that looks into it, as the packs name them. */
  owner: string
  /** Watches of one topic may say the same of one cause; each is a topic of its own where none is given. */
  topic?: string
  /** So many times the part of another series in what may go wrong: where every minute costs, more false alarms are worth it. */
  stakes?: number
  /** Another definition under the same id has another revision. */
  revision?: string
}

/** A fault that shows in what customers do one after another: it has a question of its own. */
export interface BehaviourWatch extends Watched {
  behaviour: Behaviour
}

export type Watch = RowWatch | BehaviourWatch
/** A watch by its id. */
export type FindWatch = (id: string) => Watch | undefined

/**
 * Something that alerts watch: rows of one table at their moment, and those among them that count. With `plus` it is a share of the rows,
 * with `value` their mean, without either their number.
 */
export interface RowWatch extends Watched {
  table: Table
  /** Where the rows come from, if not from the table as it stands. */
  from?(question: { tenant: TenantId; from: number; to: number }): Sql
  /** Epoch milliseconds of the moment at which a row counts. */
  at: Sql
  rows: Sql
  plus?: Sql
  value?: Sql
}

const everywhere = ['category', 'merchant', 'city', 'product'] as const
const answeredAfterMinutes = sql`visitParamExtractFloat(props, 'firstAnswerMinutes')`
/** An answer that takes longer keeps a customer waiting. */
const LATE_ANSWER_MINUTES = 30

const own: readonly RowWatch[] = [
  {
    id: 'payment_failures',
    zh: '支付失败率',
    en: 'payments that fail',
    table: 'events',
    from: (stretch) => sql`(${wishesToPay(stretch)}) AS wishes`,
    at: sql`at`,
    rows: sql`1`,
    plus: sql`name = 'payment_failed'`,
    unit: 'share',
    by: ['category', 'merchant', 'city', 'channel', 'customer'],
    bad: 'up',
    owner: 'software',
    topic: 'paying',
  },
  {
    id: 'payments',
    zh: '成功支付笔数',
    en: 'payments made',
    table: 'events',
    at: sql`at`,
    rows: sql`name = 'payment_succeeded'`,
    unit: 'count',
    by: ['category', 'merchant', 'channel', 'customer'],
    bad: 'down',
    owner: 'software',
    topic: 'paying',
  },
  {
    id: 'late_answers',
    zh: `客服超 ${LATE_ANSWER_MINUTES} 分钟才回复的占比`,
    en: `chats answered after more than ${LATE_ANSWER_MINUTES} minutes`,
    table: 'events',
    at: sql`at`,
    rows: sql`name = 'chat_answered' AND position(props, '"firstAnswerMinutes"') > 0`,
    plus: sql`${answeredAfterMinutes} > ${LATE_ANSWER_MINUTES}`,
    unit: 'share',
    by: ['merchant', 'category'],
    bad: 'up',
    owner: 'customer-service',
  },
  {
    id: 'late_deliveries',
    zh: '晚于承诺送达的占比',
    en: 'parcels that come after the promised day',
    table: 'orders',
    at: sql`assumeNotNull(delivered_at)`,
    rows: sql`delivered_at IS NOT NULL AND promised_at IS NOT NULL`,
    plus: sql`delivered_at > promised_at`,
    unit: 'share',
    by: ['merchant', 'category', 'city'],
    bad: 'up',
    owner: 'delivery',
  },
  {
    id: 'late_installations',
    zh: '晚于承诺安装的占比',
    en: 'installations after the promised day',
    table: 'orders',
    at: sql`assumeNotNull(installed_at)`,
    rows: sql`installed_at IS NOT NULL AND install_promised_at IS NOT NULL`,
    plus: sql`installed_at > install_promised_at`,
    unit: 'share',
    by: ['merchant', 'category', 'city'],
    bad: 'up',
    owner: 'installation',
  },
  {
    id: 'cancellations',
    zh: '取消订单数',
    en: 'orders cancelled',
    table: 'orders',
    at: sql`assumeNotNull(cancelled_at)`,
    rows: sql`cancelled_at IS NOT NULL`,
    unit: 'count',
    by: everywhere,
    bad: 'up',
    owner: 'customer-service',
    topic: 'cancelling',
  },
  {
    id: 'orders',
    zh: '下单数',
    en: 'orders placed',
    table: 'orders',
    at: sql`ordered_at`,
    rows: sql`1`,
    unit: 'count',
    by: everywhere,
    bad: 'both',
    owner: 'pricing',
  },
  {
    id: 'returns',
    zh: '申请退货数',
    en: 'returns asked for',
    table: 'orders',
    at: sql`assumeNotNull(returned_at)`,
    rows: sql`returned_at IS NOT NULL`,
    unit: 'count',
    by: everywhere,
    bad: 'up',
    owner: 'goods-quality',
  },
  {
    id: 'negative_voices',
    zh: '负面声音占比',
    en: 'voices that are negative',
    table: 'voices',
    at: sql`at`,
    rows: sql`speaker = 'customer' AND read = 1`,
    plus: sql`sentiment = 'negative'`,
    unit: 'share',
    by: ['category', 'merchant', 'city', 'channel', 'product'],
    bad: 'up',
    owner: 'customer-service',
    topic: 'voices',
  },
  {
    id: 'complaints',
    zh: '投诉数',
    en: 'complaints',
    table: 'voices',
    at: sql`at`,
    rows: sql`kind = 'complaint'`,
    unit: 'count',
    by: ['category', 'merchant', 'city', 'product'],
    bad: 'up',
    owner: 'customer-service',
    topic: 'voices',
  },
  {
    id: 'negative_mentions',
    zh: '负面提及数',
    en: 'negative mentions',
    table: 'mentions',
    at: sql`at`,
    rows: sql`polarity = 'negative'`,
    unit: 'count',
    by: ['aspect', 'category', 'merchant', 'product'],
    bad: 'up',
    owner: 'goods-quality',
    topic: 'voices',
  },
]

/** Indicators whose rows have a moment at which they are known: those counted over orders wait for their return window. */
const ofIndicators: readonly RowWatch[] = (indicators as readonly Indicator[])
  .filter(({ counting }) => counting.table === 'voices' && counting.plus && !counting.cases)
  .map((one) => {
    const asking = { asOf: 0, returnWindowDays: 0 }
    return {
      id: `indicator.${one.id}`,
      zh: one.unit === 'points' ? `${one.zh}的推荐者占比` : one.zh,
      en: one.unit === 'points' ? `share of promoters in ${one.en}` : one.en,
      table: 'voices',
      at: sql`at`,
      rows: one.counting.rows(asking),
      plus: one.counting.plus!(asking),
      unit: 'share',
      by: ['category', 'merchant', 'city', 'channel', 'product'],
      bad: one.higherIsBetter ? 'down' : 'up',
      owner: 'customer-service',
      topic: 'voices',
    } satisfies RowWatch
  })

const more: Readonly<Record<string, Partial<Watched>>> = {
  repeated_orders: { owner: 'customer-service' },
  frequent_cancels: { owner: 'customer-service', topic: 'cancelling' },
  // A shop cannot be paid: every minute of it is money.
  new_customer_payment_failures: { topic: 'paying', stakes: 120 },
}

const ofBehaviour: readonly BehaviourWatch[] = behaviours.map((behaviour) => ({
  id: `behaviour.${behaviour.id}`,
  zh: behaviour.zh,
  en: behaviour.en,
  unit: behaviour.kind,
  by: ['merchant', 'category', 'city'],
  bad: 'up',
  owner: 'software',
  ...more[behaviour.id],
  behaviour,
}))

export const watches: readonly Watch[] = [...own, ...ofBehaviour, ...ofIndicators]

const byId = new Map<string, Watch>(watches.map((watch) => [watch.id, watch]))
const EVENT = 'event.'

/** A watch that every tenant has, by its id; `event.NAME` counts the events of any name. */
export function findWatch(id: string): Watch | undefined {
  if (!id.startsWith(EVENT)) return byId.get(id)
  const name = id.slice(EVENT.length)
  return {
    id,
    zh: `“${name}”次数`,
    en: `“${name}” events`,
    table: 'events',
    at: sql`at`,
    rows: sql`name = ${name}`,
    unit: 'count',
    by: ['category', 'merchant', 'city', 'channel', 'product', 'customer'],
    bad: 'both',
    owner: 'pricing',
  }
}
