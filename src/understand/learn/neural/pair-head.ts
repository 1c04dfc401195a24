import { softmax } from '../linear.ts'
import { type Input, Linear } from './layers.ts'
import type { Parameters } from './parameters.ts'
import type { Span } from './span-chain.ts'
import type { Pass } from './stack.ts'

/** Two spans of the text in row `line` of a batch, either may be absent, to be judged together. */
export interface Pair {
  line: number
  a: Span | null
  b: Span | null
}

export interface Judgement {
  /** Probability that the two belong together. */
  link: number
  /** A distribution for each head, if they do. */
  classes: Float64Array[]
}

/** Numbers that say where two spans stand to each other. */
const PLACES = 16

/** Looks at the mean states of two spans and at their places: linked or not, and a class of each head. */
export class PairHead {
  #p: Parameters
  #heads: readonly number[]
  #state: number
  #hidden: Linear
  #out: Linear

  constructor(p: Parameters, state: number, hidden: number, heads: readonly number[]) {
    this.#p = p
    this.#heads = heads
    this.#state = state
    this.#hidden = new Linear(p, 'pair.hidden', 4 * state + PLACES, hidden)
    this.#out = new Linear(p, 'pair.out', hidden, 1 + heads.reduce((sum, n) => sum + n, 0))
  }

  judge(pass: Pass, pairs: readonly Pair[]): Judgement[] {
    if (pairs.length === 0) return []
    const { out } = this.#forward(pass, pairs)
    const width = this.#out.outputs
    const scores = this.#p.machine.floats(out, pairs.length * width)
    return pairs.map((_, i) => {
      let at = i * width
      const link = 1 / (1 + Math.exp(-scores[at++]!))
      const classes = this.#heads.map((n) => {
        at += n
        return chances(scores.subarray(at - n, at))
      })
      return { link, classes }
    })
  }

  /** The loss of pairs whose classes are known (null: not linked); gradients go to the weights and to `pass.top`. */
  learn(pass: Pass, pairs: readonly Pair[], golds: readonly (readonly number[] | null)[]): number {
    if (pairs.length === 0) return 0
    const { machine } = this.#p
    const { inputs, hidden, out } = this.#forward(pass, pairs)
    const width = this.#out.outputs
    const middle = { at: hidden, width: this.#hidden.outputs, grad: machine.alloc(pairs.length * this.#hidden.outputs) }
    const scores = machine.floats(out, pairs.length * width)
    let total = 0
    for (const [i, gold] of golds.entries()) total += this.#loss(scores.subarray(i * width, (i + 1) * width), gold)
    this.#out.backward([middle], pairs.length, out)
    machine.k.reluBack(middle.grad, hidden, pairs.length * middle.width)
    this.#hidden.backward(inputs, pairs.length, middle.grad)
    this.#pool(pass, pairs, (part, cell, row, weight) => {
      const w = this.#state * 4
      machine.k.axpy(pass.top[part % 2]!.grad + cell * w, inputs[part]!.grad + row * w, this.#state, weight)
    })
    return total
  }

  #forward(pass: Pass, pairs: readonly Pair[]): { inputs: Input[]; hidden: number; out: number } {
    const { machine, training } = this.#p
    const n = pairs.length
    const inputs = [this.#state, this.#state, this.#state, this.#state, PLACES].map((width) => {
      return { at: machine.alloc(n * width), width, grad: training ? machine.alloc(n * width) : 0 }
    })
    this.#pool(pass, pairs, (part, cell, row, weight) => {
      const w = this.#state * 4
      machine.k.axpy(inputs[part]!.at + row * w, pass.top[part % 2]!.at + cell * w, this.#state, weight)
    })
    const places = machine.floats(inputs[4]!.at, n * PLACES)
    for (const [i, pair] of pairs.entries()) place(places.subarray(i * PLACES, (i + 1) * PLACES), pair)
    const hidden = this.#hidden.forward(inputs, n)
    machine.k.relu(hidden, n * this.#hidden.outputs)
    const out = this.#out.forward([{ at: hidden, width: this.#hidden.outputs, grad: 0 }], n)
    return { inputs, hidden, out }
  }

  /** Every cell of every span with its weight in the span's mean: parts 0 and 1 are span a's two directions, 2 and 3 span b's. */
  #pool(
    pass: Pass,
    pairs: readonly Pair[],
    each: (part: number, cell: number, row: number, weight: number) => void,
  ): void {
    for (const [row, { line, a, b }] of pairs.entries()) {
      for (const [which, span] of [a, b].entries()) {
        if (!span) continue
        const weight = 1 / (span.end - span.start)
        for (let t = span.start; t < span.end; t++) {
          const cell = t * pass.batch.size + line
          each(2 * which, cell, row, weight)
          each(2 * which + 1, cell, row, weight)
        }
      }
    }
  }

  /** Logistic for the link, softmax for the heads of linked pairs; the scores become their gradients. */
  #loss(scores: Float32Array, gold: readonly number[] | null): number {
    const link = 1 / (1 + Math.exp(-scores[0]!))
    let loss = -Math.log(Math.max(1e-12, gold ? link : 1 - link))
    scores[0] = link - (gold ? 1 : 0)
    let at = 1
    for (const [h, n] of this.#heads.entries()) {
      const own = scores.subarray(at, at + n)
      at += n
      if (!gold) {
        own.fill(0)
        continue
      }
      const p = chances(own)
      loss -= Math.log(Math.max(1e-12, p[gold[h]!]!))
      own.set(p)
      own[gold[h]!]! -= 1
    }
    scores.fill(0, at)
    return loss
  }
}

function chances(scores: Float32Array): Float64Array {
  const p = Float64Array.from(scores)
  softmax(p)
  return p
}

/** Which spans are there, which stands first, how far apart (in steps), how long. */
function place(out: Float32Array, { a, b }: Pair): void {
  if (a) out[0] = 1
  if (b) out[1] = 1
  if (a) out[2] = Math.min(1, (a.end - a.start) / 8)
  if (b) out[3] = Math.min(1, (b.end - b.start) / 8)
  if (!a || !b) return
  const forward = a.start <= b.start
  const gap = Math.max(0, forward ? b.start - a.end : a.start - b.end)
  const step = gap === 0 ? 0 : gap <= 1 ? 1 : gap <= 3 ? 2 : gap <= 6 ? 3 : gap <= 12 ? 4 : 5
  out[(forward ? 4 : 10) + step] = 1
}
