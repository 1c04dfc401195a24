import { z } from 'zod'
import { emotion, estimate, intent, polarity, spamKind, urgency } from './basics.ts'

/** UTF-16 offsets in the text, end exclusive. */
const span = z.object({ start: z.number(), end: z.number() })
const quoted = span.extend({ text: z.string() })

export const mention = z.object({
  aspect: z.string(),
  term: z.string().nullable(),
  termAt: span.nullable(),
  opinion: z.string().nullable(),
  opinionAt: span.nullable(),
  polarity,
  scene: z.string().nullable(),
  sceneAt: span.nullable(),
  condition: quoted.nullable(),
  cause: quoted.nullable(),
  start: z.number(),
  end: z.number(),
  confidence: z.number(),
})
/** Whose reading counts for a voice: the fast reader's, the language model's, a person's. */
const readingOrigin = z.enum(['reader', 'model', 'person'])
const voiceRow = z.object({
  id: z.string(),
  /** With the id, the address of a voice: the local day on which it was said. */
  day: z.string(),
  origin: readingOrigin,
  kind: z.string(),
  source: z.string(),
  speaker: z.string(),
  text: z.string(),
  lang: z.string(),
  /** False where the reader does not know the language: kept, shown as unread. */
  read: z.boolean(),
  metric: z.string(),
  rating: z.number().nullable(),
  ratingMax: z.number(),
  at: z.number(),
  orderId: z.string(),
  productId: z.string(),
  merchantId: z.string(),
  category: z.string(),
  customerRef: z.string(),
  city: z.string(),
  sentiment: polarity,
  emotion,
  /** 0–1: how strongly the emotion is put. */
  emotionStrength: z.number(),
  urgency,
  /** What the writer wants, the most pressing first. */
  intents: z.array(intent),
  /** The words that say the opposite of what they mean. */
  sarcasm: span.nullable(),
  brands: z.array(span.extend({ id: z.string(), role: z.enum(['rival', 'brand']) })),
  spam: z.array(spamKind),
  /** Where the text speaks of a reward for a good review. */
  incentive: span.nullable(),
  /** The id of an earlier voice with nearly the same words. */
  copyOf: z.string().nullable(),
  /** From here on the text was too long to be read. */
  unreadFrom: z.number().nullable(),
  scenes: z.array(z.string()),
  mentions: z.array(mention),
  simulated: z.boolean(),
})
export type VoiceRow = z.infer<typeof voiceRow>

/** GET /voices: a page, with counts over the whole selection. */
export const voicePage = z.object({
  total: z.number(),
  customers: z.number(),
  sources: z.number(),
  voices: z.array(voiceRow),
  /** Pass as `cursor` for the next page; null on the last. */
  next: z.string().nullable(),
})
export type VoicePage = z.infer<typeof voicePage>

const facetCount = z.object({ key: z.string(), n: z.number() })
/** GET /voices/facets: how the selection divides. A facet ignores its own filter, so that its other values stay visible. */
export const voiceFacets = z.object({
  category: z.array(facetCount),
  kind: z.array(facetCount),
  sentiment: z.array(facetCount),
  aspect: z.array(facetCount),
  scene: z.array(facetCount),
  emotion: z.array(facetCount),
  intent: z.array(facetCount),
  urgency: z.array(facetCount),
  merchant: z.array(facetCount),
  city: z.array(facetCount),
  /** The reading rail: polarity of each aspect within the selection. */
  aspects: z.array(
    z.object({
      aspect: z.string(),
      n: z.number(),
      positive: z.number(),
      neutral: z.number(),
      negative: z.number(),
      negativeShare: estimate,
    }),
  ),
  scenes: z.array(z.object({ scene: z.string(), n: z.number(), negative: z.number(), negativeShare: estimate })),
})
export type VoiceFacets = z.infer<typeof voiceFacets>

/** GET /voices/{id}/reading: the reading that counts, whose it is, and every correction, the first first. */
export const correctedVoice = z.object({
  reading: z.object({
    lang: z.enum(['zh', 'en', 'other']),
    read: z.boolean(),
    sentiment: polarity,
    score: z.number(),
    emotion,
    scenes: z.array(z.string()),
    mentions: z.array(mention),
  }),
  origin: readingOrigin,
  history: z.array(
    z.object({
      id: z.string(),
      at: z.number(),
      actor: z.string(),
      /** As it was sent: which fields there are goes by its kind. */
      change: z.object({
        kind: z.enum(['confirm', 'sentiment', 'polarity', 'aspect', 'scene', 'drop', 'add', 'undo']),
        to: z.string().nullable().optional(),
        mention: z.object({ aspect: z.string(), start: z.number(), end: z.number() }).optional(),
        aspect: z.string().optional(),
        polarity: polarity.optional(),
        scene: z.string().nullable().optional(),
        start: z.number().optional(),
        end: z.number().optional(),
      }),
      undone: z.boolean(),
    }),
  ),
  /** What may be chosen: ids of the aspects and scenes of the voice's pack. */
  aspects: z.array(z.string()),
  scenes: z.array(z.string()),
})
export type CorrectedVoice = z.infer<typeof correctedVoice>
