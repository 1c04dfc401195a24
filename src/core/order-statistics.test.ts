import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mean, meanChange } from './mean.ts'
import { median, medianChange, medianRanks } from './order-statistics.ts'

describe('the median’s ranks', () => {
  // The published table of ranks at 95 %: n, and the lower rank (the upper is its mirror image).
  test.each([
    [6, 1],
    [8, 1],
    [9, 2],
    [10, 2],
    [15, 4],
    [20, 6],
    [25, 8],
    [30, 10],
    [50, 18],
    [100, 40],
  ])('of %i values begin at %i', (n, low) => {
    expect(medianRanks(n)).toEqual({ low, high: n + 1 - low })
  })

  test('below six there are none', () => {
    expect(medianRanks(5)).toBeNull()
    expect(median([1, 2, 3], 5)).toEqual({ value: 2, low: null, high: null, n: 5 })
  })

  test('go over from the exact to the approximate without a leap', () => {
    const [exact, near] = [medianRanks(1_000)!, medianRanks(1_001)!]
    expect(Math.abs(near.low - exact.low)).toBeLessThanOrEqual(1)
  })

  test('hold the true median in 95 of 100 draws or more, whatever the distribution', () => {
    const draw = mulberry(5)
    let held = 0
    const rounds = 4_000
    for (let round = 0; round < rounds; round++) {
      const values = Array.from({ length: 21 }, () => draw() ** 3).sort((one, other) => one - other)
      const { low, high } = medianRanks(21)!
      if (values[low - 1]! <= 0.125 && values[high - 1]! >= 0.125) held += 1
    }
    expect(held / rounds).toBeGreaterThan(0.94)
  })

  test('a difference that leaves nought out is more than chance', () => {
    const one = { value: 10, low: 9, high: 11, n: 50 }
    expect(medianChange(one, { value: 5, low: 4, high: 6, n: 50 })!.moreThanChance).toBe(true)
    expect(medianChange(one, { value: 9.5, low: 8, high: 12, n: 50 })!.moreThanChance).toBe(false)
  })
})

describe('means', () => {
  const sumsOf = (values: readonly number[]) => ({
    n: values.length,
    sum: values.reduce((sum, value) => sum + value, 0),
    squares: values.reduce((sum, value) => sum + value * value, 0),
  })
  // Student’s sleep data (1908, as in R): extra hours of sleep under two drugs.
  const first = sumsOf([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2])
  const second = sumsOf([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])

  test('Welch’s interval of the sleep data is the published one', () => {
    const change = meanChange(first, second)!
    expect(change.value).toBeCloseTo(-1.58, 10)
    expect(change.low).toBeCloseTo(-3.3654832, 6)
    expect(change.high).toBeCloseTo(0.2054832, 6)
    expect(change.moreThanChance).toBe(false)
  })

  test('one value has no interval, none nothing to say', () => {
    expect(mean(sumsOf([3]))).toEqual({ value: 3, low: null, high: null, n: 1 })
    expect(mean(sumsOf([])).value).toBeNull()
  })

  test('lie within their interval, which is cut at the ends of the scale', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1, max: 5, noNaN: true }), { minLength: 2, maxLength: 40 }), (values) => {
        const { value, low, high } = mean(sumsOf(values), [1, 5])
        expect(low!).toBeLessThanOrEqual(value! + 1e-9)
        expect(high!).toBeGreaterThanOrEqual(value! - 1e-9)
        expect(low!).toBeGreaterThanOrEqual(1)
        expect(high!).toBeLessThanOrEqual(5)
      }),
    )
  })
})

function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
