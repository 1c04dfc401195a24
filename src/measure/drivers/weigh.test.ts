import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tenantId } from '../../core/tenant.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { trusted } from '../../store/clickhouse/sql.ts'
import { noon, openFixture, orderRow, voiceRow } from '../fixture.ts'
import { findIndicator } from '../indicators/list.ts'
import { breakDown } from '../indicators/measure.ts'
import { wholeSlice } from '../slice.ts'
import { caseQuestion } from './cases.ts'
import { type Ledger, ledgerOf } from './ledger.ts'
import { fillMarket, names } from './market.fixture.ts'
import { askCases } from './model/ask.ts'
import { modelDrivers } from './model/model.ts'
import { findOutcome } from './outcomes.ts'
import { type Weighing, weighDrivers } from './weigh.ts'

const tenant = tenantId.parse('t1')
const question = {
  asOf: noon('2026-04-15'),
  returnWindowDays: 7,
  names,
  slice: wholeSlice(tenant, '2026-03-01', '2026-03-28'),
}

let analytics: Analytics
let close: () => Promise<void>
let returns: Weighing
let ratings: Weighing
let ledger: Ledger
beforeAll(async () => {
  ;({ analytics, close } = await openFixture())
  await fillMarket(analytics, { seed: 3, orders: 9000, from: '2026-02-01', planted: true })
  const model = await modelDrivers(analytics, findOutcome('return')!, question)
  returns = await weighDrivers(model, names)
  ledger = (await ledgerOf(model))!
  ratings = await weighDrivers(await modelDrivers(analytics, findOutcome('rating')!, question), names)
}, 60_000)
afterAll(() => close())

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)

