/** Hashes to consecutive numbers, by open addressing. A slot of 0 is free. */
export class Vocabulary {
  readonly hashes: Uint32Array
  readonly #slots: Int32Array
  readonly #mask: number

  /** `hashes` in the order of their numbers; each once. */
  constructor(hashes: Uint32Array) {
    this.hashes = hashes
    let size = 16
    while (size < hashes.length * 2) size *= 2
    this.#mask = size - 1
    this.#slots = new Int32Array(size)
    for (let id = 0; id < hashes.length; id++) {
      let at = hashes[id]! & this.#mask
      while (this.#slots[at] !== 0) at = (at + 1) & this.#mask
      this.#slots[at] = id + 1
    }
  }

  get size(): number {
    return this.hashes.length
  }

  /** The number of a hash, or −1. */
  find(hash: number): number {
    for (let at = hash & this.#mask; ; at = (at + 1) & this.#mask) {
      const id = this.#slots[at]! - 1
      if (id < 0 || this.hashes[id] === hash) return id
    }
  }
}

/** Lists of hashes, one list a text, in one array: text i has hashes[starts[i]] to hashes[starts[i + 1]]. */
export interface Hashed {
  hashes: Uint32Array
  starts: Uint32Array
}

/** Gathers what `read` writes into its scratch array for each of `count` texts; `read` returns how many it wrote. */
export function gather(count: number, read: (i: number, out: Uint32Array) => number, room = 100_000): Hashed {
  const starts = new Uint32Array(count + 1)
  const scratch = new Uint32Array(room)
  let hashes = new Uint32Array(1 << 20)
  let used = 0
  for (let i = 0; i < count; i++) {
    const n = read(i, scratch)
    if (used + n > hashes.length) {
      const larger = new Uint32Array(Math.max(hashes.length * 2, used + n))
      larger.set(hashes)
      hashes = larger
    }
    hashes.set(scratch.subarray(0, n), used)
    used += n
    starts[i + 1] = used
  }
  return { hashes: hashes.subarray(0, used), starts }
}

const COUNTER_BITS = 24

/**
 * The vocabulary of hashes that occur at least `least` times in the listed texts. Occurrences are counted in 2^24 cells, so that
 * a rare hash may slip in beside a frequent one; which do is fixed by the texts.
 */
export function vocabularyOf(hashed: Hashed, rows: Int32Array, least: number): Vocabulary {
  const counts = new Uint8Array(2 ** COUNTER_BITS)
  const shift = 32 - COUNTER_BITS
  for (const row of rows) {
    for (let k = hashed.starts[row]!; k < hashed.starts[row + 1]!; k++) {
      const cell = hashed.hashes[k]! >>> shift
      if (counts[cell]! < 255) counts[cell]!++
    }
  }
  let size = 1 << 16
  let table = new Uint32Array(size)
  let taken = new Uint8Array(size)
  let found: number[] | Uint32Array = new Uint32Array(size >> 1)
  let n = 0
  for (const row of rows) {
    for (let k = hashed.starts[row]!; k < hashed.starts[row + 1]!; k++) {
      const hash = hashed.hashes[k]!
      if (counts[hash >>> shift]! < least) continue
      let at = hash & (size - 1)
      while (taken[at] === 1 && table[at] !== hash) at = (at + 1) & (size - 1)
      if (taken[at] === 1) continue
      if (n === size >> 1) {
        size *= 2
        ;({ table, taken } = rehash(found as Uint32Array, size))
        const larger: Uint32Array = new Uint32Array(size >> 1)
        larger.set(found as Uint32Array)
        found = larger
        at = hash & (size - 1)
        while (taken[at] === 1) at = (at + 1) & (size - 1)
      }
      taken[at] = 1
      table[at] = hash
      found[n++] = hash
    }
  }
  return new Vocabulary((found as Uint32Array).slice(0, n))
}

function rehash(found: Uint32Array, size: number): { table: Uint32Array<ArrayBuffer>; taken: Uint8Array<ArrayBuffer> } {
  const table = new Uint32Array(size)
  const taken = new Uint8Array(size)
  for (const hash of found) {
    let at = hash & (size - 1)
    while (taken[at] === 1) at = (at + 1) & (size - 1)
    taken[at] = 1
    table[at] = hash
  }
  return { table, taken }
}
