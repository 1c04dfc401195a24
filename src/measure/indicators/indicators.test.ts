import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays } from '../../core/clock.ts'
import { tenantId } from '../../core/tenant.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { dayAfter, noon, openFixture, orderRow, seeded, voiceRow } from '../fixture.ts'
import { netStandardError } from '../net.ts'
import { wholeSlice } from '../slice.ts'
import { measureByCustomer } from './by-customer.ts'
import { csat } from './csat/csat.ts'
import type { Indicator } from './define.ts'
import { findIndicator, indicators } from './list.ts'
import { breakDown, measureIndicator } from './measure.ts'
import { nps } from './nps/nps.ts'
import { positiveShare } from './positive_share/positive_share.ts'
import { returnRate } from './return_rate/return_rate.ts'

const slice = wholeSlice(tenantId.parse('t1'), '2026-03-01', '2026-03-28')
const asking = { asOf: noon('2026-04-01'), returnWindowDays: 7 }

test.each(indicators as readonly Indicator[])(
  'what $id counts stands in brackets where it is one thing or another: a filter is joined to it',
  ({ counting, byMention }) => {
    const outside = (text: string): string => {
      const within = text.replace(/\([^()]*\)/g, '')
      return within === text ? text : outside(within)
    }
    for (const one of [counting, byMention])
      for (const part of [one?.rows, one?.plus, one?.minus])
        if (part) expect(outside(part(asking).text)).not.toMatch(/\bOR\b/i)
  },
)

const random = seeded(7)
const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!
const someDay = () => addDays('2026-02-01', Math.floor(random() * 56))

const voices = Array.from({ length: 900 }, (_, place) => {
  const metric = pick(['nps', 'csat', ''])
  return voiceRow({
    id: `v${place}`,
    day: someDay(),
    metric,
    rating: metric === 'nps' ? pick([0, 3, 6, 7, 8, 9, 10]) : pick([1, 2, 3, 4, 5]),
    rating_min: metric === 'nps' ? 0 : 1,
    rating_max: metric === 'nps' ? 10 : 5,
    speaker: random() < 0.9 ? 'customer' : 'agent',
    read: random() < 0.9 ? 1 : 0,
    sentiment: pick(['positive', 'negative', 'neutral', 'mixed']),
    category: pick(['heater', 'hotel', '']),
  })
})
const orders = Array.from({ length: 600 }, (_, place) => {
  const ordered_day = someDay()
  const delivered_day = random() < 0.9 ? dayAfter(ordered_day, Math.floor(random() * 9)) : undefined
  const returned_day = delivered_day && random() < 0.3 ? dayAfter(delivered_day, Math.floor(random() * 10)) : undefined
  return orderRow({
    order_id: `o${place}`,
    ordered_day,
    delivered_day,
    returned_day,
    category: pick(['heater', 'hotel']),
  })
})

let analytics: Analytics
let close: () => Promise<void>
beforeAll(async () => {
  ;({ analytics, close } = await openFixture())
  await analytics.insert('voices', voices)
  await analytics.insert('orders', orders)
  // Later records of the first ten orders: the odd ones lost the line, the even ones were never returned.
  const later = orders
    .slice(0, 10)
    .map((order, place) => ({ ...order, version: 2, removed: place % 2, returned_at: null }))
  await analytics.insert('orders', later)
  for (const [place, order] of later.entries()) orders[place] = order as never
})
afterAll(() => close())

const inside = (day: string, from: string, to: string) => day >= from && day <= to

