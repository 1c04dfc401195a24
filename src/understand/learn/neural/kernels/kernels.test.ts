import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { Machine } from '../machine.ts'
import { buildKernels, fingerprint } from './build.ts'
import recorded from './kernels.json' with { type: 'json' }

const filled = (machine: Machine, n: number, value: (i: number) => number) => {
  const at = machine.alloc(n)
  machine.floats(at, n).set(Float32Array.from({ length: n }, (_, i) => value(i)))
  return at
}

describe('the kernels', () => {
  it('are what their sources compile to', async ({ skip }) => {
    const bytes = await buildKernels()
    if (!bytes) return skip('the compiler is not installed: npm ci in src/understand/learn/neural/kernels')
    expect(Buffer.compare(bytes, readFileSync(new URL('kernels.wasm', import.meta.url)))).toBe(0)
  })

  it('are compiled from the sources as they stand', async () => {
    expect(await fingerprint()).toEqual(recorded)
  })

  it.each([
    [1, 8, 3],
    [5, 12, 300],
    [50, 24, 33],
  ])('multiply matrices of %i × %i over %i, plain and transposed', (m, n, k) => {
    const machine = new Machine()
    const value = (i: number, j: number) => Math.sin(1.7 * i + 0.3 * j)
    const a = filled(machine, m * k, (i) => value(Math.floor(i / k), i % k))
    const turned = filled(machine, m * k, (i) => value(i % m, Math.floor(i / m)))
    const b = filled(machine, k * n, (i) => Math.cos(0.9 * i))
    const [one, two] = [machine.alloc(m * n), machine.alloc(m * n)]
    machine.k.gemm(one, a, b, m, n, k, n, k, 1, n)
    machine.k.gemm(two, turned, b, m, n, k, n, 1, m, n)
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0
        for (let p = 0; p < k; p++) sum += value(i, p) * Math.cos(0.9 * (p * n + j))
        expect(machine.floats(one, m * n)[i * n + j]).toBeCloseTo(sum, 3)
      }
    }
    expect(machine.floats(two, m * n)).toEqual(machine.floats(one, m * n))
  })

  it('give softmax gradients and losses, and pass over rows without a target', () => {
    const machine = new Machine()
    const scores = [0.5, -1, 2, 0, 3, 0.1, 0, 0]
    const at = filled(machine, 8, (i) => scores[i]!)
    const loss = machine.k.softmaxRows(at, machine.put([2, -1]), 2, 3, 4)
    const sum = Math.exp(0.5) + Math.exp(-1) + Math.exp(2)
    expect(loss).toBeCloseTo(Math.log(sum) - 2, 5)
    const rows = machine.floats(at, 8)
    expect(rows[2]).toBeCloseTo(Math.exp(2) / sum - 1, 5)
    expect([...rows.subarray(3)]).toEqual([0, 0, 0, 0, 0])
  })

  it('leave out the share of numbers asked for, the same by seed', () => {
    const machine = new Machine()
    const masks = [1, 1, 2].map((seed) => {
      const at = machine.alloc(4000)
      machine.k.dropoutMask(at, 4000, 0.25, seed)
      return at
    })
    const [one, again, other] = masks.map((at) => Float32Array.from(machine.floats(at, 4000)))
    expect(again).toEqual(one)
    expect(other).not.toEqual(one)
    const left = one!.filter((value) => value === 0).length / 4000
    expect(left).toBeGreaterThan(0.22)
    expect(left).toBeLessThan(0.28)
  })
})
