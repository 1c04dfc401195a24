import { z } from 'zod'
import {
  type BrandNamed,
  type Emotion,
  type Intent,
  type Mention,
  type Polarity,
  type SpamKind,
  type Span,
  storedMentions,
  storedSigns,
  type Urgency,
} from '../../core/reading.ts'
import { ok, type Result } from '../../core/result.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { day, sql } from '../../store/clickhouse/sql.ts'
import { cursorAfter, placeOf } from '../cursor.ts'
import type { Asking } from '../indicators/define.ts'
import type { Slice } from '../slice.ts'
import { chosen, type VoiceFilter } from './filter.ts'

interface VoiceRow {
  id: string
  /** The local day on which it was said. */
  day: string
  kind: string
  source: string
  speaker: string
  text: string
  lang: string
  read: boolean
  metric: string
  rating: number | null
  ratingMax: number
  at: number
  orderId: string
  productId: string
  merchantId: string
  category: string
  customerRef: string
  city: string
  sentiment: Polarity
  emotion: Emotion
  /** 0–1; 0 for what was read before strength was. */
  emotionStrength: number
  urgency: Urgency
  intents: Intent[]
  sarcasm: Span | null
  brands: BrandNamed[]
  spam: SpamKind[]
  incentive: Span | null
  /** The id of an earlier voice with nearly the same words, or null. */
  copyOf: string | null
  unreadFrom: number | null
  scenes: string[]
  mentions: Mention[]
  simulated: boolean
}

export interface VoicePage {
  total: number
  customers: number
  sources: number
  voices: VoiceRow[]
  next: string | null
}

export interface VoiceQuestion extends Asking {
  slice: Slice
  filter: VoiceFilter
}

interface Place {
  id: string
  day: string
  at: number
}

const MOST = 200

/** A page of voices, newest first, with counts over the whole selection. A cursor points at the last voice that was shown. */
export async function readVoices(
  analytics: Analytics,
  question: VoiceQuestion & { cursor?: string; limit?: number },
): Promise<Result<VoicePage>> {
  const limit = Math.min(MOST, Math.max(1, Math.floor(question.limit ?? 50)))
  const after = placeOf(question.cursor, z.tuple([z.number(), z.string()]), 'voices')
  if (!after.ok) return after
  const condition = chosen(question.slice, question.filter, question)
  const place = after.value
  const further = place ? sql`(at < ${place[0]} OR (at = ${place[0]} AND id < ${place[1]}))` : sql`1`
  const [counts, places] = await Promise.all([
    analytics.query<Omit<VoicePage, 'voices' | 'next'>>(sql`
      SELECT count() AS total, uniqExactIf(cityHash64(customer_ref), customer_ref != '') AS customers, uniqExact(source) AS sources
      FROM voices WHERE ${condition}`),
    analytics.query<Place>(sql`
      SELECT id, day, at FROM voices WHERE ${condition} AND ${further} ORDER BY at DESC, id DESC LIMIT ${limit + 1}`),
  ])
  const shown = places.slice(0, limit)
  const last = shown.at(-1)
  const voices = await fetchVoices(analytics, question.slice, shown)
  return ok({ ...counts[0]!, voices, next: places.length > limit && last ? cursorAfter([last.at, last.id]) : null })
}

/** Whole rows only for what is shown: texts are the heavy column. */
async function fetchVoices(analytics: Analytics, { tenant }: Slice, places: readonly Place[]): Promise<VoiceRow[]> {
  if (places.length === 0) return []
  const days = [...new Set(places.map((place) => place.day))].map(day)
  const rows = await analytics.query<StoredVoice>(sql`
    SELECT id, day, kind, source, speaker, text, lang, read, metric, rating, rating_max AS ratingMax, at, order_id AS orderId,
      product_id AS productId, merchant_id AS merchantId, category, customer_ref AS customerRef, city, sentiment, emotion,
      emotion_strength AS emotionStrength, urgency, intents, spam, copy_of AS copyOf, unread_from AS unreadFrom, signs, scenes, mentions,
      simulated
    FROM voices WHERE tenant = ${tenant} AND day IN ${days} AND id IN ${places.map((place) => place.id)}`)
  const byId = new Map(rows.map((row) => [row.id, fromStored(row)]))
  return places.flatMap((place) => byId.get(place.id) ?? [])
}

interface StoredVoice
  extends Omit<VoiceRow, 'read' | 'simulated' | 'mentions' | 'sarcasm' | 'brands' | 'incentive' | 'copyOf'> {
  read: number
  simulated: number
  /** JSON of the mentions as `core/reading.ts` shapes them; empty where there is none. */
  mentions: string
  /** Empty where the voice is a copy of none. */
  copyOf: string
  /** JSON of sarcasm, incentive and brands; empty where there is none of them. */
  signs: string
}

const fromStored = ({ signs, ...row }: StoredVoice): VoiceRow => ({
  ...row,
  ...storedSigns(signs),
  copyOf: row.copyOf || null,
  read: row.read === 1,
  simulated: row.simulated === 1,
  mentions: storedMentions(row.mentions),
})
