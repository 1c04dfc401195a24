import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mean, meanChange } from './mean.ts'

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
