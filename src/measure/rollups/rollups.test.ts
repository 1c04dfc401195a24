import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays } from '../../core/clock.ts'
import { type TenantId, tenantId } from '../../core/tenant.ts'
import { type Analytics, removeRows } from '../../store/clickhouse/analytics.ts'
import { closeMarks, marking, readMarks, whileWriting } from '../../store/clickhouse/marks.ts'
import { day, sql, trusted } from '../../store/clickhouse/sql.ts'
import { mentionRows, noon, openFixture, voiceRow } from '../fixture.ts'
import { findIndicator } from '../indicators/list.ts'
import { answered } from '../journey/answered.ts'
import { held } from '../journey/held.ts'
import { askLateAnswers, askRefunds, askResolved } from '../journey/support.ts'
import { seen, walked } from '../journey/walked.ts'
import { wholeSlice } from '../slice.ts'
import { rollUp } from './build.ts'
import type { Choice } from './facet.ts'
import { divided, flow, rollingFor, said, told, toldOf } from './measures.ts'
import { askRolled, askTogether, type RolledQuestion } from './read.ts'

const FIRST = '2026-03-01'
let analytics: Analytics
let bare: Analytics
let close: () => Promise<void>
let clock = Date.parse('2026-04-01T00:00:00Z')
let tenants = 0

beforeAll(async () => {
  const opened = await openFixture()
  bare = opened.analytics
  analytics = marking(bare)
  close = opened.close
})
afterAll(() => close())

const newTenant = (): TenantId => {
  tenants += 1
  return tenantId.parse(`rolled${tenants}`)
}

interface Said {
  kind: 'voice'
  offset: number
  category: string
  city: string
  aspect: string
  polarity: string
  twice: boolean
}
const saidOf = fc.record({
  kind: fc.constant('voice' as const),
  offset: fc.nat(5),
  category: fc.constantFrom('heater', 'boiler'),
  city: fc.constantFrom('', '杭州'),
  aspect: fc.constantFrom('noise', 'heat'),
  polarity: fc.constantFrom('positive', 'negative', 'neutral'),
  twice: fc.boolean(),
})

/** One step of one of few sessions, so that they meet, on few days, so that they come back; or of a customer without a session. */
interface Done {
  kind: 'event'
  offset: number
  minute: number
  category: string
  city: string
  session: string
  what: { name: string; touchpoint: string; order_id: string; props: string }
}
const clicked = fc.record({
  name: fc.constantFrom('searched', 'payment_tried', 'payment_failed', 'error_seen', 'rage_clicked', 'order_placed'),
  touchpoint: fc.constantFrom('', 'browse.search', 'browse.detail', 'trade.cart', 'trade.pay', 'fulfil.use'),
  order_id: fc.constant(''),
  props: fc.constant('{}'),
})
const served = fc.record({
  name: fc.constantFrom('chat_answered', 'ticket_opened', 'refund_failed', 'page_viewed'),
  touchpoint: fc.constantFrom('aftersale.service', 'aftersale.return', 'aftersale.refund'),
  order_id: fc.constantFrom('', 'o1', 'o2'),
  props: fc.constantFrom('{}', '{"firstAnswerMinutes":3}', '{"firstAnswerMinutes":40.5}'),
})
const doneOf = fc.record({
  kind: fc.constant('event' as const),
  offset: fc.nat(5),
  minute: fc.nat(3),
  category: fc.constantFrom('heater', 'boiler'),
  city: fc.constantFrom('', '杭州'),
  session: fc.constantFrom('', 's1', 's2', 's3'),
  what: fc.oneof(clicked, served),
})

let written = 0
async function write(into: Analytics, tenant: TenantId, list: readonly (Said | Done)[]): Promise<void> {
  await say(
    into,
    tenant,
    list.filter((one) => one.kind === 'voice'),
  )
  await into.insert(
    'events',
    list
      .filter((one) => one.kind === 'event')
      .map(({ kind: _, offset, minute, what, ...event }) => {
        written += 1
        const local = addDays(FIRST, offset)
        return {
          tenant,
          id: `e${written}`,
          day: local,
          at: noon(local) + minute * 60_000,
          customer_ref: 'c1',
          ...event,
          ...what,
        }
      }),
  )
}

