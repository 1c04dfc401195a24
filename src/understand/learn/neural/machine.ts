import { readFileSync } from 'node:fs'

/** The kernels of kernels/*.as.ts; addresses are bytes, sizes are counts of floats. See there for shapes. */
export interface Kernels {
  base(): number
  gemm(
    c: number,
    a: number,
    b: number,
    m: number,
    n: number,
    k: number,
    ldc: number,
    rowA: number,
    colA: number,
    ldb: number,
  ): void
  gruForward(
    times: number,
    batch: number,
    width: number,
    active: number,
    reverse: number,
    gates: number,
    u: number,
    bn: number,
    states: number,
    scratch: number,
  ): void
  gruBackward(
    times: number,
    batch: number,
    width: number,
    active: number,
    reverse: number,
    gates: number,
    ut: number,
    states: number,
    grads: number,
  ): void
  axpy(y: number, x: number, n: number, a: number): void
  multiply(y: number, x: number, n: number): void
  fillRows(y: number, x: number, m: number, n: number, ld: number): void
  sumRows(y: number, x: number, m: number, n: number, ld: number): void
  transpose(y: number, x: number, m: number, n: number): void
  gather(y: number, table: number, ids: number, m: number, n: number, ld: number): void
  scatter(table: number, x: number, ids: number, m: number, n: number, ld: number): void
  relu(x: number, n: number): void
  reluBack(grad: number, y: number, n: number): void
  softmaxRows(x: number, targets: number, m: number, n: number, ld: number): number
  dropoutMask(mask: number, n: number, p: number, seed: number): void
  sumSquares(x: number, n: number): number
  adam(x: number, g: number, m: number, v: number, n: number, rate: number, scale: number, decay: number): void
}

const PAGE = 65_536
let compiled: WebAssembly.Module | undefined

/**
 * The kernels with a memory of their own: parameters at the bottom, what one batch needs above them, given back with {@link release}.
 * Addresses are bytes and multiples of 16. Views are taken anew after every {@link alloc}, because the memory may have grown.
 */
export class Machine {
  readonly k: Kernels
  #memory = new WebAssembly.Memory({ initial: 16, maximum: 32_768 })
  #top: number
  /** The end of what was ever given out. */
  #used: number
  #f32 = new Float32Array(this.#memory.buffer)
  #i32 = new Int32Array(this.#memory.buffer)

  constructor() {
    compiled ??= new WebAssembly.Module(readFileSync(new URL('kernels/kernels.wasm', import.meta.url)))
    this.k = new WebAssembly.Instance(compiled, { env: { memory: this.#memory } }).exports as unknown as Kernels
    this.#top = Math.ceil(this.k.base() / 16) * 16
    this.#used = this.#top
  }

  /** Room for n numbers of 4 bytes, zeroed. */
  alloc(n: number): number {
    const at = this.#top
    this.#top += Math.ceil(n / 4) * 16
    const missing = this.#top - this.#memory.buffer.byteLength
    if (missing > 0) {
      this.#memory.grow(Math.ceil(missing / PAGE) + 64)
      this.#f32 = new Float32Array(this.#memory.buffer)
      this.#i32 = new Int32Array(this.#memory.buffer)
    }
    // what was never used is zero already
    this.#f32.fill(0, at >> 2, Math.min(this.#top, this.#used) >> 2)
    this.#used = Math.max(this.#used, this.#top)
    return at
  }

  mark = (): number => this.#top
  release(mark: number): void {
    this.#top = mark
  }

  /** n floats (or integers) at an address: a view, good until the next alloc. */
  floats = (at: number, n: number): Float32Array => this.#f32.subarray(at >> 2, (at >> 2) + n)
  ints = (at: number, n: number): Int32Array => this.#i32.subarray(at >> 2, (at >> 2) + n)

  /** Integers copied into new room. */
  put(values: ArrayLike<number>): number {
    const at = this.alloc(values.length)
    this.ints(at, values.length).set(values)
    return at
  }
}
