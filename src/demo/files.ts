import { createWriteStream } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { localDay } from '../core/clock.ts'
import type { VoiceInput } from '../core/voice.ts'
import { ZONE } from './calendar.ts'
import type { Market } from './market.ts'

/** The files that `writeMarket` leaves behind. */
export const marketFiles = [
  'products.jsonl',
  'orders.jsonl',
  'events.jsonl',
  'voices.jsonl',
  'voices.csv',
  'interventions.json',
  'truth.json',
] as const

/** Writes a market as importable files into `dir`, which is made where it is missing. Files of the same names are replaced. */
export async function writeMarket(market: Market, dir: string): Promise<void> {
  await mkdir(dir, { recursive: true })
  const lines = (name: (typeof marketFiles)[number], texts: Iterable<string>) =>
    pipeline(Readable.from(chunks(texts)), createWriteStream(join(dir, name)))
  const json = (name: (typeof marketFiles)[number], value: unknown) =>
    writeFile(join(dir, name), `${JSON.stringify(value, null, 2)}\n`)
  await lines('products.jsonl', typed('product', market.products))
  await lines('orders.jsonl', typed('order', market.orders))
  await lines('events.jsonl', typed('event', market.events))
  await lines('voices.jsonl', typed('voice', market.voices))
  await lines('voices.csv', reviewTable(market))
  await json('interventions.json', market.interventions)
  await json('truth.json', market.truth)
}

function* typed(type: string, records: readonly object[]): Iterable<string> {
  for (const record of records) yield `${JSON.stringify({ type, ...record })}\n`
}

/** Fewer, larger pieces: a stream pays per piece. */
function* chunks(texts: Iterable<string>): Iterable<string> {
  let chunk = ''
  for (const text of texts) {
    chunk += text
    if (chunk.length > 65_536) {
      yield chunk
      chunk = ''
    }
  }
  yield chunk
}

const columns: readonly (readonly [string, (voice: VoiceInput, title: string) => string | number | undefined])[] = [
  ['评价内容', (voice) => voice.text],
  ['评分', (voice) => voice.rating],
  ['评价时间', (voice) => localTime(voice.at)],
  ['订单号', (voice) => voice.orderId],
  ['商品ID', (voice) => voice.productId],
  ['商品名称', (_, title) => title],
  ['商品类目', (voice) => voice.category],
  ['店铺ID', (voice) => voice.merchantId],
  ['城市', (voice) => voice.city],
  ['买家', (voice) => voice.customerRef],
]

/** The reviews as a shop's back office would export them: Chinese headers, local times, a BOM for spreadsheets. */
function* reviewTable(market: Market): Iterable<string> {
  const titles = new Map(market.products.map((product) => [product.id, product.title]))
  yield `\uFEFF${columns.map(([header]) => header).join(',')}\r\n`
  for (const voice of market.voices) {
    if (voice.kind !== 'review') continue
    const title = titles.get(voice.productId ?? '') ?? ''
    yield `${columns.map(([, cell]) => quoted(String(cell(voice, title) ?? ''))).join(',')}\r\n`
  }
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)

const localTime = (ms: number): string =>
  `${localDay(ms, ZONE)} ${new Date(ms + 8 * 3_600_000).toISOString().slice(11, 19)}`
