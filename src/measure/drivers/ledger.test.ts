import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sharesOf } from './ledger.ts'

const coefficient = fc.double({ min: -3, max: 3, noNaN: true })
const sum = (values: Iterable<number>) => [...values].reduce((all, value) => all + value, 0)

describe('the shares of a returned line', () => {
  test('add up to what is likelier with all its findings than without, and never to more than the line', () => {
    fc.assert(
      fc.property(coefficient, fc.array(coefficient, { minLength: 1, maxLength: 7 }), (constant, effects) => {
        const on = effects.map((_, place) => place)
        const coefficients = [constant, ...effects]
        const likely = (eta: number) => 1 / (1 + Math.exp(-eta))
        const [none, all] = [likely(constant), likely(sum(coefficients))]
        const shares = sharesOf(coefficients, on, new Set(on))
        expect(sum(shares.values())).toBeCloseTo((all - none) / all, 9)
        expect(sum(shares.values())).toBeLessThan(1)
      }),
    )
  })

  test('do not hang on the order in which findings are told, and are alike for findings that are alike', () => {
    fc.assert(
      fc.property(coefficient, fc.array(coefficient, { minLength: 2, maxLength: 6 }), (constant, effects) => {
        const twice = [...effects, effects[0]!]
        const on = twice.map((_, place) => place)
        const shares = sharesOf([constant, ...twice], on, new Set(on))
        const turned = sharesOf([constant, ...twice], [...on].reverse(), new Set(on))
        for (const place of on) expect(turned.get(place)).toBeCloseTo(shares.get(place)!, 9)
        expect(shares.get(0)).toBeCloseTo(shares.get(effects.length)!, 9)
      }),
    )
  })

  test('of one finding is its attributable fraction, 1 − 1 ÷ relative risk; what is no finding has none', () => {
    // Likely 0.2 without and 0.5 with: 1 − 0.2 ÷ 0.5.
    const shares = sharesOf([Math.log(0.2 / 0.8), Math.log(0.5 / 0.5) - Math.log(0.2 / 0.8), 0.7], [0], new Set([0]))
    expect(shares.get(0)).toBeCloseTo(0.6, 12)
    expect(sharesOf([-1, 2, 2], [1], new Set([0]))).toEqual(new Map())
  })
})
