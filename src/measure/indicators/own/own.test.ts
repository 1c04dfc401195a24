import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tenantId } from '../../../core/tenant.ts'
import type { Analytics } from '../../../store/clickhouse/analytics.ts'
import { watchBook } from '../../alerts/own-watch.ts'
import { askSeries, askTotals } from '../../alerts/series.ts'
import { noon, orderRow } from '../../fixture.ts'
import { wholeSlice } from '../../slice.ts'
import { readEvidence } from '../evidence.ts'
import { measureIndicator } from '../measure.ts'
import { compileOwn } from './compile.ts'
import { ownDefinition } from './definition.ts'
import { asking, definitions, openShop, recount, slice, words } from './own.fixture.ts'
import { ownParts } from './parts.ts'
import { plainName } from './words.ts'

let analytics: Analytics
let close: () => Promise<void>
beforeAll(async () => {
  ;({ analytics, close } = await openShop())
})
afterAll(() => close())

describe('an indicator of the tenant’s own', () => {
  test('equals its recount from the rows, whatever it asks for, and its evidence holds as many cases as it counts', async () => {
    let told = 0
    await fc.assert(
      fc.asyncProperty(definitions, async (drawn) => {
        const definition = ownDefinition.parse({ ...words, ...drawn })
        const indicator = compileOwn('own_x', definition)
        const summary = await measureIndicator(analytics, indicator, slice, asking)
        const counted = recount(definition, slice.from, slice.to)
        expect(summary.estimate.n).toBe(counted.n)
        if (counted.value === null) expect(summary.estimate.value).toBeNull()
        else expect(summary.estimate.value).toBeCloseTo(counted.value, 8)
        expect(summary.previous.n).toBe(recount(definition, '2026-02-01', '2026-02-28').n)
        const page = await readEvidence(analytics, indicator, { ...asking, slice, side: 'all', limit: 200 })
        expect(page).toMatchObject({ ok: true, value: { total: counted.n } })
        told += counted.n > 0 ? 1 : 0
      }),
      { numRuns: 40, seed: 6 },
    )
    expect(told).toBeGreaterThan(10)
  })

  test('is watched over the very cases that it counts, each once, whole and by category', async () => {
    const year = wholeSlice(slice.tenant, '2025-12-01', '2026-12-31')
    const late = { ...asking, asOf: noon('2027-06-01') }
    let told = 0
    await fc.assert(
      fc.asyncProperty(definitions, async (drawn) => {
        const definition = ownDefinition.parse({ ...words, ...drawn })
        const kept = { id: 'own_x', definition, changedBy: '', changedAt: 0, retiredAt: null }
        const book = watchBook([kept], { tenant: slice.tenant, returnWindowDays: 7 })
        const { of } = definition
        if (!('share' in of || 'mean' in of)) {
          expect(book.whyNot('indicator.own_x')).toBe('percentile')
          return
        }
        const { estimate } = await measureIndicator(analytics, compileOwn('own_x', definition), year, late)
        const where = { category: [], merchant: [], city: [], channel: [] }
        const ends = { from: noon('2025-11-01'), to: late.asOf, stepMs: 86_400_000, offsetMs: 0 }
        const asked = { tenant: slice.tenant, watch: book.find('indicator.own_x')!, where, ...ends }
        const whole = (await askTotals(analytics, { ...asked, by: null })).get('') ?? { n: 0, plus: 0 }
        expect(whole.n).toBe(estimate.n)
        expect(whole.plus).toBeCloseTo((estimate.value ?? 0) * estimate.n, 4)
        const series = await askSeries(analytics, { ...asked, by: 'category' })
        const named = [...series].flatMap(([key, { n }]) => (key === '' ? [] : n)).reduce((sum, one) => sum + one, 0)
        expect(named).toBeLessThanOrEqual(whole.n)
        told += whole.n > 0 ? 1 : 0
      }),
      { numRuns: 40, seed: 8 },
    )
    expect(told).toBeGreaterThan(5)
  })

  test('in yen is a hundred times what it is in fen, and another currency than the shop’s own is left out', async () => {
    const tenant = tenantId.parse('yen')
    const sold = (currency: string, amount_minor: number, place: number) => ({
      ...orderRow({ order_id: `${currency}${place}`, ordered_day: '2026-03-02', currency }),
      tenant,
      amount_minor,
    })
    const rows = [...[1_000, 3_000].map((yen, i) => sold('JPY', yen, i)), sold('CNY', 99_900, 0)]
    await analytics.insert('orders', rows)
    const mean = compileOwn('own_x', ownDefinition.parse({ ...words, table: 'orders', of: { mean: 'amount' } }))
    const { estimate } = await measureIndicator(analytics, mean, { ...slice, tenant }, asking)
    expect(estimate).toMatchObject({ n: 2, value: 2_000 })
  })

  test('is put together from the values that the tenant’s own records have', async () => {
    const { tables } = await ownParts(analytics, slice, plainName)
    const of = (table: string, field: string) =>
      tables
        .find(({ id }) => id === table)!
        .words.find(({ id }) => id === field)!
        .values.map((one) => one.value)
    expect(of('orders', 'city').sort()).toEqual(['上海', '成都'].sort())
    expect(of('orders', 'province').sort()).toEqual(['上海', '四川'].sort())
    expect(of('orders', 'tier').sort()).toEqual(['gold', 'silver'])
    expect(of('voices', 'kind')).toContain('complaint')
    expect(of('events', 'name')).toContain('payment_failed')
  })
})
