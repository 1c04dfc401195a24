import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seeded } from '../fixture.ts'
import { nothingStrange, strangenessOf } from './strangeness.ts'

/** Standard normal residuals around 100, with what `change` makes of them. */
function scored(points: number, seed: number, change: (residual: number, place: number) => number, unit = 1): number[] {
  const random = seeded(seed)
  const state = nothingStrange()
  return Array.from({ length: points }, (_, place) => {
    const chance = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    const residual = change(chance, place)
    return strangenessOf(state, residual, unit * (100 + residual), unit)
  })
}
const SEEDS = Array.from({ length: 10 }, (_, seed) => seed + 1)
const average = (list: readonly number[]) => list.reduce((sum, x) => sum + x, 0) / list.length
const most = (scores: readonly number[], from: number, to: number) => Math.max(...scores.slice(from, to))

describe('strangenessOf', () => {
  it('says nothing while it learns, and stays between 0 and 1 whatever comes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 60, maxLength: 200 }),
        (values) => {
          const state = nothingStrange()
          const scores = values.map((value) => strangenessOf(state, value, value, 1))
          expect(scores.slice(0, 50).every((score) => score === 0)).toBe(true)
          expect(scores.every((score) => score >= 0 && score < 1)).toBe(true)
        },
      ),
      { numRuns: 50 },
    )
  })

  it('is far higher at one far point, in a small shift that lasts and in restlessness than where nothing happens', () => {
    const highest = (change: (residual: number, place: number) => number) =>
      average(SEEDS.map((seed) => most(scored(700, seed, change), 600, 700)))
    const usual = highest((residual) => residual)
    expect(highest((residual, place) => (place === 600 ? 7 : residual))).toBeGreaterThan(2 * usual)
    expect(highest((residual, place) => (place >= 600 ? residual + 1.5 : residual))).toBeGreaterThan(2 * usual)
    expect(highest((residual, place) => (place >= 600 ? residual * 3 : residual))).toBeGreaterThan(2 * usual)
  })

  it('does not tell at once again what it just told, but does after a while', () => {
    const again = (later: number) =>
      average(
        SEEDS.map((seed) => {
          const far = (residual: number, place: number) => (place === 600 || place === 600 + later ? 7 : residual)
          return scored(1_300, seed, far)[600 + later]!
        }),
      )
    const first = again(0)
    expect(again(20)).toBeLessThan(0.1 * first)
    expect(again(600)).toBeGreaterThan(0.3 * first)
  })

  it('does not depend on the unit of measurement', () => {
    const change = (residual: number, place: number) => (place % 250 === 249 ? residual + 6 : residual)
    const [one, other] = [scored(800, 5, change), scored(800, 5, change, 4_096)]
    for (const [place, score] of one.entries()) expect(other[place]).toBeCloseTo(score, 9)
  })
})
