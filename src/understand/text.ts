import { TRADITIONAL } from './traditional.ts'

/**
 * Texts are compared in a folded form that keeps every UTF-16 unit in its place: lower case, half width, simplified
 * characters for traditional ones. So an offset into the folded text is an offset into the text.
 */

const fold = new Uint16Array(65_536)
for (let code = 0; code < 65_536; code++) fold[code] = code
for (let code = 65; code <= 90; code++) fold[code] = code + 32
for (let code = 0xff01; code <= 0xff5e; code++) fold[code] = fold[code - 0xfee0]!
fold[0x3000] = fold[0xa0] = 32
fold[0x2019] = 39
for (let i = 0; i + 1 < TRADITIONAL.length; i += 2) fold[TRADITIONAL.charCodeAt(i)] = TRADITIONAL.charCodeAt(i + 1)

let buffer = new Uint16Array(4096)

/** The folded units of a text. The array is reused: it is valid until the next call and may be longer than the text. */
export function foldText(text: string): Uint16Array {
  if (buffer.length < text.length) buffer = new Uint16Array(text.length * 2)
  for (let i = 0; i < text.length; i++) buffer[i] = fold[text.charCodeAt(i)]!
  return buffer
}

/** Folded units as a string, unit by unit. */
export const textOf = (units: Uint16Array, length: number): string =>
  Buffer.from(units.buffer, units.byteOffset, length * 2).toString('utf16le')

/** The folded form of a word of a pack or of the lexicon. */
export function foldWord(word: string): string {
  let at = 0
  while (at < word.length && fold[word.charCodeAt(at)] === word.charCodeAt(at)) at++
  if (at === word.length) return word
  return textOf(foldText(word), word.length)
}

export const isHan = (code: number): boolean => code >= 0x4e00 && code <= 0x9fff
export const isDigit = (code: number): boolean => code >= 48 && code <= 57
/** Latin letters of the folded text, those with accents too. */
export const isLatin = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 0xc0 && code <= 0x24f && code !== 0xd7 && code !== 0xf7)