/** The same figures from the rows themselves, written anew. */
function recount(id: string, from: string, to: string, where: (row: { category?: string }) => boolean = () => true) {
  const said = voices.filter((voice) => inside(voice.day, from, to) && voice.speaker === 'customer' && where(voice))
  if (id === 'nps') {
    const scores = said.filter((voice) => voice.metric === 'nps').map((voice) => voice.rating!)
    const net = scores.filter((score) => score > 8).length - scores.filter((score) => score < 7).length
    return { value: (100 * net) / scores.length, n: scores.length }
  }
  if (id === 'csat') return share(said.filter((voice) => voice.metric === 'csat').map((voice) => voice.rating! >= 4))
  if (id === 'positive_share')
    return share(said.filter((voice) => voice.read).map((voice) => voice.sentiment === 'positive'))
  const week = 7 * 86_400_000
  const closed = orders.filter(
    (order) =>
      !order.removed &&
      inside(order.ordered_day, from, to) &&
      where(order) &&
      (order.delivered_at ?? Infinity) + week <= asking.asOf,
  )
  return share(closed.map((order) => (order.returned_at ?? Infinity) <= order.delivered_at! + week))
}

const share = (hits: boolean[]) => ({ value: hits.filter(Boolean).length / hits.length, n: hits.length })

describe('indicators', () => {
  test.each(['nps', 'csat', 'positive_share', 'return_rate'])(
    '%s equals its recount from the rows, now and in the period before',
    async (id) => {
      const indicator = findIndicator(id)!
      const measured = await measureIndicator(analytics, indicator, slice, asking)
      const now = recount(id, '2026-03-01', '2026-03-28')
      const before = recount(id, '2026-02-01', '2026-02-28')
      expect(measured.estimate.n).toBe(now.n)
      expect(measured.estimate.value).toBeCloseTo(now.value, 10)
      expect(measured.previous.value).toBeCloseTo(before.value, 10)
      expect(measured.change!.value).toBeCloseTo(now.value - before.value, 10)
      expect(measured.series).toHaveLength(28)
      expect(measured.series.reduce((sum, { estimate }) => sum + estimate.n, 0)).toBe(now.n)
    },
  )

  test.each(['nps', 'csat', 'positive_share', 'return_rate'])(
    '%s divides by category into its recounts',
    async (id) => {
      const broken = await breakDown(analytics, findIndicator(id)!, 'category', slice, asking)
      if (!broken.ok) throw new Error(broken.problem.message)
      expect(broken.value.groups.map((group) => group.key).sort()).toEqual(['heater', 'hotel'])
      for (const group of broken.value.groups) {
        const again = recount(id, '2026-03-01', '2026-03-28', (row) => row.category === group.key)
        expect(group.estimate.n).toBe(again.n)
        expect(group.estimate.value).toBeCloseTo(again.value, 10)
      }
    },
  )

  test('the run of the period before is that period measured by itself', async () => {
    const { previousSeries } = await measureIndicator(analytics, csat, slice, asking)
    const before = await measureIndicator(analytics, csat, { ...slice, from: '2026-02-01', to: '2026-02-28' }, asking)
    expect(previousSeries).toEqual(before.series)
  })

  test('a filter on a category gives the figure of that category', async () => {
    const measured = await measureIndicator(analytics, csat, { ...slice, category: ['hotel'] }, asking)
    expect(measured.estimate.value).toBeCloseTo(
      recount('csat', slice.from, slice.to, (row) => row.category === 'hotel').value,
      10,
    )
  })

  test('weeks begin on Monday and are cut at the ends of the period', async () => {
    const weekly = await measureIndicator(analytics, positiveShare, slice, { ...asking, step: 'week' })
    expect(weekly.series.map((step) => step.day)).toEqual([
      '2026-03-01',
      '2026-03-02',
      '2026-03-09',
      '2026-03-16',
      '2026-03-23',
    ])
    const monthly = await measureIndicator(
      analytics,
      positiveShare,
      { ...slice, from: '2026-02-10', to: '2026-03-28' },
      { ...asking, step: 'month' },
    )
    expect(monthly.series.map((step) => step.day)).toEqual(['2026-02-10', '2026-03-01'])
    const broken = await breakDown(analytics, positiveShare, 'week', slice, asking)
    expect(broken.ok && broken.value.groups.map((group) => group.key)).toEqual([
      '2026-02-23',
      '2026-03-02',
      '2026-03-09',
      '2026-03-16',
      '2026-03-23',
    ])
  })

  test('orders whose window is still open have no return rate yet', async () => {
    const early = await measureIndicator(analytics, returnRate, slice, { ...asking, asOf: noon('2026-02-27') })
    expect(early.estimate).toEqual({ value: null, low: null, high: null, n: 0 })
    expect(early.change).toBeNull()
  })

  test('where no order ever tells of a return, there is no return rate, rather than one of nought', async () => {
    const silent = { ...slice, tenant: tenantId.parse('silent') }
    const rows = orders.slice(0, 50).map((order) => ({ ...order, tenant: 'silent', returned_at: null }))
    await analytics.insert('orders', rows)
    const summary = await measureIndicator(analytics, returnRate, silent, asking)
    expect(summary.estimate).toEqual({ value: null, low: null, high: null, n: 0 })
  })

  test('a dimension that the rows do not have is refused in words', async () => {
    const refused = await breakDown(analytics, returnRate, 'kind', slice, asking)
    expect(refused).toMatchObject({ ok: false, problem: { code: 'no-such-dimension' } })
  })

  test('the standard error of an NPS is the published one: half promoters, a sixth detractors, n 324', () => {
    expect(100 * netStandardError({ n: 324, plus: 162, minus: 54 })).toBeCloseTo(4.14, 2)
    expect(nps.estimate({ n: 324, plus: 162, minus: 54 }).value).toBeCloseTo(100 / 3, 10)
  })

  test('five promoters and nobody else are not certain of 100', () => {
    const few = nps.estimate({ n: 5, plus: 5, minus: 0 })
    expect(few.value).toBe(100)
    expect(few.low).toBeLessThan(80)
  })
})