async function say(into: Analytics, tenant: TenantId, list: readonly Said[]): Promise<void> {
  const voices = list.map(({ kind: _, offset, aspect, polarity, twice, ...rest }) => {
    written += 1
    const voice = {
      id: `v${written}`,
      day: addDays(FIRST, offset),
      read: 1 as const,
      sentiment: polarity,
      rating: 1 + (written % 5),
      // Some on a scale whose steps are no round shares of four.
      rating_max: written % 2 ? 5 : 8,
      scenes: twice ? ['night'] : [],
      ...rest,
    }
    // What is said twice is one voice that speaks of it.
    const mentions = Array.from({ length: twice ? 2 : 1 }, () => ({ aspect, polarity, scene: twice ? 'night' : '' }))
    return { voice, mentions }
  })
  const ours = (row: object) => ({ ...row, tenant })
  await into.insert('mentions', voices.flatMap(({ voice, mentions }) => mentionRows(voice, mentions)).map(ours))
  await into.insert('voices', voices.map(({ voice, mentions }) => voiceRow(voice, mentions)).map(ours))
}

const sorted = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).sort()

/** The same question of the rows alone: the days of another engine's marks are never true. */
const fromRows = (question: RolledQuestion) =>
  askRolled(
    {
      ...bare,
      query: (text, options) => (text.text.includes('day_builds') ? Promise.resolve([]) : bare.query(text, options)),
    },
    question,
  )

const { id, counting } = findIndicator('conversion')!
const conversion = rollingFor(id, counting, 'day')!
const rating = rollingFor('rating', findIndicator('rating')!.counting, 'day')!

/** Some of which sums tell, one of which they cannot. */
const chosen: readonly Choice[] = [
  { by: 'sentiment', values: ['negative'] },
  { by: 'sentiment', values: ['negative', 'positive'] },
  { by: 'aspect', values: ['noise'] },
  { by: 'aspect', values: ['noise', 'heat'] },
  { by: 'scene', values: ['night'] },
]
const asking = { asOf: noon(addDays(FIRST, 12)), returnWindowDays: 7 }

const questionsOf = (tenant: TenantId): RolledQuestion[] => {
  const slice = wholeSlice(tenant, FIRST, addDays(FIRST, 6))
  const since = addDays(FIRST, 3)
  return [
    { slice, rolling: said, by: 'item' },
    { slice, rolling: said, by: 'category' },
    { slice: { ...slice, category: ['heater'] }, rolling: said, by: 'item' },
    { slice: { ...slice, category: ['heater'], city: ['杭州'] }, rolling: said, by: 'day' },
    { slice: { ...slice, from: addDays(FIRST, 2) }, rolling: flow, by: 'day' },
    { slice, rolling: flow, by: 'week' },
    { slice, rolling: flow },
    { slice, rolling: divided, by: 'item' },
    { slice: { ...slice, city: ['杭州'] }, rolling: divided, by: 'item' },
    { slice: { ...slice, from: addDays(FIRST, 2) }, rolling: told, by: 'item' },
    { slice: { ...slice, category: ['heater'] }, rolling: told, by: 'item' },
    { slice: { ...slice, product: ['p1'] }, rolling: told, by: 'item' },
    { slice, rolling: answered, by: 'item', since },
    { slice, rolling: walked, by: 'item' },
    { slice: { ...slice, category: ['heater'] }, rolling: walked, by: 'item', since },
    { slice, rolling: seen, by: 'item', since },
    { slice, rolling: held, by: 'item', since },
    { slice: { ...slice, city: ['杭州'] }, rolling: held, by: 'item' },
    ...chosen.map((choice) => ({ slice, rolling: divided, by: 'item' as const, choice })),
    ...chosen.map((choice) => ({ slice, rolling: toldOf, by: 'item' as const, choice })),
    askLateAnswers({ ...slice, from: since }),
    askRefunds({ ...slice, from: since }, asking),
    askResolved({ ...slice, from: since }, asking),
    askResolved({ ...slice, category: ['heater'] }, asking),
    { slice, rolling: rating, by: 'day' },
    { slice: { ...slice, category: ['heater'] }, rolling: rating, by: 'city' },
    { slice, rolling: conversion, by: 'day' },
    { slice: { ...slice, category: ['heater'] }, rolling: conversion, by: 'day' },
    { slice, rolling: conversion, by: 'city' },
  ]
}

