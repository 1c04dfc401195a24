/**
 * Seeded random numbers (sfc32, Chris Doty-Humphrey's PractRand). A stream is named by its path of labels, not by how much
 * was drawn before it: `fork('talk')` of the same parent is always the same stream, so a story that is added or taken away
 * reshuffles nothing else.
 */
export class Random {
  readonly #h1: number
  readonly #h2: number
  #a: number
  #b: number
  #c: number
  #d = 1
  #spare: number | null = null

  constructor(h1: number, h2: number) {
    this.#h1 = h1
    this.#h2 = h2
    this.#a = h1
    this.#b = h2
    this.#c = h1 ^ Math.imul(h2, 0x9e3779b1)
    for (let i = 0; i < 12; i++) this.next()
  }

  /** An independent stream for `label`. */
  fork(label: string | number): Random {
    const text = String(label)
    let h1 = this.#h1 ^ 0xdeadbeef
    let h2 = this.#h2 ^ 0x41c6ce57
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      h1 = Math.imul(h1 ^ code, 2654435761)
      h2 = Math.imul(h2 ^ code, 1597334677)
    }
    h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909)
    h2 = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909)
    return new Random(h1 | 0, h2 | 0)
  }

  /** Uniform in [0, 1). */
  next(): number {
    const t = (((this.#a + this.#b) | 0) + this.#d) | 0
    this.#d = (this.#d + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (this.#c << 21) | (this.#c >>> 11)
    this.#c = (this.#c + t) | 0
    return (t >>> 0) / 4294967296
  }

  chance(p: number): boolean {
    return this.next() < p
  }

  between(low: number, high: number): number {
    return low + (high - low) * this.next()
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.next() * list.length)]!
  }

  /** Standard normal (Box-Muller), scaled. */
  normal(mean = 0, sd = 1): number {
    if (this.#spare !== null) {
      const spare = this.#spare
      this.#spare = null
      return mean + sd * spare
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()))
    const angle = 2 * Math.PI * this.next()
    this.#spare = radius * Math.sin(angle)
    return mean + sd * radius * Math.cos(angle)
  }

  /** A shuffled copy (Fisher-Yates). */
  shuffled<T>(list: readonly T[]): T[] {
    const copy = [...list]
    for (let i = copy.length - 1; i > 0; i--) {
      const j = this.int(0, i)
      ;[copy[i], copy[j]] = [copy[j]!, copy[i]!]
    }
    return copy
  }
}

/** The root stream of a seed. */
export const seeded = (seed: number): Random => new Random(0x2545f491, 0x6c078965).fork(`seed ${seed}`)

/** Draws indexes with fixed weights, by binary search in the running total. */
export class Wheel {
  readonly #totals: Float64Array
  constructor(weights: readonly number[]) {
    this.#totals = new Float64Array(weights.length)
    let total = 0
    weights.forEach((weight, i) => {
      total += weight
      this.#totals[i] = total
    })
  }
  draw(random: Random): number {
    const target = random.next() * this.#totals[this.#totals.length - 1]!
    let low = 0
    let high = this.#totals.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#totals[middle]! > target) high = middle
      else low = middle + 1
    }
    return low
  }
}
