import { isDigit, isLatin } from './text.ts'

/** One occurrence of a word: which word, and where (end exclusive). */
export type OnMatch = (word: number, start: number, end: number) => void

/**
 * A trie over folded words. `walk` reports every word that begins at a position, shortest first, at a cost that the length
 * of the longest word bounds; texts are never segmented. A `#` in a word stands for a number in figures or in Chinese (等了#天); words with
 * one are reported after those without. An adverb within a phrase is passed over (插头还发烫). Words that begin or end with a Latin letter match whole words only
 * (a plural -s is let through).
 */
export class Matcher {
  #root: Int32Array
  #keys: Float64Array
  #next: Int32Array
  /** A bit for each edge that may be there: most steps lead nowhere, and this little tells so without the big table. */
  #seen: Uint32Array
  #edges: number
  #terminal: number[]

  /** With the words of another. */
  constructor(other?: Matcher) {
    this.#root = other ? other.#root.slice() : new Int32Array(65_536)
    this.#keys = other ? other.#keys.slice() : new Float64Array(1024).fill(-1)
    this.#next = other ? other.#next.slice() : new Int32Array(1024)
    this.#seen = other ? other.#seen.slice() : new Uint32Array(SEEN / 32)
    this.#edges = other ? other.#edges : 0
    this.#terminal = other ? other.#terminal.slice() : [-1]
  }

  /** Adds a folded word; `id` is what `walk` reports. The same word added twice keeps its first id, which is returned. */
  add(word: string, id: number): number {
    let node = 0
    for (let i = 0; i < word.length; i++) node = this.#child(node, word.charCodeAt(i))
    if (this.#terminal[node] === -1) this.#terminal[node] = id
    return this.#terminal[node]!
  }

  /** Returns how many units it looked at. */
  walk(units: Uint16Array, length: number, start: number, onMatch: OnMatch): number {
    const first = units[start]!
    const node = this.#root[first]!
    const number = NUMERAL[first] === 1 ? this.#root[NUMBER]! : 0
    if (node === 0 && number === 0) return 1
    if (isLatin(first) && start > 0 && isWordUnit(units[start - 1]!)) return 1
    let end = node === 0 ? start + 1 : this.#follow(node, units, length, start, start + 1, onMatch)
    if (number !== 0) end = this.#follow(number, units, length, start, pastNumber(units, length, start), onMatch)
    return end - start
  }

  /** Goes on from a node that was reached at `end`; returns where it ended. */
  #follow(first: number, units: Uint16Array, length: number, start: number, end: number, onMatch: OnMatch): number {
    let node = first
    let at = end
    let branch = 0
    let branchAt = 0
    let passed = false
    for (;;) {
      const id = this.#terminal[node]!
      if (id >= 0 && endsWord(units, length, at)) onMatch(id, start, at)
      if (at >= length) break
      const code = units[at]!
      if (NUMERAL[code] === 1 && branch === 0) {
        branch = this.#step(node, NUMBER)
        branchAt = at
      }
      const next = this.#step(node, code)
      if (next === 0) {
        if (passed || PASSED[code] !== 1 || at - start < 2) break
        passed = true
        const beyond = at + 1 < length ? this.#step(node, units[at + 1]!) : 0
        if (beyond === 0) break
        node = beyond
        at += 2
        continue
      }
      node = next
      at++
    }
    return branch === 0 ? at : this.#follow(branch, units, length, start, pastNumber(units, length, branchAt), onMatch)
  }

  #child(node: number, code: number): number {
    const known = node === 0 ? this.#root[code]! : this.#step(node, code)
    if (known !== 0) return known
    const created = this.#terminal.push(-1) - 1
    if (node === 0) this.#root[code] = created
    else this.#insert(node * 65_536 + code, created)
    return created
  }

  #step(node: number, code: number): number {
    const hashed = hash(node, code)
    const bit = hashed & (SEEN - 1)
    if ((this.#seen[bit >>> 5]! & (1 << (bit & 31))) === 0) return 0
    const key = node * 65_536 + code
    const mask = this.#keys.length - 1
    for (let slot = hashed & mask; ; slot = (slot + 1) & mask) {
      if (this.#keys[slot] === key) return this.#next[slot]!
      if (this.#keys[slot] === -1) return 0
    }
  }

  #insert(key: number, target: number): void {
    // Fuller than half: most steps that lead nowhere never come here, and a smaller table stays in the cache.
    if (++this.#edges * 8 > this.#keys.length * 5) this.#grow()
    const mask = this.#keys.length - 1
    const hashed = hash(Math.floor(key / 65_536), key % 65_536)
    const bit = hashed & (SEEN - 1)
    this.#seen[bit >>> 5]! |= 1 << (bit & 31)
    let slot = hashed & mask
    while (this.#keys[slot] !== -1) slot = (slot + 1) & mask
    this.#keys[slot] = key
    this.#next[slot] = target
  }

  #grow(): void {
    const keys = this.#keys
    const next = this.#next
    this.#keys = new Float64Array(keys.length * 2).fill(-1)
    this.#next = new Int32Array(keys.length * 2)
    const mask = this.#keys.length - 1
    for (let i = 0; i < keys.length; i++) {
      if (keys[i] === -1) continue
      let slot = hash(Math.floor(keys[i]! / 65_536), keys[i]! % 65_536) & mask
      while (this.#keys[slot] !== -1) slot = (slot + 1) & mask
      this.#keys[slot] = keys[i]!
      this.#next[slot] = next[i]!
    }
  }
}

// A power of two; 64 KB, some ten bits for each edge of a pack.
const SEEN = 1 << 19

const hash = (node: number, code: number): number => Math.imul(Math.imul(node, 0x9e3779b1) ^ code, 0x85ebca6b) >>> 8

const NUMBER = '#'.charCodeAt(0)
const NUMERAL = new Uint8Array(65_536)
for (const sign of '0123456789一二两三四五六七八九十百千几半俩仨') NUMERAL[sign.charCodeAt(0)] = 1
// What may stand within and behind a number: 1.5, 十来, 三多.
const INSIDE = new Uint8Array(65_536)
for (const sign of '.多来') INSIDE[sign.charCodeAt(0)] = 1

// Adverbs that may stand within a phrase and change nothing: 插头还发烫 is 插头发烫.
const PASSED = new Uint8Array(65_536)
for (const sign of '还也又老总就') PASSED[sign.charCodeAt(0)] = 1

function pastNumber(units: Uint16Array, length: number, start: number): number {
  let at = start + 1
  while (at < length && at - start < LONGEST_NUMBER && (NUMERAL[units[at]!] === 1 || INSIDE[units[at]!] === 1)) at++
  return at
}
const LONGEST_NUMBER = 8

const isWordUnit = (code: number): boolean => isLatin(code) || isDigit(code)

const S = 115

function endsWord(units: Uint16Array, length: number, end: number): boolean {
  if (end >= length || !isLatin(units[end - 1]!)) return true
  const after = units[end]!
  if (!isLatin(after)) return true
  return after === S && (end + 1 >= length || !isLatin(units[end + 1]!))
}
