import type { EventInput } from '../core/event.ts'
import { epochMs, isMoment } from '../core/fields.ts'
import { type Speaker, speakers } from '../core/speaker.ts'
import { ratingScale, surveyMetrics, type VoiceInput, type VoiceKind, voiceKinds } from '../core/voice.ts'

/**
 * The schemas of a voice and an event once more, by hand, for records as most of them are. They answer what the schema would answer, or
 * undefined where they are not sure: then the schema is asked, which also knows what to say about a record that is wrong. That both
 * agree on every record is a test.
 */

type Raw = Record<string, unknown>

/** Stands for a field that is not as usual; no field of a record that is taken is null. */
const unsure = null

export function quickEvent(raw: unknown): EventInput | undefined {
  if (!isPlain(raw)) return undefined
  for (const key in raw) if (!eventFields.has(key)) return undefined
  const { name } = raw
  if (typeof name !== 'string' || name === '' || name.length > 80 || !name.isWellFormed()) return undefined
  const props = raw.props === undefined ? {} : propsOf(raw.props)
  if (props === undefined || !isFlag(raw.simulated)) return undefined
  const event = {
    id: idOf(raw.id),
    name,
    at: timeOf(raw.at),
    zone: textOf(raw.zone, 40),
    customerRef: idOf(raw.customerRef),
    session: idOf(raw.session),
    touchpoint: textOf(raw.touchpoint, 80),
    orderId: idOf(raw.orderId),
    productId: idOf(raw.productId),
    merchantId: idOf(raw.merchantId),
    category: textOf(raw.category, 80),
    city: textOf(raw.city, 80),
    channel: textOf(raw.channel, 40),
    props,
    simulated: raw.simulated,
  }
  return isSure(event) ? event : undefined
}

export function quickVoice(raw: unknown): VoiceInput | undefined {
  if (!isPlain(raw)) return undefined
  for (const key in raw) if (!voiceFields.has(key)) return undefined
  const { kind = 'review', speaker = 'customer', text = '', metric, turn } = raw
  if (!kinds.has(kind) || !voices.has(speaker) || !(metric === undefined || metrics.has(metric))) return undefined
  if (!isFlag(raw.simulated) || !(turn === undefined || isCount(turn))) return undefined
  const voice = {
    id: idOf(raw.id),
    kind: kind as VoiceKind,
    speaker: speaker as Speaker,
    text: textOf(text, 20_000) as string | null,
    lang: textOf(raw.lang, 10),
    metric: metric as VoiceInput['metric'],
    rating: numberOf(raw.rating),
    ratingMin: numberOf(raw.ratingMin),
    ratingMax: numberOf(raw.ratingMax),
    at: timeOf(raw.at),
    zone: textOf(raw.zone, 40),
    orderId: idOf(raw.orderId),
    productId: idOf(raw.productId),
    merchantId: idOf(raw.merchantId),
    category: textOf(raw.category, 80),
    customerRef: idOf(raw.customerRef),
    conversation: idOf(raw.conversation),
    turn,
    city: textOf(raw.city, 80),
    channel: textOf(raw.channel, 40),
    simulated: raw.simulated,
  }
  return isSure(voice) && holdsTogether(voice) ? voice : undefined
}

/** The refinements of the schema. */
function holdsTogether(voice: VoiceInput): boolean {
  if (voice.rating === undefined) return voice.text.trim() !== ''
  const { min, max } = ratingScale(voice)
  return max > min && voice.rating >= min && voice.rating <= max
}

/** True where no field is in doubt. */
function isSure<T extends object>(record: T): record is { [K in keyof T]: Exclude<T[K], null> } {
  for (const key in record) if (record[key] === unsure) return false
  return true
}

const isPlain = (raw: unknown): raw is Raw => typeof raw === 'object' && raw !== null && !Array.isArray(raw)
const isFlag = (value: unknown): value is boolean | undefined => value === undefined || typeof value === 'boolean'
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

function textOf(value: unknown, most: number): string | undefined | null {
  if (value === undefined) return undefined
  return typeof value === 'string' && value.length <= most && value.isWellFormed() ? value : unsure
}

function idOf(value: unknown): string | undefined | null {
  if (value === undefined) return undefined
  const usual = typeof value === 'string' && value !== '' && value.length <= 200 && value.isWellFormed()
  return usual && value.trim().length === value.length ? value : unsure
}

function numberOf(value: unknown): number | undefined | null {
  return value === undefined || (typeof value === 'number' && Number.isFinite(value)) ? value : unsure
}

function timeOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) && isMoment(value) ? value : unsure
  const parsed = epochMs.safeParse(value)
  return parsed.success ? parsed.data : unsure
}

function propsOf(raw: unknown): EventInput['props'] | undefined {
  if (!isPlain(raw)) return undefined
  const props: EventInput['props'] = {}
  for (const key in raw) {
    const value = raw[key]
    if (key.length > 80 || key === '__proto__') return undefined
    if (typeof value === 'string' ? value.length > 2_000 || !value.isWellFormed() : !isScalar(value)) return undefined
    props[key] = value as string | number | boolean | null
  }
  return props
}

const isScalar = (value: unknown): boolean =>
  value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))

const eventFields = new Set(
  `id name at zone customerRef session touchpoint orderId productId merchantId category city channel props simulated`.split(
    ' ',
  ),
)
const voiceFields = new Set(
  `id kind speaker text lang metric rating ratingMin ratingMax at zone orderId productId merchantId category customerRef
  conversation turn city channel simulated`.split(/\s+/),
)
const kinds = new Set<unknown>(voiceKinds)
const voices = new Set<unknown>(speakers)
const metrics = new Set<unknown>(surveyMetrics)
