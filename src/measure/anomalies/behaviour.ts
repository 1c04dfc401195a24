import { addDays, localDay } from '../../core/clock.ts'
import type { TenantId } from '../../core/tenant.ts'
import type { Words } from '../../core/words.ts'
import { day, type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'
import type { Demand } from './round.ts'

/** Which steps of time a fault is counted in, and by which dimension it is cut. */
export interface Asked {
  tenant: TenantId
  /** Epoch milliseconds; `from` lies in, `to` does not. */
  from: number
  to: number
  stepMs: number
  by: 'merchant_id' | 'category' | 'city' | null
}

/** One step of one segment, as the questions answer. `segment` is empty where nothing is cut. */
export interface Counted {
  at: number
  segment: string
  hits: number
  trials: number
}

/** A fault of the experience that shows in what people do, whatever they say. */
export interface Behaviour extends Words {
  id: string
  /** `share`: hits of trials, for the detector's shares. `count`: hits alone; trials are the volume behind them. */
  kind: 'count' | 'share'
  /** One sentence that says exactly what is counted. */
  zhDefinition: string
  enDefinition: string
  demand: Demand
  question(asked: Asked): Sql
}

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Two orders of the same product by the same customer within this time are one wish, sent twice. */
export const REPEATED_WITHIN_MS = 10 * MINUTE
/** So many cancelled orders within this time are frequent; the third and every further one counts. */
export const CANCELS = 3
export const CANCELS_WITHIN_MS = 7 * DAY
/** An order may be put on record a little before the payment that belongs to it. */
const SAME_ORDER_MS = HOUR
/** So many clicks on the same spot within this time are rage. */
export const RAGE_CLICKS = 3
export const RAGE_WITHIN_MS = 2 * SECOND
/** Nothing later than this after an error: it was the end of the visit. */
export const EXIT_WITHIN_MS = 30 * SECOND

const WATCHED: Demand = { direction: 'up', minVolume: 30, minChange: 0.3, lasts: 1 }

export const behaviours: readonly Behaviour[] = [
  {
    id: 'repeated_orders',
    zh: '重复下单',
    en: 'Repeated orders',
    kind: 'share',
    zhDefinition: '同一顾客在 10 分钟内对同一商品再次下单，占全部订单商品的比例',
    enDefinition:
      'Ordered products that the same customer had ordered within the 10 minutes before, of all ordered products',
    demand: WATCHED,
    question: repeatedOrders,
  },
  {
    id: 'frequent_cancels',
    zh: '频繁取消',
    en: 'Frequent cancels',
    kind: 'count',
    zhDefinition: '同一顾客 7 天内第 3 次及以后取消的订单数',
    enDefinition: 'Cancelled orders that are the third or later of a customer within 7 days',
    demand: { ...WATCHED, minVolume: 10, minChange: 0.5 },
    question: frequentCancels,
  },
  {
    id: 'new_customer_payment_failures',
    zh: '新客支付失败',
    en: 'New customers’ failed payments',
    kind: 'share',
    zhDefinition: '从未下过单的顾客的支付尝试中失败的比例',
    enDefinition: 'Failed payments of all payments tried by customers without an earlier order',
    demand: WATCHED,
    question: newCustomerPayments,
  },
  {
    id: 'rage_clicks',
    zh: '反复狂点',
    en: 'Rage clicks',
    kind: 'share',
    zhDefinition: '出现 2 秒内在同一处连点 3 次及以上的会话占全部会话的比例',
    enDefinition: 'Sessions with three or more clicks on one spot within 2 seconds, of all sessions',
    demand: WATCHED,
    question: rageClicks,
  },
  {
    id: 'error_then_exit',
    zh: '报错后离开',
    en: 'Error, then exit',
    kind: 'share',
    zhDefinition: '页面报错后 30 秒内再无任何动作的会话占全部会话的比例',
    enDefinition: 'Sessions in which nothing happens later than 30 seconds after an error was seen, of all sessions',
    demand: WATCHED,
    question: errorThenExit,
  },
]

const segmentOf = ({ by }: Asked): Sql => (by === null ? sql`''` : trusted(by))

/** The days that a stretch of time can lie on in any zone, so that the table's order helps. */
function onDays(column: 'day' | 'ordered_day', { from, to }: Asked, before: number): Sql {
  const first = addDays(localDay(from - before, 'UTC'), -1)
  return sql`${trusted(column)} >= ${day(first)} AND ${trusted(column)} <= ${day(addDays(localDay(to, 'UTC'), 1))}`
}

const bucketOf = (column: string, { stepMs }: Asked): Sql => sql`intDiv(${trusted(column)}, ${stepMs}) * ${stepMs}`

const between = (column: string, { from, to }: Asked): Sql =>
  sql`${trusted(column)} >= ${from} AND ${trusted(column)} < ${to}`

/** Per customer and product the times of its orders, in order; each is a trial, and a hit where the one before is near. */
function repeatedOrders(asked: Asked): Sql {
  return sql`
    SELECT ${bucketOf('moment.1', asked)} AS at, segment, sum(moment.2) AS hits, count() AS trials
    FROM (
      SELECT segment, arrayJoin(arrayMap((time, place) -> (time, if(place > 1 AND time - times[place - 1] <= ${REPEATED_WITHIN_MS}, 1, 0)),
        times, arrayEnumerate(times))) AS moment
      FROM (
        SELECT any(segment) AS segment, arraySort(groupArray(ordered)) AS times
        FROM (
          SELECT order_id, customer_ref, product_id, any(${segmentOf(asked)}) AS segment, min(ordered_at) AS ordered
          FROM orders FINAL
          WHERE tenant = ${asked.tenant} AND ${onDays('ordered_day', asked, REPEATED_WITHIN_MS)} AND removed = 0
            AND customer_ref != '' AND product_id != ''
          GROUP BY order_id, customer_ref, product_id
        ) GROUP BY customer_ref, product_id
      )
    ) WHERE ${between('moment.1', asked)} GROUP BY at, segment ORDER BY at, segment`
}

/** Per customer the times at which orders were cancelled, in order; each is a trial, and a hit from the third within the window on. */
function frequentCancels(asked: Asked): Sql {
  const back = CANCELS - 1
  return sql`
    SELECT ${bucketOf('moment.1', asked)} AS at, segment, sum(moment.2) AS hits, count() AS trials
    FROM (
      SELECT segment, arrayJoin(arrayMap((time, place) -> (time, if(place > ${back} AND time - times[place - ${back}] <= ${CANCELS_WITHIN_MS}, 1, 0)),
        times, arrayEnumerate(times))) AS moment
      FROM (
        SELECT ${asked.by === null ? sql`'' AS segment` : sql`segment`}, arraySort(groupArray(cancelled)) AS times
        FROM (
          SELECT order_id, customer_ref, any(${segmentOf(asked)}) AS segment, min(assumeNotNull(cancelled_at)) AS cancelled
          FROM orders FINAL
          WHERE tenant = ${asked.tenant} AND removed = 0 AND customer_ref != '' AND cancelled_at IS NOT NULL
            AND cancelled_at >= ${asked.from - CANCELS_WITHIN_MS} AND cancelled_at < ${asked.to}
          GROUP BY order_id, customer_ref
        ) GROUP BY customer_ref${asked.by === null ? sql`` : sql`, segment`}
      )
    ) WHERE ${between('moment.1', asked)} GROUP BY at, segment ORDER BY at, segment`
}

/** Payments of customers whose first order, if there ever was one, is not older than the payment. */
function newCustomerPayments(asked: Asked): Sql {
  return sql`
    SELECT ${bucketOf('moment', asked)} AS at, segment, sum(failed) AS hits, count() AS trials
    FROM (
      SELECT customer_ref, at AS moment, ${segmentOf(asked)} AS segment, name = 'payment_failed' AS failed
      FROM events
      WHERE tenant = ${asked.tenant} AND ${onDays('day', asked, 0)} AND ${between('at', asked)}
        AND name IN ${['payment_failed', 'payment_succeeded']} AND customer_ref != ''
    ) AS tried
    GLOBAL ANY LEFT JOIN (
      SELECT customer_ref, min(ordered_at) AS first_order FROM orders FINAL
      WHERE tenant = ${asked.tenant} AND removed = 0 AND customer_ref != '' GROUP BY customer_ref
    ) AS history USING (customer_ref)
    WHERE ifNull(first_order, 0) = 0 OR first_order >= moment - ${SAME_ORDER_MS}
    GROUP BY at, segment ORDER BY at, segment`
}

/** Per session the clicks on each spot, in order; rage where a click is near the second one before it. What was recognised as rage when it was collected counts too. */
function rageClicks(asked: Asked): Sql {
  const back = RAGE_CLICKS - 1
  return sql`
    SELECT ${bucketOf('began', asked)} AS at, segment, sum(rage) AS hits, count() AS trials
    FROM (
      SELECT session, min(first_at) AS began, any(segment) AS segment, max(raging) AS rage
      FROM (
        SELECT session, min(at) AS first_at, any(${segmentOf(asked)}) AS segment, arraySort(groupArray(if(name = 'clicked', at, 0))) AS times,
          countIf(name = 'rage_clicked') > 0
            OR arrayExists((time, place) -> place > ${back} AND times[place - ${back}] > 0 AND time - times[place - ${back}] <= ${RAGE_WITHIN_MS},
              times, arrayEnumerate(times)) AS raging
        FROM events WHERE tenant = ${asked.tenant} AND ${onDays('day', asked, 0)} AND ${between('at', asked)} AND session != ''
        GROUP BY session, if(name = 'clicked', concat(visitParamExtractString(props, 'path'), ' ', visitParamExtractString(props, 'selector')), '')
      ) GROUP BY session
    ) GROUP BY at, segment ORDER BY at, segment`
}

/** Sessions by when they began; a hit where an error was seen and nothing came more than half a minute after the last one. */
function errorThenExit(asked: Asked): Sql {
  return sql`
    SELECT ${bucketOf('began', asked)} AS at, segment, sum(gone) AS hits, count() AS trials
    FROM (
      SELECT session, min(at) AS began, any(${segmentOf(asked)}) AS segment,
        countIf(name = 'error_seen') > 0 AND max(at) <= maxIf(at, name = 'error_seen') + ${EXIT_WITHIN_MS} AS gone
      FROM events WHERE tenant = ${asked.tenant} AND ${onDays('day', asked, 0)} AND ${between('at', asked)} AND session != ''
      GROUP BY session
    ) GROUP BY at, segment ORDER BY at, segment`
}
