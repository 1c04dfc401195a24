import type { Mention } from '../../core/reading.ts'

/** A voice as the graph and the topics are grown from it. Copied texts are given once. */
export interface Told {
  id: string
  text: string
  mentions: readonly Pick<Mention, 'aspect' | 'term' | 'opinion' | 'polarity' | 'scene' | 'start' | 'end'>[]
  /** Whether the outcome from outside the reader was bad (a low rating); null where there is none. */
  low: boolean | null
  /** Whether the order came back; null where the voice names no order whose fate is known. */
  returned: boolean | null
  /** Whether the reader takes the voice as a whole for negative. Never used as an outcome. */
  negative: boolean
}

/** Where a phrase stands in a voice, in UTF-16 units, end exclusive. */
export interface Example {
  voiceId: string
  text: string
  start: number
  end: number
}
