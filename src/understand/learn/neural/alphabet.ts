import { foldText } from '../../text.ts'

/** What stands before the first and after the last character. */
const EDGE = 0
const UNKNOWN = 0
const BOUNDARY = 1
const FIRST = 2

/** A text as the encoder takes it: one id a UTF-16 unit, and one a gap between neighbours (before the first and after the last too; −1: none). */
export interface Encoded {
  chars: Int32Array
  /** length + 1: bigrams[i] is of the characters i − 1 and i. */
  bigrams: Int32Array
}

/** The characters and pairs of neighbours an encoder knows, the frequent ones first. */
export class Alphabet {
  /** Folded UTF-16 units; the id is the place + 2 (0 is unknown, 1 the boundary). */
  readonly units: Uint16Array
  /** Pairs as first · 65536 + second; the id is the place. */
  readonly pairs: Uint32Array
  #ids = new Int32Array(65_536)
  #pairIds = new Map<number, number>()

  constructor(units: Uint16Array, pairs: Uint32Array) {
    this.units = units
    this.pairs = pairs
    for (const [i, unit] of units.entries()) this.#ids[unit] = i + FIRST
    for (const [i, pair] of pairs.entries()) this.#pairIds.set(pair, i)
  }

  get size(): number {
    return this.units.length + FIRST
  }

  static readonly unknown = UNKNOWN
  static readonly boundary = BOUNDARY

  /** The alphabet of an encoder that is taught on these texts. */
  static forEncoder = (texts: Iterable<string>): Alphabet => Alphabet.of(texts, 3, 8, 40_000)

  /** Those seen at least so often in the texts; at most `pairsAtMost` pairs. */
  static of(texts: Iterable<string>, charsSeen: number, pairsSeen: number, pairsAtMost: number): Alphabet {
    const counts = new Float64Array(65_536)
    const pairs = new Map<number, number>()
    for (const text of texts) {
      const units = foldText(text)
      let before = EDGE
      for (let i = 0; i <= text.length; i++) {
        const unit = i < text.length ? units[i]! : EDGE
        if (i < text.length) counts[unit]!++
        const pair = before * 65_536 + unit
        pairs.set(pair, (pairs.get(pair) ?? 0) + 1)
        before = unit
      }
    }
    const units = [...counts.keys()].filter((unit) => unit > 0 && counts[unit]! >= charsSeen)
    units.sort((a, b) => counts[b]! - counts[a]! || a - b)
    const frequent = [...pairs].filter(([, n]) => n >= pairsSeen)
    frequent.sort((a, b) => b[1] - a[1] || a[0] - b[0])
    const kept = frequent.slice(0, pairsAtMost).map(([pair]) => pair)
    return new Alphabet(Uint16Array.from(units), Uint32Array.from(kept))
  }

  /** The units from `start` to `end` (UTF-16) of a text. */
  encode(text: string, start = 0, end = text.length): Encoded {
    const units = foldText(text)
    const chars = new Int32Array(end - start)
    const bigrams = new Int32Array(end - start + 1)
    let before = start > 0 ? units[start - 1]! : EDGE
    for (let i = start; i <= end; i++) {
      const unit = i < text.length ? units[i]! : EDGE
      if (i < end) chars[i - start] = this.#ids[unit]!
      bigrams[i - start] = this.#pairIds.get(before * 65_536 + unit) ?? -1
      before = unit
    }
    return { chars, bigrams }
  }
}
