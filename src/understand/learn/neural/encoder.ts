import type { Alphabet, Encoded } from './alphabet.ts'
import type { Batch } from './batch.ts'
import { Gru, type Input, type Run } from './layers.ts'
import type { Parameter, Parameters } from './parameters.ts'

/** Widths: of a character's row, of a pair's, of one direction's state, of one direction of the layer over both. */
export interface EncoderSizes {
  char: number
  bigram: number
  state: number
  upper: number
}

/** Those of an encoder that is not shipped. */
export const SIZES: EncoderSizes = { char: 96, bigram: 48, state: 192, upper: 128 }

/** What a forward pass leaves: the states of both directions, and what the way back needs. */
export interface Encoding {
  ids: { chars: number; left: number; right: number }
  chars: Input
  left: Input
  right: Input
  masks: number[]
  forward: Run
  reverse: Run
}

/**
 * Characters and bigrams through two gated recurrent layers, one a direction. The forward states at i have seen the characters up to i and
 * the bigram that ends there, the reverse ones those from i on: so each direction can be trained to tell its next character.
 */
export class Encoder {
  readonly alphabet: Alphabet
  readonly sizes: EncoderSizes
  readonly forwardGru: Gru
  readonly reverseGru: Gru
  #p: Parameters
  #chars: Parameter
  #bigrams: Parameter

  constructor(p: Parameters, alphabet: Alphabet, sizes: EncoderSizes) {
    this.#p = p
    this.alphabet = alphabet
    this.sizes = sizes
    this.#chars = p.add('encoder.chars', alphabet.size * sizes.char, 0.1, sizes.char)
    this.#bigrams = p.add('encoder.bigrams', alphabet.pairs.length * sizes.bigram, 0.1, sizes.bigram)
    this.forwardGru = new Gru(p, 'encoder.forward', sizes.char + sizes.bigram, sizes.state, false)
    this.reverseGru = new Gru(p, 'encoder.reverse', sizes.char + sizes.bigram, sizes.state, true)
  }

  forward(batch: Batch, texts: readonly Encoded[], dropout = 0, seed = 0): Encoding {
    const { machine } = this.#p
    const { char, bigram } = this.sizes
    const cells = batch.times * batch.size
    const ids = { chars: machine.alloc(cells), left: machine.alloc(cells), right: machine.alloc(cells) }
    fill(machine.ints(ids.chars, cells), batch, (row, t) => texts[row]!.chars[t]!)
    fill(machine.ints(ids.left, cells), batch, (row, t) => texts[row]!.bigrams[t]!)
    fill(machine.ints(ids.right, cells), batch, (row, t) => texts[row]!.bigrams[t + 1]!)
    const masks: number[] = []
    const look = (table: Parameter, at: number, width: number): Input => {
      const y = machine.alloc(cells * width)
      this.#p.gather(table, y, at, cells)
      if (dropout > 0) {
        const mask = machine.alloc(cells * width)
        machine.k.dropoutMask(mask, cells * width, dropout, seed + masks.length)
        machine.k.multiply(y, mask, cells * width)
        masks.push(mask)
      }
      return { at: y, width, grad: this.#p.training && table.pace > 0 ? machine.alloc(cells * width) : 0 }
    }
    const chars = look(this.#chars, ids.chars, char)
    const left = look(this.#bigrams, ids.left, bigram)
    const right = look(this.#bigrams, ids.right, bigram)
    const forward = this.forwardGru.forward(batch, [chars, left])
    const reverse = this.reverseGru.forward(batch, [chars, right])
    return { ids, chars, left, right, masks, forward, reverse }
  }

  /** The gradients of the states (from {@link Gru.gradients}) back to the tables. */
  backward(batch: Batch, encoding: Encoding, forward: number, reverse: number): void {
    const { ids, chars, left, right, masks } = encoding
    this.forwardGru.backward(batch, [chars, left], encoding.forward, forward)
    this.reverseGru.backward(batch, [chars, right], encoding.reverse, reverse)
    const { k } = this.#p.machine
    const cells = batch.times * batch.size
    const back = (table: Parameter, input: Input, at: number, mask: number | undefined) => {
      if (!input.grad) return
      if (mask) k.multiply(input.grad, mask, cells * input.width)
      k.scatter(table.grad, input.grad, at, cells, input.width, input.width)
    }
    back(this.#chars, chars, ids.chars, masks[0])
    back(this.#bigrams, left, ids.left, masks[1])
    back(this.#bigrams, right, ids.right, masks[2])
  }
}

/** Writes a value for each live cell, time-major, and −1 for the others. */
export function fill(ids: Int32Array, batch: Batch, value: (row: number, t: number) => number): void {
  ids.fill(-1)
  for (const [b, row] of batch.rows.entries()) {
    for (let t = 0; t < batch.lengths[b]!; t++) ids[t * batch.size + b] = value(row, t)
  }
}
