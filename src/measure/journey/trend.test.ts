import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chiSquareP } from '../../core/statistics.ts'
import { judgeTogether, netFigure, shareFigure, sharesP } from './trend.ts'

const part = fc
  .record({ n: fc.integer({ min: 1, max: 500 }), share: fc.double({ min: 0, max: 1, noNaN: true }) })
  .map(({ n, share }) => ({ n, hits: Math.round(n * share) }))

describe('the change of a share', () => {
  test('is judged by Pearson’s χ² of the two-by-two table, here of two of the four groups of smokers in Fleiss (1981, p. 139)', () => {
    const [one, other] = [
      { hits: 90, n: 93 },
      { hits: 70, n: 82 },
    ]
    const cells = [one.hits, one.n - one.hits, other.hits, other.n - other.hits]
    const total = one.n + other.n
    const columns = [one.hits + other.hits, total - one.hits - other.hits]
    const expected = [one.n, one.n, other.n, other.n].map((n, cell) => (n * columns[cell % 2]!) / total)
    const chi2 = cells.reduce((sum, seen, cell) => sum + (seen - expected[cell]!) ** 2 / expected[cell]!, 0)
    expect(sharesP(one, other)).toBeCloseTo(chiSquareP(chi2, 1), 10)
  })

  test('is as likely one way as the other, and never less likely than nothing', () => {
    fc.assert(
      fc.property(part, part, (one, other) => {
        const p = sharesP(one, other)
        expect(p).toBeCloseTo(sharesP(other, one), 10)
        expect(p).toBeGreaterThanOrEqual(0)
        expect(p).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('is nothing between two shares that are both nought', () => {
    expect(sharesP({ hits: 0, n: 40 }, { hits: 0, n: 900 })).toBe(1)
  })
})

describe('a figure', () => {
  test('without anybody to count is no nought: it says what is missing', () => {
    const figure = shareFigure({ now: { hits: 0, n: 0 }, before: { hits: 3, n: 50 } }, 'no_visitors')
    expect(figure).toMatchObject({ estimate: { value: null, n: 0 }, change: null, silence: 'no_visitors' })
  })

  test('is not compared where either side is too few', () => {
    expect(shareFigure({ now: { hits: 20, n: 29 }, before: { hits: 1, n: 400 } }, 'no_visitors').change).toBeNull()
    expect(netFigure({ n: 400, plus: 1, minus: 9 }, { n: 29, plus: 9, minus: 1 }, 100, 'no_answers').q).toBeNull()
  })
})

describe('all changes of a map', () => {
  test('are judged together: what passes alone does not pass among a hundred that did not change', () => {
    const lone = () => shareFigure({ now: { hits: 60, n: 100 }, before: { hits: 45, n: 100 } }, 'no_visitors')
    const still = () => shareFigure({ now: { hits: 50, n: 100 }, before: { hits: 50, n: 100 } }, 'no_visitors')
    const [alone, among] = [lone(), lone()]
    judgeTogether([alone])
    judgeTogether([among, ...Array.from({ length: 100 }, still)])
    expect(alone.change!.moreThanChance).toBe(true)
    expect(among.change!.moreThanChance).toBe(false)
    expect(among.q!).toBeGreaterThan(alone.q!)
  })
})
