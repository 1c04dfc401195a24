import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, localDay } from '../../core/clock.ts'
import { type TenantId, tenantId } from '../../core/tenant.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { dayAfter, noon, openFixture, orderRow, seeded, voiceRow } from '../fixture.ts'
import { wholeSlice } from '../slice.ts'
import { CANCEL_DAYS } from './cancel_rate/cancel_rate.ts'
import { COMPLAINT_DAYS } from './complaint_rate/complaint_rate.ts'
import { findIndicator } from './list.ts'
import { measureIndicator } from './measure.ts'
import { CONTACT_DAYS } from './placed.ts'

const FIRST = '2026-03-01'
const DAYS = 150
const ZONE = 'Asia/Shanghai'
const DAY_MS = 86_400_000

/** A shop to its end: whatever may still happen to an order has happened. */
function wholeShop(seed: number) {
  const random = seeded(seed)
  const days = (most: number) => Math.floor(random() * (most + 1))
  const orders = Array.from({ length: 700 }, (_, place) => {
    const ordered_day = addDays(FIRST, days(DAYS))
    const kept = random() < 0.8
    const delivered_day = kept ? dayAfter(ordered_day, days(9)) : undefined
    const fitted = delivered_day !== undefined && random() < 0.4
    return {
      ...orderRow({
        order_id: `o${place}`,
        ordered_day,
        delivered_day,
        promised_day: random() < 0.8 ? dayAfter(ordered_day, 1 + days(4)) : undefined,
        install_promised_day: fitted ? dayAfter(delivered_day, 1 + days(3)) : undefined,
        installed_day: fitted && random() < 0.8 ? dayAfter(delivered_day, 1 + days(6)) : undefined,
        returned_day: delivered_day && random() < 0.3 ? dayAfter(delivered_day, days(12)) : undefined,
        customer_ref: `c${days(150)}`,
      }),
      cancelled_at: kept ? undefined : noon(ordered_day) + days(14 * 24) * 3_600_000,
    }
  })
  const voices = orders.flatMap(({ order_id, ordered_day, customer_ref }, place) =>
    random() < 0.4
      ? [
          {
            ...voiceRow({
              ...{ id: `v${place}`, day: dayAfter(ordered_day, days(40)), order_id, customer_ref: customer_ref! },
              kind: random() < 0.6 ? 'complaint' : 'chat',
            }),
            conversation: `talk${place}`,
          },
        ]
      : [],
  )
  return { orders, voices }
}
type Shop = ReturnType<typeof wholeShop>

/** What was on record of it at a moment. */
function knownOf({ orders, voices }: Shop, asOf: number): Shop {
  const reached = (at: number | null | undefined) => (at != null && at <= asOf ? at : undefined)
  const dayOf = (at: number | undefined) => (at === undefined ? undefined : localDay(at, ZONE))
  return {
    orders: orders
      .filter(({ ordered_at }) => ordered_at! <= asOf)
      .map((order) => {
        const [delivered_at, installed_at] = [reached(order.delivered_at), reached(order.installed_at)]
        const came = {
          delivered_at,
          delivered_day: dayOf(delivered_at),
          installed_at,
          installed_day: dayOf(installed_at),
        }
        return { ...order, ...came, returned_at: reached(order.returned_at), cancelled_at: reached(order.cancelled_at) }
      }),
    voices: voices.filter(({ at }) => at <= asOf),
  }
}

let analytics: Analytics
let close: () => Promise<void>
beforeAll(async () => {
  ;({ analytics, close } = await openFixture())
})
afterAll(() => close())

let number = 0
async function keep({ orders, voices }: Shop): Promise<TenantId> {
  const tenant = tenantId.parse(`shop-${number++}`)
  await analytics.insert(
    'orders',
    orders.map((order) => ({ ...order, tenant })),
  )
  await analytics.insert(
    'voices',
    voices.map((voice) => ({ ...voice, tenant })),
  )
  return tenant
}

const figures = [
  ...['cancel_rate', 'complaint_rate', 'return_rate', 'contact_rate', 'on_time_rate', 'experience_delay_rate'],
  ...['delivery_time', 'repurchase_rate', 'lapse_rate'],
] as const

describe('what may still happen to an order', () => {
  test('changes no figure: what is told at a moment is what all later records would have told of the same cases', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 110, max: DAYS }), async (seed, after) => {
        const shop = wholeShop(seed)
        const asking = { asOf: noon(addDays(FIRST, after)) + 60_000, returnWindowDays: 7 }
        const [early, whole] = [await keep(knownOf(shop, asking.asOf)), await keep(shop)]
        const to = addDays(FIRST, after)
        for (const id of figures) {
          const told = async (tenant: TenantId) =>
            (await measureIndicator(analytics, findIndicator(id)!, wholeSlice(tenant, FIRST, to), asking)).estimate
          expect(await told(early), id).toEqual(await told(whole))
          expect((await told(early)).n, id).toBeGreaterThan(0)
        }
      }),
      { numRuns: 3, seed: 20_261 },
    )
  }, 60_000)

  test.each([
    ['cancel_rate', CANCEL_DAYS],
    ['complaint_rate', COMPLAINT_DAYS],
    ['contact_rate', CONTACT_DAYS],
  ])('%s is told of all orders of a day, or, for %i days, of none', async (id, days) => {
    const shop = wholeShop(5)
    const asOf = noon('2026-06-20') + 60_000
    const tenant = await keep(knownOf(shop, asOf))
    const { series } = await measureIndicator(analytics, findIndicator(id)!, wholeSlice(tenant, FIRST, '2026-06-20'), {
      ...{ asOf, returnWindowDays: 7 },
    })
    const ripe = localDay(asOf - days * DAY_MS, ZONE)
    for (const { day, estimate } of series)
      expect(estimate.n, day).toBe(day > ripe ? 0 : shop.orders.filter(({ ordered_day }) => ordered_day === day).length)
  })

  test('does not make all customers of a long period seem gone: some have ordered again, as ever', async () => {
    const tenant = await keep(wholeShop(8))
    const asking = { asOf: noon('2026-07-29'), returnWindowDays: 7 }
    const lapse = findIndicator('lapse_rate')!
    const { estimate } = await measureIndicator(analytics, lapse, wholeSlice(tenant, FIRST, '2026-07-29'), asking)
    expect(estimate.n).toBeGreaterThan(100)
    expect(estimate.value).toBeLessThan(0.5)
  })
})
