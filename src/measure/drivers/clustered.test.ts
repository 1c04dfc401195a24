import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Cluster, clusteredMean, LEAST_CLUSTERS } from './clustered.ts'
import { type Moments, noCases } from './strata.ts'
import { type Fifths, trendOver } from './trend.ts'

const share = (sum: number, n: number): Moments => ({ n, sum, squares: sum })
const having = (sum: number, n: number): Cluster => ({ exposed: share(sum, n), control: noCases })
const lacking = (sum: number, n: number): Cluster => ({ exposed: noCases, control: share(sum, n) })

describe('a factor that is the same in all orders of a product', () => {
  test('with equal products has the error of a t test between their means, products being the cases', () => {
    const [one, other] = [
      [10, 14, 18, 22, 26],
      [30, 34, 38, 42, 46],
    ] as const
    const found = clusteredMean([[...one.map((y) => having(y, 100)), ...other.map((y) => lacking(y, 100))]])!
    expect(found.value).toBeCloseTo(-0.2, 12)
    // Means of 0.10 … 0.26: variance 0.004 of a product, on either side; √(0.004/5 + 0.004/5) = 0.04 on 8 degrees of freedom.
    expect(found.se).toBeCloseTo(0.04, 12)
    expect(found.high - found.value).toBeCloseTo(0.04 * 2.306004, 6)
  })

  test('is never surer than the same cases would be if products did not matter', () => {
    const cells = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 40, max: 60 })), {
      minLength: LEAST_CLUSTERS,
      maxLength: 9,
    })
    fc.assert(
      fc.property(cells, cells, (exposed, control) => {
        const found = clusteredMean([
          [...exposed.map(([y, n]) => having(y, n)), ...control.map(([y, n]) => lacking(y, n))],
        ])
        if (!found) return
        const { exposed: e, control: c } = found
        const simple = (m: Moments) => ((m.sum / m.n) * (1 - m.sum / m.n)) / m.n
        expect(found.se).toBeGreaterThanOrEqual(Math.sqrt(simple(e) + simple(c)) * (1 - 1e-9))
      }),
    )
  })

  test('says nothing of four products', () => {
    const four = [1, 2, 3, 4].map((y) => having(y, 50))
    expect(clusteredMean([[...four, ...[1, 2, 3, 4, 5].map((y) => lacking(y, 50))]])).toBeNull()
  })
})

describe('a trend over fifths', () => {
  test('is the slope of a regression with one constant a stratum, recomputed case by case', () => {
    const counts = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })), {
      minLength: 3,
      maxLength: 5,
    })
    fc.assert(
      fc.property(fc.array(counts, { minLength: 1, maxLength: 3 }), (strata) => {
        const fifths = strata.map(
          (rows): Fifths => new Map(rows.map(([hits, misses], at) => [at + 1, share(hits, hits + misses)])),
        )
        const cases = strata.map((rows) =>
          rows.flatMap(([hits, misses], at) => [
            ...Array.from({ length: hits }, () => [at + 1, 1] as const),
            ...Array.from({ length: misses }, () => [at + 1, 0] as const),
          ]),
        )
        let [sxy, sxx] = [0, 0]
        for (const rows of cases) {
          const mean = (place: 0 | 1) => rows.reduce((sum, row) => sum + row[place], 0) / rows.length
          const [mx, my] = [mean(0), mean(1)]
          for (const [x, y] of rows) {
            sxy += (x - mx) * (y - my)
            sxx += (x - mx) ** 2
          }
        }
        expect(trendOver(fifths)!.slope).toBeCloseTo(sxy / sxx, 9)
      }),
    )
  })
})
