import { isDigit, isHan, isLatin } from '../../text.ts'

/** Which n-grams a text is read as. */
export interface GramShape {
  /** Longest n-gram over units: a character, a run of Latin letters, a run of digits, a sign. */
  order: number
  /** Longest n-gram of letters within a Latin word, its two ends marked; 0 for none. The shortest has 3. */
  letters: number
  /** How far apart two Latin words may stand to count as a pair in either order; 0 for none. */
  reach: number
}

const LONGEST = 20_000
const tokens = new Uint32Array(LONGEST)
const APOSTROPHE = 39
const BREAK = 0x2c
// Tokens from here on are Latin words: below are single UTF-16 units.
const LATIN = 0x10000

/**
 * The 32-bit hashes of a folded text's n-grams, repetitions included, written to `out`; the count is returned. A text beyond
 * the room is read as far as it goes. Commas, stops and other marks of a pause count as one and the same unit, spaces as none.
 */
export function hashGrams(units: Uint16Array, start: number, end: number, shape: GramShape, out: Uint32Array): number {
  let count = 0
  let n = 0
  for (let i = start; i < end && n < LONGEST; i++) {
    const code = units[i]!
    if (isHan(code)) tokens[n++] = code
    else if (isLatin(code)) {
      const from = i
      let word = 7
      for (; i < end && (isLatin(units[i]!) || units[i] === APOSTROPHE); i++) word = Math.imul(word, 31) + units[i]!
      if (shape.letters > 0) count = hashLetters(units, from, i, shape.letters, out, count)
      i--
      tokens[n++] = word >>> 0 < LATIN ? word + LATIN : word
    } else if (isDigit(code)) {
      while (i + 1 < end && isDigit(units[i + 1]!)) i++
      tokens[n++] = 48
    } else if (code === 33 || code === 63 || code > 0x2100) {
      tokens[n++] = code > 0x3000 && code < 0x3020 ? BREAK : code
    } else if (code > 32 && n > 0 && tokens[n - 1] !== BREAK) tokens[n++] = BREAK
  }
  if (shape.reach > 0) count = hashPairs(n, shape.reach, out, count)
  const { order } = shape
  for (let i = 0; i < n; i++) {
    let hash = 0x811c9dc5
    const last = Math.min(n, i + order)
    for (let j = i; j < last; j++) {
      if (count === out.length) return count
      hash = Math.imul(hash ^ tokens[j]!, 0x01000193) + 0x2545f491
      out[count++] = mixHash(hash)
    }
  }
  return count
}

function hashLetters(
  units: Uint16Array,
  start: number,
  end: number,
  longest: number,
  out: Uint32Array,
  count: number,
): number {
  for (let i = start - 1; i + 2 <= end; i++) {
    let hash = 0x5851f42d
    const last = Math.min(end, i + longest - 1)
    for (let j = i; j <= last; j++) {
      hash = Math.imul(hash ^ (j < start || j === end ? 94 : units[j]!), 0x01000193) + 0x1f83d9ab
      if (j - i < 2) continue
      if (count === out.length) return count
      out[count++] = mixHash(hash)
    }
  }
  return count
}

function hashPairs(n: number, reach: number, out: Uint32Array, count: number): number {
  for (let i = 0; i < n; i++) {
    if (tokens[i]! < LATIN) continue
    const last = Math.min(n - 1, i + reach)
    for (let j = i + 2; j <= last; j++) {
      if (tokens[j]! < LATIN) continue
      if (count === out.length) return count
      const low = Math.min(tokens[i]!, tokens[j]!)
      out[count++] = mixHash(Math.imul(low, 0x01000193) ^ (tokens[i]! + tokens[j]! - low) ^ 0x68e31da4)
    }
  }
  return count
}

const BLOCK_BITS = 2
export const MOST_BLOCKS = 2 ** BLOCK_BITS

/** The block that a hash was put into by {@link putInBlock}; always 0 where there is but one block. */
export const blockOf = (hash: number, blocks: number): number => (blocks === 1 ? 0 : hash >>> (32 - BLOCK_BITS))

/** Puts the hashes from `from` to `to` into a block, 0 to 3, named by their highest bits. Returns `to`. */
export function putInBlock(out: Uint32Array, from: number, to: number, block: number): number {
  for (let k = from; k < to; k++) out[k] = ((out[k]! >>> BLOCK_BITS) | (block << (32 - BLOCK_BITS))) >>> 0
  return to
}

/** Spreads a 32-bit number over all its bits (the finaliser of MurmurHash3). */
export function mixHash(value: number): number {
  let h = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
