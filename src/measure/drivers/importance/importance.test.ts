import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { seeded } from '../../fixture.ts'
import { basicInterval, type Pattern } from '../pattern.ts'
import { addCrossed, adjust, covariance, crossedByGroup, crossedOf } from './crossed.ts'
import { adjustedR2 } from './importance.ts'
import { johnson } from './johnson.ts'
import { drawOrders, EXACT, shapley, subsetR2 } from './shapley.ts'

const folder = path.resolve(import.meta.dirname, '../../../../../shared/data/relative_importance')

/** Predictors first, the outcome last, as the modules want it. */
function published(file: string, outcome: string, predictors: readonly string[]): number[][] {
  const rows = parse(readFileSync(path.join(folder, file)), { columns: true }) as Record<string, string>[]
  return rows.map((row) => [...predictors, outcome].map((name) => Number(row[name])))
}

const model = (rows: readonly (readonly number[])[]) => adjust(covariance(crossedOf(rows)))
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
const close = (found: readonly number[], wanted: readonly number[], digits: number) => {
  for (const [place, value] of found.entries()) expect(value).toBeCloseTo(wanted[place]!, digits)
}

describe.skipIf(!existsSync(folder))(
  'relative importance as published (skipped where ../shared/data is absent)',
  () => {
    const complaints = ['complaints', 'privileges', 'learning', 'raises', 'critical', 'advance']

    test('attitude: general dominance of dominanceAnalysis, 0.371 for complaints of an R² of 0.733', () => {
      const attitude = model(published('attitude.csv', 'rating', complaints))
      const lmg = shapley(attitude)
      close(lmg, [0.371, 0.051, 0.156, 0.12, 0.007, 0.028], 3)
      close(lmg, [0.370816, 0.050904, 0.155766, 0.120345, 0.006589, 0.028182], 6)
      expect(sum(lmg)).toBeCloseTo(0.733, 3)
      close(johnson(attitude), [0.36276, 0.056002, 0.163611, 0.12178, 0.008255, 0.020193], 6)
    })

    test('mtcars on cyl, disp, hp and wt: Johnson weights of the rwa package', () => {
      const cars = model(published('mtcars.csv', 'mpg', ['cyl', 'disp', 'hp', 'wt']))
      close(johnson(cars), [0.2096904, 0.1883043, 0.179959, 0.2706812], 7)
      close(shapley(cars), [0.215709, 0.200698, 0.170077, 0.26215], 6)
    })

    test('mtcars on cyl, disp, hp and gear', () => {
      const cars = model(published('mtcars.csv', 'mpg', ['cyl', 'disp', 'hp', 'gear']))
      close(johnson(cars), [0.22848, 0.222147, 0.232174, 0.096389], 6)
      close(shapley(cars), [0.247052, 0.2435, 0.210913, 0.077725], 6)
      expect(sum(johnson(cars))).toBeCloseTo(0.77919, 5)
    })

    test('swiss: orders drawn by chance come close to the exact shares, and add up to the same R²', () => {
      const swiss = model(
        published('swiss.csv', 'Fertility', [
          'Agriculture',
          'Examination',
          'Education',
          'Catholic',
          'Infant.Mortality',
        ]),
      )
      expect(sum(shapley(swiss))).toBeCloseTo(0.7067, 4)
      // Copies of one predictor push the model past the exact sum; together they hold what the one held.
      const table = published('swiss.csv', 'Fertility', ['Examination', 'Education', 'Catholic'])
      const copies = table.map(([examination, ...rest]) => [...new Array<number>(EXACT).fill(examination!), ...rest])
      const wide = model(copies)
      const drawn = shapley(wide, drawOrders(EXACT + 2, 400, seeded(7)))
      expect(sum(drawn)).toBeCloseTo(sum(shapley(model(table))), 9)
      const perCopy = sum(drawn.slice(0, EXACT)) / EXACT
      for (const share of drawn.slice(0, EXACT)) expect(Math.abs(share - perCopy)).toBeLessThan(0.02)
    })
  },
)

/** Tables with an outcome that leans on some of the predictors, which lean on one another. */
const tables = fc
  .record({ seed: fc.integer({ min: 1, max: 1e6 }), size: fc.integer({ min: 2, max: 6 }) })
  .map(({ seed, size }) => {
    const random = seeded(seed)
    const leanings = Array.from({ length: size }, () => random() - 0.3)
    return Array.from({ length: 60 }, () => {
      const common = random()
      const row = leanings.map(() => common + 2 * random())
      return [...row, row.reduce((total, value, j) => total + leanings[j]! * value, 0) + random()]
    })
  })

