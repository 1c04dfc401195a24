/**
 * Counts of unit sequences in bounded memory. First everything goes into a sketch of saturating counters that never counts too
 * little; then only what the sketch holds for frequent enough gets a place in a table with its true count.
 */

const SKETCH_BITS = 22
const MOST = 65_535

export class Sketch {
  readonly #counters = new Uint16Array(2 ** SKETCH_BITS)

  add(hash: number): void {
    const at = hash >>> (32 - SKETCH_BITS)
    if (this.#counters[at]! < MOST) this.#counters[at]!++
  }

  /** At least as often as the sequence was added. */
  count(hash: number): number {
    return this.#counters[hash >>> (32 - SKETCH_BITS)]!
  }
}

/** Sequences with their counts; each is known by its number, and by where it was met first. */
export class Table {
  readonly capacity: number
  size = 0
  readonly counts: Uint32Array
  readonly texts: Uint32Array
  readonly lengths: Uint8Array
  /** Its units, in `stride` places each. */
  readonly codes: Int32Array
  readonly stride: number
  /** The text in which it was met first, and the unit of that text at which it begins. */
  readonly firstText: Int32Array
  readonly firstUnit: Int32Array
  readonly #lastText: Int32Array
  readonly #high: Int32Array
  readonly #low: Int32Array
  readonly #slots: Int32Array

  constructor(capacity: number, stride: number) {
    this.capacity = capacity
    this.stride = stride
    this.codes = new Int32Array(capacity * stride)
    this.counts = new Uint32Array(capacity)
    this.texts = new Uint32Array(capacity)
    this.lengths = new Uint8Array(capacity)
    this.firstText = new Int32Array(capacity)
    this.firstUnit = new Int32Array(capacity)
    this.#lastText = new Int32Array(capacity).fill(-1)
    this.#high = new Int32Array(capacity)
    this.#low = new Int32Array(capacity)
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(capacity * 2))).fill(-1)
  }

  /** The number of a sequence, or −1. */
  find(high: number, low: number): number {
    const mask = this.#slots.length - 1
    for (let slot = (high ^ (low >>> 7)) & mask; ; slot = (slot + 1) & mask) {
      const id = this.#slots[slot]!
      if (id === -1 || (this.#high[id] === (high | 0) && this.#low[id] === (low | 0))) return id
    }
  }

  /** Counts one occurrence. False where the sequence is new and the table is full. */
  count({ high, low }: Rolling, codes: Int32Array, length: number, text: number, unit: number): boolean {
    let id = this.find(high, low)
    if (id === -1) {
      if (this.size === this.capacity) return false
      id = this.size++
      this.#insert(id, high, low)
      this.lengths[id] = length
      for (let i = 0; i < length; i++) this.codes[id * this.stride + i] = codes[unit + i]!
      this.firstText[id] = text
      this.firstUnit[id] = unit
    }
    this.counts[id]!++
    if (this.#lastText[id] !== text) {
      this.#lastText[id] = text
      this.texts[id]!++
    }
    return true
  }

  codesOf(id: number): Int32Array {
    return this.codes.subarray(id * this.stride, id * this.stride + this.lengths[id]!)
  }

  #insert(id: number, high: number, low: number): void {
    this.#high[id] = high
    this.#low[id] = low
    const mask = this.#slots.length - 1
    let slot = (high ^ (low >>> 7)) & mask
    while (this.#slots[slot] !== -1) slot = (slot + 1) & mask
    this.#slots[slot] = id
  }
}

/** Two independent 32-bit hashes of a sequence, grown unit by unit. */
export class Rolling {
  high = 0
  low = 0

  restart(): void {
    this.high = 0x2545f491
    this.low = 0x9e3779b1 | 0
  }

  push(unit: number): void {
    this.high = scramble(Math.imul(this.high, 0x01000193) ^ unit)
    this.low = scramble(Math.imul(this.low, 0x5bd1e995) + unit + 0x51ed27)
  }
}

function scramble(value: number): number {
  let h = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}
