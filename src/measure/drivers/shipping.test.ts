import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tenantId } from '../../core/tenant.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { openFixture, orderRow } from '../fixture.ts'
import { wholeSlice } from '../slice.ts'
import { type Drivers, findDrivers } from './find.ts'

const file = path.resolve(import.meta.dirname, '../../../../shared/data/ecommerce_shipping/orders.csv')

let analytics: Analytics
let close: () => Promise<void>
let found: Drivers
let rows: Record<string, string>[]

describe.skipIf(!existsSync(file))(
  'orders of which only lateness is told (skipped where ../shared/data is absent)',
  () => {
    beforeAll(async () => {
      ;({ analytics, close } = await openFixture())
      rows = parse(readFileSync(file), { columns: true }) as Record<string, string>[]
      await analytics.insert(
        'orders',
        rows.map((row) =>
          orderRow({
            order_id: row.ID!,
            ordered_day: '2026-03-01',
            facts: JSON.stringify({
              late: Number(row['Reached.on.Time_Y.N']),
              discount: Number(row.Discount_offered),
              rating: Number(row.Customer_rating),
              weight: Number(row.Weight_in_gms),
              cost: Number(row.Cost_of_the_Product),
              calls: Number(row.Customer_care_calls),
              block: row.Warehouse_block!,
              mode: row.Mode_of_Shipment!,
              gender: row.Gender!,
            }),
          }),
        ),
      )
      const slice = wholeSlice(tenantId.parse('t1'), '2026-03-01', '2026-03-31')
      const names = { aspects: new Map(), scenes: new Map() }
      found = await findDrivers(analytics, { slice, names, asOf: Date.parse('2026-04-01'), returnWindowDays: 7 })
    }, 60_000)
    afterAll(() => close())

    test('the planted cause comes first: the highest fifth of discounts is late, every order of it', () => {
      const [first] = found.drivers
      expect(first).toMatchObject({ outcome: 'late', factor: 'fact', value: 'discount:high', unit: 'share' })
      expect(first!.exposed.value).toBe(1)
      expect(first!.effect.low).toBeGreaterThan(0.4)
      expect(first!.sentence.zh).toMatch(/^discount 最高的五分之一订单，晚到多 \d+\.\d 个百分点$/)
    })

    test('its figures are those of a naive recount of the file', () => {
      const [first] = found.drivers
      const sorted = rows
        .map((row) => ({ discount: Number(row.Discount_offered), late: Number(row['Reached.on.Time_Y.N']) }))
        .sort((one, other) => other.discount - one.discount)
      const n = first!.exposed.n
      // The fifth ends between two discounts: equal ones are on one side.
      expect(sorted[n - 1]!.discount).toBeGreaterThan(sorted[n]!.discount)
      const share = (some: typeof sorted) => some.filter(({ late }) => late === 1).length / some.length
      expect(first!.effect.value).toBeCloseTo(share(sorted.slice(0, n)) - share(sorted.slice(n)), 9)
    })

    test('the rating, which is uniform, goes with nothing; nor do gender, block and mode of shipment', () => {
      const told = found.drivers.map(({ value }) => value!.split(/[:=]/)[0])
      for (const idle of ['rating', 'gender', 'block', 'mode']) expect(told).not.toContain(idle)
    })

    test('lateness is the outcome, never its own factor', () => {
      expect(found.drivers.every(({ outcome, value }) => outcome === 'late' && !value!.startsWith('late'))).toBe(true)
    })
  },
)
