import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seeded } from '../../fixture.ts'
import { addCrossed, covariance, crossedByGroup, crossedOf } from '../importance/crossed.ts'
import { drawGroups, type Pattern, repeatable } from '../pattern.ts'
import { expected, predictor, regress } from './fit.ts'
import { bootstrapFit, effectsWithIntervals, inflation, marginalEffects } from './marginal.ts'

const pattern = (on: number[], n: number, sum: number, group = 0): Pattern => ({ on, n, sum, squares: sum, group })

describe('logistic regression on indicators', () => {
  test('gives the published odds ratio of the UCB admissions within departments (Agresti 2013, table 6.8: 0.90 for men)', () => {
    // Departments A–F: admitted and rejected men, then women (Bickel, Hammel and O’Connell 1975).
    const counts = [
      [512, 313, 89, 19],
      [353, 207, 17, 8],
      [120, 205, 202, 391],
      [138, 279, 131, 244],
      [53, 138, 94, 299],
      [22, 351, 24, 317],
    ] as const
    const patterns = counts.flatMap(([menIn, menOut, womenIn, womenOut], department) => {
      const place = department === 0 ? [] : [department]
      return [pattern([0, ...place], menIn + menOut, menIn), pattern(place, womenIn + womenOut, womenIn)]
    })
    const { coefficients } = regress('share', patterns, [0, 0, 0, 0, 0, 0])
    expect(coefficients[1]).toBeCloseTo(-0.0999, 4)
    expect(Math.exp(coefficients[1]!)).toBeCloseTo(0.905, 3)
    // Without departments men seem far ahead: the odds ratio 1.84 of the two-by-two table.
    const pooled = regress(
      'share',
      patterns.map((one) => ({ ...one, on: one.on.filter((place) => place === 0) })),
      [0],
    )
    expect(Math.exp(pooled.coefficients[1]!)).toBeCloseTo((1198 * 1278) / (1493 * 557), 6)
  })

  const tables = fc.tuple(...[1, 2, 3, 4].map(() => fc.integer({ min: 1, max: 40 })))

  test('without penalty and with one indicator is the two-by-two table: log odds ratio, and difference of shares', () => {
    fc.assert(
      fc.property(tables, ([a, b, c, d]) => {
        const patterns = [pattern([0], a! + b!, a!), pattern([], c! + d!, c!)]
        const fitted = regress('share', patterns, [0])
        expect(fitted.coefficients[1]).toBeCloseTo(Math.log((a! * d!) / (b! * c!)), 6)
        expect(marginalEffects(fitted, patterns, [0])[0]).toBeCloseTo(a! / (a! + b!) - c! / (c! + d!), 8)
      }),
    )
  })

  test('expects as many as there were, with any penalty on the indicators', () => {
    fc.assert(
      fc.property(tables, fc.double({ min: 0.01, max: 5, noNaN: true }), ([a, b, c, d], penalty) => {
        const patterns = [pattern([0], a! + b!, a!), pattern([1], c! + d!, c!), pattern([0, 1], a! + d!, a!)]
        const { coefficients } = regress('share', patterns, [penalty, penalty])
        const total = patterns.reduce((sum, { on, n }) => sum + n * expected('share', predictor(coefficients, on)), 0)
        expect(total).toBeCloseTo(a! + c! + a!, 5)
      }),
    )
  })

  test('is where a naive climb along the slope ends', () => {
    const random = seeded(3)
    const patterns = Array.from({ length: 30 }, () => {
      const on = [0, 1, 2].filter(() => random() < 0.5)
      const n = 1 + Math.floor(random() * 20)
      return pattern(on, n, Math.floor(random() * (n + 1)))
    })
    const penalty = [0.5, 1, 2]
    const climbed = [0, 0, 0, 0]
    for (let step = 0; step < 40_000; step++) {
      const slope = climbed.map((value, place) => (place === 0 ? 0 : -penalty[place - 1]! * value))
      for (const { on, n, sum } of patterns) {
        const residual = sum - n / (1 + Math.exp(-climbed[0]! - on.reduce((all, j) => all + climbed[j + 1]!, 0)))
        slope[0] = slope[0]! + residual
        for (const j of on) slope[j + 1] = slope[j + 1]! + residual
      }
      for (const place of climbed.keys()) climbed[place] = climbed[place]! + 0.005 * slope[place]!
    }
    for (const [place, value] of regress('share', patterns, penalty).coefficients.entries())
      expect(value).toBeCloseTo(climbed[place]!, 7)
  })

  test('stays finite where an indicator tells the outcome for certain, and between copies it divides evenly', () => {
    const separated = [pattern([0], 20, 20), pattern([], 200, 0)]
    const { coefficients } = regress('share', separated, [0.16])
    expect(coefficients.every(Number.isFinite)).toBe(true)
    expect(marginalEffects({ family: 'share', coefficients }, separated, [0])[0]).toBeGreaterThan(0.9)
    const copies = regress('share', [pattern([0, 1], 50, 20), pattern([], 50, 5)], [0.16, 0.16])
    expect(copies.coefficients[1]).toBeCloseTo(copies.coefficients[2]!, 8)
  })

  test('removes what a confounder does: a product that is returned more and complained of more (Simpson)', () => {
    const patterns = [pattern([0, 1], 800, 400), pattern([1], 200, 100), pattern([0], 200, 20), pattern([], 800, 80)]
    const [effect] = marginalEffects(regress('share', patterns, [0, 0]), patterns, [0])
    expect(effect).toBeCloseTo(0, 8)
  })
})

