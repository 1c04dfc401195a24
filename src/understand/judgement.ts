import type { Clause, Token } from './clauses.ts'
import type { Aspect } from './packs.ts'

/** How the clause classifier sees a stretch of the text: the probability that it praises. Null without weights. */
export type ClauseJudge = ((start: number, end: number) => number) | null

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

/** The mood of each clause. Sarcasm looks beyond its clause. */
export function moodsOf(clauses: Clause[], classify: ClauseJudge, length: number): Mood[] {
  const moods = clauses.map(moodOf)
  markSarcasm(clauses, moods, classify, length)
  return moods
}

function moodOf(clause: Clause): Mood {
  const mood: Mood = { wish: false, regret: false, question: false, sarcastic: false }
  for (const { word } of clause.tokens) {
    if (word.wish) mood.wish = true
    if (word.regret) mood.regret = true
    if (word.question) mood.question = true
  }
  return mood
}

// A clause with no more than this beside the cue is a sneer by itself and colours the next.
const CUE_ALONE = 4

/** A cue of sarcasm turns the praise beside it, where the text as a whole does not praise. */
function markSarcasm(clauses: Clause[], moods: Mood[], classify: ClauseJudge, length: number): void {
  for (let i = 0; i < clauses.length; i++) {
    const cue = clauses[i]!.tokens.find((token) => token.word.sarcasm)
    if (!cue) continue
    if (classify ? classify(0, length) > 0.5 : cue.start > 0) continue
    moods[i]!.sarcastic = true
    const next = clauses[i + 1]
    if (next && clauses[i]!.end - clauses[i]!.start <= cue.end - cue.start + CUE_ALONE) moods[i + 1]!.sarcastic = true
  }
}

/** What a polarity is worth in a mood: a regret turns praise, a mere wish or promise takes it away. */
export function inMood(polarity: number, mood: Mood, next?: Mood): number {
  if (polarity <= 0) return polarity
  if (mood.regret || (mood.wish && next?.regret) || mood.sarcastic) return -1
  return mood.wish ? 0 : polarity
}

/** 好 and 不大 before another judging word grade it: 好难闻, 不大满意. */
export function gradesNext(tokens: Token[], index: number): boolean {
  const token = tokens[index]!
  const next = tokens[index + 1]
  if (next === undefined || next.start !== token.end) return false
  const grades = token.word.degree || (token.word.polarity === 0 && next.word.polarity !== 0)
  return grades && (next.judges || next.word.negator)
}

/** Whether a judging word keeps to its own aspect beside the name of this one: 房间很吵 is about noise. */
export const standsForAnother = ({ word }: Token, aspect: Aspect): boolean =>
  word.implies?.stands === true && word.implies !== aspect && !word.byAspect?.has(aspect.id)
