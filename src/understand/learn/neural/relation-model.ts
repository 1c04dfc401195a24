import type { Alphabet, Encoded } from './alphabet.ts'
import { layOut } from './batch.ts'
import type { EncoderSizes } from './encoder.ts'
import { Linear } from './layers.ts'
import { type Judgement, type Pair, PairHead } from './pair-head.ts'
import type { Parameter, Parameters } from './parameters.ts'
import { Lattice, type Likely, type Span, TAGS, tagsOf } from './span-chain.ts'
import { type Dropouts, NO_DROPOUT, type Pass, Stack } from './stack.ts'

/** A link between a span of sort 0 and one of sort 1 (either may be absent), with a class of each head. */
export interface Link {
  a: Span | null
  b: Span | null
  classes: number[]
}

export interface RelationSizes {
  encoder: EncoderSizes
  /** Width of the layer over the encoder, one direction. */
  state: number
  /** Width of the layer that looks at pairs. */
  pair: number
  /** How many classes each head has. */
  heads: number[]
}

/** A batch of texts looked at. */
export interface Look {
  /** The texts' numbers, by line of the batch. */
  rows: number[]
  /** The likely spans of each line. */
  spans: Likely[][]
  judge(pairs: readonly Pair[]): Judgement[]
  close(): void
}

/** Spans are at most this long. */
const LONGEST = 40

/** The stack, a chain that tags spans of two sorts, and a head that judges pairs of them. */
export class RelationModel {
  readonly stack: Stack
  #p: Parameters
  #tags: Linear
  #moves: Parameter
  #head: PairHead
  #lattice = new Lattice()

  constructor(p: Parameters, alphabet: Alphabet, sizes: RelationSizes) {
    this.#p = p
    this.stack = new Stack(p, alphabet, sizes.encoder, sizes.state)
    this.#tags = new Linear(p, 'tags', 2 * this.stack.width, TAGS)
    this.#moves = p.add('moves', TAGS * TAGS, 0)
    this.#head = new PairHead(p, this.stack.width, sizes.pair, sizes.heads)
  }

  /** Gathers the gradients of a batch; returns its loss. */
  learn(
    rows: readonly number[],
    texts: readonly Encoded[],
    links: readonly (readonly Link[])[],
    dropouts: Dropouts,
    seed: number,
  ): number {
    const { machine } = this.#p
    const mark = machine.mark()
    const batch = layOut(machine, rows, (row) => texts[row]!.chars.length)
    const pass = this.stack.forward(batch, texts, dropouts, seed)
    const own = batch.rows.map((row) => links[row]!)
    const loss = this.#tagLoss(pass, own) + this.#pairLoss(pass, own)
    this.stack.backward(pass)
    machine.release(mark)
    return loss
  }

  /** Looks at texts[rows]; spans less likely than `least` are passed over. To be closed before the next look. */
  look(rows: readonly number[], texts: readonly Encoded[], least: number): Look {
    const { machine } = this.#p
    const mark = machine.mark()
    const batch = layOut(machine, rows, (row) => texts[row]!.chars.length)
    const pass = this.stack.forward(batch, texts, NO_DROPOUT, 0)
    const { outputs } = this.#tags
    const scores = machine.floats(this.#tags.forward(pass.top, pass.cells), pass.cells * outputs)
    const moves = this.#p.values(this.#moves)
    const spans = batch.rows.map((_, line) => {
      this.#lattice.run(scores, line * outputs, batch.size * outputs, batch.lengths[line]!, moves)
      return this.#lattice.spans(least, LONGEST)
    })
    return {
      rows: batch.rows,
      spans,
      judge: (pairs) => this.#head.judge(pass, pairs),
      close: () => machine.release(mark),
    }
  }

  #tagLoss(pass: Pass, links: readonly (readonly Link[])[]): number {
    const { machine } = this.#p
    const { batch, cells } = pass
    const { outputs } = this.#tags
    const at = this.#tags.forward(pass.top, cells)
    const scores = machine.floats(at, cells * outputs)
    const moves = this.#p.values(this.#moves)
    const gradMoves = machine.floats(this.#moves.grad, TAGS * TAGS)
    const stride = batch.size * outputs
    let total = 0
    for (const [line, own] of links.entries()) {
      const n = batch.lengths[line]!
      const from = line * outputs
      this.#lattice.run(scores, from, stride, n, moves)
      const tags = tagsOf(n, [spansOf(own, 'a'), spansOf(own, 'b')])
      total += this.#lattice.loss(tags, scores, from, stride, moves, gradMoves)
      for (let t = 0; t < batch.times; t++) {
        const cell = from + t * stride
        scores.fill(0, t < n ? cell + TAGS : cell, cell + outputs)
      }
    }
    this.#tags.backward(pass.top, cells, at)
    return total
  }

  #pairLoss(pass: Pass, links: readonly (readonly Link[])[]): number {
    const pairs = links.flatMap((own, line) => pairsOf(line, spansOf(own, 'a'), spansOf(own, 'b')))
    const golds = pairs.map(({ line, a, b }) => {
      return links[line]!.find((link) => same(link.a, a) && same(link.b, b))?.classes ?? null
    })
    return this.#head.learn(pass, pairs, golds)
  }
}

const same = (a: Span | null, b: Span | null): boolean => a?.start === b?.start && a?.end === b?.end

function spansOf(links: readonly Link[], side: 'a' | 'b'): Span[] {
  const spans: Span[] = []
  for (const link of links) {
    const span = link[side]
    if (span && !spans.some((known) => same(known, span))) spans.push(span)
  }
  return spans
}

/** Every pair of one span of each sort, either absent, but not both. */
export function pairsOf(line: number, a: readonly Span[], b: readonly Span[]): Pair[] {
  const pairs: Pair[] = []
  for (const first of [null, ...a])
    for (const second of [null, ...b]) if (first || second) pairs.push({ line, a: first, b: second })
  return pairs
}
