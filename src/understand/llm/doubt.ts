import type { Reading } from '../../core/reading.ts'

/** From this confidence on, a mention of the fast reader stands whatever a model says. */
export const SURE = 0.8
/** From this doubt on, the sentiment of the fast reader may be settled by a model. */
export const UNSETTLED = 0.5

// Where the reader turns from neutral to a side, and how far from there it is sure again.
const TURN = 0.2
const CLEAR = 0.5
// A text of this length with a strong view in which no aspect was found speaks of something that the pack does not know.
const LONG = 20
const STRONG = 0.5
const NOTHING_FOUND = 0.7
const MIXED = 0.5

/** 0 (certain) to 1: how unsure the fast reader is of the sentiment. */
export function sentimentDoubt({ sentiment, score }: Reading): number {
  const near = Math.max(0, 1 - Math.abs(Math.abs(score) - TURN) / CLEAR)
  return sentiment === 'mixed' ? Math.max(MIXED, near) : near
}

/**
 * 0 (certain) to 1: how unsure the fast reader is of a voice, by the least sure thing in it: the sentiment near its turning point, a
 * mention with little confidence, or a strong view of nothing that the pack knows. A voice that the reader does not read at all is not
 * unsure: 0.
 */
export function doubtOf(text: string, reading: Reading): number {
  if (!reading.read) return 0
  const mentions = reading.mentions.map(({ confidence }) => Math.min(1, 2 * (1 - confidence)))
  const nothing = reading.mentions.length === 0 && text.length >= LONG && Math.abs(reading.score) >= STRONG
  return Math.max(sentimentDoubt(reading), nothing ? NOTHING_FOUND : 0, ...mentions)
}
