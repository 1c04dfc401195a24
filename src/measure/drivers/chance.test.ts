import { describe, expect, test } from 'vitest'
import { seeded } from '../fixture.ts'
import { mantelHaenszel } from './mantel-haenszel.ts'
import type { Comparison, Moments, Stratum } from './strata.ts'
import { stratifiedMean } from './stratified-mean.ts'

/** Orders of sixty products of very different sizes and levels; one in ten is late. All of it is simulated. */
const PRODUCTS = 60
const DEALINGS = 3_000
const random = seeded(20_261_126)
const orders = Array.from({ length: 3_500 }, () => {
  const product = Math.floor(PRODUCTS * random() ** 2)
  const score = Math.min(5, 1 + Math.floor(5 * random() ** (0.3 + product / PRODUCTS)))
  return { product, late: random() < 0.1, score }
})
const byProduct = Array.from({ length: PRODUCTS }, (_, product) => orders.filter((one) => one.product === product))

function add(cases: Moments, value: number): void {
  cases.n += 1
  cases.sum += value
  cases.squares += value * value
}

const empty = (): Moments => ({ n: 0, sum: 0, squares: 0 })

/** The strata after the scores of each product were dealt anew among its orders (Fisher and Yates). */
function dealt(of: (score: number) => number): Stratum[] {
  return byProduct.map((mine) => {
    const scores = mine.map(({ score }) => score)
    for (let at = scores.length - 1; at > 0; at--) {
      const other = Math.floor(random() * (at + 1))
      ;[scores[at], scores[other]] = [scores[other]!, scores[at]!]
    }
    const stratum = { exposed: empty(), control: empty() }
    for (const [at, { late }] of mine.entries()) add(late ? stratum.exposed : stratum.control, of(scores[at]!))
    return stratum
  })
}

describe.each<[string, (strata: readonly Stratum[]) => Comparison | null, (score: number) => number]>([
  ['the difference of shares', mantelHaenszel, (score) => (score <= 2 ? 1 : 0)],
  ['the difference of means', stratifiedMean, (score) => score],
])('%s, where outcomes belong to nobody', (_, compare, of) => {
  const ps = Array.from({ length: DEALINGS }, () => compare(dealt(of))!.p)

  test.each([0.05, 0.01, 0.003])('comes with a p of at most %d no more often than that', (level) => {
    const times = ps.filter((p) => p <= level).length
    // Three standard deviations of chance over so many dealings.
    const room = 3 * Math.sqrt(DEALINGS * level * (1 - level))
    expect(times).toBeLessThanOrEqual(DEALINGS * level + room)
    // Nor is it blind: a test that never spoke would pass the line above.
    expect(times).toBeGreaterThan((DEALINGS * level) / 4)
  })
})
