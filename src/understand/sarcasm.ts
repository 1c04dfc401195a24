import type { Span } from '../core/reading.ts'
import type { Clause, CueFound } from './clauses.ts'
import type { CueName } from './cues.ts'
import { before, type ClauseJudge, type Mood } from './judgement.ts'

// A clause with no more than this beside the sneer is a sneer by itself and colours the next.
const ALONE = 4
// An exclamation stands in a short clause.
const EXCLAMATION = 10
// What stands between scare quotes is short.
const QUOTED = 8
const QUOTES: ReadonlySet<string> = new Set(['“', '”', '"', '「', '『', '‘', '＂'])

/**
 * Marks the clauses that mean the opposite of their praise and returns the words that show it first, or null. Four ways: a sneer (呵呵)
 * where the text as a whole does not praise; an exclamation of praise right before a fault (厉害了，两天就坏); thanks for harm
 * (谢谢你们让我白等); praise behind 好一个 or between scare quotes.
 */
export function markSarcasm(
  text: string,
  clauses: readonly Clause[],
  moods: Mood[],
  classify: ClauseJudge,
): Span | null {
  let lean: number | null = null
  const whole = () => {
    lean ??= classify ? classify(0, text.length) : 0.5
    return lean
  }
  let shown: Span | null = null
  const mark = (index: number, span: Span) => {
    const mood = moods[index]
    if (mood) mood.sarcastic = true
    shown ??= { start: span.start, end: span.end }
  }
  for (let i = 0; i < clauses.length; i++) {
    const clause = clauses[i]!
    const next = clauses[i + 1]
    const sneer = clause.tokens.find((token) => token.word.sarcasm)
    if (sneer && (classify ? whole() <= 0.5 : sneer.start === 0 || isBitter(clause) || isBitter(next))) {
      mark(i, sneer)
      if (next && clause.end - clause.start <= sneer.end - sneer.start + ALONE) mark(i + 1, sneer)
    }
    const exclaimed = mocks(clause, next, whole)
    if (exclaimed) mark(i, exclaimed)
    const opener = cueOf(clause, 'sarcasm.openers')
    if (opener) {
      mark(i, opener)
      if (opener.end >= clause.end - 1) mark(i + 1, opener)
    }
    if (
      isScareQuoted(text, clause) &&
      praises(clause) &&
      (whole() < 0.4 || [-1, 1, 2].some((near) => isBitter(clauses[i + near])))
    )
      mark(i, { start: clause.start, end: clause.end - 1 })
  }
  return shown
}

/** The exclamation or the thanks that the clause's end or the next clause belies, or null. */
function mocks(clause: Clause, next: Clause | undefined, whole: () => number): CueFound | null {
  const thanks = cueOf(clause, 'sarcasm.thanks')
  if (thanks) return isBitter(clause) || isBitter(next) ? thanks : null
  const short = clause.end - clause.start <= EXCLAMATION
  const follows = next !== undefined && !next.contrast && !next.tokens.some(({ word }) => word.excess)
  const exclaim = cueOf(clause, 'sarcasm.exclaims')
  if (exclaim && ((short && follows && isBitter(next)) || isBitter(clause, exclaim.end))) return exclaim
  const praise = cueOf(clause, 'sarcasm.praises')
  if (!praise || !short || !follows || clause.marks.length > 0) return null
  return isBitter(next) && next.cues.some(({ cue }) => cue.startsWith('condition.')) && whole() <= 0.5 ? praise : null
}

const cueOf = (clause: Clause, name: CueName): CueFound | undefined => clause.cues.find(({ cue }) => cue === name)

/** Whether a clause tells of a bad experience, from a place on: a fault or a word of one that is not denied. */
function isBitter(clause: Clause | undefined, from = 0): boolean {
  if (!clause) return false
  const { tokens } = clause
  const denied = (start: number) => {
    const index = tokens.findIndex((token) => token.start >= start)
    return before(tokens, index < 0 ? tokens.length : index, start, 2).negated
  }
  return (
    clause.marks.some(({ kind, start }) => kind === 'fault' && start >= from && !denied(start)) ||
    clause.cues.some(({ cue, start }) => cue === 'sarcasm.bitter' && start >= from && !denied(start)) ||
    tokens.some(({ judges, word, start }) => judges && word.polarity < 0 && start >= from && !denied(start))
  )
}

const praises = (clause: Clause): boolean =>
  clause.tokens.some(({ judges, word }) => judges && word.polarity > 0) ||
  clause.marks.some(({ kind }) => kind === 'praise')

const isScareQuoted = (text: string, { start, end }: Clause): boolean =>
  end - start <= QUOTED && QUOTES.has(text[start - 1] ?? '') && QUOTES.has(text[end - 1] ?? '')
