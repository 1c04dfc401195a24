import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTestStores } from '../../../test/stores.ts'
import { tenantId } from '../../core/tenant.ts'
import { closedIncidents, type Incident, latestIncidents } from './incidents.ts'

let stores: Awaited<ReturnType<typeof openTestStores>>
beforeAll(async () => {
  stores = await openTestStores()
})
afterAll(() => stores.remove())

const HOUR = 3_600_000
const noon = Date.UTC(2026, 2, 1, 4)
let tenants = 0

test('the latest incidents and the pages after them hold each incident once, the open ones all at first, however many end at one moment', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          state: fc.constantFrom<Incident['state']>('open', 'closed', 'closed', 'closed'),
          hour: fc.nat(20),
        }),
        {
          minLength: 700,
          maxLength: 1_300,
        },
      ),
      async (made) => {
        const tenant = tenantId.parse(`many${++tenants}`)
        const rows = made.map(({ state, hour }, place) => ({
          ...{ tenant, id: `i${place}`, rule_id: 'r', direction: 'up' as const, state },
          ...{ since: new Date(noon), last_at: new Date(noon + hour * HOUR), found_at: new Date(noon) },
          ...{ created_at: new Date(noon), past: false, false_alarm: false },
        }))
        await stores.db.insertInto('alert_incidents').values(rows).execute()
        const first = await latestIncidents(stores.db, tenant)
        const found: Incident[] = [...first.incidents]
        for (let { next } = first; next; ) {
          const page = await closedIncidents(stores.db, tenant, next)
          expect(page.incidents.length).toBeGreaterThan(0)
          found.push(...page.incidents)
          next = page.next
        }
        expect(found.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort())
        const openOnes = rows.filter(({ state }) => state === 'open').length
        expect(found.slice(0, openOnes).every(({ state }) => state === 'open')).toBe(true)
        const times = found.slice(openOnes).map(({ lastAt }) => lastAt)
        expect(times).toEqual([...times].sort((one, other) => other - one))
      },
    ),
    { numRuns: 3 },
  )
}, 60_000)
