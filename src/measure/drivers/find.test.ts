import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tenantId } from '../../core/tenant.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { trusted } from '../../store/clickhouse/sql.ts'
import { noon, openFixture } from '../fixture.ts'
import { wholeSlice } from '../slice.ts'
import { caseQuestion } from './cases.ts'
import { askTables, type Drivers, findDrivers } from './find.ts'
import { fillMarket, names } from './market.fixture.ts'
import { findOutcome } from './outcomes.ts'
import { current, tabulate } from './table.ts'

const tenant = tenantId.parse('t1')
const asking = { asOf: noon('2026-04-15'), returnWindowDays: 7, names }
const slice = wholeSlice(tenant, '2026-03-01', '2026-03-28')

let analytics: Analytics
let close: () => Promise<void>
let found: Drivers
beforeAll(async () => {
  ;({ analytics, close } = await openFixture())
  await fillMarket(analytics, { seed: 3, orders: 9000, from: '2026-02-01', planted: true })
  found = await findDrivers(analytics, { ...asking, slice })
}, 180_000)
afterAll(() => close())

/** What was planted for returns. */
const noise = () => found.drivers.find((driver) => driver.outcome === 'return' && driver.aspect === 'noise')!

describe('drivers', () => {
  test('noise while people sleep comes first in heaters, and noise as a whole gives way to it', () => {
    const returns = found.drivers.filter((driver) => driver.outcome === 'return')
    expect(returns[0]).toMatchObject({
      category: 'heater',
      factor: 'aspect',
      aspect: 'noise',
      scene: 'sleep',
      unit: 'share',
    })
    expect(returns.filter((driver) => driver.aspect === 'noise')).toHaveLength(1)
    expect(returns[0]!.effect.low).toBeLessThan(0.25)
    expect(returns[0]!.effect.high).toBeGreaterThan(0.25)
    expect(returns[0]!.previousEffect!.value).toBeGreaterThan(0.1)
  })

  test('neither reasons for a return nor the wish for one predict it', () => {
    expect(found.drivers.filter((driver) => driver.outcome === 'return' && driver.aspect === 'heat')).toEqual([])
  })

  test('late installation goes with lower ratings, told once for its category', () => {
    const late = found.drivers.filter((driver) => driver.factor === 'late_installation')
    expect(late.map((driver) => `${driver.category} ${driver.outcome}`).sort()).toEqual([
      'boiler low_rating',
      'boiler rating',
    ])
    const score = late.find((driver) => driver.outcome === 'rating')!
    expect(score.effect.value).toBeLessThan(-1)
    expect(score.exposed.value!).toBeLessThan(score.control.value!)
  })

  test('the figures of a driver can be counted again from the rows', async () => {
    const driver = noise()
    const [voices] = await analytics.query<{ n: number }>(
      trusted(
        `SELECT uniqExact(voice_id) AS n FROM mentions WHERE aspect = 'noise' AND scene = 'sleep' AND polarity = 'negative'
        AND category = 'heater' AND day BETWEEN '2026-03-01' AND '2026-03-28'`,
      ),
    )
    expect(driver.volume).toBe(voices!.n)
    expect(driver.money!.currency).toBe('CNY')
    const month = driver.effect.value * driver.exposed.n * 19_900 * (365.25 / 12 / 28)
    expect(driver.money!.value / month).toBeCloseTo(1, 1)
  })

  test('its levels are those of a naive recount, order by order', async () => {
    const ask = <T>(text: string) => analytics.query<T>(trusted(text))
    const orders = await ask<{ order_id: string; returned_at: number | null }>(
      "SELECT order_id, returned_at FROM orders FINAL WHERE category = 'heater' AND ordered_day BETWEEN '2026-03-01' AND '2026-03-28'",
    )
    const mentions = await ask<{ order_id: string; scene: string; at: number; kind: string }>(
      "SELECT order_id, scene, at, kind FROM mentions WHERE aspect = 'noise' AND polarity = 'negative'",
    )
    const complained = (order: (typeof orders)[number], scene?: string) =>
      mentions.some(
        (said) =>
          said.order_id === order.order_id &&
          said.kind === 'review' &&
          (scene === undefined || said.scene === scene) &&
          said.at < (order.returned_at ?? Infinity),
      )
    const exposed = orders.filter((order) => complained(order, 'sleep'))
    const control = orders.filter((order) => !complained(order))
    const driver = noise()
    expect(driver.exposed.n).toBe(exposed.length)
    expect(driver.exposed.value).toBeCloseTo(
      exposed.filter((order) => order.returned_at !== null).length / exposed.length,
      12,
    )
    expect(driver.control.n).toBe(control.length)
    expect(driver.control.value).toBeCloseTo(
      control.filter((order) => order.returned_at !== null).length / control.length,
      12,
    )
  })

  test('a touchpoint has every order that complains of any of its aspects, and a complaint of new customers theirs: counted order by order', async () => {
    const tables = await askTables(analytics, caseQuestion({ ...asking, slice }, 'product'))
    const tabled = tabulate(tables, [findOutcome('return')!], current, { least: 1 }).map((one) => one.tabled)
    const rows = await analytics.query<{ order_id: string; aspect: string; returned: number }>(
      trusted(`SELECT order_id, aspect, returned FROM (
          SELECT order_id, aspect, at FROM mentions WHERE polarity = 'negative' AND kind = 'review' AND category = 'heater'
        ) AS said INNER JOIN (
          SELECT order_id, returned_at IS NOT NULL AS returned, ifNull(returned_at, 9999999999999) AS back FROM orders FINAL
          WHERE ordered_day BETWEEN '2026-03-01' AND '2026-03-28'
        ) AS placed USING (order_id) WHERE at < back`),
    )
    const count = (aspects: readonly string[]) => {
      const orders = new Map(
        rows.flatMap((row) => (aspects.includes(row.aspect) ? [[row.order_id, row.returned]] : [])),
      )
      return { n: orders.size, sum: [...orders.values()].reduce((sum, one) => sum + one, 0) }
    }
    const exposed = (factor: string, value: string, aspect = '') =>
      tabled.find(
        ({ candidate: one }) =>
          one.category === 'heater' && one.factor === factor && one.value === value && one.aspect === aspect,
      )!.all.exposed
    expect(exposed('touchpoint', 'fulfil.use')).toMatchObject(count(['noise', 'heat']))
    expect(exposed('touchpoint', 'browse.detail')).toMatchObject(count(['look']))
    // Everybody in this market orders once.
    expect(exposed('aspect', 'new', 'noise')).toMatchObject(count(['noise']))
  })

  test('sentences say what goes with what, never that one thing makes the other', () => {
    for (const { sentence } of found.drivers) {
      expect(sentence.zh).not.toMatch(/导致|让|因为|使|造成/)
      expect(sentence.en).not.toMatch(/because|cause|lead to|due to/)
    }
    expect(noise().sentence.zh).toMatch(/^heater：在“睡觉”时抱怨噪音的顾客，退货多 \d+\.\d 个百分点$/)
    expect(noise().sentence.en).toMatch(/^heater: customers who complain of noise \(sleeping\) return \d+\.\d pp more$/)
  })

  test('quotes stand on both sides, from different products, with a span that lies inside the text', () => {
    const driver = noise()
    expect(driver.quotes.length).toBeGreaterThanOrEqual(3)
    expect(driver.counterQuotes.length).toBeGreaterThanOrEqual(3)
    expect(driver.quotes.every((quote) => quote.outcome === true && quote.polarity === 'negative')).toBe(true)
    expect(new Set(driver.quotes.map((quote) => quote.productId)).size).toBe(driver.quotes.length)
    for (const quote of [...driver.quotes, ...driver.counterQuotes])
      expect(quote.end).toBeLessThanOrEqual(quote.text.length)
    for (const late of found.drivers.filter((one) => one.factor === 'late_installation'))
      expect(late.quotes.length).toBeGreaterThan(0)
  })

  test('nothing is certain where nothing was planted', async () => {
    await fillMarket(analytics, { seed: 5, orders: 6000, from: '2025-02-01', planted: false })
    const year = { ...asking, asOf: noon('2025-04-15'), slice: wholeSlice(tenant, '2025-03-01', '2025-03-28') }
    const nothing = await findDrivers(analytics, year)
    expect(nothing.candidates).toBeGreaterThan(10)
    expect(nothing.drivers).toEqual([])
  }, 60_000)

  test('a tenant without data has nothing to say', async () => {
    const empty = wholeSlice(tenantId.parse('nobody'), '2026-03-01', '2026-03-28')
    expect(await findDrivers(analytics, { ...asking, slice: empty })).toMatchObject({ drivers: [], candidates: 0 })
  })
})
