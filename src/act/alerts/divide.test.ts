import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestStores } from '../../../test/stores.ts'
import { MAIN } from '../../core/tenant.ts'
import { mergeIncident, splitIncident } from './divide.ts'
import { alarmsOf, changesOf, findIncident, handleIncident, joinedInto } from './incidents.ts'
import { keepRound, type RaisedAlarm } from './round.ts'

let stores: Awaited<ReturnType<typeof openTestStores>>
beforeAll(async () => {
  stores = await openTestStores()
})
afterAll(() => stores.remove())

const HOUR = 3_600_000
const noon = Date.UTC(2026, 2, 1, 4)
const by = { actor: '林', note: '仓库停电，与支付无关', now: noon + 10 * HOUR }

const alarm = (ruleId: string, segment: string, hour: number): RaisedAlarm => ({
  ...{ ruleId, dimension: 'merchant', segment, direction: 'up', continuing: false, verdict: {} },
  at: noon + hour * HOUR,
  foundAt: noon + (hour + 1) * HOUR,
})
const keep = (rule: string, groups: readonly RaisedAlarm[][], hour: number): Promise<string[]> =>
  keepRound(stores.db, {
    ...{ tenant: MAIN, rules: [{ id: rule, from: null, gapMs: 24 * HOUR }], groups, remade: [], series: 10 },
    ...{ judgedUntil: noon + hour * HOUR, pastBefore: noon - 1_000 * HOUR, now: noon + hour * HOUR },
  })
const series = (ruleId: string, segment: string) => ({ ruleId, dimension: 'merchant', segment })
const segmentsOf = async (id: string) =>
  ((await alarmsOf(stores.db, MAIN, [id])).get(id) ?? []).map(({ segment, at }) => `${segment} ${(at - noon) / HOUR}`)
const historyOf = async (id: string) =>
  (await changesOf(stores.db, MAIN, id)).map(({ what, actor, note }) => [what, actor, note])
async function split(id: string, of: ReturnType<typeof series>[]): Promise<string> {
  const done = await splitIncident(stores.db, MAIN, id, of, by)
  if (!done?.ok) throw new Error('not split')
  return done.value
}

describe('an incident that a person splits', () => {
  const group = [alarm('a', 'M1', 0), alarm('a', 'M2', 3), alarm('a', 'M2', 4)]

  test('is two, each with its own series and its own times, and who did it stands in both', async () => {
    const [id] = (await keep('a', [group], 5)) as [string]
    const apart = await split(id, [series('a', 'M2')])
    expect(await segmentsOf(id)).toEqual(['M1 0'])
    expect(await segmentsOf(apart)).toEqual(['M2 3', 'M2 4'])
    expect(await findIncident(stores.db, MAIN, id)).toMatchObject({ since: noon, lastAt: noon, state: 'open' })
    expect(await findIncident(stores.db, MAIN, apart)).toMatchObject({
      ...{ since: noon + 3 * HOUR, lastAt: noon + 4 * HOUR, foundAt: noon + 4 * HOUR, state: 'open', ruleId: 'a' },
    })
    expect((await historyOf(id)).at(-1)).toEqual(['split', '林', by.note])
    expect(await historyOf(apart)).toEqual([['split_from', '林', id]])

    // The watch goes on to think that all of it has one cause: what comes goes to where its series is.
    const later = [...group, alarm('a', 'M1', 6), alarm('a', 'M2', 6), alarm('a', 'M3', 6)]
    expect(await keep('a', [later], 7)).toEqual([])
    expect(await segmentsOf(apart)).toContain('M2 6')
    expect(await segmentsOf(id)).toContain('M1 6')
    expect([...(await segmentsOf(id)), ...(await segmentsOf(apart))]).toHaveLength(6)
    expect(await keep('a', [later], 8)).toEqual([])
    expect([...(await segmentsOf(id)), ...(await segmentsOf(apart))]).toHaveLength(6)
  })

  test('stays whole where none of its series or all of them would go', async () => {
    const [id] = (await keep('b', [[alarm('b', 'M1', 0), alarm('b', 'M2', 0)]], 1)) as [string]
    for (const of of [[series('b', 'M9')], [series('b', 'M1'), series('b', 'M2')]])
      expect(await splitIncident(stores.db, MAIN, id, of, by)).toMatchObject({
        ok: false,
        problem: { code: 'nothing-to-split' },
      })
    expect(await segmentsOf(id)).toHaveLength(2)
    expect(await splitIncident(stores.db, MAIN, 'none', [series('b', 'M1')], by)).toBeUndefined()
  })

  test('is one again when a person merges them, and can be split once more', async () => {
    const both = [alarm('c', 'M1', 0), alarm('c', 'M2', 2)]
    const [id] = (await keep('c', [both], 3)) as [string]
    const apart = await split(id, [series('c', 'M2')])
    expect(await mergeIncident(stores.db, MAIN, id, apart, { ...by, note: '同一次发布' })).toEqual({
      ok: true,
      value: id,
    })
    expect(await segmentsOf(id)).toEqual(['M1 0', 'M2 2'])
    expect(await findIncident(stores.db, MAIN, id)).toMatchObject({ since: noon, lastAt: noon + 2 * HOUR })
    expect((await historyOf(id)).at(-1)).toEqual(['joined', '林', '同一次发布'])
    expect(await joinedInto(stores.db, MAIN, apart)).toBe(id)
    await keep('c', [[...both, alarm('c', 'M2', 4)]], 5)
    expect(await segmentsOf(id)).toHaveLength(3)
    const again = await splitIncident(stores.db, MAIN, id, [series('c', 'M2')], { ...by, now: by.now + HOUR })
    expect(again).toMatchObject({ ok: true })
  })
})

describe('incidents that a person would merge', () => {
  test('stay two where one is over or the one that would go has a ticket of its own', async () => {
    const ids = await keep('d', [[alarm('d', 'M1', 0)], [alarm('d', 'M2', 0)], [alarm('d', 'M3', 0)]], 1)
    const [one, ticketed, wrong] = ids as [string, string, string]
    await handleIncident(stores.db, MAIN, ticketed, { what: 'ticket', ticketId: 't1' }, by)
    await handleIncident(stores.db, MAIN, wrong, { what: 'false_alarm' }, by)
    const merged = (id: string, other: string) => mergeIncident(stores.db, MAIN, id, other, by)
    expect(await merged(one, ticketed)).toMatchObject({ ok: false, problem: { code: 'has-ticket' } })
    expect(await merged(one, wrong)).toMatchObject({ ok: false, problem: { code: 'not-open' } })
    expect(await merged(one, one)).toMatchObject({ ok: false, problem: { code: 'not-open' } })
    expect(await merged(one, 'none')).toBeUndefined()
    expect(await merged(ticketed, one)).toEqual({ ok: true, value: ticketed })
    expect(await segmentsOf(ticketed)).toHaveLength(2)
  })
})
