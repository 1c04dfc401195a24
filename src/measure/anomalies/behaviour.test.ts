import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tenantId } from '../../core/tenant.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { sql } from '../../store/clickhouse/sql.ts'
import { noon, openFixture, orderRow } from '../fixture.ts'
import {
  type Asked,
  behaviours,
  type Counted,
  countBehaviour,
  type Fault,
  faultsOf,
  latestFaults,
} from './behaviour.ts'
import { wishesToPay } from './wishes.ts'

const HOUR = 3_600_000
const MINUTE = 60_000
const tenant = tenantId.parse('t1')
const day = '2026-03-10'
const start = noon(day)
const asked: Asked = { tenant, from: start, to: start + 2 * HOUR, stepMs: HOUR, by: null }

let analytics: Analytics
let close: () => Promise<void>

let ordinal = 0
const order = (customer: string, minutes: number, more: object = {}) => ({
  ...orderRow({
    order_id: `o${ordinal++}`,
    ordered_day: day,
    customer_ref: customer,
    product_id: 'p1',
    merchant_id: 'M01',
  }),
  ordered_at: start + minutes * MINUTE,
  ...more,
})
const event = (name: string, customer: string, seconds: number, more: object = {}) => ({
  tenant,
  day,
  id: `e${ordinal++}`,
  name,
  at: start + seconds * 1_000,
  customer_ref: customer,
  merchant_id: 'M01',
  props: '{}',
  ...more,
})
const click = (session: string, seconds: number, selector: string) =>
  event('clicked', '', seconds, { session, props: JSON.stringify({ path: '/pay', selector, x: seconds }) })

beforeAll(async () => {
  ;({ analytics, close } = await openFixture())
  await analytics.insert('orders', [
    order('twice', 5),
    order('twice', 9),
    order('later', 5),
    order('later', 40),
    order('other', 5),
    order('other', 6, { product_id: 'p2' }),
    // Cancelled in the asked hour: the third within a week, and one whose earlier ones are long ago.
    ...[-3, -1, 0].map((days) => order('quits', days * 24 * 60, { cancelled_at: start + days * 24 * HOUR + MINUTE })),
    ...[-30, -1, 0].map((days) => order('seldom', days * 24 * 60, { cancelled_at: start + days * 24 * HOUR + MINUTE })),
    order('old', -9 * 24 * 60),
  ])
  await analytics.insert('events', [
    event('payment_failed', 'newcomer', 10),
    event('payment_failed', 'newcomer', 60),
    event('payment_succeeded', 'twice', 300),
    event('payment_failed', 'old', 20),
    event('payment_failed', '', 30),
    event('payment_failed', 'newcomer', 4_000, { merchant_id: 'M02' }),
    ...[1, 1.4, 2.2].map((seconds) => click('raging', seconds, '#buy')),
    ...[1, 1.4, 2.2].map((seconds, place) => click('wandering', seconds, `#menu${place}`)),
    ...[1, 20, 40].map((seconds) => click('patient', seconds, '#buy')),
    event('rage_clicked', '', 50, { session: 'told' }),
    event('error_seen', '', 100, { session: 'lost' }),
    event('page_viewed', '', 90, { session: 'lost' }),
    event('error_seen', '', 100, { session: 'stays' }),
    event('page_viewed', '', 200, { session: 'stays' }),
  ])
})
afterAll(() => close())

const behaviour = (id: string) => behaviours.find((each) => each.id === id)!
const list = (id: string, more: Partial<Asked> = {}, segment = '') =>
  analytics.query<Fault>(latestFaults(faultsOf(behaviour(id), { ...asked, ...more }, segment), 20))
const count = (id: string, more: Partial<Asked> = {}) =>
  analytics
    .query<Counted>(countBehaviour(behaviour(id), { ...asked, ...more }))
    .then((rows) =>
      rows.map(({ at, segment, hits, trials }) => [Number(at) - start, segment, Number(hits), Number(trials)]),
    )

