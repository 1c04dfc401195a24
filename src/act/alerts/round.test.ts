import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestStores } from '../../../test/stores.ts'
import { MAIN } from '../../core/tenant.ts'
import { alarmsOf, changesOf, findIncident, handleIncident, joinedInto, latestIncidents } from './incidents.ts'
import { keepRound, type RaisedAlarm } from './round.ts'

let stores: Awaited<ReturnType<typeof openTestStores>>
beforeAll(async () => {
  stores = await openTestStores()
})
afterAll(() => stores.remove())

const HOUR = 3_600_000
const noon = Date.UTC(2026, 2, 1, 4)

const alarm = (ruleId: string, segment: string, hour: number): RaisedAlarm => ({
  ...{ ruleId, dimension: segment === '' ? '' : 'merchant', segment, direction: 'up', continuing: false, verdict: {} },
  at: noon + hour * HOUR,
  foundAt: noon + (hour + 1) * HOUR,
})

/** A round of a tenant's own rules at an hour; groups as the watch would put them together. */
const keep = (rules: readonly string[], groups: readonly RaisedAlarm[][], hour: number): Promise<string[]> =>
  keepRound(stores.db, {
    tenant: MAIN,
    rules: rules.map((id) => ({ id, from: null, gapMs: 24 * HOUR })),
    groups,
    remade: [],
    judgedUntil: noon + hour * HOUR,
    series: 10,
    pastBefore: noon - 1_000 * HOUR,
    now: noon + hour * HOUR,
  })

const openOf = async (ruleId: string) =>
  (await latestIncidents(stores.db, MAIN)).incidents.filter((one) => one.ruleId === ruleId && one.state === 'open')

describe('incidents of which a later round shows that they have one cause', () => {
  const [first, second, both] = [alarm('a', 'M1', 0), alarm('a', 'M2', 1), alarm('a', '', 2)]

  test('become one, that holds all alarms and begins with the earliest', async () => {
    const [one] = await keep(['a'], [[first!]], 1)
    const [other] = await keep(['a'], [[first!], [second!]], 2)
    expect(await openOf('a')).toHaveLength(2)
    expect(await keep(['a'], [[first!, second!, both!]], 3)).toEqual([])
    const [left, ...more] = await openOf('a')
    expect(more).toEqual([])
    expect(left).toMatchObject({ id: one, since: first!.at, lastAt: both!.at, foundAt: first!.foundAt })
    expect((await alarmsOf(stores.db, MAIN, [one!])).get(one!)).toHaveLength(3)
    expect((await changesOf(stores.db, MAIN, one!)).map(({ what }) => what)).toEqual(['found', 'joined'])
    expect(await joinedInto(stores.db, MAIN, other!)).toBe(one)
    expect(await findIncident(stores.db, MAIN, other!)).toMatchObject({ state: 'closed', past: true })
  })

  test('stay one when the same round, or one that groups otherwise, is kept again', async () => {
    const before = await latestIncidents(stores.db, MAIN)
    await keep(['a'], [[first!, second!, both!]], 3)
    await keep(['a'], [[first!], [second!, both!]], 3)
    expect(await latestIncidents(stores.db, MAIN)).toEqual(before)
  })

  test('go into the one that somebody took up; one with a ticket of its own stays, as do false alarms', async () => {
    const [x, y, z, w] = [alarm('b', 'M1', 0), alarm('b', 'M2', 0), alarm('b', 'M3', 0), alarm('b', 'M4', 0)]
    const ids = await keep(['b'], [[x!], [y!], [z!], [w!]], 1)
    const by = { actor: '林', note: '', now: noon }
    await handleIncident(stores.db, MAIN, ids[1]!, { what: 'acknowledge' }, by)
    await handleIncident(stores.db, MAIN, ids[2]!, { what: 'ticket', ticketId: 't1' }, by)
    await handleIncident(stores.db, MAIN, ids[3]!, { what: 'false_alarm' }, by)
    await keep(['b'], [[x!, y!, w!, alarm('b', '', 1)]], 2)
    expect((await openOf('b')).map(({ id }) => id).sort()).toEqual([ids[1], ids[2]].sort())
    await keep(['b'], [[x!, y!, z!, w!, alarm('b', '', 2)]], 3)
    expect((await openOf('b')).map(({ id }) => id)).toEqual([ids[2]])
    expect(await findIncident(stores.db, MAIN, ids[3]!)).toMatchObject({ falseAlarm: true, state: 'closed' })
  })
})
