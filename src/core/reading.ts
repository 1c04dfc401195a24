/** What the language engine makes of one voice. */

export const polarities = ['positive', 'negative', 'neutral', 'mixed'] as const
export type Polarity = (typeof polarities)[number]

export const emotions = ['none', 'happy', 'angry', 'sad', 'fear', 'surprise'] as const
export type Emotion = (typeof emotions)[number]

/** One aspect in a voice. `start` and `end` are UTF-16 offsets of the evidence span in the stored (masked) text, end exclusive. */
export interface Mention {
  /** The aspect's id in its pack, such as `noise`. */
  aspect: string
  /** The words that named the aspect, or null when it is implied. */
  term: string | null
  /** The words that judged it, or null. */
  opinion: string | null
  polarity: Polarity
  /** The usage scene's id in its pack, such as `sleep`, or null. */
  scene: string | null
  start: number
  end: number
  /** 0–1: how sure the engine is of aspect and polarity together. */
  confidence: number
}

export interface Reading {
  lang: 'zh' | 'en' | 'other'
  /** False where the engine does not know the language (or there is no text): nothing below is then a guess, it is empty. */
  read: boolean
  sentiment: Polarity
  /** −1 (negative) to 1 (positive). */
  score: number
  emotion: Emotion
  scenes: string[]
  mentions: Mention[]
}

/** What the engine needs to know of a voice. */
export interface Readable {
  text: string
  category?: string
  kind?: string
}
