import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays } from '../../core/clock.ts'
import { tenantId } from '../../core/tenant.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { sql } from '../../store/clickhouse/sql.ts'
import { noon, openFixture, orderRow } from '../fixture.ts'
import { wholeSlice } from '../slice.ts'
import { type Funnel, funnelDefinition, readFunnel } from './definition.ts'
import { withStanding } from './known.ts'
import { measureFunnel } from './measure.ts'
import { type NaiveEvent, naiveWalks } from './naive.fixture.ts'
import { type ReachedQuestion, readReached } from './reached.ts'
import { walks } from './walks.ts'

let fixture: { analytics: Analytics; close(): Promise<void> }
beforeAll(async () => {
  fixture = await openFixture()
})
afterAll(() => fixture.close())

const DAY = '2026-03-02'
const MINUTE = 60_000
const start = noon(DAY)

/** A tenant for each world, so that worlds never see one another. */
let worlds = 0
async function world(events: readonly (Partial<NaiveEvent> & { id: string; at: number; name: string })[]) {
  worlds += 1
  const tenant = tenantId.parse(`w${worlds}`)
  const rows = events.map((event) => ({
    day: new Date(event.at).toISOString().slice(0, 10),
    source: 'test',
    ...event,
    tenant,
    props: JSON.stringify(event.props ?? {}),
  }))
  if (rows.length > 0) await fixture.analytics.insert('events', rows)
  return tenant
}

const funnelOf = (input: object): Funnel => funnelDefinition.parse({ windowMinutes: 30, ...input })

const walked = async (tenant: ReturnType<typeof tenantId.parse>, funnel: Funnel, from = DAY, to = from) =>
  new Map(
    (
      await fixture.analytics.query<{ unit: string; depth: number; times: number[] }>(
        walks({ slice: wholeSlice(tenant, from, to), funnel }),
      )
    ).map((row) => [row.unit, { depth: row.depth, times: row.times.slice(0, row.depth).map(Number) }]),
  )

const names = ['visited', 'viewed', 'carted', 'paid'] as const
const anEvent = fc.record({
  name: fc.constantFrom(...names),
  session: fc.constantFrom('', 's1', 's2', 's3'),
  customer_ref: fc.constantFrom('', 'c1', 'c2'),
  channel: fc.constantFrom('app', 'web'),
  touchpoint: fc.constantFrom('trade.cart', ''),
  // Few moments, so that many fall together; some on the day before and after.
  at: fc.oneof(
    fc.integer({ min: 0, max: 40 }).map((n) => start + n * 20_000),
    fc.integer({ min: -3, max: 3 }).map((n) => start + n * 12 * 3_600_000),
  ),
  props: fc.record({ release: fc.constantFrom('1.0', '2"0', '中文'), steps: fc.integer({ min: 0, max: 3 }) }),
  doubled: fc.boolean(),
})
const aStep = fc.oneof(
  fc.constantFrom(...names).map((name) => ({ events: [name] })),
  fc.constant({ events: ['viewed', 'carted'] }),
  fc.constantFrom('1.0', '2"0', '中文').map((release) => ({ where: [{ prop: 'release', in: [release] }] })),
  fc.constant({ events: ['viewed'], where: [{ prop: 'steps', atLeast: 1, atMost: 2 }] }),
  fc.constant({ events: ['carted'], where: [{ field: 'channel', in: ['app'], not: true }] }),
  fc.constant({ where: [{ field: 'touchpoint', in: ['trade.cart'] }] }),
)
const aFunnel = fc
  .record({
    steps: fc.array(aStep, { minLength: 2, maxLength: 5 }),
    windowMinutes: fc.constantFrom(1, 3, 10, 1440, 2880),
    order: fc.constantFrom('in_order', 'any_order'),
    unit: fc.constantFrom('session', 'customer'),
  })
  .map((input) => funnelDefinition.parse(input))

