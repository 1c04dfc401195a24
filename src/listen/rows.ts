import { localDay } from '../core/clock.ts'
import { type Reading, storedMentions, storedSigns } from '../core/reading.ts'
import { ratingScale } from '../core/voice.ts'
import { tabbed } from '../store/clickhouse/analytics.ts'
import { type Sql, sql } from '../store/clickhouse/sql.ts'
import type { Kept } from './kinds.ts'

/** Where a record comes from, as every row says it. */
export interface Origin {
  tenant: string
  source: string
}

/** The row of `voices`. Its mentions are there once more as JSON, so that one voice can be shown without a second question. */
export function voiceRow(origin: Origin, voice: Kept<'voices'>, reading: Reading) {
  const scale = ratingScale(voice)
  return {
    ...origin,
    day: localDay(voice.at, voice.zone!),
    id: voice.id,
    at: voice.at,
    kind: voice.kind,
    speaker: voice.speaker,
    text: voice.text,
    lang: voice.lang ?? (voice.text === '' ? '' : reading.lang),
    metric: voice.metric ?? '',
    rating: voice.rating ?? null,
    rating_min: scale.min,
    rating_max: scale.max,
    ...references(voice),
    conversation: voice.conversation ?? '',
    turn: voice.turn ?? 0,
    simulated: voice.simulated ? 1 : 0,
    facts: voice.facts && Object.keys(voice.facts).length > 0 ? JSON.stringify(voice.facts) : '',
    ...readingColumns(reading),
  }
}

/** The columns of `voices` that a reading fills, and a later change of the reading fills anew. */
export function readingColumns(reading: Reading) {
  const { mentions } = reading
  return {
    read: reading.read ? 1 : 0,
    sentiment: reading.sentiment,
    score: reading.score,
    emotion: reading.emotion,
    emotion_strength: reading.emotionStrength,
    urgency: reading.urgency,
    intents: reading.intents,
    sarcastic: reading.sarcasm ? 1 : 0,
    rivals: brandsOf(reading, 'rival'),
    brands: brandsOf(reading, 'brand'),
    spam: reading.spam,
    incentive: reading.incentive ? 1 : 0,
    copy_of: reading.copyOf ?? '',
    unread_from: reading.unreadFrom,
    signs: signsOf(reading),
    scenes: reading.scenes,
    aspects: distinct(mentions.map((mention) => mention.aspect)),
    negative_aspects: distinct(mentions.filter((m) => m.polarity === 'negative').map((m) => m.aspect)),
    mentions: JSON.stringify(mentions),
  }
}

/** The columns of `voices` that hold a reading, as they are asked for and stored. */
export const storedReading: Sql = sql`lang, read, sentiment, score, emotion, emotion_strength, urgency, intents, spam, copy_of, unread_from,
  signs, scenes, mentions`
export interface StoredReading
  extends Pick<Reading, 'sentiment' | 'score' | 'emotion' | 'urgency' | 'intents' | 'spam' | 'scenes'> {
  lang: string
  read: number
  emotion_strength: number
  copy_of: string
  unread_from: number | null
  signs: string
  mentions: string
}

/** The reading that those columns hold. */
export function readingOf({ lang, read, signs, mentions, ...row }: StoredReading): Reading {
  const { sentiment, score, emotion, urgency, intents, spam, scenes } = row
  return {
    lang: lang === 'zh' || lang === 'en' ? lang : 'other',
    read: read === 1,
    ...{ sentiment, score, emotion, urgency, intents, spam, scenes },
    emotionStrength: row.emotion_strength,
    copyOf: row.copy_of || null,
    unreadFrom: row.unread_from,
    ...storedSigns(signs),
    mentions: storedMentions(mentions),
  }
}

/** A row of `voices` as it is stored, as far as reading it again needs it. */
export interface StoredVoice {
  tenant: string
  source: string
  day: string
  id: string
  at: number
  kind: string
  text: string
  metric: string
  rating: number | null
  rating_min: number
  rating_max: number
  order_id: string
  product_id: string
  merchant_id: string
  category: string
  customer_ref: string
  city: string
  channel: string
  copy_of: string
}

