import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { holds, place, scaleOver, toneOf } from './scale.ts'

describe('a shared axis', () => {
  test('holds every value and every tick', () => {
    const values = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(values, (list) => {
        const scale = scaleOver(list, [0])
        for (const value of list) expect(value >= scale.min && value <= scale.max).toBe(true)
        expect(scale.ticks.length).toBeLessThan(14)
        for (const tick of scale.ticks) expect(place(tick, scale)).toBeGreaterThanOrEqual(0)
      }),
    )
  })
  test('has round ticks', () => {
    expect(scaleOver([-0.61, -0.29], [0]).ticks).toEqual([-0.6, -0.4, -0.2, 0])
  })
  test('of nothing is still an axis', () => {
    expect(scaleOver([null]).ticks).toEqual([0, 1])
  })
})

describe('what a change means', () => {
  test('within chance it is neither good nor bad', () => {
    expect(toneOf({ value: 2, moreThanChance: false }, true)).toBe('unsure')
  })
  test('a return rate that falls is good', () => {
    expect(toneOf({ value: -0.02, moreThanChance: true }, false)).toBe('good')
    expect(toneOf({ value: -0.02, moreThanChance: true }, true)).toBe('bad')
  })
  test('an interval that touches the reference holds it', () => {
    expect(holds({ low: 0, high: 1 }, 0)).toBe(true)
    expect(holds({ low: null, high: null }, 0)).toBe(false)
  })
})