describe('the walks of a funnel', () => {
  test('equal those counted by hand, whatever came late, doubled or out of order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anEvent, { maxLength: 60 }), aFunnel, async (drawn, funnel) => {
        const events: NaiveEvent[] = drawn.map(({ doubled, ...event }, i) => ({
          id: `e${i}`,
          day: new Date(event.at).toISOString().slice(0, 10),
          ...event,
        }))
        const doubles = events.filter((_, i) => drawn[i]!.doubled)
        const tenant = await world([...events, ...doubles])
        const found = await walked(tenant, funnel)
        expect(found).toEqual(naiveWalks(events, funnel, { from: DAY, to: DAY }))
      }),
      { numRuns: 40 },
    )
  })

  test('go as deep as windowFunnel says, where it can say it: whole seconds, one event each', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...names), fc.constantFrom('s1', 's2')), { maxLength: 30 }),
        fc.constantFrom(1, 3, 60),
        async (drawn, windowMinutes) => {
          const tenant = await world(
            drawn.map(([name, session], i) => ({ id: `e${i}`, at: start + i * 17_000, name, session })),
          )
          const rows = await fixture.analytics.query<{ unit: string; depth: number }>(sql`
            SELECT session AS unit, windowFunnel(${windowMinutes * 60})(toUInt32(intDiv(at, 1000)),
              name = 'visited', name = 'viewed', name = 'paid') AS depth
            FROM events WHERE tenant = ${tenant} GROUP BY unit HAVING depth > 0`)
          const funnel = funnelOf({
            windowMinutes,
            steps: [{ events: ['visited'] }, { events: ['viewed'] }, { events: ['paid'] }],
          })
          const found = await walked(tenant, funnel)
          expect(new Map([...found].map(([unit, { depth }]) => [unit, depth]))).toEqual(
            new Map(rows.map(({ unit, depth }) => [unit, depth])),
          )
        },
      ),
      { numRuns: 12 },
    )
  })

  test('one event never takes two steps, two of one moment do', async () => {
    const steps = [{ events: ['viewed'] }, { events: ['viewed'] }]
    const once = await world([{ id: 'a', at: start, name: 'viewed', session: 's' }])
    expect((await walked(once, funnelOf({ steps }))).get('s')?.depth).toBe(1)
    const together = [
      { id: 'a', at: start, name: 'carted', session: 's' },
      { id: 'b', at: start, name: 'viewed', session: 's' },
    ]
    const funnel = funnelOf({ steps: [{ events: ['viewed'] }, { events: ['carted'] }] })
    expect((await walked(await world(together), funnel)).get('s')?.depth).toBe(2)
  })

  test('what is given in a condition stays a value, never a part of the question', async () => {
    const evil = `x') OR 1=1 -- "\\ {y}`
    const tenant = await world([
      { id: 'a', at: start, name: 'viewed', session: 's', props: { [evil]: evil } },
      { id: 'b', at: start + 1, name: evil, session: 's' },
      { id: 'c', at: start, name: 'viewed', session: 't' },
    ])
    const steps = [{ events: ['viewed'], where: [{ prop: evil, in: [evil] }] }, { events: [evil] }]
    expect([...(await walked(tenant, funnelOf({ steps })))]).toEqual([['s', { depth: 2, times: [start, start + 1] }]])
  })

  test('orders count as steps: a customer’s by who bought, a session’s by the order that its events name', async () => {
    const tenant = await world([
      { id: 'a', at: start, name: 'viewed', session: 's', customer_ref: 'c' },
      { id: 'b', at: start + MINUTE, name: 'paid', session: 's', customer_ref: 'c', ...{ order_id: 'o1' } },
    ])
    const order = orderRow({ order_id: 'o1', ordered_day: DAY, delivered_day: addDays(DAY, 2), customer_ref: 'c' })
    await fixture.analytics.insert('orders', [
      { ...order, tenant, ordered_at: start + MINUTE },
      { ...order, tenant, ordered_at: start + MINUTE, line: 1 },
    ])
    const steps = [{ events: ['viewed'] }, { order: 'placed' }, { order: 'delivered' }, { order: 'returned' }]
    const windowMinutes = 7 * 1440
    const bySession = await walked(tenant, funnelOf({ steps, windowMinutes }))
    const byCustomer = await walked(tenant, funnelOf({ steps, windowMinutes, unit: 'customer' }))
    expect(bySession.get('s')?.depth).toBe(3)
    expect(byCustomer.get('c')).toEqual(bySession.get('s'))
  })
})

