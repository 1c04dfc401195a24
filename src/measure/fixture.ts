import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { addDays } from '../core/clock.ts'
import type { Analytics } from '../store/clickhouse/analytics.ts'
import { prepare } from '../store/clickhouse/analytics.ts'
import { openEmbeddedClickHouse } from '../store/clickhouse/embedded.ts'
import { added, tables } from '../store/clickhouse/schema.ts'

/** What the tests of this room stand on: a real engine on a temporary folder, and rows of which only the telling columns are written. */
export async function openFixture(): Promise<{ analytics: Analytics; close(): Promise<void> }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'daystar-measure-'))
  const opened = await openEmbeddedClickHouse(folder)
  if (!opened.ok) throw new Error(opened.problem.message)
  await prepare(opened.value, tables, added)
  const close = async () => {
    await opened.value.close()
    rmSync(folder, { recursive: true, force: true })
  }
  return { analytics: opened.value, close }
}

/** Noon UTC of a day, in epoch milliseconds. */
export const noon = (day: string): number => Date.parse(`${day}T12:00:00Z`)
export const dayAfter = addDays

export interface VoiceRow {
  id: string
  day: string
  at?: number
  kind?: string
  speaker?: string
  text?: string
  read?: 0 | 1
  metric?: string
  rating?: number
  rating_min?: number
  rating_max?: number
  order_id?: string
  product_id?: string
  merchant_id?: string
  category?: string
  customer_ref?: string
  city?: string
  source?: string
  sentiment?: string
  emotion?: string
  scenes?: string[]
  intents?: string[]
  urgency?: string
}

export interface MentionOf {
  aspect: string
  polarity: string
  scene?: string
  quote?: string
}

const tenant = 't1'

export const voiceRow = (voice: VoiceRow, mentions: readonly MentionOf[] = []) => ({
  tenant,
  at: noon(voice.day),
  kind: 'review',
  speaker: 'customer',
  text: 'words',
  read: 1,
  rating_min: 1,
  rating_max: 5,
  sentiment: 'neutral',
  emotion: 'none',
  source: 'test',
  lang: 'zh',
  aspects: mentions.map((mention) => mention.aspect),
  negative_aspects: mentions.filter((mention) => mention.polarity === 'negative').map((mention) => mention.aspect),
  mentions: JSON.stringify(
    mentions.map((mention) => ({
      term: null,
      opinion: null,
      scene: null,
      start: 0,
      end: 2,
      confidence: 0.9,
      ...mention,
    })),
  ),
  ...voice,
})

/** The rows of `mentions` that belong to a voice, as the reader writes them. */
export const mentionRows = (voice: VoiceRow, mentions: readonly MentionOf[]) => {
  const full = voiceRow(voice, mentions)
  const rating01 =
    voice.rating === undefined ? undefined : (voice.rating - full.rating_min) / (full.rating_max - full.rating_min)
  return mentions.map((mention, ordinal) => ({
    tenant,
    day: full.day,
    voice_id: full.id,
    ordinal,
    at: full.at,
    kind: full.kind,
    metric: voice.metric ?? '',
    rating01,
    order_id: voice.order_id ?? '',
    product_id: voice.product_id ?? '',
    merchant_id: voice.merchant_id ?? '',
    category: voice.category ?? '',
    customer_ref: voice.customer_ref ?? '',
    city: voice.city ?? '',
    source: full.source,
    scene: '',
    quote: full.text.slice(0, 2),
    start: 0,
    end: 2,
    confidence: 0.9,
    ...mention,
  }))
}

export interface OrderRow {
  order_id: string
  ordered_day: string
  line?: number
  version?: number
  removed?: 0 | 1
  product_id?: string
  category?: string
  merchant_id?: string
  customer_ref?: string
  city?: string
  currency?: string
  promised_day?: string
  delivered_day?: string
  install_promised_day?: string
  installed_day?: string
  returned_day?: string
  refund_minor?: number
  facts?: string
}

const at = (day: string | undefined) => (day === undefined ? undefined : noon(day))

export const orderRow = ({ returned_day, ...order }: OrderRow) => ({
  tenant,
  line: 0,
  version: 1,
  removed: 0,
  currency: 'CNY',
  quantity: 1,
  amount_minor: 20_000,
  ordered_at: at(order.ordered_day),
  promised_at: at(order.promised_day),
  delivered_at: at(order.delivered_day),
  install_promised_at: at(order.install_promised_day),
  installed_at: at(order.installed_day),
  returned_at: at(returned_day),
  ...order,
})

/** A generator of numbers in [0, 1) that repeats itself for a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
