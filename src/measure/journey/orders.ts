import { addDays, localDay } from '../../core/clock.ts'
import type { TenantId } from '../../core/tenant.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import type { Marks } from '../../store/clickhouse/marks.ts'
import { day, ident, join, type Sql, sql } from '../../store/clickhouse/sql.ts'
import type { Asking } from '../indicators/define.ts'
import { isDue, isOnTime } from '../indicators/ripe.ts'
import { cameBack, windowClosed } from '../returns.ts'
import { rowsOfDays } from '../rollups/read.ts'
import { type Slice, wholeSlice, withBefore, within } from '../slice.ts'
import type { Counted } from './counted.ts'
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

/** What was gathered of an order: a bit each for the signs in their order. */
interface Row {
  signs: number
  n: number
}

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
  const signs = {
    ...signsOf(slice.tenant, asking, records.dispatch),
    isEarlier: sql`ordered_day < ${day(slice.from)}`,
    cameToSupport: contacts ? sql`order_id GLOBAL IN (SELECT an_item FROM (${contacts}))` : sql`0`,
  }
  const names = Object.keys(signs) as (keyof typeof signs)[]
  const bits = join(
    names.map((name, place) => sql`(${signs[name]}) * ${2 ** place}`),
    sql` + `,
  )
  const rows = await analytics.query<Row>(sql`
    SELECT signs, count() AS n
    FROM (
      SELECT groupBitOr(${bits}) AS signs
      FROM orders FINAL WHERE ${within(withBefore(slice), 'orders')} GROUP BY ${orderKey}
    )
    GROUP BY signs`)
  const orders = rows.map(({ signs: gathered, n }) => ({
    has: (sign: keyof typeof signs) => (gathered & (1 << names.indexOf(sign))) !== 0,
    n,
  }))
  return onTheWay(orders, records)
}

/** All days from the first on which an order can have been placed until now: whoever comes to support comes after that. */
export function sinceOrdered(slice: Slice, { asOf }: Asking): Slice {
  const now = addDays(localDay(asOf, 'UTC'), 1)
  return wholeSlice(slice.tenant, withBefore(slice).from, [now, slice.to].sort()[1]!)
}

/** Orders are told apart by a hash of 64 bits, as visitors are (`visitor.ts`). */
const orderKey = sql`cityHash64(order_id)`

type Sign = keyof ReturnType<typeof signsOf>

/**
 * What became of an order, as what each of its lines tells of it: a part that came counts as come, a part that is late as late. `dispatches`:
 * false where nothing was ever dispatched, so that no goods need be looked for.
 */
function signsOf(tenant: TenantId, asking: Asking, dispatches = true) {
  const before = (ms: number) => asking.asOf - ms
  const goods = sql`SELECT product_id FROM orders WHERE tenant = ${tenant} AND shipped_at IS NOT NULL`
  const dispatch = DISPATCH_WITHIN_HOURS * 3_600_000
  const isClosed = sql`ifNull(${windowClosed(asking)}, 0)`
  const due = sql`cancelled_at IS NULL AND ordered_at <= ${before(dispatch)}
      AND (shipped_at IS NOT NULL OR delivered_at IS NULL) AND product_id GLOBAL IN (${goods})`
  return {
    isYoung: sql`ordered_at > ${before(UNDER_WAY_DAYS * DAY_MS)}`,
    isShipped: sql`shipped_at IS NOT NULL OR delivered_at IS NOT NULL`,
    isDelivered: sql`delivered_at IS NOT NULL`,
    fitting: sql`install_promised_at IS NOT NULL`,
    isInstalled: sql`installed_at IS NOT NULL`,
    isClosed,
    isReturned: sql`${isClosed} AND ${cameBack(asking)}`,
    dispatchDue: dispatches ? due : sql`0`,
    dispatchLate: sql`ifNull(shipped_at, toInt64(${asking.asOf})) > ordered_at + ${dispatch}`,
    deliveryPromised: isDue(asking),
    deliveryLate: sql`${isDue(asking)} AND NOT ${isOnTime}`,
    fittingPromised: sql`installed_day IS NOT NULL AND install_promised_day IS NOT NULL`,
    fittingLate: sql`ifNull(installed_day > install_promised_day, 0)`,
  }
}

/** The signs of an order, each under its name. */
export const perOrder = (tenant: TenantId, asking: Asking): Sql =>
  join(Object.entries(signsOf(tenant, asking)).map(([name, sign]) => sql`max(${sign}) AS ${ident(name)}`))

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

interface Orders {
  has(sign: Sign | 'isEarlier' | 'cameToSupport'): boolean
  n: number
}

function onTheWay(orders: readonly Orders[], records: Records): OrdersOnTheWay {
  const number = (some: readonly Orders[]) => some.reduce((sum, { n }) => sum + n, 0)
  const counted = (of: (one: Orders) => boolean, hit: Parameters<Orders['has']>[0]): Counted => {
    const part = (isEarlier: boolean) => {
      const some = orders.filter((one) => one.has('isEarlier') === isEarlier && of(one))
      return { hits: number(some.filter((one) => one.has(hit))), n: number(some) }
    }
    return { now: part(false), before: part(true) }
  }
  const old = ({ has }: Orders) => !has('isYoung')
  const came = (one: Orders) => old(one) && one.has('isDelivered')
  return {
    shipped: counted(old, 'isShipped'),
    delivered: counted((one) => old(one) && one.has('isShipped'), 'isDelivered'),
    installed: counted((one) => came(one) && one.has('fitting'), 'isInstalled'),
    contacted: counted(came, 'cameToSupport'),
    returned: counted(({ has }) => has('isClosed'), 'isReturned'),
    lateDispatch: counted(({ has }) => has('dispatchDue'), 'dispatchLate'),
    lateDelivery: counted(({ has }) => has('deliveryPromised'), 'deliveryLate'),
    lateInstallation: counted(({ has }) => has('fittingPromised'), 'fittingLate'),
    orders: orders.some(({ has }) => !has('isEarlier')),
    records,
  }
}