describe('a funnel', () => {
  const steps = [{ events: ['viewed'] }, { events: ['carted'] }, { events: ['paid'] }]
  const ask = (tenant: ReturnType<typeof tenantId.parse>, funnel: Funnel) =>
    measureFunnel(fixture.analytics, {
      slice: wholeSlice(tenant, DAY, DAY),
      funnel,
      knownUntil: start + 120 * MINUTE,
    })

  test('tells how many came how far, how long it took, and who may still come', async () => {
    const events = Array.from({ length: 40 }, (_, i) => [
      { id: `v${i}`, at: start, name: 'viewed', session: `s${i}` },
      ...(i < 20 ? [{ id: `c${i}`, at: start + (i + 1) * 1000, name: 'carted', session: `s${i}` }] : []),
      ...(i < 5 ? [{ id: `p${i}`, at: start + 60_000, name: 'paid', session: `s${i}` }] : []),
    ]).flat()
    const late = { id: 'late', at: start + 110 * MINUTE, name: 'viewed', session: 'late' }
    const tenant = await world([...events, late])
    const result = await ask(tenant, funnelOf({ steps }))
    expect(result.steps.map(({ reached }) => reached)).toEqual([41, 20, 5])
    expect(result.steps[2]!.ofPrevious).toMatchObject({ value: 0.25, n: 20 })
    // Twenty times of 1 to 20 s: the middle 10.5, the interval from the 6th to the 15th.
    expect(result.steps[1]!.seconds).toEqual({ value: 10.5, low: 6, high: 15, n: 20 })
    expect(result.open).toBe(1)
    expect(result.groups).toEqual([])

    // Who is behind these counts, page by page: the last to come first, with the moments of their steps.
    const listed = (asked: Pick<ReachedQuestion, 'step' | 'side' | 'cursor' | 'limit'>) =>
      readReached(fixture.analytics, {
        walk: { slice: wholeSlice(tenant, DAY, DAY), funnel: funnelOf({ steps }) },
        ...asked,
      })
    const first = await listed({ step: 1, side: 'all', limit: 15 })
    if (!first.ok) throw new Error(first.problem.message)
    const { total, rows, next } = first.value
    expect([total, rows.length]).toEqual([20, 15])
    expect(rows[0]).toEqual({ unit: 's19', at: start + 20_000, times: [start, start + 20_000], wentOn: false })
    const second = await listed({ step: 1, side: 'all', limit: 15, cursor: next! })
    expect(second).toMatchObject({ ok: true, value: { total: 20, next: null } })
    expect(second.ok && new Set([...rows, ...second.value.rows].map(({ unit }) => unit)).size).toBe(20)
    // A customer is masked in the rows, and a cursor names no unit either.
    expect(Buffer.from(next!, 'base64url').toString()).not.toContain(rows.at(-1)!.unit)
    expect(await listed({ step: 1, side: 'up', limit: 1 })).toMatchObject({ value: { total: 5 } })
    expect(await listed({ step: 1, side: 'neither', limit: 1 })).toMatchObject({ value: { total: 15 } })
    expect(await listed({ step: 1, side: 'all', limit: 1, cursor: 'x' })).toMatchObject({
      problem: { code: 'bad-cursor' },
    })
  })

  test('divided: a group that differs is told, one that does not is not, small ones are folded', async () => {
    const events = Array.from({ length: 310 }, (_, i) => {
      const channel = i < 100 ? 'app' : i < 200 ? 'web' : i < 300 ? 'mini' : `x${i}`
      const rows = [{ id: `v${i}`, at: start, name: 'viewed', session: `s${i}`, channel }]
      const through = channel === 'app' ? i % 10 === 0 : i % 2 === 0
      if (through) rows.push({ id: `c${i}`, at: start + 1, name: 'carted', session: `s${i}`, channel })
      return rows
    }).flat()
    const result = await ask(await world(events), funnelOf({ steps: steps.slice(0, 2), by: 'channel' }))
    expect(result.groups.map(({ key, n, change }) => [key, n, change?.moreThanChance])).toEqual([
      ['app', 100, true],
      ['mini', 100, true],
      ['web', 100, true],
      ['others', 10, undefined],
    ])
    expect(result.groups[0]!.change!.value).toBeLessThan(0)
  })

  test('knows who had ordered before: by an earlier order on record, or one that says so itself', async () => {
    const tenant = await world(
      ['old', 'told', 'fresh', ''].map((who) => ({
        id: `v${who}`,
        at: start,
        name: 'viewed',
        session: `s${who}`,
        customer_ref: who,
      })),
    )
    await fixture.analytics.insert('orders', [
      { ...orderRow({ order_id: 'o1', ordered_day: addDays(DAY, -9), customer_ref: 'old' }), tenant },
      { ...orderRow({ order_id: 'o2', ordered_day: addDays(DAY, 1), customer_ref: 'fresh' }), tenant },
      {
        ...orderRow({
          order_id: 'o3',
          ordered_day: addDays(DAY, 1),
          customer_ref: 'told',
          facts: '{"firstOrder":false}',
        }),
        tenant,
      },
    ])
    const walked = walks({ slice: wholeSlice(tenant, DAY, DAY), funnel: funnelOf({ steps: steps.slice(0, 2) }) })
    const rows = await fixture.analytics.query<{ customer: string; standing: string }>(
      sql`SELECT customer, standing FROM (${withStanding(walked, tenant)}) ORDER BY customer`,
    )
    expect(rows.map(({ customer, standing }) => [customer, standing])).toEqual([
      ['', ''],
      ['fresh', 'new'],
      ['old', 'known'],
      ['told', 'known'],
    ])
  })

  test('a condition that names no value yet asks nothing, one with bounds asks for a number', async () => {
    const events = [100, 200, 300].flatMap((amount, i) => [
      { id: `v${i}`, at: start, name: 'viewed', session: `s${i}`, channel: 'app', props: { amount } },
      { id: `c${i}`, at: start + 1, name: 'carted', session: `s${i}`, channel: 'app', props: { amount } },
    ])
    const tenant = await world(events)
    const reached = async (where: object[]) => {
      const funnel = funnelOf({ steps: [{ events: ['viewed'], where }, { events: ['carted'] }] })
      return (await ask(tenant, funnel)).steps[0]!.reached
    }
    expect(await reached([{ field: 'channel', in: [] }])).toBe(3)
    expect(await reached([{ prop: 'amount', in: [], not: true }, { prop: 'amount' }])).toBe(3)
    expect(await reached([{ prop: 'amount', atLeast: 200 }])).toBe(2)
    expect(await reached([{ prop: 'amount', atLeast: 150, atMost: 250 }])).toBe(1)
    expect(await reached([{ field: 'channel', in: ['app'], not: true }])).toBe(0)
  })

  test('a definition with a field that nobody knows is refused by its place', () => {
    const refused = readFunnel(
      '{"steps":[{"events":["a"]},{"where":[{"field":"tenant","in":["x"]}]}],"windowMinutes":5}',
    )
    expect(refused).toMatchObject({ ok: false, problem: { code: 'funnel_invalid' } })
    expect(readFunnel('{').ok).toBe(false)
  })
})
