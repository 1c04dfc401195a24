import type { Clause, Token } from './clauses.ts'

/** How a clause is spoken, which decides what its judging words are worth. */
export interface Mood {
  wish: boolean
  regret: boolean
  question: boolean
  /** The writer means the opposite of the praise. */
  sarcastic: boolean
}

// How far, in UTF-16 units, a negator may stand before what it negates, degree words not counted.
const REACH_HAN = 3
const REACH_LATIN = 12
const MOST_STEPS = 6

/** What stands before a word and bears on it. */
export interface Before {
  negated: boolean
  lack: boolean
  excess: boolean
  /** Where the first of those words begins; the word's own start if there is none. */
  start: number
}

/** Looks back from `start` through degree words for negators. `index` is that of the first token at or after `start`. */
export function before(tokens: Token[], index: number, start: number, reach = REACH_HAN): Before {
  const result: Before = { negated: false, lack: false, excess: false, start }
  let at = start
  for (let i = index - 1, steps = 0; i >= 0 && steps < MOST_STEPS; i--, steps++) {
    const token = tokens[i]!
    const gap = at - token.end
    if (gap > (token.han ? reach : REACH_LATIN)) break
    const { word } = token
    if (word.negator) {
      result.negated = !result.negated
      if (word.lack) result.lack = true
    } else if (word.degree || (word.judges && word.polarity === 0 && gap === 0)) {
      if (gap <= 1 && word.excess) result.excess = true
    } else break
    if (gap <= 1 || word.negator) result.start = token.start
    at = token.start
  }
  return result
}

/**
 * The polarity of a judging token for an aspect (null: for the voice as a whole), −1, 0 or 1. Zero where the word is vague and
 * the aspect says nothing of it.
 */
export function polarityOf(token: Token, context: Before, aspect: string | null): number {
  const { word } = token
  const known = aspect === null ? undefined : word.byAspect?.get(aspect)
  const base = known ?? word.polarity
  if (context.lack) return -1
  if (base === 0) return context.excess && !context.negated && aspect !== null ? -1 : 0
  return context.negated ? -base : base
}

/** The mood of a clause, from its own words. Sarcasm needs more than one clause and is settled by the reader. */
export function moodOf(clause: Clause): Mood {
  const mood: Mood = { wish: false, regret: false, question: false, sarcastic: false }
  for (const { word } of clause.tokens) {
    if (word.wish) mood.wish = true
    if (word.regret) mood.regret = true
    if (word.question) mood.question = true
  }
  return mood
}
