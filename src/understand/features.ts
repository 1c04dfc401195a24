import { isDigit, isHan, isLatin } from './text.ts'

/**
 * Hashed n-grams (1 to 3) over units: a Chinese character, an emoji or another sign is a unit, a run of Latin letters is one,
 * a run of digits is one. Signs of punctuation other than ! and ? are left out. The 32-bit hashes are written to `out`; the
 * count is returned. Texts beyond `out`'s size are read as far as it goes.
 */
export function hashNgrams(units: Uint16Array, start: number, end: number, out: Uint32Array): number {
  let count = 0
  let previous = 0
  let beforePrevious = 0
  for (let i = start; i < end && count + 3 <= out.length; i++) {
    const code = units[i]!
    let unit = 0
    if (isHan(code)) unit = code
    else if (isLatin(code)) {
      unit = 7
      for (; i < end && (isLatin(units[i]!) || units[i] === APOSTROPHE); i++) unit = Math.imul(unit, 31) + units[i]!
      i--
    } else if (isDigit(code)) {
      while (i + 1 < end && isDigit(units[i + 1]!)) i++
      unit = 48
    } else if (code === 33 || code === 63 || code > 0x2100) unit = code
    else continue
    out[count++] = mix(unit)
    if (previous !== 0) out[count++] = mix(Math.imul(previous, 0x01000193) ^ unit ^ 0x2545f491)
    if (beforePrevious !== 0) {
      out[count++] = mix(Math.imul(Math.imul(beforePrevious, 0x01000193) ^ previous, 0x01000193) ^ unit ^ 0x5851f42d)
    }
    beforePrevious = previous
    previous = unit
  }
  return count
}

const APOSTROPHE = 39

function mix(value: number): number {
  let h = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
