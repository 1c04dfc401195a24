import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tenantId } from '../../core/tenant.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { noon, openFixture } from '../fixture.ts'
import { wholeSlice } from '../slice.ts'
import { explainDriver } from './explain.ts'
import { fillMarket, names } from './market.fixture.ts'

const question = {
  slice: wholeSlice(tenantId.parse('t1'), '2026-03-01', '2026-03-28'),
  asOf: noon('2026-04-15'),
  returnWindowDays: 7,
  names,
  titleOf: (id: string) => `product ${id}`,
}
const noise = { outcome: 'return', category: 'heater', factor: 'aspect', aspect: 'noise', scene: 'sleep' }
const late = { outcome: 'rating', category: 'boiler', factor: 'late_installation', aspect: '', scene: '' }

let analytics: Analytics
let close: () => Promise<void>
beforeAll(async () => {
  ;({ analytics, close } = await openFixture())
  await fillMarket(analytics, { seed: 3, orders: 9000, from: '2026-02-01', planted: true })
}, 60_000)
afterAll(() => close())

describe('the explanation of a driver', () => {
  test('shows the effect by three ways, and none outside the scene', async () => {
    const { checks } = (await explainDriver(analytics, { ...question, candidate: noise }))!
    expect(checks.map((check) => check.id)).toEqual(['same_product', 'whole_category', 'week_city', 'outside_scene'])
    for (const check of checks.slice(0, 3)) expect(check.effect!.low).toBeGreaterThan(0.1)
    const placebo = checks[3]!
    expect(placebo.placebo).toBe(true)
    expect(placebo.effect!.low).toBeLessThan(0)
    expect(placebo.effect!.high).toBeGreaterThan(0)
  })

  test('shows where it is worst, by product, and how it went by week', async () => {
    const { heat, weekly } = (await explainDriver(analytics, { ...question, candidate: noise }))!
    expect(heat.aspects[0]).toBe('noise')
    expect(heat.scenes[0]).toBe('sleep')
    const [whole, ...products] = heat.products
    expect(whole).toMatchObject({ productId: '', title: '' })
    expect(products).toHaveLength(8)
    expect(whole!.n).toBeGreaterThanOrEqual(products.reduce((sum, product) => sum + product.n, 0))
    expect(products[0]!.title).toMatch(/^product heater-/)
    expect(heat.products[0]!.cells.find((cell) => cell.aspect === 'noise' && cell.scene === 'sleep')!.estimate.n).toBe(
      heat.products[0]!.n,
    )
    expect(weekly.length).toBeGreaterThanOrEqual(8)
    const middle = weekly[4]!
    expect(middle.volume).toBeGreaterThan(0)
    expect(middle.exposed.value!).toBeGreaterThan(middle.control.value!)
  })

  test('of a fact of the operation counts orders', async () => {
    const { checks, weekly } = (await explainDriver(analytics, { ...question, candidate: late }))!
    expect(checks).toHaveLength(3)
    for (const check of checks) expect(check.effect!.high).toBeLessThan(-0.5)
    expect(weekly.every((week) => week.volume > 0)).toBe(true)
  })

  test('quotes returns of which nobody complained of it, and low ratings of orders that were fitted in time', async () => {
    const returned = (await explainDriver(analytics, { ...question, candidate: noise }))!.withoutQuotes
    expect(returned.length).toBeGreaterThan(0)
    for (const quote of returned) {
      expect(quote).toMatchObject({ outcome: true, polarity: 'negative' })
      expect(quote.aspect).not.toBe('noise')
      expect(quote.productId).toMatch(/^heater/)
    }
    const low = (await explainDriver(analytics, { ...question, candidate: late }))!.withoutQuotes
    expect(low.length).toBeGreaterThan(0)
    expect(low.every((quote) => quote.outcome === true)).toBe(true)
  })
})
