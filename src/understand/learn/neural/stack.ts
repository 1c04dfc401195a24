import type { Alphabet, Encoded } from './alphabet.ts'
import type { Batch } from './batch.ts'
import { Encoder, type EncoderSizes, type Encoding } from './encoder.ts'
import { Gru, type Input, type Run } from './layers.ts'
import type { Parameters } from './parameters.ts'

/** Shares of numbers left out while training: of the tables' rows, of the encoder's states, of the upper layer's. */
export interface Dropouts {
  input: number
  middle: number
  top: number
}

export const NO_DROPOUT: Dropouts = { input: 0, middle: 0, top: 0 }

interface Layer {
  run: Run
  mask: number
  grads: { states: number; output: number }
}

/** What a forward pass leaves. `top` are the states that heads read; their gradients go to its `grad`. */
export interface Pass {
  batch: Batch
  cells: number
  encoding: Encoding
  under: Layer[]
  over: Layer[]
  middle: Input[]
  top: Input[]
}

/** The encoder with a bidirectional layer over it, and dropout between. */
export class Stack {
  readonly encoder: Encoder
  /** Width of one direction of what heads read. */
  readonly width: number
  #p: Parameters
  #over: Gru[]

  constructor(p: Parameters, alphabet: Alphabet, sizes: EncoderSizes) {
    this.#p = p
    this.encoder = new Encoder(p, alphabet, sizes)
    this.#over = [false, true].map((reverse, i) => new Gru(p, `upper.${i}`, 2 * sizes.state, sizes.upper, reverse))
    this.width = sizes.upper
  }

  forward(batch: Batch, texts: readonly Encoded[], dropouts: Dropouts, seed: number): Pass {
    const cells = batch.times * batch.size
    const encoding = this.encoder.forward(batch, texts, dropouts.input, seed)
    const { forwardGru, reverseGru } = this.encoder
    const layer = (gru: Gru, run: Run, p: number, salt: number): { layer: Layer; input: Input } => {
      const grads = this.#p.training ? gru.gradients(batch) : { states: 0, output: 0 }
      const { at, mask } = this.#dropped(run.output, cells * gru.width, p, seed + salt)
      return { layer: { run, mask, grads }, input: { at, width: gru.width, grad: grads.output } }
    }
    const under = [
      layer(forwardGru, encoding.forward, dropouts.middle, 10),
      layer(reverseGru, encoding.reverse, dropouts.middle, 11),
    ]
    const middle = under.map(({ input }) => input)
    const over = this.#over.map((gru, i) => layer(gru, gru.forward(batch, middle), dropouts.top, 20 + i))
    const top = over.map(({ input }) => input)
    const layers = (all: { layer: Layer }[]) => all.map((one) => one.layer)
    return { batch, cells, encoding, under: layers(under), over: layers(over), middle, top }
  }

  /** From the gradients of `top` down to the tables. */
  backward(pass: Pass): void {
    const { k } = this.#p.machine
    const { batch, cells } = pass
    const lift = ({ mask, grads }: Layer, width: number) => {
      if (mask) k.multiply(grads.output, mask, cells * width)
    }
    for (const [i, gru] of this.#over.entries()) {
      const layer = pass.over[i]!
      lift(layer, gru.width)
      gru.backward(batch, pass.middle, layer.run, layer.grads.states)
    }
    for (const layer of pass.under) lift(layer, this.encoder.sizes.state)
    this.encoder.backward(batch, pass.encoding, pass.under[0]!.grads.states, pass.under[1]!.grads.states)
  }

  #dropped(at: number, n: number, p: number, seed: number): { at: number; mask: number } {
    if (p === 0) return { at, mask: 0 }
    const { machine } = this.#p
    const mask = machine.alloc(n)
    machine.k.dropoutMask(mask, n, p, seed)
    const y = machine.alloc(n)
    machine.k.axpy(y, at, n, 1)
    machine.k.multiply(y, mask, n)
    return { at: y, mask }
  }
}
