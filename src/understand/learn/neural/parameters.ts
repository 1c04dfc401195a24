import type { Machine } from './machine.ts'

export interface Parameter {
  name: string
  at: number
  size: number
  /** Present while training: the gradient and Adam's two moments. */
  grad: number
  first: number
  second: number
  /** The learning rate is multiplied by this; 0 keeps the weights as they are. */
  pace: number
  /** The width of a table's rows; 0 for other arrays. */
  width: number
  /** The rows of a table that is only read: in 8 bits, a scale for each, outside of the machine's memory. */
  rows: Rows | null
}

interface Rows {
  values: Int8Array
  scales: Float32Array
}

const none = { at: 0, grad: 0, first: 0, second: 0, pace: 1, rows: null }

/** Random numbers for starting weights: mulberry32, uniform in [0, 1). */
export function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let h = Math.imul(state ^ (state >>> 15), state | 1)
    h = (h + Math.imul(h ^ (h >>> 7), h | 61)) ^ h
    return ((h ^ (h >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** The weights of a network in a machine's memory, by name, and their optimiser. */
export class Parameters {
  readonly machine: Machine
  readonly all: Parameter[] = []
  readonly training: boolean
  #steps = 0
  #next: () => number

  constructor(machine: Machine, training: boolean, seed: number) {
    this.machine = machine
    this.training = training
    this.#next = random(seed)
  }

  /** A new array of weights: while training uniform in ±scale, else zeros until they are unpacked. */
  add(name: string, size: number, scale: number, width = 0): Parameter {
    const room = Math.ceil(size / 4) * 4
    if (width > 0 && !this.training) return this.#keep({ ...none, name, size: room, width })
    const at = this.machine.alloc(room)
    const weights = this.machine.floats(at, size)
    if (this.training && scale > 0) for (let i = 0; i < size; i++) weights[i] = (2 * this.#next() - 1) * scale
    const spare = () => (this.training ? this.machine.alloc(room) : 0)
    return this.#keep({ ...none, name, at, size: room, grad: spare(), first: spare(), second: spare(), width })
  }

  #keep(parameter: Parameter): Parameter {
    this.all.push(parameter)
    return parameter
  }

  /** Copies rows of a table to y: those of `count` numbers at the address `ids`, zeros for a negative one. */
  gather(table: Parameter, y: number, ids: number, count: number): void {
    const { machine } = this
    const { rows, width } = table
    if (!rows) {
      machine.k.gather(y, table.at, ids, count, width, width)
      return
    }
    const out = machine.floats(y, count * width)
    const wanted = machine.ints(ids, count)
    const { values, scales } = rows
    for (let i = 0, to = 0; i < count; i++) {
      const id = wanted[i]!
      const scale = id < 0 ? 0 : scales[id]!
      const from = Math.max(0, id) * width
      for (let k = 0; k < width; k++, to++) out[to] = values[from + k]! * scale
    }
  }

  /** One Adam step with the gradients gathered so far over `count` examples, their mean clipped to a norm of `clip`; they are zero afterwards. */
  step(rate: number, count: number, clip = 1, decay = 0): void {
    const { k } = this.machine
    let square = 0
    for (const p of this.all) if (p.pace > 0) square += k.sumSquares(p.grad, p.size)
    const norm = Math.sqrt(square) / count
    const scale = (norm > clip ? clip / norm : 1) / count
    this.#steps++
    const bias = Math.sqrt(1 - 0.999 ** this.#steps) / (1 - 0.9 ** this.#steps)
    for (const p of this.all) {
      if (p.pace > 0)
        k.adam(p.at, p.grad, p.first, p.second, p.size, rate * bias * p.pace, scale, rate * p.pace * decay)
    }
  }

  values = (p: Parameter): Float32Array => this.machine.floats(p.at, p.size)
}
