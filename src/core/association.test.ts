import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fisherMore, gSquared, gSquaredP, lift, ratio } from './association.ts'

describe('the log-likelihood ratio', () => {
  test('is Dunning’s 270.72 for "the swiss" in 31,777 bigrams', () => {
    expect(gSquared({ both: 110, one: 2552, other: 221, total: 31_777 })).toBeCloseTo(270.72, 1)
  })

  test('is nought where two things meet just as often as chance has it', () => {
    expect(gSquared({ both: 10, one: 50, other: 20, total: 100 })).toBeCloseTo(0, 12)
  })

  test('has the p of a χ² with one degree of freedom', () => {
    expect(gSquaredP(3.841459)).toBeCloseTo(0.05, 6)
    expect(gSquaredP(6.634897)).toBeCloseTo(0.01, 6)
  })
})

describe('Fisher’s exact test, one-sided', () => {
  test('is 17 of 70 for the lady who tells three of four cups of tea', () => {
    expect(fisherMore({ both: 3, one: 4, other: 4, total: 8 })).toBeCloseTo(17 / 70, 12)
    expect(fisherMore({ both: 4, one: 4, other: 4, total: 8 })).toBeCloseTo(1 / 70, 12)
  })

  test('is one where no fewer could have met', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 41, max: 80 }),
        (one, other, total) => {
          expect(fisherMore({ both: Math.max(0, one + other - total), one, other, total })).toBeCloseTo(1, 9)
        },
      ),
    )
  })
})

describe('the lift', () => {
  test('is the ratio of two shares, with its interval on the log scale', () => {
    // 30 of 100 against 60 of 400: 0.3 ÷ 0.15 = 2; standard error √(1/30 − 1/100 + 1/60 − 1/400) = 0.19365.
    const { value, low, high } = lift({ both: 30, one: 100, other: 60, total: 400 })
    expect(value).toBeCloseTo(2, 12)
    expect(low).toBeCloseTo(2 * Math.exp(-1.959964 * 0.193649), 4)
    expect(high).toBeCloseTo(2 * Math.exp(1.959964 * 0.193649), 4)
  })

  test('of what never meets is nought, with an upper end', () => {
    const { value, low, high } = lift({ both: 0, one: 100, other: 60, total: 400 })
    expect(value).toBe(0)
    expect(low).toBeGreaterThan(0)
    expect(high).toBeGreaterThan(low)
  })
})

describe('the ratio of two shares', () => {
  test('has the interval of a textbook’s risk ratio', () => {
    // 12 of 93 against 3 of 301: standard error √(1/12 − 1/93 + 1/3 − 1/301).
    const { value, low, high } = ratio(12, 93, 3, 301)
    expect(value).toBeCloseTo(12 / 93 / (3 / 301), 12)
    expect(Math.log(high / low) / (2 * 1.959964)).toBeCloseTo(Math.sqrt(1 / 12 - 1 / 93 + 1 / 3 - 1 / 301), 6)
  })

  test('to none at all is finite, with half a case on both sides', () => {
    const { value, low, high } = ratio(12, 92, 0, 300)
    expect(value).toBeCloseTo(12.5 / 93 / (0.5 / 301), 12)
    expect(low).toBeGreaterThan(1)
    expect(Number.isFinite(high)).toBe(true)
  })
})
