import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStores } from '../../../test/stores.ts'
import { DEMO } from '../../core/tenant.ts'
import { listInvitations } from '../../listen/surveys/invite.ts'
import { listSurveys } from '../../listen/surveys/keep.ts'
import { allResponses, owingResponses } from '../../listen/surveys/responses.ts'
import { fillDemoSurvey } from './demo.ts'

const DAY = 86_400_000
const END = Date.UTC(2026, 5, 1)
const guests = Array.from({ length: 40 }, (_, i) => `guest-${i}`)

let stores: Awaited<ReturnType<typeof openTestStores>>
beforeAll(async () => {
  stores = await openTestStores()
  const at = END - 6 * DAY
  const day = new Date(at).toISOString().slice(0, 10)
  const about = { tenant: DEMO, source: 'demo', simulated: 1, category: '取暖器', city: '北京' }
  await stores.analytics.insert(
    'orders',
    guests.map((guest) => ({
      ...about,
      ...{ order_id: `order-${guest}`, line: 0, version: 1, customer_ref: guest, product_id: 'p', merchant_id: 'm' },
      ...{ quantity: 1, amount_minor: 100, currency: 'CNY', ordered_at: at - DAY, ordered_day: day, delivered_at: at },
    })),
  )
  await stores.analytics.insert(
    'voices',
    guests.slice(0, 20).map((guest, i) => ({
      ...about,
      ...{
        day,
        id: `v-${guest}`,
        at: at + 3 * DAY,
        kind: 'survey',
        speaker: 'customer',
        metric: 'nps',
        rating: i % 11,
      },
      ...{ rating_min: 0, rating_max: 10, text: i % 2 ? '还行' : '', order_id: `order-${guest}`, customer_ref: guest },
    })),
  )
}, 120_000)
afterAll(() => stores.remove())

test('the demo’s survey has the market’s answers, tells nothing anew, and filled twice is the same', async () => {
  await fillDemoSurvey({ stores }, END)
  const [survey] = await listSurveys(stores.db, DEMO)
  const responses = await allResponses(stores.db, survey!)
  await fillDemoSurvey({ stores }, END)
  expect(await listSurveys(stores.db, DEMO)).toHaveLength(1)
  const invited = await listInvitations(stores.db, survey!, 100)
  // Half of the customers are drawn; who was not drawn has not answered here.
  expect(invited.length).toBeGreaterThan(8)
  expect(invited.length).toBeLessThan(32)
  const orders = new Set(guests.slice(0, 20).map((guest) => `order-${guest}`))
  expect(responses).toHaveLength(invited.filter(({ orderId }) => orders.has(orderId)).length)
  expect(await allResponses(stores.db, survey!)).toEqual(responses)
  expect(await owingResponses(stores.db, 100)).toEqual([])
})
