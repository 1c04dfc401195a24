import { localDay } from '../../src/core/clock.ts'
import type { Market } from '../../src/demo/market.ts'
import { eventColumns, eventLine, mentionRows, voiceRow } from '../../src/listen/rows.ts'
import type { Analytics } from '../../src/store/clickhouse/analytics.ts'
import { loadReader } from '../../src/understand/reader.ts'

const reader = loadReader({})
const BATCH = 20_000
const zone = 'Asia/Shanghai'

/** Puts a market straight into the analytic tables, read by the language engine as at the door. */
export async function fill(analytics: Analytics, tenant: string, market: Market): Promise<void> {
  const origin = { tenant, source: 'demo' }
  const lines = market.events.map((event) => eventLine(origin, { ...event, id: event.id! }, localDay(event.at, zone)))
  await analytics.insert('events', { columns: eventColumns, lines })
  await insert(analytics, 'orders', market.orders.flatMap((order) => orderRows(tenant, order)))
  const read = market.voices.map((voice) => ({ voice: { ...voice, id: voice.id!, zone }, reading: reader.read(voice) }))
  await insert(analytics, 'voices', read.map(({ voice, reading }) => voiceRow(origin, voice, reading)))
  await insert(analytics, 'mentions', read.flatMap(({ voice, reading }) => mentionRows(origin, voice, reading)))
}

async function insert(analytics: Analytics, table: string, rows: readonly object[]): Promise<void> {
  for (let at = 0; at < rows.length; at += BATCH) await analytics.insert(table, rows.slice(at, at + BATCH))
}

const orderRows = (tenant: string, order: Market['orders'][number]) =>
  order.lines.map((line, place) => ({
    tenant,
    order_id: order.id,
    line: place,
    version: 1,
    removed: 0,
    source: 'demo',
    product_id: line.productId ?? '',
    category: line.category ?? '',
    merchant_id: order.merchantId ?? '',
    customer_ref: order.customerRef ?? '',
    city: order.city ?? '',
    channel: order.channel ?? '',
    quantity: line.quantity,
    amount_minor: line.amountMinor,
    currency: 'CNY',
    ordered_at: order.orderedAt,
    ordered_day: localDay(order.orderedAt, zone),
    promised_at: order.promisedAt ?? null,
    delivered_at: order.deliveredAt ?? null,
    cancelled_at: order.cancelledAt ?? null,
    install_promised_at: order.installPromisedAt ?? null,
    installed_at: order.installedAt ?? null,
    returned_at: line.returnedAt ?? null,
    simulated: 1,
  }))
