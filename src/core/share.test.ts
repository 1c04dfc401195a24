import { describe, expect, test } from 'vitest'
import { exactShare, share, shareChange, wilson } from './share.ts'

describe('shares', () => {
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
    [29, 29, 0.883, 1],
  ])('the Wilson interval of %i in %i is the published one', (successes, n, low, high) => {
    const share = wilson(successes, n)
    expect(share.low).toBeCloseTo(low, 4)
    expect(share.high).toBeCloseTo(high, 4)
  })

  // R's binom.test: Mendel's peas as in its manual (Conover 1971), and its answers for the others.
  test.each([
    [682, 925, 0.7076683, 0.7654066],
    [10, 100, 0.04900469, 0.1762226],
    [0, 10, 0, 0.3084971],
    [10, 10, 0.6915029, 1],
  ])('the exact interval of %i in %i is the published one', (successes, n, low, high) => {
    const exact = exactShare(successes, n)
    expect(exact.low).toBeCloseTo(low, 6)
    expect(exact.high).toBeCloseTo(high, 6)
  })

  test('where few count on either side the exact interval is taken, which covers 95 % of draws or more', () => {
    const logChoose = (n: number, k: number) =>
      Array.from({ length: k }, (_, i) => Math.log((n - i) / (i + 1))).reduce((sum, one) => sum + one, 0)
    const covered = (n: number, p: number, interval: typeof share) => {
      let sum = 0
      for (let k = 0; k <= n; k++) {
        const { low, high } = interval(k, n)
        if (low! <= p && p <= high!) sum += Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log(1 - p))
      }
      return sum
    }
    for (const p of [0.005, 0.01, 0.018, 0.02, 0.03]) expect(covered(40, p, share)).toBeGreaterThanOrEqual(0.95)
    // What the choice is for: Wilson's alone falls short near the ends.
    expect(covered(10, 0.0175, wilson)).toBeLessThan(0.9)
    expect(covered(10, 0.0175, share)).toBeGreaterThanOrEqual(0.95)
    expect(share(40, 100)).toEqual(wilson(40, 100))
  })

  test('nobody asked is nothing to say, not nought', () => {
    expect(wilson(0, 0)).toEqual({ value: null, low: null, high: null, n: 0 })
    expect(shareChange(wilson(0, 0), wilson(1, 2))).toBeNull()
  })

  test('the difference of 56/70 and 48/80 has the published interval (Newcombe 1998, table II, example a)', () => {
    const change = shareChange(wilson(56, 70), wilson(48, 80))!
    expect(change.low).toBeCloseTo(0.0524, 4)
    expect(change.high).toBeCloseTo(0.3339, 4)
    expect(change.moreThanChance).toBe(true)
  })
})
