import { Rolling, Sketch, Table } from './counting.ts'
import { edgesFit, isLoose } from './edges.ts'
import { type Units, unitsOf } from './units.ts'

/** A sequence of units that holds together and stands in many surroundings: what a reader would call a word or a set phrase. */
export interface Phrase {
  /** As it is written in the text where it was met first. */
  text: string
  /** Texts that contain it. */
  texts: number
  /** Least pointwise mutual information over the places where it could be cut, in nats. */
  cohesion: number
  /** Entropy of what stands before and after it, in nats. */
  left: number
  right: number
}

export interface PhraseOptions {
  /** Texts that must contain a phrase. Default: 5, or one in 10,000 where that is more. */
  least?: number
  /** Most sequences that are counted exactly; where there are more, the rarest are left out. */
  capacity?: number
}

const LONGEST = 8
const LEAST_COHESION = 2.5
const LEAST_ENTROPY = 1
/** A phrase that stands within one longer phrase this often is a fragment of it. */
const FRAGMENT = 0.6

/**
 * Mines phrases from texts without segmenting them: sequences of up to eight units, by inner cohesion and outer freedom (left and right
 * entropy, after Chang & Su 1997), fragments of longer phrases left out. Equal texts count once where the caller gives them once. Time
 * is linear in the texts; memory is bounded by `capacity`, whatever their number.
 */
export function minePhrases(texts: readonly string[], options: PhraseOptions = {}): Phrase[] {
  const capacity = options.capacity ?? 2 ** 18
  const { sketch, total } = sketchOf(texts)
  for (let least = options.least ?? Math.max(5, Math.ceil(texts.length / 10_000)); ; least = Math.ceil(least * 1.5)) {
    const table = tableOf(texts, sketch, least, capacity)
    if (table) return new Sieve(texts, table, least, total).phrases()
  }
}

type OnSequence = (hash: Rolling, length: number, first: number) => void

/** Every sequence of up to LONGEST + 1 units within a clause: one more than a phrase has, to see what follows it. */
function eachSequence(units: Units, onSequence: OnSequence): void {
  const hash = new Rolling()
  for (let i = 0; i < units.length; i++) {
    hash.restart()
    for (let n = 1; n <= LONGEST + 1; n++) {
      const at = i + n - 1
      if (at >= units.length || units.clauses[at] !== units.clauses[i]) break
      hash.push(units.codes[at]!)
      onSequence(hash, n, i)
    }
  }
}

/** Everything once through the sketch, and how many units there are. */
function sketchOf(texts: readonly string[]): { sketch: Sketch; total: number } {
  const sketch = new Sketch()
  let total = 0
  for (const text of texts) {
    const units = unitsOf(text)
    total += units.length
    eachSequence(units, ({ high }) => sketch.add(high))
  }
  return { sketch, total }
}

/** The exact counts of what is frequent, or null where that does not fit. */
function tableOf(texts: readonly string[], sketch: Sketch, least: number, capacity: number): Table | null {
  const table = new Table(capacity, LONGEST + 1)
  let fits = true
  for (let t = 0; t < texts.length && fits; t++) {
    const units = unitsOf(texts[t]!)
    eachSequence(units, (hash, length, first) => {
      if (sketch.count(hash.high) >= least) fits &&= table.count(hash, units.codes, length, t, first)
    })
  }
  return fits ? table : null
}

class Sieve {
  readonly #texts: readonly string[]
  readonly #table: Table
  readonly #least: number
  readonly #total: number
  /** Σ c·ln c and the largest c over what was seen directly before and after each sequence, c being how often. */
  readonly #sides: { sum: Float64Array; most: Uint32Array }[]

  constructor(texts: readonly string[], table: Table, least: number, total: number) {
    this.#texts = texts
    this.#table = table
    this.#least = least
    this.#total = total
    this.#sides = [0, 1].map(() => ({ sum: new Float64Array(table.size), most: new Uint32Array(table.size) }))
    this.#lookAround()
  }

  phrases(): Phrase[] {
    const found: Phrase[] = []
    for (let id = 0; id < this.#table.size; id++) {
      const phrase = this.#phrase(id)
      if (phrase) found.push(phrase)
    }
    return found.sort((a, b) => b.texts - a.texts || (a.text < b.text ? -1 : 1))
  }

  #phrase(id: number): Phrase | null {
    const { lengths, texts, counts } = this.#table
    const length = lengths[id]!
    if (texts[id]! < this.#least || length > LONGEST) return null
    const [left, right] = [this.#entropy(0, id), this.#entropy(1, id)]
    // A set phrase may be longer than what is looked at: its beginning stands for it.
    const sides = length === LONGEST ? ([0] as const) : ([0, 1] as const)
    if (sides.some((side) => [left, right][side]! < LEAST_ENTROPY)) return null
    if (sides.some((side) => this.#sides[side]!.most[id]! > FRAGMENT * counts[id]!)) return null
    const codes = this.#table.codesOf(id)
    const text = this.#textOf(id)
    if (length === 1 && !/\p{Script=Latin}{2}/u.test(text)) return null
    if (!edgesFit(text)) return null
    const cohesion = length === 1 ? LEAST_COHESION : this.#cohesion(id, codes)
    if (cohesion < LEAST_COHESION) return null
    return { text, texts: texts[id]!, cohesion, left, right }
  }

  /** Goes through the counted sequences once: each tells its beginning what follows it, and its end what precedes it. */
  #lookAround(): void {
    const { size, lengths, counts } = this.#table
    for (let id = 0; id < size; id++) {
      if (lengths[id] === 1) continue
      const codes = this.#table.codesOf(id)
      if (!isLoose(1, codes.at(-1)!)) this.#note(1, this.#find(codes.subarray(0, -1)), counts[id]!)
      if (!isLoose(0, codes[0]!)) this.#note(0, this.#find(codes.subarray(1)), counts[id]!)
    }
  }

  #note(side: 0 | 1, id: number, count: number): void {
    if (id === -1) return
    const { sum, most } = this.#sides[side]!
    sum[id]! += count * Math.log(count)
    if (count > most[id]!) most[id] = count
  }

  /** Entropy of the neighbours. Those too rare to be counted, loose ones and the ends of clauses are taken for all different. */
  #entropy(side: 0 | 1, id: number): number {
    const n = this.#table.counts[id]!
    return Math.log(n) - this.#sides[side]!.sum[id]! / n
  }

  #cohesion(id: number, codes: Int32Array): number {
    const { counts } = this.#table
    let least = Number.POSITIVE_INFINITY
    for (let cut = 1; cut < codes.length; cut++) {
      const [head, tail] = [this.#find(codes.subarray(0, cut)), this.#find(codes.subarray(cut))]
      if (head === -1 || tail === -1) continue
      least = Math.min(least, Math.log((counts[id]! * this.#total) / (counts[head]! * counts[tail]!)))
    }
    return least
  }

  #find(codes: Int32Array): number {
    const hash = new Rolling()
    hash.restart()
    for (const code of codes) hash.push(code)
    return this.#table.find(hash.high, hash.low)
  }

  #textOf(id: number): string {
    const { firstText, firstUnit, lengths } = this.#table
    const text = this.#texts[firstText[id]!]!
    const { starts, ends } = unitsOf(text)
    return text.slice(starts[firstUnit[id]!]!, ends[firstUnit[id]! + lengths[id]! - 1]!).toLowerCase()
  }
}
