import type { Clause, Token } from './clauses.ts'
import type { Aspect } from './packs.ts'
import { isHan } from './text.ts'

/** How the clause classifier sees a stretch of the text: the probability that it praises. Null without weights. */
export type ClauseJudge = ((start: number, end: number) => number) | null

/** How a clause is spoken, which decides what its judging words are worth. */
export interface Mood {
  wish: boolean
  /** What was thought before it turned out otherwise, if the next clause says so: 本来以为很卡. */
  expectation: boolean
  /** It turns out otherwise than was thought: 没想到这么流畅. */
  overturned: boolean
  regret: boolean
  question: boolean
  /** Which of two it is, is asked: 耐不耐用. */
  either: boolean
  /** It complains by its turn of speech, whatever of: 连个盒子都没, 打都打不开, 说好的. */
  complains: boolean
  /** A question that asserts the opposite: 这也叫保温？ */
  rhetorical: boolean
  /** A comparison in which the goods at hand lose: 比这个好. */
  inverse: boolean
  /** The writer means the opposite of the praise. */
  sarcastic: boolean
}

// How far, in UTF-16 units, a negator may stand before what it negates, degree words not counted.
const REACH_HAN = 3
const REACH_LATIN = 12
const MOST_STEPS = 6

/** What stands before a word and bears on it. */
export interface Before {
  /** An odd number of negators. */
  negated: boolean
  /** More than one: 不是不好. */
  twice: boolean
  lack: boolean
  excess: boolean
  /** Where the first of those words begins; the word's own start if there is none. */
  start: number
}

/** Looks back from `start` through degree words for negators. `index` is that of the first token at or after `start`. */
export function before(tokens: Token[], index: number, start: number, reach = REACH_HAN): Before {
  const result: Before = { negated: false, twice: false, lack: false, excess: false, start }
  let at = start
  for (let i = index - 1, steps = 0; i >= 0 && steps < MOST_STEPS; i--, steps++) {
    const token = tokens[i]!
    const gap = at - token.end
    if (gap > (token.han ? reach : REACH_LATIN)) break
    const { word } = token
    if (word.negator) {
      if (result.negated) result.twice = true
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

const OVERDONE =
  /^(?:是|都|也|还是?|确实|真的)?(?:有点儿?|稍微有点|略微?|有些|过于)(?!像|意思|想|东西|不同|区别|类似)\p{Script=Han}{1,4}(?=[\s\p{P}]*$)/u

/** 味道有点冲鼻: what stands behind 有点 is too much, even a word that no list has. `words` follow the name of an aspect to the clause's end; how many of them say so. */
export const overdone = (words: string): number => OVERDONE.exec(words)?.[0].length ?? 0

// 动不动 and 时不时 say often, 不得不 must.
const NO_QUESTION = new Set([...'动时了不'].map((sign) => sign.charCodeAt(0)))
const [NOT, HAVE_NOT] = ['不', '没'].map((sign) => sign.charCodeAt(0)) as [number, number]

/** 耐不耐用, 有没有味道: a word beside its denial asks which of the two it is. */
function offersBoth(units: Uint16Array, { start, end }: Clause): boolean {
  for (let i = start + 1; i + 1 < end; i++) {
    if (units[i] !== NOT && units[i] !== HAVE_NOT) continue
    const word = units[i - 1]!
    if (word === units[i + 1] && isHan(word) && !NO_QUESTION.has(word)) return true
  }
  return false
}

const [ALL, TOO] = ['都', '也'].map((sign) => sign.charCodeAt(0)) as [number, number]
// How far, in UTF-16 units, 都没 may stand behind 连.
const EVEN_REACH = 8

/** 打都打不开, 问也问不到; 连个盒子都没; 说好的. */
function complains(units: Uint16Array, { start, end, cues }: Clause): boolean {
  for (let i = start + 1; i + 2 < end; i++) {
    if (units[i] !== ALL && units[i] !== TOO) continue
    if (units[i - 1] === units[i + 1] && (units[i + 2] === NOT || units[i + 2] === HAVE_NOT)) return true
  }
  const even = cues.find(({ cue }) => cue === 'complains.even')
  return cues.some(
    ({ cue, start: from }) =>
      cue === 'complains.alone' ||
      (cue === 'complains.none' && even !== undefined && from > even.end && from - even.end <= EVEN_REACH),
  )
}

/** How a clause is spoken, by its own words; whether it is meant is seen later (`sarcasm.ts`). `units` are the folded text. */
export function moodOf(clause: Clause, units: Uint16Array): Mood {
  const either = offersBoth(units, clause)
  const mood: Mood = {
    wish: false,
    expectation: false,
    overturned: false,
    regret: false,
    question: either,
    either,
    complains: complains(units, clause),
    rhetorical: false,
    inverse: false,
    sarcastic: false,
  }
  for (const { word, start } of clause.tokens) {
    if (word.wish && !isCompared(clause, start)) mood.wish = true
    if (word.regret) mood.regret = true
    if (word.question) mood.question = true
  }
  for (const { cue } of clause.cues) {
    if (cue === 'rhetorical') mood.rhetorical = true
    if (cue === 'inverse') mood.inverse = true
    if (cue === 'intent.suggest') mood.wish = true
    if (cue === 'expectation.thought') mood.expectation = true
    if (cue === 'expectation.overturned') mood.overturned = true
    if (cue === 'rhetorical' || cue === 'exclaim' || cue === 'given') mood.question = false
  }
  return mood
}

/** 比之前买的好用 speaks of now; 之前买的很好用 of then, and so does 不如之前买的好用. */
const isCompared = ({ cues, tokens }: Clause, start: number): boolean =>
  cues.some(
    ({ cue, start: from, end }) =>
      cue === 'comparison.than' &&
      end <= start &&
      start - end <= 1 &&
      !tokens.some((token) => token.start === from && token.word.polarity < 0),
  )

/**
 * What a polarity is worth in a mood: a regret or a sneer turns praise, a mere wish or promise takes it away, and nothing is left
 * of what was only thought.
 */
export function inMood(polarity: number, mood: Mood, next?: Mood): number {
  if (mood.inverse) return polarity === 0 ? 0 : -polarity
  if (mood.expectation && next?.overturned) return 0
  if (polarity <= 0) return polarity
  if (mood.regret || (mood.wish && next?.regret) || mood.sarcastic || mood.rhetorical) return -1
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
