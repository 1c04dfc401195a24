import { describe, expect, it } from 'vitest'
import { boost, boostedScore } from './boost.ts'

// Same sign of two numbers: no single threshold tells the classes apart.
const points = Array.from({ length: 400 }, (_, i) => [(i % 20) - 9.5, Math.floor(i / 20) - 9.5] as const)
const values = Float32Array.from(points.flat())
const labels = Int32Array.from(points, ([x, y]) => (x * y > 0 ? 1 : 0))
const all = Int32Array.from(points, (_, i) => i)
const fit = { trees: 60, depth: 3, rate: 0.3, seed: 7 }

describe('boosted trees', () => {
  it('learn what takes two features together', () => {
    const model = boost(values, 2, all, labels, fit)
    const right = all.filter((i) => boostedScore(model, values, i * 2) > 0 === (labels[i] === 1))
    expect(right.length).toBeGreaterThan(380)
  })

  it('say the share of the classes where no feature tells them apart', () => {
    const model = boost(new Float32Array(8), 1, Int32Array.of(0, 1, 2, 3), Int32Array.of(1, 0, 0, 0), fit)
    // ln((1 + 1) ÷ (3 + 1)), moved by leaves that all rows share.
    expect(boostedScore(model, new Float32Array(1), 0)).toBeLessThan(0)
  })

  it('are the same when learnt again', () => {
    expect(boost(values, 2, all, labels, fit)).toEqual(boost(values, 2, all, labels, fit))
  })
})