describe('relative importance', () => {
  test('adds up to R², by either way', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const of = model(table)
        const all = subsetR2(of).at(-1)!
        expect(sum(shapley(of))).toBeCloseTo(all, 9)
        expect(sum(johnson(of))).toBeCloseTo(all, 9)
      }),
      { numRuns: 60 },
    )
  })

  test('does not hang on the unit of a predictor nor on their order', () => {
    fc.assert(
      fc.property(tables, fc.integer({ min: 1, max: 5 }), (table, by) => {
        const size = table[0]!.length - 1
        const turned = Array.from({ length: size }, (_, j) => (j + by) % size)
        const changed = table.map((row) => [...turned.map((j) => 1000 * (j + 1) * row[j]! + 5), -3 * row[size]!])
        const [before, after] = [model(table), model(changed)]
        close(
          shapley(after),
          turned.map((j) => shapley(before)[j]!),
          7,
        )
        close(
          johnson(after),
          turned.map((j) => johnson(before)[j]!),
          7,
        )
      }),
      { numRuns: 40 },
    )
  })

  test('is split evenly between a predictor and its copy, which leave the others together what they had', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const copied = model(table.map((row) => [row[0]!, ...row]))
        for (const shares of [shapley(copied), johnson(copied)]) {
          expect(shares[0]).toBeCloseTo(shares[1]!, 7)
          expect(sum(shares)).toBeCloseTo(subsetR2(model(table)).at(-1)!, 7)
        }
      }),
      { numRuns: 40 },
    )
  })

  test('is never less than nought, and nought for what does not vary', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const still = model(table.map((row) => [4, ...row]))
        for (const shares of [shapley(still), johnson(still)]) {
          expect(shares[0]).toBe(0)
          for (const share of shares) expect(share).toBeGreaterThanOrEqual(-1e-12)
        }
      }),
      { numRuns: 40 },
    )
  })

  test('beside confounders is what the predictors add to them: all of R² less the confounders’ own', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const all = subsetR2(model(table)).at(-1)!
        const beside = adjust(covariance(crossedOf(table)), 1)
        expect(beside.explained + sum(shapley(beside))).toBeCloseTo(all, 9)
        expect(beside.explained + sum(johnson(beside))).toBeCloseTo(all, 9)
      }),
      { numRuns: 40 },
    )
  })

  test('of patterns is that of their cases one by one', () => {
    const random = seeded(5)
    const patterns: Pattern[] = Array.from({ length: 40 }, (_, place) => {
      const on = [0, 1, 2].filter(() => random() < 0.4)
      const n = 1 + Math.floor(random() * 5)
      const hits = Math.floor(random() * (n + 1))
      return { on, n, sum: hits, squares: hits, group: place % 4 }
    })
    const cases = patterns.flatMap(({ on, n, sum: hits }) =>
      Array.from({ length: n }, (_, i) => [...[0, 1, 2].map((j) => (on.includes(j) ? 1 : 0)), i < hits ? 1 : 0]),
    )
    close(shapley(adjust(covariance(addCrossed(crossedByGroup(patterns, 3))))), shapley(model(cases)), 12)
  })
})

describe('the interval of what is never negative', () => {
  test('turns the lean of the rounds around: rounds that lie 0.02 too high put it 0.02 below the estimate', () => {
    const spread = Array.from({ length: 201 }, (_, place) => (place - 100) / 1000)
    const { value, low, high } = basicInterval(
      0.3,
      spread.map((off) => 0.32 + off),
    )
    expect(value).toBe(0.3)
    expect(low).toBeCloseTo(0.28 - 0.095, 9)
    expect(high).toBeCloseTo(0.28 + 0.095, 9)
  })

  test('holds its estimate, and begins at nought at the least', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 50 }),
        (estimate, rounds) => {
          const { low, high } = basicInterval(estimate, rounds)
          expect(low).toBeGreaterThanOrEqual(0)
          expect(low).toBeLessThanOrEqual(estimate)
          expect(high).toBeGreaterThanOrEqual(estimate)
        },
      ),
    )
  })

  test('R² less chance: 0.733 of six predictors over 30 departments is 0.663 (attitude, as R’s summary.lm says)', () => {
    expect(adjustedR2(0.7326, 30, 6)).toBeCloseTo(0.6628, 4)
  })
})
