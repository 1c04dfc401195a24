import { foldText, isDigit, isHan, isLatin } from '../../../text.ts'
import { mixHash } from '../../linear/grams.ts'
import { gather, Vocabulary, vocabularyOf } from '../../linear/vocabulary.ts'

/**
 * How alike two texts are: shares of common n-grams, plain and weighted by rarity, edit distance, common subsequence, and what kind of
 * thing differs. The numbers do not change when the texts are swapped.
 */
export const LIKENESS = 44

const LONGEST = 256

export interface Rarity {
  hashes: Uint32Array
  /** ln((texts + 1) ÷ (texts with the n-gram + 1)) of each hash. */
  rarity: Float32Array
  /** Of an n-gram that no text had. */
  unknown: number
}

/** Units of a text: a character, a Latin word, a number; punctuation and spaces are left out. */
export function unitsOf(text: string): number[] {
  const folded = foldText(text)
  const units: number[] = []
  for (let i = 0; i < text.length && units.length < LONGEST; i++) {
    const code = folded[i]!
    if (isHan(code) || code > 0x3020) units.push(code)
    else if (isLatin(code) || isDigit(code)) {
      const same = isLatin(code) ? isLatin : isDigit
      let word = isLatin(code) ? 0x10000 : 0x20000
      for (; i < text.length && same(folded[i]!); i++) word = (Math.imul(word, 31) + folded[i]!) | 0
      i--
      units.push(word >>> 0)
    }
  }
  return units
}

/** Hashes of the n-grams of one length. */
export function gramsOf(units: number[], n: number): number[] {
  const grams: number[] = []
  for (let i = 0; i + n <= units.length; i++) {
    let hash = Math.imul(n, 0x9e3779b1)
    for (let j = i; j < i + n; j++) hash = mixHash(hash ^ units[j]!)
    grams.push(hash >>> 0)
  }
  return grams
}

/** How rare the 1- and 2-grams are in a set of texts, labelled or not. */
export function rarityOf(texts: string[]): Rarity {
  const hashed = gather(texts.length, (i, out) => {
    const units = unitsOf(texts[i]!)
    const grams = [...new Set([...gramsOf(units, 1), ...gramsOf(units, 2)])]
    out.set(grams)
    return grams.length
  })
  const listed = Int32Array.from(texts, (_, i) => i)
  const vocabulary = vocabularyOf(hashed, listed, 2)
  const counts = new Uint32Array(vocabulary.size)
  for (const hash of hashed.hashes) {
    const id = vocabulary.find(hash)
    if (id >= 0) counts[id]!++
  }
  const rarity = Float32Array.from(counts, (count) => Math.log((texts.length + 1) / (count + 1)))
  return { hashes: vocabulary.hashes, rarity, unknown: Math.log((texts.length + 1) / 2) }
}

// What a question asks for, what turns it round, and what may differ without a difference.
const ASKS = [
  '为什么|为啥|为何|咋回事|怎么回事',
  '怎么|怎样|如何|咋',
  '什么|啥|哪些',
  '多少|几|多久|多长|多大',
  '哪|何处',
  '谁',
  '吗|么$|能不能|可不可以|是不是|有没有|会不会',
  '什么时候|何时|几点|哪天|多久',
]
const TURNS = [
  '不|没|未|无|别|非',
  '[0-9一二三四五六七八九十两]',
  '[a-z]',
  '能|可以|会',
  '最|更|比',
  '开|取消|关|停|退',
]
const KINDS = [...ASKS, ...TURNS].map((source) => new RegExp(source))
const FILLERS = /[的了吗呢啊呀吧么哦嘛请问一下我你您们是就都也还想要，。？！?!,.\s]/g

export class Likeness {
  readonly #known: Vocabulary
  readonly #rarity: Rarity

  constructor(rarity: Rarity) {
    this.#rarity = rarity
    this.#known = new Vocabulary(rarity.hashes)
  }

