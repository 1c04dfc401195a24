import { foldText, isDigit, isHan, isLatin } from '../../text.ts'

/**
 * A text cut into units: a Chinese character or a sign is one, a run of Latin letters is one, a run of digits is one, spaces
 * are none. Offsets are UTF-16 units.
 */
export interface Units {
  count: number
  starts: Int32Array
  ends: Int32Array
  /** What the unit is: its folded code, or the hash of its letters. Runs of digits are all alike. */
  ids: Int32Array
  /** One of {@link kind}. */
  kinds: Uint8Array
  /** Hash of the last three letters of a Latin unit, else 0. */
  endings: Int32Array
  /** 1 where a space stands before the unit. */
  spaced: Uint8Array
}

export const kind = { edge: 0, han: 1, latin: 2, digit: 3, stop: 4, comma: 5, mark: 6, other: 7 } as const

const APOSTROPHE = 39
const stops = new Set([...'。！？!?；;…\n'].map((sign) => sign.charCodeAt(0)))
const commas = new Set([...'，,、：:~～'].map((sign) => sign.charCodeAt(0)))

function kindOf(code: number): number {
  if (isHan(code)) return kind.han
  if (isLatin(code)) return kind.latin
  if (isDigit(code)) return kind.digit
  if (stops.has(code)) return kind.stop
  if (commas.has(code)) return kind.comma
  if (code < 0x2100 || (code >= 0x3000 && code < 0x3040)) return kind.mark
  return kind.other
}

/** Kinds by code, worked out once. */
const kinds = new Uint8Array(65_536)
for (let code = 0; code < 65_536; code++) kinds[code] = kindOf(code)

const isSpace = (code: number): boolean => code === 32 || code === 9 || code === 13 || code === 10

export function newUnits(size: number): Units {
  return {
    count: 0,
    starts: new Int32Array(size),
    ends: new Int32Array(size),
    ids: new Int32Array(size),
    kinds: new Uint8Array(size),
    endings: new Int32Array(size),
    spaced: new Uint8Array(size),
  }
}

/** Cuts a text. `into` is reused where it is large enough. */
export function cutUnits(text: string, into: Units = newUnits(text.length)): Units {
  const units = into.starts.length >= text.length ? into : newUnits(text.length * 2)
  const codes = foldText(text)
  let count = 0
  let spaced = 0
  for (let i = 0; i < text.length; ) {
    const code = codes[i]!
    if (isSpace(code)) {
      spaced = 1
      i++
      continue
    }
    const sort = kinds[code]!
    const start = i
    let id = code
    let ending = 0
    i++
    if (sort === kind.latin) {
      while (i < text.length && (kinds[codes[i]!] === kind.latin || codes[i] === APOSTROPHE)) {
        id = Math.imul(id, 0x01000193) ^ codes[i]!
        i++
      }
      id |= 0x40000000
      for (let k = Math.max(start, i - 3); k < i; k++) ending = Math.imul(ending, 0x01000193) ^ codes[k]!
    } else if (sort === kind.digit) {
      while (i < text.length && kinds[codes[i]!] === kind.digit) i++
      id = 48
    } else if (code >= 0xd800 && code < 0xdc00 && i < text.length) {
      id = Math.imul(code, 0x01000193) ^ codes[i]!
      i++
    }
    units.starts[count] = start
    units.ends[count] = i
    units.ids[count] = id
    units.kinds[count] = sort
    units.endings[count] = ending
    units.spaced[count] = spaced
    spaced = 0
    count++
  }
  units.count = count
  return units
}