describe('least squares on indicators', () => {
  test('is the difference of means within the other indicator', () => {
    const scores: Pattern[] = [
      { on: [0, 1], n: 10, sum: 20, squares: 50, group: 0 },
      { on: [1], n: 10, sum: 30, squares: 100, group: 0 },
      { on: [0], n: 10, sum: 30, squares: 100, group: 0 },
      { on: [], n: 10, sum: 40, squares: 170, group: 0 },
    ]
    const { coefficients } = regress('score', scores, [0, 0])
    expect(coefficients[1]).toBeCloseTo(-1, 9)
    expect(coefficients[2]).toBeCloseTo(-1, 9)
  })
})

describe('intervals by drawing groups of customers', () => {
  /** 60 groups; the indicator adds `effect` to a share of 0.1. */
  function simulated(seed: number, effect: number): Pattern[] {
    const random = seeded(seed)
    return Array.from({ length: 60 }, (_, group) =>
      [[0, 1], [0], [1], []].map((on) => {
        const n = 10
        const share = 0.1 + (on.includes(0) ? effect : 0) + (on.includes(1) ? 0.1 : 0)
        const sum = Array.from({ length: n }).filter(() => random() < share).length
        return pattern(on, n, sum, group)
      }),
    ).flat()
  }

  async function interval(patterns: readonly Pattern[], seed: number) {
    const fitted = regress('share', patterns, [0.16, 1])
    const rounds = await bootstrapFit(fitted, patterns, 150, repeatable(seed))
    return (await effectsWithIntervals(fitted, patterns, [0], rounds))[0]!
  }

  test('hold the true effect about as often as they say', async () => {
    let held = 0
    for (let seed = 1; seed <= 60; seed++) {
      const { low, high } = await interval(simulated(seed, 0.08), seed)
      if (low <= 0.08 && 0.08 <= high) held++
    }
    expect(held).toBeGreaterThanOrEqual(52)
  })

  test('by one step are about those of fitting anew', async () => {
    const patterns = simulated(9, 0.08)
    const fitted = regress('share', patterns, [0.16, 1])
    const quick = await interval(patterns, 4)
    const random = repeatable(4)
    const anew = Array.from({ length: 150 }, () => {
      const times = drawGroups(60, random)
      const drawn = patterns.map((one) => ({ ...one, n: one.n * times[one.group]!, sum: one.sum * times[one.group]! }))
      const again = regress(
        'share',
        drawn.filter(({ n }) => n > 0),
        [0.16, 1],
      )
      return marginalEffects(again, drawn, [0])[0]!
    }).sort((one, other) => one - other)
    expect(fitted.coefficients).toHaveLength(3)
    expect(quick.low).toBeCloseTo(anew[4]!, 2)
    expect(quick.high).toBeCloseTo(anew[145]!, 2)
  })

  test('are the same for the same seed', async () => {
    expect(await interval(simulated(2, 0.05), 8)).toEqual(await interval(simulated(2, 0.05), 8))
  })
})

describe('the variance inflation factor', () => {
  test('is 1 ÷ (1 − r²) for two predictors, and infinite for a copy', () => {
    const random = seeded(1)
    const table = Array.from({ length: 50 }, () => {
      const x = random()
      return [x, x + random(), 0]
    })
    const matrix = covariance(crossedOf(table))
      .slice(0, 2)
      .map((row) => row.slice(0, 2))
    const r2 = matrix[0]![1]! ** 2 / (matrix[0]![0]! * matrix[1]![1]!)
    expect(inflation(matrix)[0]).toBeCloseTo(1 / (1 - r2), 5)
    const copies = covariance(addCrossed(crossedByGroup([pattern([0, 1], 5, 1), pattern([], 9, 1)], 2)))
    expect(inflation(copies.slice(0, 2).map((row) => row.slice(0, 2)))).toEqual([Infinity, Infinity])
  })
})
