import { addDays, localDay } from '../../core/clock.ts'
import type { TenantId } from '../../core/tenant.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import type { Marks } from '../../store/clickhouse/marks.ts'
import { day, type Sql, sql } from '../../store/clickhouse/sql.ts'
import type { Asking } from '../indicators/define.ts'
import { isDue, isOnTime } from '../indicators/ripe.ts'
import { cameBack, windowClosed } from '../returns.ts'
import { rowsOfDays } from '../rollups/read.ts'
import { type Slice, wholeSlice, withBefore, within } from '../slice.ts'
import { type Counted, none, splitPeriods } from './counted.ts'
import { DISPATCH_WITHIN_HOURS, UNDER_WAY_DAYS } from './path.ts'
import { contacted } from './served.ts'

const DAY_MS = 86_400_000

/** How orders go on after the payment, and where they come late, by the day on which they were placed. */
export interface OrdersOnTheWay {
  shipped: Counted
  delivered: Counted
  installed: Counted
  /** Orders with a contact of after-sale support. */
  contacted: Counted
  returned: Counted
  /** Late: not dispatched in time, not delivered by the end of the promised day, installed after it. */
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
export async function measureOrders(
  analytics: Analytics,
  slice: Slice,
  asking: Asking,
  { marks, records }: { marks: Marks; records: Records },
): Promise<OrdersOnTheWay> {
  const contacts = rowsOfDays({ slice: sinceOrdered(slice, asking), rolling: contacted, by: 'item' }, marks)
  const cameToSupport = contacts ? sql`order_id GLOBAL IN (SELECT an_item FROM (${contacts}))` : sql`0`
  const rows = await analytics.query<Row>(sql`
    SELECT current, count() AS placed,
      countIf(isOld) AS old, countIf(isOld AND isShipped) AS oldShipped, countIf(isOld AND isDelivered) AS oldDelivered,
      countIf(isOld AND isDelivered AND fitting) AS toInstall, countIf(isOld AND isDelivered AND fitting AND isInstalled) AS installed,
      countIf(isOld AND isDelivered AND ${cameToSupport}) AS oldContacted,
      countIf(isClosed) AS closed, countIf(isClosed AND isReturned) AS returned,
      countIf(dispatchDue) AS dispatchable, countIf(dispatchDue AND dispatchLate) AS lateDispatch,
      countIf(deliveryPromised) AS promised, countIf(deliveryLate) AS lateDelivery,
      countIf(fittingPromised) AS installPromised, countIf(fittingLate) AS lateInstall
    FROM (
      SELECT order_id, min(ordered_day) >= ${day(slice.from)} AS current, ${perOrder(slice.tenant, asking, records.dispatch)}
      FROM orders FINAL WHERE ${within(withBefore(slice), 'orders')} GROUP BY order_id
    )
    GROUP BY current`)
  return onTheWay(rows, records)
}

/** All days from the first on which an order can have been placed until now: whoever comes to support comes after that. */
export function sinceOrdered(slice: Slice, { asOf }: Asking): Slice {
  const now = addDays(localDay(asOf, 'UTC'), 1)
  return wholeSlice(slice.tenant, withBefore(slice).from, [now, slice.to].sort()[1]!)
}

/**
 * What became of an order, from its lines: a part that came counts as come, a part that is late as late. `dispatches`: false where nothing was
 * ever dispatched, so that no goods need be looked for.
 */
export function perOrder(tenant: TenantId, asking: Asking, dispatches = true): Sql {
  const before = (ms: number) => asking.asOf - ms
  const goods = sql`SELECT product_id FROM orders WHERE tenant = ${tenant} AND shipped_at IS NOT NULL`
  const dispatch = DISPATCH_WITHIN_HOURS * 3_600_000
  const due = sql`max(cancelled_at IS NULL AND ordered_at <= ${before(dispatch)}
      AND (shipped_at IS NOT NULL OR delivered_at IS NULL) AND product_id GLOBAL IN (${goods}))`
  return sql`
    max(ordered_at) <= ${before(UNDER_WAY_DAYS * DAY_MS)} AS isOld,
    max(shipped_at IS NOT NULL OR delivered_at IS NOT NULL) AS isShipped,
    max(delivered_at IS NOT NULL) AS isDelivered,
    max(install_promised_at IS NOT NULL) AS fitting,
    max(installed_at IS NOT NULL) AS isInstalled,
    max(${windowClosed(asking)}) AS isClosed,
    max(${windowClosed(asking)} AND ${cameBack(asking)}) AS isReturned,
    ${dispatches ? due : sql`0`} AS dispatchDue,
    max(ifNull(shipped_at, toInt64(${asking.asOf})) > ordered_at + ${dispatch}) AS dispatchLate,
    max(${isDue(asking)}) AS deliveryPromised,
    max(${isDue(asking)} AND NOT ${isOnTime}) AS deliveryLate,
    max(installed_day IS NOT NULL AND install_promised_day IS NOT NULL) AS fittingPromised,
    max(ifNull(installed_day > install_promised_day, 0)) AS fittingLate`
}

/** What the tenant's data ever tell: a step that nobody writes down has no share, not a share of nought. */
export type Records = OrdersOnTheWay['records']

export async function recordsOf(analytics: Analytics, tenant: TenantId): Promise<Records> {
  const rows = await analytics.query<Record<keyof Records, number>>(sql`
    SELECT countIf(shipped_at IS NOT NULL) AS dispatch, countIf(delivered_at IS NOT NULL) AS delivery,
      countIf(returned_at IS NOT NULL) AS returns, toUInt64(0) AS contacts
    FROM orders WHERE tenant = ${tenant}
    UNION ALL
    SELECT toUInt64(0) AS dispatch, toUInt64(0) AS delivery, toUInt64(0) AS returns, count() AS contacts
    FROM (SELECT 1 AS one FROM events WHERE tenant = ${tenant} AND touchpoint = 'aftersale.service' AND order_id != '' LIMIT 1)`)
  const ever = (what: keyof Records) => rows.some((row) => row[what] > 0)
  return {
    dispatch: ever('dispatch'),
    delivery: ever('delivery'),
    returns: ever('returns'),
    contacts: ever('contacts'),
  }
}

function onTheWay(rows: readonly Row[], records: Records): OrdersOnTheWay {
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