describe('by customer', () => {
  const shop = tenantId.parse('again')
  const there = { ...slice, tenant: shop }
  // Every second customer is hard to please, and each answers five times; every tenth answer is nobody's.
  const answers = Array.from({ length: 200 }, (_, place) => {
    const customer = place % 40
    const pleased = (customer % 2 === 0) === random() < 0.9
    return {
      ...voiceRow({
        ...{ id: `a${place}`, day: '2026-03-05', metric: 'csat', rating: pleased ? 5 : 2 },
        customer_ref: place % 10 === 0 ? '' : `c${customer}`,
      }),
      tenant: shop,
    }
  })
  beforeAll(() => analytics.insert('voices', answers))

  test('the answers of one customer are the cluster that they are, and those of nobody known each their own', async () => {
    const found = (await measureByCustomer(analytics, csat, there, asking))!
    const clusters = Map.groupBy(answers, ({ id, customer_ref }) => customer_ref || id)
    const up = answers.filter(({ rating }) => rating! >= 4).length
    const p = up / answers.length
    const between = [...clusters.values()].reduce(
      (sum, own) => sum + (own.filter(({ rating }) => rating! >= 4).length - own.length * p) ** 2,
      0,
    )
    const variance = ((clusters.size / (clusters.size - 1)) * between) / answers.length ** 2
    expect(found.customers).toBe(clusters.size)
    expect(found.repeated).toBe([...clusters.values()].filter(({ length }) => length > 1).length)
    expect(found.designEffect).toBeCloseTo(variance / ((p * (1 - p)) / answers.length), 9)
    expect(found.designEffect).toBeGreaterThan(2)
    const { estimate } = await measureIndicator(analytics, csat, there, asking)
    expect(found.estimate).toMatchObject({ value: estimate.value, n: estimate.n })
    expect(found.estimate.high! - found.estimate.low!).toBeGreaterThan(1.4 * (estimate.high! - estimate.low!))
  })

  test('nothing is told where nobody has two cases, or a case is a customer already', async () => {
    const none = await measureByCustomer(analytics, csat, { ...there, tenant: tenantId.parse('t1') }, asking)
    expect(none).toBeNull()
    expect(await measureByCustomer(analytics, findIndicator('repurchase_rate')!, there, asking)).toBeNull()
    expect(await measureByCustomer(analytics, findIndicator('first_answer_time')!, there, asking)).toBeNull()
  })
})
