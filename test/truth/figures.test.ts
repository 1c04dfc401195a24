import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '../../src/app/config.ts'
import { type App, openApp } from '../../src/app.ts'
import { addDays } from '../../src/core/clock.ts'
import type { Estimate } from '../../src/core/estimate.ts'
import { MAIN } from '../../src/core/tenant.ts'
import { seeded } from '../../src/measure/fixture.ts'
import { findIndicator, indicators } from '../../src/measure/indicators/list.ts'
import { lengthInDays } from '../../src/measure/slice.ts'
import { temporaryFolder } from '../stores.ts'
import { FIRST, inventShop, returnApart, type Shop } from './figures.fixture.ts'
import { naive, tallyOf } from './figures.naive.ts'

const SEED = 20_261
const folder = temporaryFolder('figures')
const random = seeded(SEED)
const slice = { category: [], merchant: [], product: [], city: [] }
/** Two weeks with two before them; whoever has thirty days to come back is followed from the first days on. */
const periodOf = (id: string) =>
  id === 'repurchase_rate' || id === 'lapse_rate'
    ? (['2026-03-02', '2026-03-08'] as const)
    : (['2026-03-15', '2026-03-28'] as const)
/** Asked at the end of the weeks, while much is not over yet; who is gone for ninety days, when that is known of some. */
const nowOf = (id: string) =>
  Date.parse(id === 'lapse_rate' ? '2026-06-04T12:00:00+08:00' : '2026-04-12T00:00:00+08:00')
let app: App
let shop: Shop

/** Records in any order, in small batches, every third one sent again later, orders first as they were a month before. */
beforeAll(async () => {
  const opened = await openApp({ ...readConfig({ DAYSTAR_WEIGHTS: 'none' }), dataDir: `${folder.path}/data` }, () => {})
  if (!opened.ok) throw new Error(opened.problem.message)
  app = opened.value
  shop = inventShop(random)
  const before = shop.orders.map(({ deliveredAt, installedAt, cancelledAt, lines, ...order }) => ({
    ...order,
    updatedAt: order.orderedAt! + 60_000,
    lines: lines!.map(({ returnedAt, refundMinor, ...line }) => line),
  }))
  // Of every other order the return comes apart from it, as a warehouse and a payment provider tell it.
  const apart = shop.orders.map((order, place) => (place % 2 === 0 ? returnApart(order) : { order, events: [] }))
  const sendings = [
    ...shop.voices.map((record) => ['voices', record] as const),
    ...[...shop.events, ...apart.flatMap(({ events }) => events)].map((record) => ['events', record] as const),
    ...[...apart.map(({ order }) => order), ...before].map((record) => ['orders', record] as const),
  ]
  const again = sendings.filter(() => random() < 1 / 3)
  const shuffled = [...sendings, ...again].map((one) => [random(), one] as const).sort(([one], [other]) => one - other)
  for (let place = 0; place < shuffled.length; place += 60) {
    const portion = shuffled.slice(place, place + 60).map(([, one]) => one)
    for (const kind of ['orders', 'voices', 'events'] as const) {
      const records = portion.filter(([of]) => of === kind).map(([, record]) => record)
      if (records.length === 0) continue
      const accepted = await app.ingest.accept({ tenant: MAIN, source: 'jsonl', kind, records })
      if (!accepted.ok) throw new Error(accepted.problem.message)
      expect(accepted.value).toMatchObject({ kept: records.length, dead: [] })
    }
  }
  await app.ingest.idle()
}, 180_000)
afterAll(async () => {
  await app?.close()
  folder.remove()
})

function expectSame(measured: Estimate, counted: Estimate): void {
  expect(measured.n).toBe(counted.n)
  for (const end of ['value', 'low', 'high'] as const)
    if (counted[end] === null) expect(measured[end]).toBeNull()
    else expect(measured[end]).toBeCloseTo(counted[end]!, 8)
}

describe('every figure equals its recount from the records as they were sent, whatever came late, twice or out of order', () => {
  const counted = indicators.filter(({ id }) => id in naive)

  test('all but the reader’s own reading are counted anew', () => {
    expect(indicators.map(({ id }) => id).filter((id) => !(id in naive))).toEqual(['positive_share'])
  })

  test.each(counted.map(({ id }) => id))('%s', async (id) => {
    const indicator = findIndicator(id)!
    const [from, to] = periodOf(id)
    const now = nowOf(id)
    const summary = (await app.indicator(MAIN, id, { ...slice, from, to }, now))!
    const { asOf } = await app.askingOf(MAIN, now)
    const over = (first: string, last: string) =>
      indicator.estimate(
        tallyOf(
          naive[id]!(shop, { asOf, from: first, to: last }).filter(({ day }) => day >= first && day <= last),
          indicator.percent,
        ),
      )
    expect(summary.estimate.n).toBeGreaterThan(0)
    expectSame(summary.estimate, over(from, to))
    expectSame(summary.previous, over(addDays(from, -lengthInDays({ from, to })), addDays(from, -1)))
    if (!indicator.counting.wholePeriod)
      for (const step of summary.series) expectSame(step.estimate, over(step.day, step.day))
  })

  test.each(counted.map(({ id }) => id))('%s, by category and by weekday', async (id) => {
    const indicator = findIndicator(id)!
    const [from, to] = periodOf(id)
    const now = nowOf(id)
    const { asOf } = await app.askingOf(MAIN, now)
    const cases = naive[id]!(shop, { asOf, from, to }).filter(({ day }) => day >= from && day <= to)
    const weekdayOf = (day: string) => String(((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1)
    for (const [by, keyOf] of [
      ['category', (one: (typeof cases)[number]) => one.category],
      ['weekday', (one: (typeof cases)[number]) => weekdayOf(one.day)],
    ] as const) {
      const broken = (await app.indicatorBy(MAIN, id, by, { ...slice, from, to }, now))!
      const groups = Map.groupBy(
        cases.filter((one) => keyOf(one) !== ''),
        keyOf,
      )
      expect(broken.groups.map(({ key }) => key).sort()).toEqual([...groups.keys()].sort())
      for (const group of broken.groups)
        expectSame(group.estimate, indicator.estimate(tallyOf(groups.get(group.key)!, indicator.percent)))
    }
  })

  test('the first day is told in the tenant’s own zone', () => {
    expect(new Date(FIRST).toISOString()).toBe('2026-03-01T04:00:00.000Z')
  })
})
