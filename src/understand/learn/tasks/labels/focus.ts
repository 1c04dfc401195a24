import { foldText, isDigit, isHan, isLatin } from '../../../text.ts'
import type { ClassReader } from '../../linear/class-reader.ts'
import { type GramShape, hashGrams } from '../../linear/grams.ts'

/** A stretch of a text in UTF-16 units. */
export interface Stretch {
  start: number
  end: number
}

const MOST_CLAUSES = 60
const SHORTEST = 2

/** The text between marks of pause and spaces; the whole text where there is nothing else. */
export function clausesOf(text: string): Stretch[] {
  const units = foldText(text)
  const found: Stretch[] = []
  let start = 0
  for (let i = 0; i <= text.length && found.length < MOST_CLAUSES; i++) {
    const code = units[i] ?? 0
    if (i < text.length && (isHan(code) || isLatin(code) || isDigit(code) || JOINS.has(code))) continue
    if (i - start >= SHORTEST) found.push({ start, end: i })
    start = i + 1
  }
  return found.length > 0 ? found : [{ start: 0, end: text.length }]
}

// An apostrophe, a stop within a number, a hyphen, a per-cent sign.
const JOINS = new Set([39, 46, 45, 37])

/** Of each topic: the clause that speaks of it most clearly to a reader of topics. */
export function focusOf(
  text: string,
  topics: ClassReader,
  shape: GramShape,
  hashes: Uint32Array,
  count: number,
): Stretch[] {
  const units = foldText(text)
  const p = new Float64Array(count)
  const most = new Float64Array(count).fill(-1)
  const focus: Stretch[] = new Array(count)
  const clauses = clausesOf(text)
  for (const clause of clauses) {
    topics.read(hashes, hashGrams(units, clause.start, clause.end, shape, hashes), new Float64Array(0), p)
    for (let s = 0; s < count; s++) {
      if (p[s]! <= most[s]!) continue
      most[s] = p[s]!
      focus[s] = clause
    }
  }
  return focus
}
