import type { TenantId } from '../../src/core/tenant.ts'
import type { Market } from '../../src/demo/market.ts'
import { orderRows } from '../../src/listen/orders.ts'
import { eventColumns, eventLine, mentionRows, voiceRow } from '../../src/listen/rows.ts'
import type { ProductFacts } from '../../src/measure/drivers/products.ts'
import type { Names } from '../../src/measure/drivers/sentences.ts'
import type { Analytics } from '../../src/store/clickhouse/analytics.ts'
import { loadReader, type Reader } from '../../src/understand/reader.ts'

const zone = 'Asia/Shanghai'
/** Clicks tell the drivers nothing. */
const telling = new Set(['chat_answered', 'payment_failed'])

/** One reader for all worlds, and what it calls things. */
export function openReader(): { reader: Reader; names: Names } {
  const reader = loadReader()
  const { packs } = reader
  return {
    reader,
    names: {
      aspects: new Map(packs.flatMap((pack) => pack.aspects.map((aspect) => [aspect.id, aspect] as const))),
      scenes: new Map(packs.flatMap((pack) => pack.scenes.map((scene) => [scene.id, scene] as const))),
    },
  }
}

/** Reads a market with the real reader and writes the rows that an import would write: hundreds of worlds need no inbox. */
export async function keepMarket(
  analytics: Analytics,
  reader: Reader,
  tenant: TenantId,
  market: Market,
): Promise<ReadonlyMap<string, ProductFacts>> {
  const origin = { tenant, source: 'demo' }
  const voices = market.voices.map((voice) => ({ ...voice, id: voice.id!, zone }))
  const readings = voices.map((voice) => reader.read(voice))
  await insertAll(
    analytics,
    'voices',
    voices.map((voice, at) => voiceRow(origin, voice, readings[at]!)),
  )
  await insertAll(
    analytics,
    'mentions',
    voices.flatMap((voice, at) => mentionRows(origin, voice, readings[at]!)),
  )
  const orders = market.orders.map((order) => ({ source: 'demo', order: { ...order, zone }, receivedAt: 0 }))
  await insertAll(analytics, 'orders', await orderRows(analytics, tenant, orders))
  const events = market.events.filter((event) => telling.has(event.name))
  await analytics.insert('events', {
    columns: eventColumns,
    lines: events.map((event) =>
      eventLine(
        origin,
        { ...event, id: event.id!, zone },
        new Date(event.at + 8 * 3_600_000).toISOString().slice(0, 10),
      ),
    ),
  })
  return new Map(
    market.products.map(({ id, merchantId = '', attributes }) => [id, { merchantId, attributes }] as const),
  )
}

const PORTION = 4_000

/** In portions: a busy machine may be slow with a large one, and a statement has its time. */
export async function insertAll(analytics: Analytics, table: string, rows: readonly object[]): Promise<void> {
  for (let at = 0; at < rows.length; at += PORTION) await analytics.insert(table, rows.slice(at, at + PORTION))
}
