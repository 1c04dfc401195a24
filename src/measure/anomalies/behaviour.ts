import type { Words } from '../../core/words.ts'
import { type Sql, sql } from '../../store/clickhouse/sql.ts'
import { errorThenExit, frequentCancels, newCustomerPayments, rageClicks, repeatedOrders } from './behaviour-moments.ts'
import type { Stretch } from './stretch.ts'

/** Which steps of time a fault is counted in. */
export interface Asked extends Stretch {
  stepMs: number
}

/** One step of one segment, as `countBehaviour` asks. `segment` is empty where nothing is cut. */
export interface Counted {
  at: number
  segment: string
  hits: number
  trials: number
}

/** One fault, as `faultsOf` asks. Its id is that of an order, of an event or of a session. */
export interface Fault {
  at: number
  id: string
  orderId: string
  productId: string
  city: string
  customer: string
  /** The page and what was clicked on it, where the fault has a place. */
  spot: string
}

/** A fault of the experience that shows in what people do, whatever they say. */
export interface Behaviour extends Words {
  id: string
  /** `share`: hits of trials, for the detector's shares. `count`: hits alone; trials are the volume behind them. */
  kind: 'count' | 'share'
  /** One sentence that says exactly what is counted. */
  zhDefinition: string
  enDefinition: string
  /** What a fault is: how its records are named. */
  record: 'order' | 'event' | 'session'
  /** A row for every trial (`behaviour-moments.ts`). */
  moments(asked: Stretch): Sql
}

export const behaviours: readonly Behaviour[] = [
  {
    id: 'repeated_orders',
    zh: '重复下单',
    en: 'Repeated orders',
    kind: 'share',
    zhDefinition: '同一顾客在 10 分钟内对同一商品再次下单，占全部订单商品的比例',
    enDefinition:
      'Ordered products that the same customer had ordered within the 10 minutes before, of all ordered products',
    record: 'order',
    moments: repeatedOrders,
  },
  {
    id: 'frequent_cancels',
    zh: '频繁取消',
    en: 'Frequent cancels',
    kind: 'count',
    zhDefinition: '同一顾客 7 天内第 3 次及以后取消的订单数',
    enDefinition: 'Cancelled orders that are the third or later of a customer within 7 days',
    record: 'order',
    moments: frequentCancels,
  },
  {
    id: 'new_customer_payment_failures',
    zh: '新客支付失败',
    en: 'New customers’ failed payments',
    kind: 'share',
    zhDefinition: '从未下过单的顾客中，第一次支付就失败的比例；同一顾客一小时内反复尝试只算一次',
    enDefinition:
      'Customers without an earlier order whose first attempt to pay failed, of all who tried; what one of them tries within an hour counts once',
    record: 'event',
    moments: newCustomerPayments,
  },
  {
    id: 'rage_clicks',
    zh: '反复狂点',
    en: 'Rage clicks',
    kind: 'share',
    zhDefinition: '出现 2 秒内在同一处连点 3 次及以上的会话占全部会话的比例',
    enDefinition: 'Sessions with three or more clicks on one spot within 2 seconds, of all sessions',
    record: 'session',
    moments: rageClicks,
  },
  {
    id: 'error_then_exit',
    zh: '报错后离开',
    en: 'Error, then exit',
    kind: 'share',
    zhDefinition: '页面报错后 30 秒内再无任何动作的会话占全部会话的比例',
    enDefinition: 'Sessions in which nothing happens later than 30 seconds after an error was seen, of all sessions',
    record: 'session',
    moments: errorThenExit,
  },
]

/** Hits and trials by step and segment, in order of time. */
export function countBehaviour(behaviour: Behaviour, asked: Asked): Sql {
  return sql`
    SELECT intDiv(moment, ${asked.stepMs}) * ${asked.stepMs} AS at, segment, sum(hit) AS hits, count() AS trials
    FROM (${behaviour.moments(asked)}) GROUP BY at, segment ORDER BY at, segment`
}

/** The faults of one segment; of all where nothing is cut. */
export const faultsOf = (behaviour: Behaviour, asked: Stretch, segment: string): Sql => sql`
  SELECT moment AS at, id, order_id AS orderId, product_id AS productId, town AS city, customer, spot
  FROM (${behaviour.moments(asked)}) WHERE hit = 1 AND segment = ${segment}`

/** The latest of them, from the `offset`th on. */
export const latestFaults = (faults: Sql, most: number, offset = 0): Sql => sql`
  ${faults} ORDER BY at DESC, id LIMIT ${offset}, ${most}`