describe('factors side by side', () => {
  test('noise while people sleep is the most important for returns, and the model finds the planted 25 points', () => {
    const [first, ...others] = returns.factors
    expect(first).toMatchObject({ category: 'heater', aspect: 'noise', scene: 'sleep', certain: true })
    expect(first!.adjusted!.low).toBeLessThan(0.25)
    expect(first!.adjusted!.high).toBeGreaterThan(0.25)
    expect(first!.adjusted!.low).toBeGreaterThan(0.15)
    for (const other of others) expect(other.importance!.value).toBeLessThan(first!.importance!.low)
  })

  test('noise elsewhere is a row of its own, without what is said of sleeping, and far less goes with it', () => {
    const elsewhere = returns.factors.find(({ aspect, scene }) => aspect === 'noise' && scene === '')!
    expect(elsewhere.without).toEqual(['sleep'])
    expect(elsewhere.certain).toBe(false)
    expect(elsewhere.stratified!.high).toBeLessThan(returns.factors[0]!.stratified!.value)
    expect(elsewhere.adjusted!.high).toBeLessThan(returns.factors[0]!.adjusted!.low)
  })

  test('shares and confounders add up to R², and hold products and weeks constant', () => {
    for (const { factors, r2, r2Confounders, confounders } of [returns, ratings]) {
      expect(sum(factors.map(({ importance }) => importance!.value)) + r2Confounders!).toBeCloseTo(r2!.value, 9)
      expect(sum(factors.map(({ johnson }) => johnson!)) + r2Confounders!).toBeCloseTo(r2!.value, 6)
      expect(confounders).toEqual(expect.arrayContaining(['product', 'category', 'week']))
    }
  })

  test('late installation comes first with ratings, by points of the scale', () => {
    const [first] = ratings.factors
    expect(first).toMatchObject({ factor: 'late_installation', certain: true })
    expect(first!.adjusted!.high).toBeLessThan(-1)
    expect(ratings.unit).toBe('score')
  })

  test('nothing planted is nothing important: no share is clearly more than noise of its own size', async () => {
    await fillMarket(analytics, { seed: 5, orders: 6000, from: '2025-02-01', planted: false })
    const year = { ...question, asOf: noon('2025-04-15'), slice: wholeSlice(tenant, '2025-03-01', '2025-03-28') }
    const model = await modelDrivers(analytics, findOutcome('return')!, year)
    const nothing = await weighDrivers(model, names)
    expect(nothing.factors.filter(({ certain }) => certain)).toEqual([])
    expect(nothing.factors.filter(({ importance }) => importance!.low > 0.005)).toEqual([])
    const empty = (await ledgerOf(model))!
    expect(empty.rows).toEqual([])
    expect(empty.unexplained.refund.value).toBe(empty.total.refund)
  }, 60_000)

  test('a member tier is the same under either of its names, for orders and voices as for an indicator', async () => {
    const shop = tenantId.parse('tiers')
    const factsOf = (place: number) =>
      JSON.stringify({ [place % 2 === 0 ? 'tier' : 'member_level']: place < 12 ? 'gold' : 'silver' })
    const day = '2026-05-02'
    const places = Array.from({ length: 20 }, (_, place) => place)
    const orders = places.map((place) => ({
      ...orderRow({ order_id: `o${place}`, ordered_day: day, delivered_day: '2026-05-04', facts: factsOf(place) }),
      tenant: shop,
    }))
    const voices = places.map((place) => ({
      ...voiceRow({ id: `v${place}`, day, rating: 1 + (place % 5) }),
      ...{ tenant: shop, facts: factsOf(place) },
    }))
    await analytics.insert('orders', orders)
    await analytics.insert('voices', voices)
    const slice = wholeSlice(shop, '2026-05-01', '2026-05-28')
    const later = { ...question, asOf: noon('2026-06-15') }
    for (const outcome of ['return', 'rating']) {
      const asked = caseQuestion({ ...later, slice }, 'product')
      const { cases } = await askCases(analytics, findOutcome(outcome)!, asked, [])
      expect(cases.map(({ tier }) => tier).sort()).toEqual([...Array(12).fill('gold'), ...Array(8).fill('silver')])
    }
    const rated = await breakDown(analytics, findIndicator('rating')!, 'tier', slice, later)
    const groups = rated.ok ? rated.value.groups.map(({ key, estimate }) => [key, estimate.n]) : []
    expect(groups.sort()).toEqual([
      ['gold', 12],
      ['silver', 8],
    ])
  })

  test('a tenant without data has no factors, and no ledger', async () => {
    const empty = { ...question, slice: wholeSlice(tenantId.parse('nobody'), '2026-03-01', '2026-03-28') }
    const model = await modelDrivers(analytics, findOutcome('return')!, empty)
    expect(await weighDrivers(model, names)).toMatchObject({ n: 0, factors: [], r2: null })
    expect(await ledgerOf(model)).toBeNull()
  })
})

describe('the ledger of returns', () => {
  test('adds up: its rows are what is explained, and with the rest they are all refunds of the period', async () => {
    expect(sum(ledger.rows.map(({ refund }) => refund.value))).toBe(ledger.explained.refund.value)
    expect(ledger.explained.refund.value + ledger.unexplained.refund.value).toBe(ledger.total.refund)
    expect(ledger.explained.returns.value + ledger.unexplained.returns.value).toBeCloseTo(ledger.total.returns, 6)
    const [all] = await analytics.query<{ n: number; money: number; of: number }>(
      trusted(
        `SELECT countIf(returned_at IS NOT NULL) AS n, sum(if(returned_at IS NOT NULL, refund_minor, 0)) AS money, count() AS of
         FROM orders FINAL WHERE ordered_day BETWEEN '2026-03-01' AND '2026-03-28'`,
      ),
    )
    expect(ledger.total.returns).toBe(all!.n)
    expect(ledger.n).toBe(all!.of)
    expect(ledger.total.refund).toBe(Math.round((all!.money * (365.25 / 12)) / ledger.days))
  })

  test('of the planted driver lies near its 25 points times its orders and their mean refund', () => {
    const [row] = ledger.rows
    expect(row).toMatchObject({ aspect: 'noise', scene: 'sleep' })
    const month = (0.25 * row!.rate.n * 19_900 * (365.25 / 12)) / ledger.days
    expect(row!.refund.low).toBeLessThan(month)
    expect(row!.refund.high).toBeGreaterThan(month)
    expect(row!.returns.value).toBeLessThan(row!.rate.value! * row!.rate.n)
  })
})
