import type { Alphabet, Encoded } from './alphabet.ts'
import { layOut } from './batch.ts'
import type { EncoderSizes } from './encoder.ts'
import { Linear } from './layers.ts'
import { type Judgement, type Pair, PairHead } from './pair-head.ts'
import type { Parameter, Parameters } from './parameters.ts'
import { Lattice, type Likely, type Span, tagsFor, tagsOf } from './span-chain.ts'
import { type Dropouts, NO_DROPOUT, type Pass, Stack } from './stack.ts'

/** A link between a span of sort 0 and one of sort 1 (either may be absent), with a class of each head. */
export interface Link {
  a: Span | null
  b: Span | null
  classes: number[]
}

export interface RelationSizes {
  encoder: EncoderSizes
  /** Width of the layer that looks at pairs. */
  pair: number
  /** How many classes each head has. */
  heads: number[]
  /** May a span of one sort lie across one of the other? Then each sort has a chain of its own. */
  crossing: boolean
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

/** A chain over the places of a text, and the sorts of spans that it tags. */
interface Chain {
  sorts: number[]
  emissions: Linear
  moves: Parameter
  lattice: Lattice
}

/** The stack, chains that tag spans of two sorts, and a head that judges pairs of them. */
export class RelationModel {
  readonly stack: Stack
  #p: Parameters
  #chains: Chain[]
  #head: PairHead

  constructor(p: Parameters, alphabet: Alphabet, sizes: RelationSizes) {
    this.#p = p
    this.stack = new Stack(p, alphabet, sizes.encoder)
    this.#chains = (sizes.crossing ? [[0], [1]] : [[0, 1]]).map((sorts, i) => {
      const tags = tagsFor(sorts.length)
      const emissions = new Linear(p, `chain.${i}`, 2 * this.stack.width, tags)
      return { sorts, emissions, moves: p.add(`chain.${i}.moves`, tags * tags, 0), lattice: new Lattice(sorts.length) }
    })
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
    const spans: Likely[][] = batch.rows.map(() => [])
    for (const { sorts, emissions, moves, lattice } of this.#chains) {
      const { outputs } = emissions
      const scores = machine.floats(emissions.forward(pass.top, pass.cells), pass.cells * outputs)
      for (const [line, own] of spans.entries()) {
        const n = batch.lengths[line]!
        lattice.run(scores, line * outputs, batch.size * outputs, n, this.#p.values(moves))
        own.push(...lattice.spans(least, LONGEST).map((span) => ({ ...span, sort: sorts[span.sort]! })))
      }
    }
    return {
      rows: batch.rows,
      spans,
      judge: (pairs) => this.#head.judge(pass, pairs),
      close: () => machine.release(mark),
    }
  }

  #tagLoss(pass: Pass, links: readonly (readonly Link[])[]): number {
    return this.#chains.reduce((sum, chain) => sum + this.#chainLoss(chain, pass, links), 0)
  }

  #chainLoss({ sorts, emissions, moves, lattice }: Chain, pass: Pass, links: readonly (readonly Link[])[]): number {
    const { machine } = this.#p
    const { batch, cells } = pass
    const { outputs } = emissions
    const at = emissions.forward(pass.top, cells)
    const scores = machine.floats(at, cells * outputs)
    const weights = this.#p.values(moves)
    const gradient = machine.floats(moves.grad, moves.size)
    const stride = batch.size * outputs
    let total = 0
    for (const [line, own] of links.entries()) {
      const n = batch.lengths[line]!
      const from = line * outputs
      lattice.run(scores, from, stride, n, weights)
      const tags = tagsOf(
        n,
        sorts.map((sort) => spansOf(own, sort === 0 ? 'a' : 'b')),
      )
      total += lattice.loss(tags, scores, from, stride, weights, gradient)
      for (let t = 0; t < batch.times; t++) {
        const cell = from + t * stride
        scores.fill(0, t < n ? cell + lattice.tags : cell, cell + outputs)
      }
    }
    emissions.backward(pass.top, cells, at)
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
