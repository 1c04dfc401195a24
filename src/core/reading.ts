/** What the language engine makes of one voice. All places are UTF-16 offsets in the stored (masked) text, ends exclusive. */

export const polarities = ['positive', 'negative', 'neutral', 'mixed'] as const
export type Polarity = (typeof polarities)[number]

export const emotions = ['none', 'happy', 'angry', 'sad', 'fear', 'surprise'] as const
export type Emotion = (typeof emotions)[number]

/** `now`: somebody may come to harm, or it must be today; `soon`: it is waited for. */
export const urgencies = ['none', 'soon', 'now'] as const
export type Urgency = (typeof urgencies)[number]

/** What the writer wants, in the order in which it asks for an answer. */
export const intents = [
  'threaten_to_report',
  'threaten_to_leave',
  'return',
  'complain',
  'ask',
  'suggest',
  'praise',
] as const
export type Intent = (typeof intents)[number]

/** Why a text is worth little as a voice: it sells something, a machine wrote it, it fills a quota, it is no language. */
export const spamKinds = ['advert', 'template', 'filler', 'gibberish'] as const
export type SpamKind = (typeof spamKinds)[number]

export interface Span {
  start: number
  end: number
}

/** Words of the text with their place. */
export interface Quoted extends Span {
  text: string
}

/** One aspect in a voice. `start` and `end` are the evidence: the shortest stretch that holds term and opinion. */
export interface Mention extends Span {
  /** The aspect's id in its pack, such as `noise`. */
  aspect: string
  /** The words that named the aspect, or null when it is implied. */
  term: string | null
  /** Where the term stands; null without one. */
  termAt: Span | null
  /** The words that judged it, with their negation and degree, or null. */
  opinion: string | null
  opinionAt: Span | null
  polarity: Polarity
  /** The usage scene's id in its pack, such as `sleep`, or null. */
  scene: string | null
  /** The words that set the scene: 晚上睡觉. */
  sceneAt: Span | null
  /** Under what condition it was so: 用了两天 (就漏水), 一开机 (就响). */
  condition: Quoted | null
  /** What the writer gives as the cause: (因为)盒子太薄. */
  cause: Quoted | null
  /** 0–1: how sure the engine is of aspect and polarity together. */
  confidence: number
}

/** A brand that the text names. `rival`: set beside the goods at hand, or turned to; else just `brand`, since whose shop it is cannot be known. */
export interface BrandNamed extends Span {
  /** The brand's id in `packs/brands.json`. */
  id: string
  role: 'rival' | 'brand'
}

export interface Reading {
  lang: 'zh' | 'en' | 'other'
  /** False where the engine does not know the language (or there is no text): nothing below is then a guess, it is empty. Spam is marked all the same. */
  read: boolean
  sentiment: Polarity
  /** −1 (negative) to 1 (positive). */
  score: number
  emotion: Emotion
  /** 0–1: how strongly the emotion is put; 0 where there is none. */
  emotionStrength: number
  urgency: Urgency
  /** In the order of `intents`; empty where nothing is wanted. */
  intents: Intent[]
  /** The words that say the opposite of what they mean, or null. */
  sarcasm: Span | null
  brands: BrandNamed[]
  spam: SpamKind[]
  /** Where the text speaks of a reward for a good review (好评返现), or null. */
  incentive: Span | null
  /** The id of an earlier voice of the same batch with nearly the same words, or null. Set by who reads batches, not by the reader. */
  copyOf: string | null
  scenes: string[]
  mentions: Mention[]
  /** From here on the text was too long to be read; null where all of it was. */
  unreadFrom: number | null
}

/** A reading that says nothing: no words, not the customer's words, or a language that the engine does not know. */
export const emptyReading = (lang: Reading['lang'] = 'other'): Reading => ({
  lang,
  read: false,
  sentiment: 'neutral',
  score: 0,
  emotion: 'none',
  emotionStrength: 0,
  urgency: 'none',
  intents: [],
  sarcasm: null,
  brands: [],
  spam: [],
  incentive: null,
  copyOf: null,
  scenes: [],
  mentions: [],
  unreadFrom: null,
})

/** What the engine needs to know of a voice. */
export interface Readable {
  text: string
  category?: string
  kind?: string
}