describe('faults in behaviour', () => {
  it('counts an order of the same product within ten minutes, not a later one and not another product', async () => {
    expect(await count('repeated_orders')).toEqual([[0, '', 1, 8]])
  })

  it('counts the third cancelled order within a week', async () => {
    expect(await count('frequent_cancels')).toEqual([[0, '', 1, 2]])
  })

  it('counts customers without an earlier order whose first attempt to pay failed, each once within the hour', async () => {
    expect(await count('new_customer_payment_failures')).toEqual([
      [0, '', 1, 2],
      [HOUR, '', 1, 1],
    ])
    expect(await count('new_customer_payment_failures', { by: 'merchant_id' })).toEqual([
      [0, 'M01', 1, 2],
      [HOUR, 'M02', 1, 1],
    ])
    // Who tried in the hour before the first asked one goes on with the same wish.
    expect(await count('new_customer_payment_failures', { from: start + 30_000 })).toEqual([
      [0, '', 0, 1],
      [HOUR, '', 1, 1],
    ])
  })

  it('knows three quick clicks on one spot from three on three spots and from slow ones', async () => {
    expect(await count('rage_clicks')).toEqual([[0, '', 2, 6]])
  })

  it('knows a visit that ended with an error from one that went on', async () => {
    expect(await count('error_then_exit')).toEqual([[0, '', 1, 6]])
  })

  it('asks every question by every dimension', async () => {
    for (const { id } of behaviours)
      for (const by of ['merchant_id', 'category', 'city'] as const)
        expect((await count(id, { by })).length).toBeGreaterThan(0)
  })

  it('lists the faults behind a count, the latest first, of one segment or of all', async () => {
    const [again] = await list('repeated_orders')
    expect(again).toMatchObject({ at: start + 9 * MINUTE, customer: 'twice', productId: 'p1' })
    expect(again!.orderId).toBe(again!.id)
    expect(await list('repeated_orders', { by: 'merchant_id' }, 'M02')).toEqual([])
    expect((await list('frequent_cancels')).map((one) => [one.customer, Number(one.at) - start])).toEqual([
      ['quits', MINUTE],
    ])
    expect((await list('new_customer_payment_failures')).map((one) => [one.customer, Number(one.at) - start])).toEqual([
      ['newcomer', 4_000_000],
      ['newcomer', 10_000],
    ])
    const raging = await list('rage_clicks')
    expect(raging.map((one) => one.id).sort()).toEqual(['raging', 'told'])
    expect(raging.find((one) => one.id === 'raging')!.spot).toBe('/pay #buy')
    expect((await list('error_then_exit')).map((one) => one.id)).toEqual(['lost'])
    for (const { id } of behaviours) {
      const hits = new Map<string, number>()
      for (const [, segment, hit] of (await count(id, { by: 'merchant_id' })) as [number, string, number][])
        hits.set(segment, (hits.get(segment) ?? 0) + hit)
      for (const [segment, n] of hits)
        expect((await list(id, { by: 'merchant_id' }, segment)).length, `${id} ${segment}`).toBe(n)
    }
  })

  it('says in both languages what it counts', () => {
    for (const { zh, en, zhDefinition, enDefinition } of behaviours)
      expect([zh, en, zhDefinition, enDefinition].every((text) => text.length > 3)).toBe(true)
  })
})

describe('a wish to pay', () => {
  it('is one whatever is tried again within the hour, and each attempt by itself where nobody knows whose it is', async () => {
    const wishes = await analytics.query<{ name: string; who: string; at: number }>(
      sql`SELECT name, customer_ref AS who, at FROM (${wishesToPay({ tenant, from: start, to: start + 2 * HOUR })}) ORDER BY at`,
    )
    expect(wishes.map(({ name, who, at }) => [name, who, (Number(at) - start) / 1_000])).toEqual([
      ['payment_failed', 'newcomer', 10],
      ['payment_failed', 'old', 20],
      ['payment_failed', '', 30],
      ['payment_succeeded', 'twice', 300],
      ['payment_failed', 'newcomer', 4_000],
    ])
  })

  it('that began before the stretch is not begun anew in it', async () => {
    const later = await analytics.query<{ at: number }>(
      sql`SELECT at FROM (${wishesToPay({ tenant, from: start + 30_500, to: start + HOUR })})`,
    )
    expect(later.map(({ at }) => (Number(at) - start) / 1_000)).toEqual([300])
  })
})
