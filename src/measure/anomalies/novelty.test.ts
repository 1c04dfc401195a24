import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seeded } from '../fixture.ts'
import { nothingSeen, noveltyOf } from './novelty.ts'

describe('noveltyOf', () => {
  it('calls a mixture new once, and knows it from then on', () => {
    const random = seeded(3)
    const state = nothingSeen()
    const push = (low: number, high: number, times: number) =>
      Array.from({ length: times }, () => noveltyOf(state, low + (high - low) * random())).reduce(
        (sum, x) => sum + x,
        0,
      )
    push(0, 10, 400)
    expect(push(0, 10, 300)).toBeLessThan(2)
    expect(push(6, 10, 60)).toBeGreaterThan(0)
    push(0, 10, 300)
    expect(push(6, 10, 60)).toBeLessThan(2)
  })

  it('keeps every value when its bins grow', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 21, maxLength: 120 }),
        (values) => {
          const state = nothingSeen()
          for (const value of values) expect(noveltyOf(state, value)).toBeGreaterThanOrEqual(0)
          for (const { known, recent } of state.counts) {
            for (const histogram of known) expect(histogram.reduce((sum, n) => sum + n, 0)).toBe(52)
            expect(recent.every((bin) => bin >= 0 && bin < 12)).toBe(true)
          }
        },
      ),
      { numRuns: 40 },
    )
  })

  it('has nothing to say of a series that never moves', () => {
    const state = nothingSeen()
    expect(Array.from({ length: 300 }, () => noveltyOf(state, 5)).every((x) => x === 0)).toBe(true)
  })
})
