import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { armMean, contrast } from './contrast.ts'
import { didMeans, didRegression } from './means.ts'

const data = path.resolve(import.meta.dirname, '../../../../../shared/data')
const rows = (file: string): Record<string, string>[] => parse(readFileSync(path.join(data, file)), { columns: true })
const number = (text: string | undefined): number | null => (text === undefined || text === '' ? null : Number(text))
/** Full-time equivalents: full-time and managers whole, part-time half. */
const fte = (full: number | null, part: number | null, managers: number | null): number | null =>
  full === null || part === null || managers === null ? null : full + managers + part / 2

const shops = existsSync(data)
  ? rows('card_krueger/fast_food.csv').map((row) => ({
      treated: row.state === '1',
      before: fte(number(row.empft), number(row.emppt), number(row.nmgrs)),
      after: fte(number(row.empft2), number(row.emppt2), number(row.nmgrs2)),
      wages: number(row.wage_st) !== null && number(row.wage_st2) !== null,
      closed: row.status2 === '3',
    }))
  : []

const cells = (units: typeof shops) => {
  const pick = (treated: boolean, side: 'before' | 'after') =>
    units.flatMap((unit) => (unit.treated === treated && unit[side] !== null ? [unit[side]] : []))
  return {
    treatedBefore: pick(true, 'before'),
    treatedAfter: pick(true, 'after'),
    controlBefore: pick(false, 'before'),
    controlAfter: pick(false, 'after'),
  }
}

describe.skipIf(!existsSync(data))('published figures (skipped where ../shared/data is absent)', () => {
  test('Card and Krueger 1994: the difference in differences of all shops is 2.7536', () => {
    expect(didMeans(cells(shops))).toBeCloseTo(2.7536, 4)
  })

  test('Card and Krueger 1994: of the 384 shops seen twice it is 2.7500', () => {
    const twice = shops.filter((shop) => shop.before !== null && shop.after !== null)
    expect(twice).toHaveLength(384)
    expect(didMeans(cells(twice))).toBeCloseTo(2.75, 4)
  })

  test('Card and Krueger 1994: the regression of the change gives 2.326 (1.192) over 357 shops', () => {
    const changes = shops.flatMap((shop) =>
      shop.before !== null && shop.after !== null && (shop.wages || (shop.closed && shop.after === 0))
        ? [{ treated: shop.treated, change: shop.after - shop.before }]
        : [],
    )
    expect(changes).toHaveLength(357)
    const regression = didRegression(changes)!
    expect(regression.value).toBeCloseTo(2.326, 3)
    expect(regression.se).toBeCloseTo(1.192, 3)
  })

  test('Proposition 99: the difference in differences of cigarette sales is −27.349', () => {
    const panel = rows('prop99/panel.csv').map((row) => ({
      treated: row.state === 'California',
      after: Number(row.year) >= 1989,
      sale: Number(row.cigsale),
    }))
    const pick = (treated: boolean, after: boolean) =>
      panel.filter((row) => row.treated === treated && row.after === after).map((row) => row.sale)
    const effect = didMeans({
      treatedBefore: pick(true, false),
      treatedAfter: pick(true, true),
      controlBefore: pick(false, false),
      controlAfter: pick(false, true),
    })
    expect(effect).toBeCloseTo(-27.349, 3)
  })
})

describe('the contrast of two arms', () => {
  test('with equal weights it is Welch’s t test (sleep data: t −1.8608, df 17.776, p 0.07939)', () => {
    const weigh = (values: number[]) => values.map((value) => ({ value, weight: 1 }))
    const one = weigh([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
    const other = weigh([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])
    const welch = contrast(one, other)!
    expect(welch.value / welch.se).toBeCloseTo(-1.8608, 4)
    expect(welch.df).toBeCloseTo(17.776, 3)
    expect(welch.p).toBeCloseTo(0.07939, 5)
    expect(armMean(one)!.df).toBeCloseTo(9, 10)
  })

  test('one unit in an arm tells nothing about the spread', () => {
    expect(
      contrast(
        [{ value: 1, weight: 1 }],
        [
          { value: 1, weight: 1 },
          { value: 2, weight: 1 },
        ],
      ),
    ).toBeNull()
  })
})