describe('day sums', () => {
  test('whatever is written, built, taken away and written again, they say what the rows say', async () => {
    const step = fc.oneof(
      fc.record({
        what: fc.constant('write' as const),
        list: fc.array(fc.oneof(saidOf, doneOf), { minLength: 1, maxLength: 24 }),
      }),
      fc.record({ what: fc.constant('build' as const) }),
      fc.record({
        what: fc.constant('remove' as const),
        table: fc.constantFrom('mentions' as const, 'events' as const),
        offset: fc.nat(5),
        named: fc.boolean(),
      }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 4 }), async (steps) => {
        const tenant = newTenant()
        for (const one of steps) {
          if (one.what === 'write') await write(analytics, tenant, one.list)
          if (one.what === 'build') await rollUp(bare, tenant, clock++)
          if (one.what === 'remove') {
            const days = new Map([
              [tenant as string, one.named ? new Set([addDays(FIRST, one.offset)]) : ('all' as const)],
            ])
            await whileWriting(bare, [one.table], days, () =>
              removeRows(bare, one.table, sql`tenant = ${tenant} AND day = ${day(addDays(FIRST, one.offset))}`),
            )
          }
        }
        const questions = questionsOf(tenant)
        const rows = await Promise.all(questions.map(fromRows))
        const sums = await Promise.all(questions.map((one) => askRolled(bare, one)))
        expect(sums.map(sorted)).toEqual(rows.map(sorted))
        const together = await askTogether(bare, Object.fromEntries(questions.entries()))
        expect(Object.values(together).map(sorted)).toEqual(rows.map(sorted))
      }),
      { numRuns: 3 },
    )
  }, 180_000)

  test('are really what answers once they are built', async () => {
    const tenant = newTenant()
    await write(analytics, tenant, [
      { kind: 'voice', offset: 1, category: 'heater', city: '', aspect: 'noise', polarity: 'negative', twice: false },
    ])
    expect(await rollUp(bare, tenant, clock++)).toBe(2)
    await bare.command(
      trusted(
        `ALTER TABLE tallies UPDATE n = 41 WHERE tenant = '${tenant}' AND measure = 'said' SETTINGS mutations_sync = 1`,
      ),
    )
    const [row] = await askRolled(bare, {
      slice: wholeSlice(tenant, FIRST, addDays(FIRST, 6)),
      rolling: said,
      by: 'item',
    })
    expect(row).toMatchObject({ item: 'noise', n: 41, minus: 1 })
    expect(await rollUp(bare, tenant, clock++)).toBe(0)
  })

  test('rows from before there were marks are added up too, and a row that comes meanwhile is not missed', async () => {
    const tenant = newTenant()
    const one = {
      kind: 'voice' as const,
      offset: 2,
      category: 'heater',
      city: '',
      aspect: 'heat',
      polarity: 'positive',
      twice: false,
    }
    await write(bare, tenant, [one])
    let came = false
    const racing: Analytics = {
      ...bare,
      async command(text, options) {
        await bare.command(text, options)
        if (!came && text.text.includes('INSERT INTO tallies')) {
          came = true
          await write(analytics, tenant, [one, one])
        }
      },
    }
    await rollUp(racing, tenant, clock++)
    const question = { slice: wholeSlice(tenant, FIRST, addDays(FIRST, 6)), rolling: said, by: 'item' as const }
    expect(await askRolled(bare, question)).toMatchObject([{ item: 'heat', n: 3 }])
    await rollUp(bare, tenant, clock++)
    expect(await askRolled(bare, question)).toMatchObject([{ item: 'heat', n: 3 }])
  })

  test('a day that a writer holds open is neither added up nor taken from the sums, until the writer is known to be gone', async () => {
    const tenant = newTenant()
    const marks = () => readMarks(bare, { tenant, from: FIRST, to: addDays(FIRST, 6) }, ['mentions'])
    await write(analytics, tenant, [
      { kind: 'voice', offset: 0, category: 'heater', city: '', aspect: 'heat', polarity: 'positive', twice: false },
    ])
    await bare.insert('day_marks', [{ tenant, source: 'mentions', day: FIRST, touches: 1, open: 1, nonce: 1 }])
    // Sums of voices tell of their mentions too.
    expect(await rollUp(bare, tenant, clock++)).toBe(0)
    expect((await marks())('mentions', FIRST)).toMatchObject({ open: 1, build: 0 })
    await closeMarks(bare)
    expect(await rollUp(bare, tenant, clock++)).toBe(2)
    expect((await marks())('mentions', FIRST).build).toBeGreaterThan(0)
  })
})
