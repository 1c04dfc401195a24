import type { Batch } from './batch.ts'
import type { Machine } from './machine.ts'
import type { Parameter, Parameters } from './parameters.ts'

/** One input of a layer: an array of rows of `width` floats, and where its gradient goes (0: nowhere). */
export interface Input {
  at: number
  width: number
  grad: number
}

/** y = x·W + b. */
export class Linear {
  readonly inputs: number
  readonly outputs: number
  readonly w: Parameter
  readonly b: Parameter
  #p: Parameters

  constructor(p: Parameters, name: string, inputs: number, outputs: number, scale = Math.sqrt(3 / inputs)) {
    this.#p = p
    this.inputs = inputs
    this.outputs = Math.ceil(outputs / 8) * 8
    this.w = p.add(`${name}.w`, inputs * this.outputs, scale)
    this.b = p.add(`${name}.b`, this.outputs, 0)
  }

  /** rows × outputs (padded to a multiple of 8) in new room. */
  forward(inputs: readonly Input[], rows: number): number {
    const { k } = this.#p.machine
    const y = this.#p.machine.alloc(rows * this.outputs)
    k.fillRows(y, this.b.at, rows, this.outputs, this.outputs)
    project(k, y, this.outputs, inputs, rows, this.w.at, this.outputs)
    return y
  }

  backward(inputs: readonly Input[], rows: number, dy: number): void {
    const { machine } = this.#p
    machine.k.sumRows(this.b.grad, dy, rows, this.outputs, this.outputs)
    projectBack(machine, inputs, rows, dy, this.outputs, this.w, this.outputs)
  }
}

/** c (rows × n, stride ldc) += Σ inputs · their rows of w (n columns). */
function project(
  k: Machine['k'],
  c: number,
  ldc: number,
  inputs: readonly Input[],
  rows: number,
  w: number,
  n: number,
): void {
  let at = w
  for (const input of inputs) {
    k.gemm(c, input.at, at, rows, n, input.width, ldc, input.width, 1, n)
    at += input.width * n * 4
  }
}

/** The gradients of {@link project}'s weights and inputs from dc (stride ldc). */
function projectBack(
  machine: Machine,
  inputs: readonly Input[],
  rows: number,
  dc: number,
  ldc: number,
  w: Parameter,
  n: number,
): void {
  const { k } = machine
  let at = 0
  for (const input of inputs) {
    if (w.pace > 0) k.gemm(w.grad + at, input.at, dc, input.width, n, rows, n, 1, input.width, ldc)
    if (input.grad) {
      const mark = machine.mark()
      const turned = machine.alloc(input.width * n)
      k.transpose(turned, w.at + at, input.width, n)
      k.gemm(input.grad, dc, turned, rows, input.width, n, input.width, ldc, 1, input.width)
      machine.release(mark)
    }
    at += input.width * n * 4
  }
}

/** What {@link Gru.forward} leaves for the way back. */
export interface Run {
  gates: number
  /** (times + 1) × size × width; `output` is the times × size × width part that holds the states of the texts' positions. */
  states: number
  output: number
}

/** A gated recurrent layer that reads in one direction; see kernels/gru.as.ts for the formula. */
export class Gru {
  readonly width: number
  readonly reverse: boolean
  readonly w: Parameter
  readonly u: Parameter
  readonly b: Parameter
  readonly bn: Parameter
  #p: Parameters

  constructor(p: Parameters, name: string, inputs: number, width: number, reverse: boolean) {
    this.#p = p
    this.width = width
    this.reverse = reverse
    this.w = p.add(`${name}.w`, inputs * 3 * width, Math.sqrt(3 / inputs))
    this.u = p.add(`${name}.u`, width * 3 * width, Math.sqrt(3 / width))
    this.b = p.add(`${name}.b`, 3 * width, 0)
    this.bn = p.add(`${name}.bn`, width, 0)
  }

  forward(batch: Batch, inputs: readonly Input[]): Run {
    const { machine } = this.#p
    const { width } = this
    const cells = batch.times * batch.size
    const slot = batch.size * width * 4
    const gates = machine.alloc(cells * 4 * width)
    const states = machine.alloc((batch.times + 1) * batch.size * width)
    const mark = machine.mark()
    const scratch = machine.alloc(batch.size * 3 * width)
    machine.k.fillRows(gates, this.b.at, cells, 3 * width, 4 * width)
    project(machine.k, gates, 4 * width, inputs, cells, this.w.at, 3 * width)
    const { u, bn, reverse } = this
    machine.k.gruForward(batch.times, batch.size, width, batch.active, +reverse, gates, u.at, bn.at, states, scratch)
    machine.release(mark)
    return { gates, states, output: reverse ? states : states + slot }
  }

  /** Room for the gradients of a run's states, and the part of it that belongs to the output. */
  gradients(batch: Batch): { states: number; output: number } {
    const states = this.#p.machine.alloc((batch.times + 1) * batch.size * this.width)
    return { states, output: this.reverse ? states : states + batch.size * this.width * 4 }
  }

  backward(batch: Batch, inputs: readonly Input[], run: Run, grads: number): void {
    const { machine } = this.#p
    const { k } = machine
    const { width: h, reverse } = this
    const cells = batch.times * batch.size
    const mark = machine.mark()
    const ut = machine.alloc(3 * h * h)
    k.transpose(ut, this.u.at, h, 3 * h)
    k.gruBackward(batch.times, batch.size, h, batch.active, +reverse, run.gates, ut, run.states, grads)
    const before = reverse ? run.states + batch.size * h * 4 : run.states
    const last = run.gates + 3 * h * 4
    if (this.u.pace > 0) {
      k.gemm(this.u.grad, before, run.gates, h, 2 * h, cells, 3 * h, 1, h, 4 * h)
      k.gemm(this.u.grad + 2 * h * 4, before, last, h, h, cells, 3 * h, 1, h, 4 * h)
      k.sumRows(this.b.grad, run.gates, cells, 3 * h, 4 * h)
      k.sumRows(this.bn.grad, last, cells, h, 4 * h)
    }
    projectBack(machine, inputs, cells, run.gates, 4 * h, this.w, 3 * h)
    machine.release(mark)
  }
}
