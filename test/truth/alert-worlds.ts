import { localDay } from '../../src/core/clock.ts'
import { ratingScale } from '../../src/core/voice.ts'
import type { Market } from '../../src/demo/market.ts'
import { eventColumns, eventLine } from '../../src/listen/rows.ts'
import type { Analytics } from '../../src/store/clickhouse/analytics.ts'

const BATCH = 20_000
const zone = 'Asia/Shanghai'

/**
 * Puts a market straight into the analytic tables. What customers wrote is left out but for its ratings: reading it takes longer than all
 * the rest, and the planted faults show in what happened.
 */
export async function fill(analytics: Analytics, tenant: string, market: Market): Promise<void> {
  const lines = market.events.map((event) =>
    eventLine({ tenant, source: 'demo' }, { ...event, id: event.id! }, localDay(event.at, zone)),
  )
  await analytics.insert('events', { columns: eventColumns, lines })
  await insert(
    analytics,
    'orders',
    market.orders.flatMap((order) => orderRows(tenant, order)),
  )
  await insert(
    analytics,
    'voices',
    market.voices.filter((voice) => voice.rating !== undefined).map((voice) => ratingRow(tenant, voice)),
  )
}

const ratingRow = (tenant: string, voice: Market['voices'][number]) => ({
  tenant,
  day: localDay(voice.at, zone),
  id: voice.id!,
  at: voice.at,
  source: 'demo',
  kind: voice.kind,
  speaker: voice.speaker,
  metric: voice.metric ?? '',
  rating: voice.rating,
  rating_min: ratingScale(voice).min,
  rating_max: ratingScale(voice).max,
  merchant_id: voice.merchantId ?? '',
  category: voice.category ?? '',
  city: voice.city ?? '',
  simulated: 1,
})

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
