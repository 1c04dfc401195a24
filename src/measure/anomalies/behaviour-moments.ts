import { type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'
import { between, onDays, type Stretch } from './stretch.ts'
import { wishesToPay } from './wishes.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Two orders of the same product by the same customer within this time are one wish, sent twice. */
const REPEATED_WITHIN_MS = 10 * MINUTE
/** So many cancelled orders within this time are frequent; the third and every further one counts. */
const CANCELS = 3
const CANCELS_WITHIN_MS = 7 * DAY
/** An order may be put on record a little before the payment that belongs to it. */
const SAME_ORDER_MS = HOUR
/** So many clicks on the same spot within this time are rage. */
const RAGE_CLICKS = 3
const RAGE_WITHIN_MS = 2 * SECOND
/** Nothing later than this after an error: it was the end of the visit. */
const EXIT_WITHIN_MS = 30 * SECOND

const segmentOf = ({ by }: Stretch): Sql => (by === null ? sql`''` : trusted(by))

/*
 * Each question below answers one row for every trial: moment, segment, hit (1 where it is the fault), and what it was: id, order_id,
 * product_id, town, customer, spot. Where there is no such thing the text is empty.
 */

/** Per customer and product the orders, by time; each is a trial, and a hit where the one before is near. */
export function repeatedOrders(asked: Stretch): Sql {
  return sql`
    SELECT one.1 AS moment, segment, one.2 AS hit, one.3 AS id, one.3 AS order_id, product_id, one.4 AS town, customer_ref AS customer, '' AS spot
    FROM (
      SELECT segment, customer_ref, product_id, arrayJoin(arrayMap((it, place) -> (
        it.1, if(place > 1 AND it.1 - tupleElement(its[place - 1], 1) <= ${REPEATED_WITHIN_MS}, 1, 0), it.2, it.3), its, arrayEnumerate(its))) AS one
      FROM (
        SELECT customer_ref, product_id, any(part) AS segment, arraySort(it -> it.1, groupArray((ordered, order_id, place))) AS its
        FROM (
          SELECT order_id, customer_ref, product_id, any(${segmentOf(asked)}) AS part, any(city) AS place, min(ordered_at) AS ordered
          FROM orders FINAL
          WHERE tenant = ${asked.tenant} AND ${onDays('ordered_day', asked, REPEATED_WITHIN_MS)} AND removed = 0
            AND customer_ref != '' AND product_id != ''
          GROUP BY order_id, customer_ref, product_id
        ) GROUP BY customer_ref, product_id
      )
    ) WHERE ${between('one.1', asked)}`
}

/** Per customer the cancelled orders, by time; each is a trial, and a hit from the third within the window on. */
export function frequentCancels(asked: Stretch): Sql {
  const back = CANCELS - 1
  return sql`
    SELECT one.1 AS moment, segment, one.2 AS hit, one.3 AS id, one.3 AS order_id, one.5 AS product_id, one.4 AS town, customer_ref AS customer, '' AS spot
    FROM (
      SELECT segment, customer_ref, arrayJoin(arrayMap((it, place) -> (
        it.1, if(place > ${back} AND it.1 - tupleElement(its[place - ${back}], 1) <= ${CANCELS_WITHIN_MS}, 1, 0), it.2, it.3, it.4), its, arrayEnumerate(its))) AS one
      FROM (
        SELECT customer_ref, ${asked.by === null ? sql`'' AS segment` : sql`part AS segment`},
          arraySort(it -> it.1, groupArray((cancelled, order_id, place, product))) AS its
        FROM (
          SELECT order_id, customer_ref, any(${segmentOf(asked)}) AS part, any(city) AS place, any(product_id) AS product,
            min(assumeNotNull(cancelled_at)) AS cancelled
          FROM orders FINAL
          WHERE tenant = ${asked.tenant} AND removed = 0 AND customer_ref != '' AND cancelled_at IS NOT NULL
            AND cancelled_at >= ${asked.from - CANCELS_WITHIN_MS} AND cancelled_at < ${asked.to}
          GROUP BY order_id, customer_ref
        ) GROUP BY customer_ref${asked.by === null ? sql`` : sql`, segment`}
      )
    ) WHERE ${between('one.1', asked)}`
}

/**
 * Customers whose first order, if there ever was one, is not older than the payment. What they try within an hour is one wish to pay, a
 * trial; a hit where the first attempt failed: so a customer who tries again and again counts once.
 */
export function newCustomerPayments(asked: Stretch): Sql {
  return sql`
    SELECT moment, segment, hit, id, order_id, product_id, town, customer_ref AS customer, '' AS spot
    FROM (
      SELECT customer_ref, at AS moment, if(name = 'payment_failed', 1, 0) AS hit, id, ${segmentOf(asked)} AS segment, order_id, product_id,
        city AS town
      FROM (${wishesToPay(asked)}) WHERE customer_ref != ''
    ) AS tried
    GLOBAL ANY LEFT JOIN (
      SELECT customer_ref, min(ordered_at) AS first_order FROM orders FINAL
      WHERE tenant = ${asked.tenant} AND removed = 0 AND customer_ref != '' GROUP BY customer_ref
    ) AS history USING (customer_ref)
    WHERE ifNull(first_order, 0) = 0 OR first_order >= moment - ${SAME_ORDER_MS}`
}

/** Per session the clicks on each spot, in order; rage where a click is near the second one before it. What was recognised as rage when it was collected counts too. */
export function rageClicks(asked: Stretch): Sql {
  const back = RAGE_CLICKS - 1
  return sql`
    SELECT began AS moment, segment, rage AS hit, session AS id, '' AS order_id, product AS product_id, place AS town, who AS customer, angriest AS spot
    FROM (
      SELECT session, min(first_at) AS began, any(part) AS segment, max(raging) AS rage, any(where_from) AS place, any(who_clicked) AS who,
        any(shown) AS product, argMax(clicked_on, raging) AS angriest
      FROM (
        SELECT session, min(at) AS first_at, any(${segmentOf(asked)}) AS part, any(city) AS where_from, max(customer_ref) AS who_clicked,
          max(product_id) AS shown,
          if(name = 'clicked', concat(visitParamExtractString(props, 'path'), ' ', visitParamExtractString(props, 'selector')), '') AS clicked_on,
          arraySort(groupArray(if(name = 'clicked', at, 0))) AS times,
          countIf(name = 'rage_clicked') > 0
            OR arrayExists((time, place) -> place > ${back} AND times[place - ${back}] > 0 AND time - times[place - ${back}] <= ${RAGE_WITHIN_MS},
              times, arrayEnumerate(times)) AS raging
        FROM events WHERE tenant = ${asked.tenant} AND ${onDays('day', asked, 0)} AND ${between('at', asked)} AND session != ''
        GROUP BY session, clicked_on
      ) GROUP BY session
    )`
}

/** Sessions by when they began; a hit where an error was seen and nothing came more than half a minute after the last one. */
export function errorThenExit(asked: Stretch): Sql {
  return sql`
    SELECT began AS moment, segment, gone AS hit, session AS id, '' AS order_id, shown AS product_id, place AS town, who AS customer, page AS spot
    FROM (
      SELECT session, min(at) AS began, any(${segmentOf(asked)}) AS segment, any(city) AS place, max(customer_ref) AS who, max(product_id) AS shown,
        argMax(visitParamExtractString(props, 'path'), if(name = 'error_seen', at, 0)) AS page,
        countIf(name = 'error_seen') > 0 AND max(at) <= max(if(name = 'error_seen', at, 0)) + ${EXIT_WITHIN_MS} AS gone
      FROM events WHERE tenant = ${asked.tenant} AND ${onDays('day', asked, 0)} AND ${between('at', asked)} AND session != ''
      GROUP BY session
    )`
}
