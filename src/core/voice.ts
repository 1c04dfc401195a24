import { z } from 'zod'
import { epochMs, facts, optionalId } from './fields.ts'
import { speakers } from './speaker.ts'

/** The kinds of text in which customers speak. */
export const voiceKinds = [
  'review',
  'follow_up_review',
  'chat',
  'call',
  'survey',
  'question',
  'return_reason',
  'complaint',
  'after_sale_form',
  'installation_feedback',
  'delivery_feedback',
  'search_term',
  'community_post',
  'social_mention',
  'app_review',
  'suggestion',
  'cancel_reason',
  'live_comment',
  'merchant_feedback',
  'mystery_note',
  'executive_note',
  'email',
] as const
export type VoiceKind = (typeof voiceKinds)[number]

/** Which survey question a score answers; empty for a rating that is not a survey answer. */
export const surveyMetrics = ['nps', 'csat', 'ces'] as const
type SurveyMetric = (typeof surveyMetrics)[number]

/** What a rating's scale is read from. */
interface Rated {
  metric?: SurveyMetric
  rating?: number
  ratingMin?: number
  ratingMax?: number
}

/** The scale of a rating: as given, else 0–10 for NPS, 1–5 for everything else. */
export function ratingScale(voice: Rated): { min: number; max: number } {
  const fallback = voice.metric === 'nps' ? { min: 0, max: 10 } : { min: 1, max: 5 }
  return { min: voice.ratingMin ?? fallback.min, max: voice.ratingMax ?? fallback.max }
}

function ratingFits(voice: Rated): boolean {
  const { min, max } = ratingScale(voice)
  return max > min && voice.rating! >= min && voice.rating! <= max
}

/**
 * One thing a customer said, in the form in which it enters by any door (`{"type":"voice", …}` in JSONL).
 * `at` is epoch milliseconds (ISO strings are converted at the door); `zone` is the zone of the local day.
 */
export const voiceInput = z
  .strictObject({
    id: optionalId,
    kind: z.enum(voiceKinds).default('review'),
    speaker: z.enum(speakers).default('customer'),
    text: z.string().max(20_000).default(''),
    lang: z.string().max(10).optional(),
    metric: z.enum(surveyMetrics).optional(),
    rating: z.number().finite().optional(),
    ratingMin: z.number().finite().optional(),
    ratingMax: z.number().finite().optional(),
    at: epochMs,
    zone: z.string().max(40).optional(),
    orderId: optionalId,
    productId: optionalId,
    merchantId: optionalId,
    category: z.string().max(80).optional(),
    customerRef: optionalId,
    conversation: optionalId,
    turn: z.number().int().nonnegative().optional(),
    city: z.string().max(80).optional(),
    channel: z.string().max(40).optional(),
    /** What else the source says of it, such as `verified`, `colour` or `appVersion`. */
    facts: facts.optional(),
    simulated: z.boolean().optional(),
  })
  .refine((voice) => voice.text.trim() !== '' || voice.rating !== undefined, {
    path: ['text'],
    message: 'a voice needs a text or a rating',
  })
  .refine((voice) => voice.rating === undefined || ratingFits(voice), {
    path: ['rating'],
    message: 'the rating lies outside its scale; give ratingMin and ratingMax (default 1 to 5, NPS 0 to 10)',
  })
export type VoiceInput = z.infer<typeof voiceInput>
