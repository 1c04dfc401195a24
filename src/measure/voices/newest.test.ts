import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, localDay } from '../../core/clock.ts'
import { tenantId } from '../../core/tenant.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { sql } from '../../store/clickhouse/sql.ts'
import { openFixture, voiceRow } from '../fixture.ts'
import { wholeSlice, within } from '../slice.ts'
import { newestVoices } from './newest.ts'

const FIRST = '2026-03-01'
const LAST = addDays(FIRST, 9)
/** From the earliest clock of the world to the latest. */
const zones = ['Pacific/Kiritimati', 'Asia/Shanghai', 'UTC', 'America/Los_Angeles', 'Etc/GMT+12']

let analytics: Analytics
let close: () => Promise<void>
beforeAll(async () => {
  ;({ analytics, close } = await openFixture())
})
afterAll(() => close())

let tenants = 0
async function spoken(said: readonly { minute: number; zone: string }[]) {
  const tenant = tenantId.parse(`newest${++tenants}`)
  const voices = said.map(({ minute, zone }, place) => {
    const at = Date.parse(`${FIRST}T00:00:00Z`) + minute * 60_000
    return { ...voiceRow({ id: `v${place}`, day: localDay(at, zone), at }), tenant }
  })
  await analytics.insert('voices', voices)
  const slice = wholeSlice(tenant, FIRST, LAST)
  let statements = 0
  const counting: Analytics = {
    ...analytics,
    query: (question, options) => {
      statements++
      return analytics.query(question, options)
    },
  }
  const ask = (most: number, after?: readonly [number, string]) =>
    newestVoices(counting, { slice, condition: sql`${within(slice, 'voices')}`, after, most })
  const expected = voices
    .filter((voice) => voice.day >= FIRST && voice.day <= LAST)
    .sort((one, other) => other.at - one.at || (one.id < other.id ? 1 : -1))
    .map(({ id }) => id)
  return { ask, expected, statements: () => statements }
}

describe('the newest voices', () => {
  test('are those of all days, whatever clock each was said by, page after page', async () => {
    const said = fc.record({ minute: fc.integer({ min: -1_440, max: 11 * 1_440 }), zone: fc.constantFrom(...zones) })
    await fc.assert(
      fc.asyncProperty(
        fc.array(said, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 9 }),
        async (list, most) => {
          const { ask, expected } = await spoken(list)
          const shown: string[] = []
          for (let page = await ask(most); page.length > 0; page = await ask(most, [page.at(-1)!.at, page.at(-1)!.id]))
            shown.push(...page.map(({ id }) => id))
          expect(shown).toEqual(expected)
        },
      ),
      { numRuns: 8 },
    )
  }, 60_000)

  test('are asked of the last two days alone where these hold enough, else of all', async () => {
    const daily = Array.from({ length: 40 }, (_, place) => ({ minute: place * 360, zone: 'Asia/Shanghai' }))
    const few = await spoken(daily)
    expect((await few.ask(3)).map(({ id }) => id)).toEqual(few.expected.slice(0, 3))
    expect(few.statements()).toBe(1)
    const many = await spoken(daily)
    expect((await many.ask(30)).map(({ id }) => id)).toEqual(many.expected.slice(0, 30))
    expect(many.statements()).toBe(2)
  })

  test('count one that an earlier clock calls yesterday, but that is as new', async () => {
    const noonBefore = 8 * 1_440
    const { ask, expected } = await spoken([
      { minute: noonBefore - 60, zone: 'Pacific/Kiritimati' },
      { minute: noonBefore - 120, zone: 'Pacific/Kiritimati' },
      { minute: noonBefore - 30, zone: 'Etc/GMT+12' },
    ])
    expect((await ask(2)).map(({ id }) => id)).toEqual(expected.slice(0, 2))
    expect(expected[0]).toBe('v2')
  })
})
