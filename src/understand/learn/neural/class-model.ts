import type { Alphabet, Encoded } from './alphabet.ts'
import { layOut } from './batch.ts'
import type { EncoderSizes } from './encoder.ts'
import { type Input, Linear } from './layers.ts'
import type { Parameters } from './parameters.ts'
import { type Dropouts, NO_DROPOUT, type Pass, Stack } from './stack.ts'

export interface ClassSizes {
  encoder: EncoderSizes
  classes: number
}

/** The stack, the largest and the mean of its states over a text, and a softmax over classes. */
export class ClassModel {
  readonly stack: Stack
  readonly classes: number
  #p: Parameters
  #out: Linear

  constructor(p: Parameters, alphabet: Alphabet, sizes: ClassSizes) {
    this.#p = p
    this.classes = sizes.classes
    this.stack = new Stack(p, alphabet, sizes.encoder)
    this.#out = new Linear(p, 'classes', 4 * this.stack.width, sizes.classes)
  }

  /** Gathers the gradients of a batch, each row's weighted; returns the loss. Labels are class numbers. */
  learn(
    rows: readonly number[],
    texts: readonly Encoded[],
    labels: ArrayLike<number>,
    weights: ArrayLike<number>,
    dropouts: Dropouts,
    seed: number,
  ): number {
    const { machine } = this.#p
    const mark = machine.mark()
    const { pass, pooled, most } = this.#forward(rows, texts, dropouts, seed)
    const n = pass.batch.size
    const mask = machine.alloc(n * pooled.width)
    machine.k.dropoutMask(mask, n * pooled.width, dropouts.top, seed + 30)
    machine.k.multiply(pooled.at, mask, n * pooled.width)
    const targets = machine.put(Int32Array.from(pass.batch.rows, (row) => labels[row]!))
    const logits = this.#out.forward([pooled], n)
    const loss = machine.k.softmaxRows(logits, targets, n, this.classes, this.#out.outputs)
    const scores = machine.floats(logits, n * this.#out.outputs)
    for (const [line, row] of pass.batch.rows.entries()) {
      for (let c = 0; c < this.#out.outputs; c++) scores[line * this.#out.outputs + c]! *= weights[row]!
    }
    this.#out.backward([pooled], n, logits)
    machine.k.multiply(pooled.grad, mask, n * pooled.width)
    this.#unpool(pass, pooled, most)
    this.stack.backward(pass)
    machine.release(mark)
    return loss
  }

  /** The distribution over classes of texts[rows], written to `out` (texts × classes). */
  read(rows: readonly number[], texts: readonly Encoded[], out: Float64Array): void {
    const { machine } = this.#p
    const mark = machine.mark()
    const { pass, pooled } = this.#forward(rows, texts, NO_DROPOUT, 0)
    const n = pass.batch.size
    const logits = this.#out.forward([pooled], n)
    machine.k.softmaxRows(logits, 0, n, this.classes, this.#out.outputs)
    const scores = machine.floats(logits, n * this.#out.outputs)
    for (const [line, row] of pass.batch.rows.entries()) {
      const from = line * this.#out.outputs
      out.set(scores.subarray(from, from + this.classes), row * this.classes)
    }
    machine.release(mark)
  }

  #forward(
    rows: readonly number[],
    texts: readonly Encoded[],
    dropouts: Dropouts,
    seed: number,
  ): { pass: Pass; pooled: Input; most: Int32Array } {
    const { machine, training } = this.#p
    const batch = layOut(machine, rows, (row) => texts[row]!.chars.length)
    const pass = this.stack.forward(batch, texts, dropouts, seed)
    const width = 4 * this.stack.width
    const at = machine.alloc(batch.size * width)
    const pooled = { at, width, grad: training ? machine.alloc(batch.size * width) : 0 }
    return { pass, pooled, most: this.#pool(pass, pooled) }
  }

  /** Rows of largest forward, largest reverse, mean forward, mean reverse; returns where the largest stood. */
  #pool(pass: Pass, pooled: Input): Int32Array {
    const { machine } = this.#p
    const { batch } = pass
    const w = this.stack.width
    const out = machine.floats(pooled.at, batch.size * pooled.width)
    const most = new Int32Array(batch.size * 2 * w)
    for (const [way, { at }] of pass.top.entries()) {
      const states = machine.floats(at, pass.cells * w)
      for (let line = 0; line < batch.size; line++) {
        const n = batch.lengths[line]!
        const to = line * 4 * w + way * w
        for (let t = 0; t < n; t++) {
          const from = (t * batch.size + line) * w
          for (let i = 0; i < w; i++) {
            const value = states[from + i]!
            out[to + 2 * w + i]! += value / n
            if (t > 0 && value <= out[to + i]!) continue
            out[to + i] = value
            most[(line * 2 + way) * w + i] = t
          }
        }
      }
    }
    return most
  }

  #unpool(pass: Pass, pooled: Input, most: Int32Array): void {
    const { machine } = this.#p
    const { batch } = pass
    const w = this.stack.width
    const grads = machine.floats(pooled.grad, batch.size * pooled.width)
    for (const [way, { grad }] of pass.top.entries()) {
      const states = machine.floats(grad, pass.cells * w)
      for (let line = 0; line < batch.size; line++) {
        const n = batch.lengths[line]!
        const of = line * 4 * w + way * w
        for (let i = 0; n > 0 && i < w; i++) {
          states[(most[(line * 2 + way) * w + i]! * batch.size + line) * w + i]! += grads[of + i]!
        }
        const mean = pooled.grad + (of + 2 * w) * 4
        for (let t = 0; t < n; t++) machine.k.axpy(grad + (t * batch.size + line) * w * 4, mean, w, 1 / n)
      }
    }
  }
}
