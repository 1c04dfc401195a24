import { afterAll, beforeAll, expect, test } from 'vitest'
import { openFixture } from '../../src/measure/fixture.ts'
import type { Analytics } from '../../src/store/clickhouse/analytics.ts'
import { falseRate, type Tried, tryWorld } from './alert-worlds.ts'

/** The planted faults of the demo market, and markets without any. `node test/truth/alerts.ts --worlds 20` tries more. */
const HOUR = 3_600_000

let analytics: Analytics
let close: () => Promise<void>
let faulty: Tried
let quiet: Tried

beforeAll(async () => {
  ;({ analytics, close } = await openFixture())
  faulty = await tryWorld(analytics, 7)
  quiet = await tryWorld(analytics, 8, [])
}, 300_000)
afterAll(() => close())

/** How often it is the first hour, the long form counts: in that hour so few new customers pay that chance decides (docs/alerts.md). */
test('payments that fail after a release are found within two hours, as soon as a fourth customer could not pay', () => {
  expect(faulty.paymentsAfter).not.toBeNull()
  expect(faulty.paymentsAfter).toBeLessThanOrEqual(2 * HOUR)
  expect(faulty.paymentsAfterFourth).toBeLessThanOrEqual(HOUR / 4)
})

const THREE_HOURS = 3 * HOUR

test('a shop that answers late is found within three hours of its third late answer', () => {
  expect(faulty.slowAfterThird).not.toBeNull()
  expect(faulty.slowAfterThird).toBeLessThanOrEqual(THREE_HOURS)
})

test('all else stays below one false alarm a week per hundred series', () => {
  expect(quiet.series).toBeGreaterThan(100)
  expect(falseRate([faulty, quiet])).toBeLessThanOrEqual(1)
})
