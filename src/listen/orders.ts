import { hash } from 'node:crypto'
import { localDay } from '../core/clock.ts'
import type { Analytics } from '../store/clickhouse/analytics.ts'
import { sql } from '../store/clickhouse/sql.ts'
import type { Kept } from './kinds.ts'
import { inPortions } from './known.ts'
import type { Origin } from './rows.ts'

/** A version is a time in milliseconds with room behind it for so many records of the same millisecond. */
const TIES = 1_000

/** An order with when it reached us, in the order of arrival. */
export interface ArrivedOrder {
  source: string
  order: Kept<'orders'>
  receivedAt: number
}

interface State {
  version: number
  digest: string
  /** Lines that the store has or had, removed ones too. */
  lines: number
}

/**
 * The rows that bring the store to the latest state of each order. A record replaces what is there when its `updatedAt` (else its
 * arrival) is not earlier; an exact repeat writes nothing; lines that the new record no longer has are marked removed. Versions of
 * one order strictly grow, so the engine never has to choose between equals.
 */
export async function orderRows(analytics: Analytics, tenant: string, arrived: readonly ArrivedOrder[]) {
  const stored = await storedOrders(
    analytics,
    tenant,
    arrived.map(({ order }) => order.id),
  )
  const latest = new Map<string, { arrived: ArrivedOrder; state: State }>()
  for (const one of arrived) {
    const { order } = one
    const current = latest.get(order.id)?.state ?? stored.get(order.id)
    const digest = hash('sha256', JSON.stringify(order), 'base64url').slice(0, 22)
    const time = order.updatedAt ?? one.receivedAt
    if (current && (current.digest === digest || time < Math.floor(current.version / TIES))) continue
    const version = Math.max(time * TIES, (current?.version ?? 0) + 1)
    latest.set(order.id, { arrived: one, state: { version, digest, lines: order.lines.length } })
  }
  return [...latest.values()].flatMap(({ arrived, state }) =>
    rowsOf({ tenant, source: arrived.source }, arrived.order, state, stored.get(arrived.order.id)?.lines ?? 0),
  )
}

async function storedOrders(analytics: Analytics, tenant: string, ids: string[]): Promise<Map<string, State>> {
  const stored = new Map<string, State>()
  for (const portion of inPortions(ids)) {
    const rows = await analytics.query<{ id: string; newest: number; last: string; lines: number }>(
      sql`SELECT order_id AS id, max(version) AS newest, argMax(digest, version) AS last, max(line) + 1 AS lines
        FROM orders WHERE tenant = ${tenant} AND order_id IN ${portion} GROUP BY order_id`,
    )
    for (const row of rows)
      stored.set(row.id, { version: Number(row.newest), digest: row.last, lines: Number(row.lines) })
  }
  return stored
}

function rowsOf(origin: Origin, order: Kept<'orders'>, state: State, linesBefore: number) {
  const shared = orderColumns(origin, order, state)
  const lines = order.lines.map((line, place) => ({
    ...shared,
    line: place,
    removed: 0,
    product_id: line.productId ?? '',
    category: line.category ?? '',
    quantity: line.quantity,
    amount_minor: line.amountMinor,
    returned_at: line.returnedAt ?? null,
    return_reason: line.returnReason ?? '',
    refund_minor: line.refundMinor ?? null,
  }))
  const gone = Array.from({ length: Math.max(0, linesBefore - lines.length) }, (_, place) => ({
    ...shared,
    line: lines.length + place,
    removed: 1,
  }))
  return [...lines, ...gone]
}

function orderColumns(origin: Origin, order: Kept<'orders'>, { version, digest }: State) {
  const day = (at: number | undefined): string | null => (at === undefined ? null : localDay(at, order.zone!))
  return {
    ...origin,
    order_id: order.id,
    version,
    digest,
    merchant_id: order.merchantId ?? '',
    customer_ref: order.customerRef ?? '',
    city: order.city ?? '',
    channel: order.channel ?? '',
    currency: order.currency,
    ordered_at: order.orderedAt,
    ordered_day: localDay(order.orderedAt, order.zone!),
    promised_at: order.promisedAt ?? null,
    promised_day: day(order.promisedAt),
    shipped_at: order.shippedAt ?? null,
    delivered_at: order.deliveredAt ?? null,
    delivered_day: day(order.deliveredAt),
    install_promised_at: order.installPromisedAt ?? null,
    install_promised_day: day(order.installPromisedAt),
    installed_at: order.installedAt ?? null,
    installed_day: day(order.installedAt),
    cancelled_at: order.cancelledAt ?? null,
    facts: JSON.stringify(order.facts),
    simulated: order.simulated ? 1 : 0,
  }
}
