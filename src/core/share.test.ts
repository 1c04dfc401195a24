import { describe, expect, test } from 'vitest'
import { shareChange, wilson } from './share.ts'

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
