/**
 * A linear chain of tags over the places of a text: spans of some sorts that do not overlap, each a beginning and its continuation. Tag 0 is
 * outside; sort s begins with 1 + 2s and goes on with 2 + 2s. Probabilities by the forward–backward sums (Lafferty, McCallum and Pereira 2001).
 */
export const tagsFor = (sorts: number): number => 1 + 2 * sorts

/** May `to` follow `from`? A continuation follows only its own sort. */
const follows = (from: number, to: number): boolean => to === 0 || to % 2 === 1 || from === to || from === to - 1

export interface Span {
  start: number
  /** Exclusive. */
  end: number
}

export interface Likely extends Span {
  sort: number
  probability: number
}

/** The tags of a text of n places with these spans of each sort; of spans that overlap the first stays. */
export function tagsOf(n: number, spans: readonly (readonly Span[])[]): Uint8Array {
  const tags = new Uint8Array(n)
  for (const [sort, own] of spans.entries()) {
    for (const { start, end } of own) {
      if (tags.subarray(start, end).some((tag) => tag > 0)) continue
      tags.fill(2 + 2 * sort, start, end)
      tags[start] = 1 + 2 * sort
    }
  }
  return tags
}

/** The sums over all taggings of one text; reused from text to text. */
export class Lattice {
  readonly sorts: number
  readonly tags: number
  #n = 0
  #moves: Float64Array
  #emit = new Float64Array(0)
  #alpha = new Float64Array(0)
  #beta = new Float64Array(0)
  #scale = new Float64Array(0)
  #logZ = 0

  constructor(sorts: number) {
    this.sorts = sorts
    this.tags = tagsFor(sorts)
    this.#moves = new Float64Array(this.tags * this.tags)
  }

  /** Scores of n × this.tags (stride `stride` from `at`) and of the moves from tag to tag (tags × tags). */
  run(scores: Float32Array, at: number, stride: number, n: number, moves: Float32Array): void {
    this.#n = n
    if (this.#scale.length < n) {
      this.#scale = new Float64Array(2 * n)
      for (const name of ['emit', 'alpha', 'beta'] as const) this.#renew(name, 2 * n * this.tags)
    }
    for (let i = 0; i < this.tags; i++) {
      for (let j = 0; j < this.tags; j++)
        this.#moves[i * this.tags + j] = follows(i, j) ? Math.exp(moves[i * this.tags + j]!) : 0
    }
    this.#logZ = 0
    for (let t = 0; t < n; t++) this.#forward(scores, at + t * stride, t)
    for (let t = n - 1; t >= 0; t--) this.#backward(t)
  }

  #renew(name: 'emit' | 'alpha' | 'beta', size: number): void {
    if (name === 'emit') this.#emit = new Float64Array(size)
    else if (name === 'alpha') this.#alpha = new Float64Array(size)
    else this.#beta = new Float64Array(size)
  }

  #forward(scores: Float32Array, at: number, t: number): void {
    let most = scores[at]!
    for (let j = 1; j < this.tags; j++) most = Math.max(most, scores[at + j]!)
    let sum = 0
    for (let j = 0; j < this.tags; j++) {
      const own = Math.exp(scores[at + j]! - most)
      this.#emit[t * this.tags + j] = own
      let reach = 0
      if (t === 0) reach = j === 0 || j % 2 === 1 ? 1 : 0
      else
        for (let i = 0; i < this.tags; i++)
          reach += this.#alpha[(t - 1) * this.tags + i]! * this.#moves[i * this.tags + j]!
      this.#alpha[t * this.tags + j] = reach * own
      sum += reach * own
    }
    for (let j = 0; j < this.tags; j++) this.#alpha[t * this.tags + j]! /= sum
    this.#scale[t] = sum
    this.#logZ += Math.log(sum) + most
  }

  #backward(t: number): void {
    for (let i = 0; i < this.tags; i++) {
      let reach = t === this.#n - 1 ? 1 : 0
      if (t < this.#n - 1)
        for (let j = 0; j < this.tags; j++) reach += this.#moves[i * this.tags + j]! * this.#ahead(t + 1, j)
      this.#beta[t * this.tags + i] = reach
    }
  }

  /** What tag j at t and all after it weigh, scaled. */
  #ahead(t: number, j: number): number {
    return (this.#emit[t * this.tags + j]! * this.#beta[t * this.tags + j]!) / this.#scale[t]!
  }

  /**
   * −log P(tags), and its gradients: added to `scores` (as laid out in `run`) and `moves`. Call after `run` on the same text; the scores are
   * overwritten by their gradients.
   */
  loss(
    tags: Uint8Array,
    scores: Float32Array,
    at: number,
    stride: number,
    moves: Float32Array,
    gradMoves: Float32Array,
  ): number {
    let gold = 0
    for (let t = 0; t < this.#n; t++) {
      gold += scores[at + t * stride + tags[t]!]!
      if (t > 0) gold += moves[tags[t - 1]! * this.tags + tags[t]!]!
    }
    for (let t = 0; t < this.#n; t++) {
      for (let j = 0; j < this.tags; j++) {
        const p = this.#alpha[t * this.tags + j]! * this.#beta[t * this.tags + j]!
        scores[at + t * stride + j] = p - (tags[t] === j ? 1 : 0)
        if (t === 0) continue
        const ahead = this.#ahead(t, j)
        for (let i = 0; i < this.tags; i++) {
          gradMoves[i * this.tags + j]! +=
            this.#alpha[(t - 1) * this.tags + i]! * this.#moves[i * this.tags + j]! * ahead
        }
      }
      if (t > 0) gradMoves[tags[t - 1]! * this.tags + tags[t]!]! -= 1
    }
    return this.#logZ - gold
  }

  /** Every span that is at least so likely, up to `longest` places. */
  spans(least: number, longest: number): Likely[] {
    const found: Likely[] = []
    for (let sort = 0; sort < this.sorts; sort++) {
      const begin = 1 + 2 * sort
      const on = begin + 1
      for (let start = 0; start < this.#n; start++) {
        let weight = this.#alpha[start * this.tags + begin]!
        let last = begin
        for (let end = start + 1; end <= Math.min(this.#n, start + longest); end++) {
          if (weight < least / 10) break
          const probability = weight * this.#closing(end, last, on)
          if (probability >= least) found.push({ sort, start, end, probability })
          if (end < this.#n)
            weight *= (this.#moves[last * this.tags + on]! * this.#emit[end * this.tags + on]!) / this.#scale[end]!
          last = on
        }
      }
    }
    return found
  }

  /** Σ of what may come at `end` after a span whose last tag is `last`, unless it goes on. */
  #closing(end: number, last: number, on: number): number {
    if (end === this.#n) return 1
    let sum = 0
    for (let j = 0; j < this.tags; j++) if (j !== on) sum += this.#moves[last * this.tags + j]! * this.#ahead(end, j)
    return sum
  }
}
