import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { tenantId } from '../../core/tenant.ts'
import { openFixture, orderRow, voiceRow } from '../fixture.ts'
import { wholeSlice } from '../slice.ts'
import { modelDrivers } from './model/model.ts'
import { findOutcome } from './outcomes.ts'
import { weighDrivers } from './weigh.ts'

const file = path.resolve(import.meta.dirname, '../../../../shared/data/olist_classified/orders.csv')
const dayOf = (time: string | undefined) => (time ? time.slice(0, 10) : undefined)
const names = { aspects: new Map(), scenes: new Map() }

test.skipIf(!existsSync(file))(
  'in the real orders of olist lateness matters most for the score, also with category, week and all else equal (skipped where ../shared/data is absent)',
  async () => {
    const { analytics, close } = await openFixture()
    const rows = parse(readFileSync(file), { columns: true }) as Record<string, string>[]
    const about = (row: Record<string, string>) => ({
      order_id: row.id!,
      category: row.product_category_name!,
      city: row.customer_city!,
    })
    await analytics.insert(
      'orders',
      rows.map((row) =>
        orderRow({
          ...about(row),
          ordered_day: dayOf(row.order_purchase_timestamp)!,
          promised_day: dayOf(row.order_estimated_delivery_date),
          delivered_day: dayOf(row.order_delivered_customer_date),
        }),
      ),
    )
    await analytics.insert(
      'voices',
      rows.map((row) =>
        voiceRow({
          ...about(row),
          id: row.id!,
          day: dayOf(row.review_creation_date)!,
          rating: Number(row.review_score),
          read: 0,
          text: row.review_comment_message || '',
        }),
      ),
    )
    const slice = wholeSlice(tenantId.parse('t1'), '2017-02-01', '2018-06-30')
    const model = await modelDrivers(analytics, findOutcome('rating')!, {
      asOf: Date.parse('2018-07-01'),
      returnWindowDays: 7,
      names,
      slice,
    })
    const { factors, confounders, n } = await weighDrivers(model, names)
    await close()
    expect(n).toBe(3584)
    expect(confounders).toEqual(expect.arrayContaining(['category', 'week']))
    const of = (id: string) => factors.find(({ factor, category }) => factor === id && category === '')!
    const [late, longLate, missing] = [of('late_delivery'), of('long_late'), of('undelivered')]
    expect(late.exposed.n).toBe(339)
    expect(late.stratified!.high).toBeLessThan(-1.3)
    for (const one of [late, longLate, missing]) {
      expect(one.certain).toBe(true)
      expect(one.adjusted!.high).toBeLessThan(0)
      expect(one.importance!.low).toBeGreaterThan(0.01)
    }
    // Late at all, and three days or more on top of it: together what the means say, 1.96 against 3.8 or so.
    const together = late.adjusted!.value + longLate.adjusted!.value
    expect(together).toBeGreaterThan(-2.2)
    expect(together).toBeLessThan(-1.6)
  },
  90_000,
)