/** The row of a voice that was read again: all as it was but for what comes from the reading. Whose copy it is was found among its batch. */
export const rereadVoiceRow = <T extends StoredVoice>(row: T, reading: Reading) => ({
  ...row,
  ...readingColumns(reading),
  copy_of: row.copy_of,
})

/** The rows of `mentions` of a voice that was read again. */
export function rereadMentionRows(row: StoredVoice, reading: Reading) {
  const { tenant, source, day, at, kind, metric, order_id, product_id, merchant_id, category, customer_ref } = row
  const rating01 = row.rating === null ? null : (row.rating - row.rating_min) / (row.rating_max - row.rating_min)
  const about = { order_id, product_id, merchant_id, category, customer_ref, city: row.city, channel: row.channel }
  const shared = { tenant, source, day, voice_id: row.id, at, kind, rating01, metric, ...about }
  return mentionsWith(shared, row.text, reading)
}

/** The rows of `mentions` of one voice. */
export function mentionRows(origin: Origin, voice: Kept<'voices'>, reading: Reading) {
  const scale = ratingScale(voice)
  const shared = {
    ...origin,
    day: localDay(voice.at, voice.zone!),
    voice_id: voice.id,
    at: voice.at,
    kind: voice.kind,
    rating01: voice.rating === undefined ? null : (voice.rating - scale.min) / (scale.max - scale.min),
    metric: voice.metric ?? '',
    ...references(voice),
  }
  return mentionsWith(shared, voice.text, reading)
}

const mentionsWith = <T extends object>(shared: T, text: string, { mentions }: Reading) =>
  mentions.map((mention, ordinal) => ({
    ...shared,
    ordinal,
    aspect: mention.aspect,
    term: mention.term ?? '',
    opinion: mention.opinion ?? '',
    polarity: mention.polarity,
    scene: mention.scene ?? '',
    condition: mention.condition?.text.toWellFormed() ?? '',
    cause: mention.cause?.text.toWellFormed() ?? '',
    quote: text.slice(mention.start, mention.end).toWellFormed(),
    start: mention.start,
    end: mention.end,
    confidence: mention.confidence,
  }))

/** The columns of `events` in the order of `eventLine`. */
export const eventColumns = [
  ...['tenant', 'day', 'id', 'at', 'source', 'name', 'session', 'touchpoint', 'order_id', 'product_id', 'merchant_id'],
  ...['category', 'customer_ref', 'city', 'channel', 'props', 'simulated'],
]

/** The row of `events` as a line: there are many of them, and a line costs half of what an object does. */
export const eventLine = ({ tenant, source }: Origin, event: Kept<'events'>, day: string): string =>
  tabbed([
    ...[tenant, day, event.id, event.at, source, event.name, event.session ?? '', event.touchpoint ?? ''],
    ...[event.orderId ?? '', event.productId ?? '', event.merchantId ?? '', event.category ?? ''],
    ...[event.customerRef ?? '', event.city ?? '', event.channel ?? '', JSON.stringify(event.props)],
    event.simulated ? 1 : 0,
  ])

function references(record: Kept<'voices'>) {
  return {
    order_id: record.orderId ?? '',
    product_id: record.productId ?? '',
    merchant_id: record.merchantId ?? '',
    category: record.category ?? '',
    customer_ref: record.customerRef ?? '',
    city: record.city ?? '',
    channel: record.channel ?? '',
  }
}

const brandsOf = ({ brands }: Reading, role: string): string[] =>
  distinct(brands.filter((brand) => brand.role === role).map((brand) => brand.id))

/** What has its place in the text beside the mentions; most voices have nothing of it. */
function signsOf({ sarcasm, incentive, brands }: Reading): string {
  return sarcasm || incentive || brands.length > 0 ? JSON.stringify({ sarcasm, incentive, brands }) : ''
}

const distinct = (values: string[]): string[] => [...new Set(values)]
