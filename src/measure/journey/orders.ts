import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { day, type Sql, sql } from '../../store/clickhouse/sql.ts'
import type { Asking } from '../indicators/define.ts'
import { cameBack, windowClosed } from '../returns.ts'
import { previousSlice, type Slice, within } from '../slice.ts'
import { type Counted, none, splitPeriods } from './counted.ts'
import { DISPATCH_WITHIN_HOURS, UNDER_WAY_DAYS } from './path.ts'

const DAY_MS = 86_400_000

/** How orders go on after the payment, and where they come late, by the day on which they were placed. */
export interface OrdersOnTheWay {
  shipped: Counted
  delivered: Counted
  installed: Counted
  /** Orders with a contact of after-sale support. */
  contacted: Counted
  returned: Counted
  /** Late: not dispatched in time, delivered or installed after the promised day. */
  lateDispatch: Counted
  lateDelivery: Counted
  lateInstallation: Counted
  /** Whether any order at all was placed, old enough or not. */
  orders: boolean
  records: { dispatch: boolean; delivery: boolean; returns: boolean; contacts: boolean }
}

type Row = { current: 0 | 1 } & Record<(typeof sums)[number], number>

const sums = [
  ...['placed', 'old', 'oldShipped', 'oldDelivered', 'toInstall', 'installed', 'oldContacted'],
  ...[
    'closed',
    'returned',
    'dispatchable',
    'lateDispatch',
    'promised',
    'lateDelivery',
    'installPromised',
    'lateInstall',
  ],
] as const

/**
 * Orders are counted once, whatever the number of their lines; a part that came counts as come, a part that is late as late. Those placed
 * in the last UNDER_WAY_DAYS before the time of asking may still be on their way and are left out of conversions. What is
 * never dispatched, such as a night in a hotel, cannot be dispatched late.
 */
export async function measureOrders(analytics: Analytics, slice: Slice, asking: Asking): Promise<OrdersOnTheWay> {
  const both = { ...slice, from: previousSlice(slice).from }
  const rows = await analytics.query<Row>(sql`
    SELECT current, count() AS placed,
      countIf(isOld) AS old, countIf(isOld AND isShipped) AS oldShipped, countIf(isOld AND isDelivered) AS oldDelivered,
      countIf(isOld AND isDelivered AND fitting) AS toInstall, countIf(isOld AND isDelivered AND fitting AND isInstalled) AS installed,
      countIf(isOld AND isDelivered AND isContacted) AS oldContacted,
      countIf(isClosed) AS closed, countIf(isClosed AND isReturned) AS returned,
      countIf(dispatchDue) AS dispatchable, countIf(dispatchDue AND dispatchLate) AS lateDispatch,
      countIf(deliveryPromised) AS promised, countIf(deliveryLate) AS lateDelivery,
      countIf(fittingPromised) AS installPromised, countIf(fittingLate) AS lateInstall
    FROM (
      SELECT order_id, min(ordered_day) >= ${day(slice.from)} AS current, ${perOrder(slice, both.from, asking)}
      FROM orders FINAL WHERE ${within(both, 'orders')} GROUP BY order_id
    )
    GROUP BY current`)
  const records = await recordsOf(analytics, both)
  return onTheWay(rows, records)
}

/** What became of an order, from its lines: a part that came counts as come, a part that is late as late. */
export function perOrder(slice: Slice, from: string, asking: Asking): Sql {
  const before = (ms: number) => asking.asOf - ms
  const contacts = sql`SELECT order_id FROM events
    WHERE tenant = ${slice.tenant} AND day >= ${day(from)} AND touchpoint = 'aftersale.service' AND order_id != ''`
  const goods = sql`SELECT product_id FROM orders WHERE tenant = ${slice.tenant} AND shipped_at IS NOT NULL`
  const dispatch = DISPATCH_WITHIN_HOURS * 3_600_000
  return sql`
    max(ordered_at) <= ${before(UNDER_WAY_DAYS * DAY_MS)} AS isOld,
    max(shipped_at IS NOT NULL OR delivered_at IS NOT NULL) AS isShipped,
    max(delivered_at IS NOT NULL) AS isDelivered,
    max(install_promised_at IS NOT NULL) AS fitting,
    max(installed_at IS NOT NULL) AS isInstalled,
    max(order_id GLOBAL IN (${contacts})) AS isContacted,
    max(${windowClosed(asking)}) AS isClosed,
    max(${windowClosed(asking)} AND ${cameBack(asking)}) AS isReturned,
    max(cancelled_at IS NULL AND ordered_at <= ${before(dispatch)} 
      AND (shipped_at IS NOT NULL OR delivered_at IS NULL) AND product_id GLOBAL IN (${goods})) AS dispatchDue,
    max(ifNull(shipped_at, toInt64(${asking.asOf})) > ordered_at + ${dispatch}) AS dispatchLate,
    max(delivered_day IS NOT NULL AND promised_day IS NOT NULL) AS deliveryPromised,
    max(ifNull(delivered_day > promised_day, 0)) AS deliveryLate,
    max(installed_day IS NOT NULL AND install_promised_day IS NOT NULL) AS fittingPromised,
    max(ifNull(installed_day > install_promised_day, 0)) AS fittingLate`
}

/** What the tenant's data ever tell: a step that nobody writes down has no share, not a share of nought. */
async function recordsOf(analytics: Analytics, { tenant }: Slice) {
  const [[orders], [contacts]] = await Promise.all([
    analytics.query<Record<'dispatch' | 'delivery' | 'returns', number>>(sql`
      SELECT countIf(shipped_at IS NOT NULL) AS dispatch, countIf(delivered_at IS NOT NULL) AS delivery,
        countIf(returned_at IS NOT NULL) AS returns
      FROM orders WHERE tenant = ${tenant}`),
    analytics.query<{ n: number }>(sql`
      SELECT count() AS n FROM events WHERE tenant = ${tenant} AND touchpoint = 'aftersale.service' AND order_id != ''`),
  ])
  return {
    dispatch: (orders?.dispatch ?? 0) > 0,
    delivery: (orders?.delivery ?? 0) > 0,
    returns: (orders?.returns ?? 0) > 0,
    contacts: (contacts?.n ?? 0) > 0,
  }
}

function onTheWay(rows: readonly Row[], records: OrdersOnTheWay['records']): OrdersOnTheWay {
  const { now, before } = splitPeriods(rows)
  const part = (row: Row | undefined, hits: (typeof sums)[number], n: (typeof sums)[number]) =>
    row ? { hits: row[hits], n: row[n] } : none
  const counted = (hits: (typeof sums)[number], n: (typeof sums)[number]): Counted => ({
    now: part(now, hits, n),
    before: part(before, hits, n),
  })
  return {
    shipped: counted('oldShipped', 'old'),
    delivered: counted('oldDelivered', 'oldShipped'),
    installed: counted('installed', 'toInstall'),
    contacted: counted('oldContacted', 'oldDelivered'),
    returned: counted('returned', 'closed'),
    lateDispatch: counted('lateDispatch', 'dispatchable'),
    lateDelivery: counted('lateDelivery', 'promised'),
    lateInstallation: counted('lateInstall', 'installPromised'),
    orders: (now?.placed ?? 0) > 0,
    records,
  }
}
