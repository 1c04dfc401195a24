import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays } from '../core/clock.ts'
import { tenantId } from '../core/tenant.ts'
import type { Analytics } from '../store/clickhouse/analytics.ts'
import { noon, openFixture, orderRow, voiceRow } from './fixture.ts'
import { askPanel } from './panel.ts'

const changeDay = '2026-03-02'
const question = {
  tenant: tenantId.parse('t1'),
  outcome: 'return',
  category: 'heater',
  productIds: ['quiet'],
  changeDay,
  asOf: noon('2026-03-20'),
  returnWindowDays: 7,
}

let analytics: Analytics
let close: () => Promise<void>
beforeAll(async () => {
  ;({ analytics, close } = await openFixture())
  const order = (order_id: string, product_id: string, offset: number, returned: boolean, category = 'heater') => {
    const ordered_day = addDays(changeDay, offset)
    const delivered_day = addDays(ordered_day, 1)
    return orderRow({
      order_id,
      product_id,
      category,
      ordered_day,
      delivered_day,
      returned_day: returned ? addDays(delivered_day, 2) : undefined,
    })
  }
  await analytics.insert('orders', [
    order('a', 'quiet', -1, true),
    order('b', 'quiet', -7, false),
    order('c', 'quiet', -8, true),
    order('d', 'quiet', 0, false),
    order('e', 'loud', 6, true),
    order('f', 'loud', 7, false),
    order('g', 'loud', 13, true),
    order('h', 'loud', -500, true),
    order('i', 'toilet', 0, true, 'toilet'),
  ])
  await analytics.insert('voices', [
    voiceRow({ id: 'v1', day: addDays(changeDay, -3), product_id: 'quiet', category: 'heater', rating: 2 }),
    voiceRow({ id: 'v2', day: addDays(changeDay, -3), product_id: 'quiet', category: 'heater', rating: 4 }),
  ])
})
afterAll(() => close())

describe('the panel of an intervention', () => {
  test('counts orders by product and week from the day of the change, and tells what is still open', async () => {
    const panel = await askPanel(analytics, question)
    expect(panel!.treated).toEqual([
      {
        product: 'quiet',
        weeks: [
          { week: -2, n: 1, sum: 1 },
          { week: -1, n: 2, sum: 1 },
          { week: 0, n: 1, sum: 0 },
        ],
      },
    ])
    expect(panel!.control).toEqual([
      {
        product: 'loud',
        weeks: [
          { week: 0, n: 1, sum: 1 },
          { week: 1, n: 1, sum: 0 },
        ],
      },
    ])
    expect(panel).toMatchObject({ censored: 1, measure: 'share', better: 'lower' })
  })

  test('of ratings holds their mean on 1–5, and higher is better', async () => {
    const panel = await askPanel(analytics, { ...question, outcome: 'rating' })
    expect(panel).toMatchObject({
      treated: [{ product: 'quiet', weeks: [{ week: -1, n: 2, sum: 6 }] }],
      measure: 'mean',
      better: 'higher',
    })
  })

  test('of an unknown outcome is nothing', async () => {
    expect(await askPanel(analytics, { ...question, outcome: 'weather' })).toBeNull()
  })
})
