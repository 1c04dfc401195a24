import type { Candidate } from './spans.ts'
import { kind, type Units } from './units.ts'

/** An aspect and an opinion that may belong together; either may be absent, not both. */
export interface Pair {
  aspect: Candidate | null
  opinion: Candidate | null
}

/** What the features of a text's pairs share. */
export interface Setting {
  units: Units
  marks: Uint8Array
  domain: number
  /** How much a stretch of units praises, or (below 0) complains, to who knows no more than that; 0 where nothing is known. */
  moodOf: MoodOf
  /** {@link moodOf} of the whole text. */
  mood: number
  /** The clause of each unit, counted from 0; the mark that ends a clause is its last unit. */
  clause: Int32Array
  /** The first unit of each clause, and the unit after its last word. */
  clauseStart: number[]
  clauseEnd: number[]
  found: Candidate[]
}

export type MoodOf = (start: number, end: number) => number

export function settingOf(
  { units, marks, domain, moodOf }: Pick<Setting, 'units' | 'marks' | 'domain' | 'moodOf'>,
  found: Candidate[],
): Setting {
  const clause = new Int32Array(units.count)
  const clauseStart = [0]
  const clauseEnd: number[] = []
  for (let i = 0; i < units.count; i++) {
    clause[i] = clauseEnd.length
    const ends = units.kinds[i] === kind.stop || units.kinds[i] === kind.comma
    // A space between Chinese characters does what a comma does.
    const parts = i + 1 < units.count && units.spaced[i + 1] === 1 && units.kinds[i + 1] === kind.han
    if (!ends && !parts) continue
    clauseEnd.push(ends ? i : i + 1)
    clauseStart.push(i + 1)
  }
  clauseEnd.push(units.count)
  return { units, marks, domain, moodOf, mood: moodOf(0, units.count), clause, clauseStart, clauseEnd, found }
}

export const overlap = (a: Candidate, b: Candidate): boolean => a.start < b.end && b.start < a.end

/** The highest probability of a candidate that passes; 0 where none does. */
export function likeliest(found: Candidate[], passes: (other: Candidate) => boolean): number {
  let best = 0
  for (const other of found) if (other.probability > best && passes(other)) best = other.probability
  return best
}
