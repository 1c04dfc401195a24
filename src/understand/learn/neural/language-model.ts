import { Alphabet, type Encoded } from './alphabet.ts'
import { type Batch, layOut } from './batch.ts'
import { type Encoder, fill } from './encoder.ts'
import { Linear } from './layers.ts'
import type { Machine } from './machine.ts'
import type { Parameters } from './parameters.ts'

/** Where the frequent, the rarer and the rarest characters part, and the widths the last two are told from. */
const HEAD = 512
const MIDDLE = 2000
const TAIL_WIDTHS = [64, 32]

/** An adaptive softmax (Grave and others 2017) over characters numbered by frequency: rare ones are told in two steps. */
class NextCharacter {
  #machine: Machine
  #head: Linear
  #tails: { from: number; to: number; narrow: Linear; out: Linear }[] = []

  constructor(p: Parameters, width: number, size: number) {
    this.#machine = p.machine
    const cuts = [Math.min(HEAD, size), Math.min(MIDDLE, size), size]
    this.#head = new Linear(p, 'next.head', width, cuts[0]! + TAIL_WIDTHS.length)
    for (const [i, narrow] of TAIL_WIDTHS.entries()) {
      const from = cuts[i]!
      const to = Math.max(cuts[i + 1]!, from + 1)
      const name = `next.tail${i}`
      this.#tails.push({
        from,
        to,
        narrow: new Linear(p, `${name}.narrow`, width, narrow),
        out: new Linear(p, `${name}.out`, narrow, to - from),
      })
    }
  }

  /** Cross entropy in nats of the targets (−1: none) of each cell, and its gradient added to `grad` (0: none wanted). */
  loss(states: number, grad: number, width: number, targets: Int32Array): number {
    const machine = this.#machine
    const first = this.#tails[0]!.from
    const tailOf = (id: number) => this.#tails.findIndex(({ from, to }) => id >= from && id < to)
    const mark = machine.mark()
    const coarse = Int32Array.from(targets, (id) => (id < first ? id : first + tailOf(id)))
    let total = this.#part(this.#head, { at: states, width, grad }, coarse, first + this.#tails.length)
    machine.release(mark)
    for (const tail of this.#tails) {
      const cells: number[] = []
      for (const [i, id] of targets.entries()) if (id >= tail.from && id < tail.to) cells.push(i)
      if (cells.length === 0) continue
      const at = machine.put(cells)
      const rows = machine.alloc(cells.length * width)
      machine.k.gather(rows, states, at, cells.length, width, width)
      const input = { at: rows, width, grad: grad && machine.alloc(cells.length * width) }
      const narrow = tail.narrow.forward([input], cells.length)
      const w = tail.narrow.outputs
      const middle = { at: narrow, width: w, grad: grad && machine.alloc(cells.length * w) }
      const own = Int32Array.from(cells, (i) => targets[i]! - tail.from)
      total += this.#part(tail.out, middle, own, tail.to - tail.from)
      if (grad) {
        tail.narrow.backward([input], cells.length, middle.grad)
        machine.k.scatter(grad, input.grad, at, cells.length, width, width)
      }
      machine.release(mark)
    }
    return total
  }

  #part(
    layer: Linear,
    input: { at: number; width: number; grad: number },
    targets: Int32Array,
    classes: number,
  ): number {
    const machine = this.#machine
    const goals = machine.put(targets)
    const logits = layer.forward([input], targets.length)
    const loss = machine.k.softmaxRows(logits, goals, targets.length, classes, layer.outputs)
    if (input.grad) layer.backward([input], targets.length, logits)
    return loss
  }
}

/** The encoder's two directions taught to tell the next and the previous character. */
export class LanguageModel {
  readonly encoder: Encoder
  #p: Parameters
  #next: NextCharacter

  constructor(p: Parameters, encoder: Encoder) {
    this.#p = p
    this.encoder = encoder
    this.#next = new NextCharacter(p, encoder.sizes.state, encoder.alphabet.size)
  }

  /** Nats over the batch and how many characters were told; with `learn`, the gradients too. */
  run(rows: readonly number[], texts: readonly Encoded[], learn: boolean): { nats: number; told: number } {
    const { machine } = this.#p
    const mark = machine.mark()
    const batch = layOut(machine, rows, (row) => texts[row]!.chars.length)
    const encoding = this.encoder.forward(batch, texts)
    let nats = 0
    const grads = [this.encoder.forwardGru, this.encoder.reverseGru].map((gru, i) => {
      const grad = learn ? gru.gradients(batch) : { states: 0, output: 0 }
      const states = i === 0 ? encoding.forward.output : encoding.reverse.output
      nats += this.#next.loss(states, grad.output, gru.width, this.#targets(batch, texts, i === 0 ? 1 : -1))
      return grad.states
    })
    if (learn) this.encoder.backward(batch, encoding, grads[0]!, grads[1]!)
    machine.release(mark)
    return { nats, told: 2 * batch.lengths.reduce((sum, n) => sum + n, 0) }
  }

  #targets(batch: Batch, texts: readonly Encoded[], ahead: number): Int32Array {
    const targets = new Int32Array(batch.times * batch.size)
    fill(targets, batch, (row, t) => texts[row]!.chars[t + ahead] ?? Alphabet.boundary)
    return targets
  }
}
