import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tenantId } from '../../core/tenant.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { openFixture, orderRow, voiceRow } from '../fixture.ts'
import { wholeSlice } from '../slice.ts'
import { type Drivers, findDrivers } from './find.ts'

const file = path.resolve(import.meta.dirname, '../../../../shared/data/olist_classified/orders.csv')
const dayOf = (time: string | undefined) => (time ? time.slice(0, 10) : undefined)

let analytics: Analytics
let close: () => Promise<void>
let found: Drivers

describe.skipIf(!existsSync(file))('the real orders of olist (skipped where ../shared/data is absent)', () => {
  beforeAll(async () => {
    ;({ analytics, close } = await openFixture())
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
    const reviews = rows.map((row) =>
      voiceRow({
        ...about(row),
        id: row.id!,
        day: dayOf(row.review_creation_date)!,
        rating: Number(row.review_score),
        read: 0,
        text: row.review_comment_message || '',
      }),
    )
    await analytics.insert('voices', reviews)
    const slice = wholeSlice(tenantId.parse('t1'), '2017-02-01', '2018-06-30')
    const asking = {
      asOf: Date.parse('2018-07-01'),
      returnWindowDays: 7,
      names: { aspects: new Map(), scenes: new Map() },
    }
    found = await findDrivers(analytics, { ...asking, slice })
  }, 60_000)
  afterAll(() => close())

  test('lateness by calendar day goes first with the score: mean 1.96 of 339, against 3.8 or so in time', () => {
    const [first] = found.drivers.filter((driver) => driver.outcome === 'rating')
    expect(first).toMatchObject({ factor: 'late_delivery', category: '', unit: 'score' })
    expect(first!.exposed.n).toBe(339)
    expect(first!.exposed.value).toBeCloseTo(1.96, 2)
    expect(first!.control.value!).toBeCloseTo(3.8, 1)
    expect(first!.effect.high).toBeLessThan(-1.5)
  })

  test('orders without a delivery date are shown apart: mean 1.47 of 117', () => {
    const undelivered = found.drivers.find((driver) => driver.outcome === 'rating' && driver.factor === 'undelivered')!
    expect(undelivered.exposed.n).toBe(117)
    expect(undelivered.exposed.value).toBeCloseTo(1.47, 2)
  })

  test('texts in a language that the reader does not know are quoted, not guessed', () => {
    const late = found.drivers.find((driver) => driver.factor === 'late_delivery')!
    expect(late.quotes.length).toBeGreaterThan(0)
    expect(late.quotes.every((quote) => quote.aspect === '' && quote.outcome === true)).toBe(true)
    expect(found.drivers.filter((driver) => driver.factor === 'aspect')).toEqual([])
  })
})
