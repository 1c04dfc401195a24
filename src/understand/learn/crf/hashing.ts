import type { Examples } from './heads.ts'
import type { Units } from './units.ts'

/** Spreads a value over 32 bits (the last steps of MurmurHash3). */
export function mix(value: number): number {
  let h = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

/** Joins two values; the order counts. */
export const hash2 = (a: number, b: number): number => Math.imul(a, 0x01000193) ^ b

/** A hash of the units from start to end; a stretch that runs over an edge of the text differs from the same within it. */
export function hashUnits(units: Units, start: number, end: number): number {
  let h = 17
  for (let i = Math.max(0, start); i < end && i < units.count; i++) h = hash2(h, units.ids[i]!)
  return start < 0 ? h ^ 0x55 : end > units.count ? h ^ 0xaa : h
}

/** Adds features to the example under way: `next` gives each call a place of its own, `put` shares one among all with a salt. */
export class FeatureSink {
  readonly #out: Examples
  readonly #shift: number
  #place = 0

  constructor(out: Examples, bits: number) {
    this.#out = out
    this.#shift = 32 - bits
  }

  /** Begins a group of places. */
  group(salt: number): void {
    this.#place = Math.imul(salt, 0x2545f491)
  }

  next(value: number): void {
    this.#place = (this.#place + 0x3779b97b) | 0
    this.#out.add(mix(value ^ this.#place) >>> this.#shift)
  }

  put(value: number, salt: number): void {
    this.#out.add(mix(value ^ Math.imul(salt, 0x9e3779b1)) >>> this.#shift)
  }
}

/** Log-odds in half steps, from −15 to 15. */
export function logOdds(p: number): number {
  const q = Math.min(0.9995, Math.max(0.0005, p))
  return Math.round(Math.log(q / (1 - q)) * 2)
}

/** A distance in coarse steps, its sign kept. */
export function stepOf(distance: number): number {
  if (distance < 0) return -1 - stepOf(-distance)
  if (distance < 6) return distance
  return distance < 10 ? 6 : distance < 16 ? 7 : distance < 30 ? 8 : 9
}

export const within = (value: number, low: number, high: number): number => Math.max(low, Math.min(high, value))
