import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { biasBy } from './bias.ts'
import { poolNps } from './pool.ts'
import { scoreOf, weightedMean, worthOf } from './score.ts'
import { bandOf, rake, thirds } from './weights.ts'

const times = <T>(n: number, value: T): T[] => Array.from({ length: n }, () => value)

describe('a score', () => {
  test('is a net of promoters, a share of the satisfied, or a mean, with an interval around it', () => {
    expect(scoreOf('nps', [10, 9, 8, 3])).toMatchObject({ value: 25, n: 4 })
    expect(scoreOf('csat', [5, 4, 3, 1])).toMatchObject({ value: 0.5, n: 4 })
    const ces = scoreOf('ces', [5, 6, 7, 6])
    expect(ces).toMatchObject({ value: 6, n: 4 })
    // t(0.975, 3) = 3.18245, s = 0.81650: 6 ± 1.29923.
    expect(ces.low).toBeCloseTo(4.7008, 3)
  })

  test('of one answer, or of answers all alike, has no interval', () => {
    expect(scoreOf('ces', [5])).toEqual({ value: 5, low: null, high: null, n: 1 })
    expect(scoreOf('stars', [])).toMatchObject({ value: null, n: 0 })
  })

  test('with equal weights is the plain one', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 1 }), (answers) => {
        const worth = answers.map((answer) => worthOf('nps', answer))
        const weighted = weightedMean(worth, times(worth.length, 2))
        expect(weighted.value).toBeCloseTo(scoreOf('nps', answers).value!, 9)
        expect(weighted.effective).toBeCloseTo(answers.length, 6)
      }),
    )
  })
})

describe('weights', () => {
  const people = (n: number, group: string, city = 'x') => times(n, { group, city })

  test('make those who answered look like those who were invited', () => {
    // Half of the invited are new, but only a fifth of those who answered.
    const { weights, dimensions, coverage } = rake(
      [...people(10, 'new'), ...people(40, 'old')],
      [...people(500, 'new'), ...people(500, 'old')],
      ['group'],
    )
    expect(weights[0]).toBeCloseTo(2.5, 6)
    expect(weights[49]).toBeCloseTo(0.625, 6)
    expect({ dimensions, coverage }).toEqual({ dimensions: ['group'], coverage: 1 })
  })

  test('fit every margin at once, whatever the numbers', () => {
    const person = fc.record({ group: fc.constantFrom('a', 'b'), city: fc.constantFrom('x', 'y', 'z') })
    fc.assert(
      fc.property(
        fc.array(person, { minLength: 60, maxLength: 120 }),
        fc.array(person, { minLength: 60, maxLength: 300 }),
        (answered, invited) => {
          const { weights, coverage } = rake(answered, invited, ['group', 'city'])
          fc.pre(coverage === 1)
          const total = weights.reduce((sum, weight) => sum + weight, 0)
          expect(total).toBeCloseTo(answered.length, 6)
          for (const group of ['a', 'b']) {
            const share =
              weights.reduce((sum, weight, i) => sum + (answered[i]!.group === group ? weight : 0), 0) / total
            expect(share).toBeCloseTo(invited.filter((one) => one.group === group).length / invited.length, 3)
          }
        },
      ),
    )
  })

  test('say how much of the invited nobody speaks for', () => {
    const { coverage } = rake(people(20, 'old'), [...people(70, 'old'), ...people(30, 'new')], ['group'])
    expect(coverage).toBeCloseTo(0.7, 9)
  })

  test('by bands: thirds of what was paid', () => {
    const cuts = thirds([1, 2, 3, 4, 5, 6, 7, 8, 9])!
    expect([1, 3, 4, 6, 7, 9, null].map((amount) => bandOf(amount, cuts))).toEqual([
      ...['low', 'low', 'middle', 'middle', 'high', 'high', ''],
    ])
    // Most paid the same: whoever paid more is told from them, and they are not called dear.
    const alike = thirds([100, 100, 100, 100, 500])!
    expect([100, 500].map((amount) => bandOf(amount, alike))).toEqual(['low', 'high'])
    expect(thirds([100, 100, 100, 100])).toBeNull()
    expect(thirds([1, 2])).toBeNull()
  })
})

describe('who answered', () => {
  test('is told apart from chance by group', () => {
    const invited = [...times(1000, { city: '北京' }), ...times(1000, { city: '上海' })]
    const uneven = biasBy(invited, [...times(200, { city: '北京' }), ...times(100, { city: '上海' })], 'city')
    expect(uneven.rows[0]).toMatchObject({ group: '上海', invited: 1000, answered: 100, rate: { value: 0.1, n: 1000 } })
    // χ² = 2·(50²/127.5) = 39.22 on one degree of freedom.
    expect(uneven.p).toBeLessThan(1e-8)
    expect(
      biasBy(invited, [...times(150, { city: '北京' }), ...times(149, { city: '上海' })], 'city').p,
    ).toBeGreaterThan(0.9)
    expect(biasBy(invited, [], 'city').p).toBeNull()
  })
})

describe('NPS over several surveys', () => {
  test('with one survey is that survey', () => {
    const pooled = poolNps([{ n: 100, plus: 50, minus: 20 }])
    expect(pooled.stratified).toMatchObject({ value: 30, n: 100 })
    expect(pooled.average).toBeNull()
  })

  test('weighs each by its answers, and its variance is that of the strata', () => {
    const pooled = poolNps([
      { n: 100, plus: 50, minus: 20 },
      { n: 300, plus: 90, minus: 90 },
    ])
    expect(pooled.stratified.value).toBeCloseTo(7.5, 9)
    // se²: 100²·0.61/100 = 61 and 100²·0.6/300 = 20; (¼)²·61 + (¾)²·20 = 15.0625.
    expect(pooled.stratified.high! - pooled.stratified.value!).toBeCloseTo(1.959964 * Math.sqrt(15.0625), 4)
    // Q = (30 − 0)² / (61 + 20) = 11.111 on one degree of freedom; I² = 10.111 / 11.111.
    expect(pooled.heterogeneity!.share).toBeCloseTo(0.91, 3)
    expect(pooled.heterogeneity!.p).toBeCloseTo(0.00086, 4)
    expect(pooled.average!.high! - pooled.average!.low!).toBeGreaterThan(
      pooled.stratified.high! - pooled.stratified.low!,
    )
  })

  test('sees no difference between surveys that are alike', () => {
    const alike = poolNps(times(4, { n: 200, plus: 100, minus: 40 }))
    expect(alike.heterogeneity).toEqual({ share: 0, p: 1 })
    expect(alike.average!.value).toBeCloseTo(alike.stratified.value!, 9)
  })
})
