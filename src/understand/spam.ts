import type { SpamKind, Span } from '../core/reading.ts'
import type { CueFound } from './clauses.ts'
import { isDigit, isHan, isLatin } from './text.ts'

// A link, or a handle to write to beside a word of contact.
const LINK = /https?:\/\/|www\.|\b[a-z0-9-]{2,30}\.(?:com|cn|net|shop|top|xyz|cc)\b|[￥¥][a-z0-9]{8,12}[￥¥]/
const HANDLE = /[a-z][a-z0-9_-]{5,}|\d{6,}|\d{3}\*{4}\d{4}|(?:信|v|vx|q)[号:： ]{0,2}[a-z0-9][a-z0-9_-]{3,}/
// Beyond this a text has said enough not to be filling.
const LONG = 200
const LEAST_FILLED = 8

/** Why a text is worth little, in the order of `spamKinds`. Looks at no more than its first thousand units. */
export function spamOf(
  folded: () => string,
  units: Uint16Array,
  length: number,
  cues: readonly CueFound[],
): SpamKind[] {
  const found: SpamKind[] = []
  const has = (name: CueFound['cue']) => cues.some(({ cue }) => cue === name)
  const looked = Math.min(length, 1000)
  if (isAdvert(folded, has)) found.push('advert')
  if (has('spam.template')) found.push('template')
  const shape = shapeOf(units, looked)
  if ((has('spam.filler') && length <= LONG) || isFilled(shape)) found.push('filler')
  if (!found.includes('filler') && isMashed(units, looked, shape)) found.push('gibberish')
  return found
}

/** Where a reward for a good review is spoken of. */
export function incentiveOf(cues: readonly CueFound[]): Span | null {
  const cue = cues.find((one) => one.cue === 'spam.incentive')
  return cue ? { start: cue.start, end: cue.end } : null
}

function isAdvert(folded: () => string, has: (name: CueFound['cue']) => boolean): boolean {
  const advert = has('spam.advert')
  if (!advert && !has('spam.contact')) return false
  const text = folded().slice(0, 1000)
  return advert ? LINK.test(text) || HANDLE.test(text) || has('spam.contact') : LINK.test(text)
}

interface Shape {
  /** Signs that are neither space nor punctuation. */
  signs: number
  distinct: number
  /** How often the most frequent of them stands there. */
  most: number
  han: number
  latin: number
  digits: number
}

const counts = new Uint16Array(65_536)

function shapeOf(units: Uint16Array, length: number): Shape {
  const shape: Shape = { signs: 0, distinct: 0, most: 0, han: 0, latin: 0, digits: 0 }
  for (let i = 0; i < length; i++) {
    const code = units[i]!
    const [han, latin, digit] = [isHan(code), isLatin(code), isDigit(code)]
    if (han) shape.han++
    if (latin) shape.latin++
    if (digit) shape.digits++
    if (!han && !latin && !digit) continue
    shape.signs++
    const count = ++counts[code]!
    if (count === 1) shape.distinct++
    if (count > shape.most) shape.most = count
  }
  for (let i = 0; i < length; i++) counts[units[i]!] = 0
  return shape
}

/** 好好好好好好好好, 不错不错不错不错不错不错: the same few signs over and over. */
const isFilled = ({ signs, distinct, most, latin }: Shape): boolean =>
  latin * 2 < signs &&
  ((signs >= LEAST_FILLED && most >= signs * 0.6) || (signs >= 12 && distinct <= signs / 4 && distinct <= 8))

const VOWELS = new Set([...'aeiouy'].map((letter) => letter.charCodeAt(0)))
const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1234567890']

/** Letters without vowels or along a row of keys, digits alone, Latin and digits with nothing else. */
function isMashed(units: Uint16Array, length: number, { signs, han, latin, digits }: Shape): boolean {
  if (han > 0 || signs < 5) return false
  if (digits === signs) return signs >= 8
  // Names of models are short on vowels: RTX 4060.
  if (latin < 5 || (digits > 0 && latin < 8)) return false
  let words = 0
  let vowels = 0
  let rows = 0
  let repeats = 0
  for (let i = 0; i < length; i++) {
    if (!isLatin(units[i]!)) continue
    if (i === 0 || !isLatin(units[i - 1]!)) words++
    else {
      const pair = String.fromCharCode(units[i - 1]!, units[i]!)
      if (ROWS.some((row) => row.includes(pair))) rows++
      if (units[i] === units[i - 1]) repeats++
    }
    if (VOWELS.has(units[i]!)) vowels++
  }
  if (latin > 60 || words > 3) return repeats > latin * 0.8
  return vowels < latin * 0.12 || rows >= (latin - words) * 0.7 || repeats >= latin * 0.7
}
