import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  medianOf,
  middleRanks,
  percentile,
  percentileChange,
  percentileP,
  percentileRanks,
} from './order-statistics.ts'

describe('a percentile’s ranks', () => {
  // The sign test's published critical values at 5 %, two-sided (Conover, table A3): the rank is one more, the upper its mirror image.
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
  ])('of the median of %i values begin at %i', (n, low) => {
    expect(percentileRanks(n, 50)).toEqual({ low, high: n + 1 - low })
  })

  test('of the 90th of a hundred are those of the binomial table: P(Bin(100, 0.1) ≤ 4) = 0.0237 and P(≥ 17) = 0.0206', () => {
    expect(percentileRanks(100, 90)).toEqual({ low: 84, high: 96 })
    expect(percentileRanks(100, 10)).toEqual({ low: 5, high: 17 })
  })

  test('there are none where an end would lie beyond the values: 0.9³⁵ > 0.025 > 0.9³⁶', () => {
    expect(percentileRanks(5, 50)).toBeNull()
    expect(percentileRanks(35, 90)).toBeNull()
    expect(percentileRanks(36, 90)?.high).toBe(36)
    expect(percentile([1, 2, 3], 5, 50)).toEqual({ value: 2, low: null, high: null, n: 5 })
  })

  test('hold the true percentile in 95 of 100 draws or more, whatever the distribution', () => {
    const draw = mulberry(5)
    const rounds = 3_000
    for (const percent of [50, 90]) {
      const n = percent === 50 ? 21 : 60
      const { low, high } = percentileRanks(n, percent)!
      let held = 0
      for (let round = 0; round < rounds; round++) {
        const values = Array.from({ length: n }, () => draw() ** 3).sort((one, other) => one - other)
        const truth = (percent / 100) ** 3
        if (values[low - 1]! <= truth && values[high - 1]! >= truth) held += 1
      }
      expect(held / rounds).toBeGreaterThan(0.94)
    }
  })

  test('the value lies where at least so many per cent are at or below it', () => {
    expect(middleRanks(10, 90)).toEqual([9, 10])
    expect(middleRanks(11, 90)).toEqual([10, 10])
    expect(middleRanks(4, 50)).toEqual([2, 3])
    expect(middleRanks(1, 90)).toEqual([1, 1])
  })

  test('a difference that leaves nought out is more than chance', () => {
    const one = { value: 10, low: 9, high: 11, n: 50 }
    expect(percentileChange(one, { value: 5, low: 4, high: 6, n: 50 })!.moreThanChance).toBe(true)
    expect(percentileChange(one, { value: 9.5, low: 8, high: 12, n: 50 })!.moreThanChance).toBe(false)
  })
})

describe('the median of counted values', () => {
  test('lies within its interval, and the interval within the values', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 9 })), { minLength: 1 }), (drawn) => {
        const values = [...new Map(drawn)].sort((a, b) => a[0] - b[0]).map(([value, n]) => ({ value, n }))
        const { value, low, high, n } = medianOf(values)
        expect(n).toBe(values.reduce((sum, one) => sum + one.n, 0))
        if (n >= 6) {
          expect(low!).toBeLessThanOrEqual(value!)
          expect(high!).toBeGreaterThanOrEqual(value!)
        } else expect(low).toBeNull()
      }),
    )
  })
})

describe('two percentiles', () => {
  test('Mood’s test of four cups above and four below is Fisher’s tea: 2 × 0.242857', () => {
    expect(percentileP({ n: 4, above: 3 }, { n: 4, above: 1 })).toBeCloseTo(2 * 0.242857, 5)
  })

  test('are called different in at most 5 of 100 draws of the same values', () => {
    const draw = mulberry(8)
    let called = 0
    const rounds = 2_000
    for (let round = 0; round < rounds; round++) {
      const sides = [40, 70].map((n) => Array.from({ length: n }, () => Math.floor(draw() * 30)))
      const all = sides.flat().sort((one, other) => one - other)
      const common = all[middleRanks(all.length, 90)[0] - 1]!
      const [one, other] = sides.map((side) => ({
        n: side.length,
        above: side.filter((value) => value > common).length,
      }))
      if (percentileP(one!, other!) <= 0.05) called += 1
    }
    expect(called / rounds).toBeLessThanOrEqual(0.05 + 3 * Math.sqrt((0.05 * 0.95) / rounds))
  })

  test('it does not matter which of the two is named first', () => {
    const side = fc.tuple(fc.nat(60), fc.nat(60)).map(([above, rest]) => ({ n: above + rest, above }))
    fc.assert(
      fc.property(side, side, (one, other) => {
        expect(percentileP(one, other)).toBeCloseTo(percentileP(other, one), 9)
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
