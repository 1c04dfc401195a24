import { describe, expect, test } from 'vitest'
import { falseDiscovery } from '../../core/false-discovery.ts'
import { seeded } from '../fixture.ts'
import { mantelHaenszel } from './mantel-haenszel.ts'
import { addMoments, type Moments, noCases, type Stratum } from './strata.ts'
import { stratifiedMean } from './stratified-mean.ts'

const share = (sum: number, n: number): Moments => ({ n, sum, squares: sum })
const scores = (values: number[]): Moments =>
  values.map((value) => ({ n: 1, sum: value, squares: value * value })).reduce(addMoments, noCases)

describe('Mantel and Haenszel', () => {
  test('gives the published risk difference of the tolbutamide trial: 0.0349, 90 % −0.0176 to 0.0874 (Rothman 2008, metafor)', () => {
    const pooled = mantelHaenszel([
      { exposed: share(8, 106), control: share(5, 120) },
      { exposed: share(22, 98), control: share(16, 85) },
    ])!
    expect(pooled.value).toBeCloseTo(0.034900269, 8)
    expect(pooled.value - 1.6448536 * pooled.se).toBeCloseTo(-0.017574979, 7)
    expect(pooled.value + 1.6448536 * pooled.se).toBeCloseTo(0.087375518, 7)
  })

  test('is not fooled by a product that is returned more and complained of more (Simpson)', () => {
    const pooled = mantelHaenszel([
      { exposed: share(40, 80), control: share(10, 20) },
      { exposed: share(2, 20), control: share(8, 80) },
    ])!
    expect(pooled.value).toBeCloseTo(0, 12)
  })

  test('says nothing where no stratum has both sides', () => {
    expect(mantelHaenszel([{ exposed: share(5, 10), control: noCases }])).toBeNull()
    expect(stratifiedMean([{ exposed: noCases, control: scores([1, 2]) }])).toBeNull()
  })
})

describe('the stratified mean', () => {
  test('of one stratum is the difference of means with its two-sample error', () => {
    const one = stratifiedMean([
      { exposed: scores([1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 3]), control: scores([4, 5, 4, 5, 4, 5, 4, 5, 4, 5, 4]) },
    ])!
    expect(one.value).toBeCloseTo(3 - 49 / 11, 12)
    expect(one.se).toBeCloseTo(Math.sqrt(2 / 11 + 30 / 11 / 10 / 11), 6)
  })

  test('compares inside strata only', () => {
    const pooled = stratifiedMean([
      { exposed: scores([1, 2, 1, 2]), control: scores([2, 3]) },
      { exposed: scores([4, 5]), control: scores([5, 6, 5, 6]) },
    ])!
    expect(pooled.value).toBeCloseTo(-1, 12)
  })
})

describe('the false-discovery rate', () => {
  test('adjusts the fifteen p-values of Benjamini and Hochberg 1995 so that four stay at 5 %', () => {
    const published = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
    ]
    const adjusted = falseDiscovery(published)
    expect(adjusted.filter((q) => q <= 0.05)).toHaveLength(4)
    expect(adjusted[3]).toBeCloseTo((0.0095 * 15) / 4, 12)
  })

  test('never reverses the order of the p-values and never goes beyond 1', () => {
    const adjusted = falseDiscovery([0.9, 0.001, 0.5, 0.9])
    expect(adjusted).toEqual([0.9, 0.004, 0.9, 0.9])
  })

  test('on shuffled outcomes almost never is anything certain', () => {
    const random = seeded(11)
    let rounds = 0
    for (let round = 0; round < 60; round++) {
      const outcomes = Array.from({ length: 1200 }, () => (random() < 0.12 ? 1 : 0))
      const comparisons = Array.from({ length: 25 }, () => mantelHaenszel(shuffledStrata(outcomes, random)))
      const tried = comparisons.filter((comparison) => comparison !== null)
      const adjusted = falseDiscovery(tried.map((comparison) => comparison.p))
      if (tried.some((comparison, place) => comparison.value > 0 && adjusted[place]! <= 0.05)) rounds++
    }
    expect(rounds).toBeLessThanOrEqual(3)
  })
})

/** Twenty products; about a twentieth of the cases, at random, mention the aspect. */
function shuffledStrata(outcomes: readonly number[], random: () => number): Stratum[] {
  const strata = Array.from({ length: 20 }, () => ({ exposed: noCases, control: noCases }))
  for (const outcome of outcomes) {
    const stratum = strata[Math.floor(random() * strata.length)]!
    const side = random() < 0.05 ? 'exposed' : 'control'
    stratum[side] = addMoments(stratum[side], share(outcome, 1))
  }
  return strata
}
