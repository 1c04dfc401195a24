import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tenantId } from '../../src/core/tenant.ts'
import { openFixture } from '../../src/measure/fixture.ts'
import type { Analytics } from '../../src/store/clickhouse/analytics.ts'
import { hasOlist, keepOlist, olistPeriod } from './real-orders.ts'
import { findingsOfShuffle, takeRows } from './shuffle.ts'
import { type Told, tellWorlds } from './tell.ts'

/** A taste of `node test/truth/drivers.ts --worlds 100` and `node test/truth/shuffles.ts --shuffles 200`. */
describe('a market with two stories by chance', () => {
  const told: Told[] = []
  beforeAll(() => tellWorlds([4], (one) => told.push(one)), 300_000)

  test('shows both of them first in their category', () => {
    expect(told.flatMap((one) => one.stories.map(({ place }) => place))).toEqual([1, 1])
  })
})

describe.skipIf(!hasOlist)(
  'real orders whose outcomes were dealt anew (skipped where ../shared/data is absent)',
  () => {
    let analytics: Analytics
    let close: () => Promise<void>
    beforeAll(async () => {
      ;({ analytics, close } = await openFixture())
    })
    afterAll(() => close())

    test('have nothing certain to say', async () => {
      const tenant = tenantId.parse('shuffled')
      await keepOlist(analytics, tenant)
      const dealt = await takeRows(analytics, tenant, ...olistPeriod)
      const asking = {
        names: { aspects: new Map(), scenes: new Map() },
        asOf: Date.parse('2018-07-01'),
        returnWindowDays: 7,
      }
      const found = []
      for (const number of [1, 2]) found.push(...(await findingsOfShuffle(analytics, dealt, number, asking)))
      expect(found).toEqual([])
    }, 300_000)
  },
)