  #rareness(hash: number): number {
    const id = this.#known.find(hash)
    return id < 0 ? this.#rarity.unknown : this.#rarity.rarity[id]!
  }

  /** Writes the pair's {@link LIKENESS} numbers to `out` from `at` on. */
  measure(a: string, b: string, out: Float32Array, at: number): void {
    const left = unitsOf(a)
    const right = unitsOf(b)
    let k = at
    const put = (value: number) => {
      out[k++] = value
    }
    const shorter = Math.max(1, Math.min(left.length, right.length))
    const longer = Math.max(1, left.length, right.length)
    for (const n of [1, 2, 3]) this.#putOverlap(gramsOf(left, n), gramsOf(right, n), n < 3, put)
    const common = subsequence(left, right)
    put(common / longer)
    put(common / shorter)
    put(distance(left, right) / longer)
    put(substring(left, right) / shorter)
    put(sharedEnd(left, right) / shorter)
    put(sharedEnd(left.toReversed(), right.toReversed()) / shorter)
    put(shorter)
    put(longer)
    put(shorter / longer)
    put((sharedCount(left, right) - common) / shorter)
    putKinds(a, b, put)
    const bareA = a.replace(FILLERS, '')
    const bareB = b.replace(FILLERS, '')
    put(bareA === bareB ? 1 : 0)
    put([...bareA].sort().join('') === [...bareB].sort().join('') ? 1 : 0)
  }

  #putOverlap(left: number[], right: number[], weighed: boolean, put: (value: number) => void): void {
    const a = new Set(left)
    const b = new Set(right)
    let common = 0
    let weight = 0
    const onlyA = { sum: 0, most: 0 }
    const onlyB = { sum: 0, most: 0 }
    for (const hash of a) {
      if (b.has(hash)) {
        common++
        weight += this.#rareness(hash)
      } else note(onlyA, this.#rareness(hash))
    }
    for (const hash of b) if (!a.has(hash)) note(onlyB, this.#rareness(hash))
    put((2 * common) / Math.max(1, a.size + b.size))
    put(common / Math.max(1, Math.min(a.size, b.size)))
    if (!weighed) return
    put((2 * weight) / Math.max(1e-6, 2 * weight + onlyA.sum + onlyB.sum))
    put(weight / Math.max(1e-6, weight + Math.min(onlyA.sum, onlyB.sum)))
    put(Math.min(onlyA.sum, onlyB.sum))
    put(Math.max(onlyA.sum, onlyB.sum))
    put(Math.min(onlyA.most, onlyB.most))
    put(Math.max(onlyA.most, onlyB.most))
  }
}

function note(side: { sum: number; most: number }, rareness: number): void {
  side.sum += rareness
  side.most = Math.max(side.most, rareness)
}

/** Of each kind of word: 1 where both texts have it, −1 where one has, 0 where none has. */
function putKinds(a: string, b: string, put: (value: number) => void): void {
  const left = a.toLowerCase()
  const right = b.toLowerCase()
  for (const kind of KINDS) {
    const inA = kind.test(left)
    put(inA === kind.test(right) ? (inA ? 1 : 0) : -1)
  }
}

/** Length of the longest common subsequence. */
function subsequence(a: number[], b: number[]): number {
  const row = new Uint16Array(b.length + 1)
  for (const unit of a) {
    let diagonal = 0
    for (let j = 1; j <= b.length; j++) {
      const above = row[j]!
      row[j] = unit === b[j - 1] ? diagonal + 1 : Math.max(above, row[j - 1]!)
      diagonal = above
    }
  }
  return row[b.length]!
}

/** Levenshtein's edit distance. */
function distance(a: number[], b: number[]): number {
  const row = Uint16Array.from({ length: b.length + 1 }, (_, j) => j)
  a.forEach((unit, i) => {
    let diagonal = row[0]!
    row[0] = i + 1
    for (let j = 1; j <= b.length; j++) {
      const above = row[j]!
      row[j] = Math.min(above + 1, row[j - 1]! + 1, diagonal + (unit === b[j - 1] ? 0 : 1))
      diagonal = above
    }
  })
  return row[b.length]!
}

/** Length of the longest stretch that both have. */
function substring(a: number[], b: number[]): number {
  const row = new Uint16Array(b.length + 1)
  let most = 0
  for (const unit of a) {
    for (let j = b.length; j > 0; j--) {
      row[j] = unit === b[j - 1] ? row[j - 1]! + 1 : 0
      if (row[j]! > most) most = row[j]!
    }
  }
  return most
}

function sharedEnd(a: number[], b: number[]): number {
  let n = 0
  while (n < a.length && n < b.length && a[n] === b[n]) n++
  return n
}

function sharedCount(a: number[], b: number[]): number {
  const counts = new Map<number, number>()
  for (const unit of a) counts.set(unit, (counts.get(unit) ?? 0) + 1)
  let shared = 0
  for (const unit of b) {
    const left = counts.get(unit) ?? 0
    if (left === 0) continue
    counts.set(unit, left - 1)
    shared++
  }
  return shared
}
