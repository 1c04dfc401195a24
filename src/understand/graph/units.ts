import { foldText, isDigit, isHan, isLatin } from '../text.ts'

/** A text as the phrase miner sees it: clauses of units, a unit being a Chinese character or a Latin word (with its digits). Reused from call to call. */
export interface Units {
  length: number
  /** The hash of each unit. */
  codes: Int32Array
  /** Where each unit begins and ends in the text, in UTF-16 units. */
  starts: Int32Array
  ends: Int32Array
  /** The number of the clause that each unit stands in. */
  clauses: Int32Array
}

const room = (size: number): Units => ({
  length: 0,
  codes: new Int32Array(size),
  starts: new Int32Array(size),
  ends: new Int32Array(size),
  clauses: new Int32Array(size),
})

/** Longer texts are read as far as this: a phrase of a category does not hang on one text. */
const LONGEST_TEXT = 20_000

const units = room(LONGEST_TEXT)
const SPACE = 32

/** Takes a text apart. Whatever is neither a Chinese character nor a letter parts clauses, except one space between Latin words. */
export function unitsOf(text: string): Units {
  const length = Math.min(text.length, LONGEST_TEXT)
  const folded = foldText(length === text.length ? text : text.slice(0, length))
  let clause = 0
  let at = 0
  for (let i = 0; i < length; i++) {
    const code = folded[i]!
    const start = i
    let hash: number
    if (isHan(code)) hash = code
    else if (isLatin(code) || (isDigit(code) && endsInLetter(folded, i, length))) {
      hash = 7
      // A word may hold digits: mp3, 5g.
      while (i < length && (isLatin(folded[i]!) || isDigit(folded[i]!))) hash = Math.imul(hash, 31) + folded[i++]!
      i--
      hash = (hash | 0x20000) & 0x7fffffff
    } else {
      const joins = code === SPACE && at > 0 && isLatin(folded[i - 1] ?? 0) && isLatin(folded[i + 1] ?? 0)
      if (!joins) clause++
      if (isDigit(code)) while (i + 1 < length && isDigit(folded[i + 1]!)) i++
      continue
    }
    units.codes[at] = hash
    units.starts[at] = start
    units.ends[at] = i + 1
    units.clauses[at++] = clause
  }
  units.length = at
  return units
}

/** Whether a run of digits goes on in a letter. */
function endsInLetter(folded: Uint16Array, from: number, length: number): boolean {
  let at = from
  while (at < length && isDigit(folded[at]!)) at++
  return at < length && isLatin(folded[at]!)
}
