import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tenantId } from '../../../core/tenant.ts'
import type { Analytics } from '../../../store/clickhouse/analytics.ts'
import { watchBook } from '../../alerts/own-watch.ts'
import { askSeries, askTotals } from '../../alerts/series.ts'
import { dayAfter, noon, openFixture, orderRow, seeded, voiceRow } from '../../fixture.ts'
import { wholeSlice } from '../../slice.ts'
import { compareGroups, comparePeriods } from '../compare.ts'
import { readEvidence } from '../evidence.ts'
import { breakDown, measureIndicator } from '../measure.ts'
import { compileOwn } from './compile.ts'
import { measured, type OwnCondition, type OwnDefinition, ownDefinition } from './definition.ts'
import { ownParts } from './parts.ts'
import { formulaOf, plainName } from './words.ts'

const slice = wholeSlice(tenantId.parse('t1'), '2026-03-01', '2026-03-28')
const asking = { asOf: noon('2026-04-01'), returnWindowDays: 7 }
const random = seeded(11)
const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!
const someDay = () => dayAfter('2026-02-01', Math.floor(random() * 56))
const categories = ['it\'s \\ "x"', 'heater', '酒店', '']

const voices = Array.from({ length: 400 }, (_, place) =>
  voiceRow({
    id: `v${place}`,
    day: someDay(),
    rating: random() < 0.7 ? pick([1, 2, 3, 4, 5]) : undefined,
    kind: pick(['review', 'chat']),
    sentiment: pick(['positive', 'negative', 'neutral']),
    category: pick(categories),
  }),
)
const orders = Array.from({ length: 400 }, (_, place) => {
  const ordered_day = someDay()
  const delivered_day = random() < 0.8 ? dayAfter(ordered_day, Math.floor(random() * 9)) : undefined
  const returned_day = delivered_day && random() < 0.3 ? dayAfter(delivered_day, 2) : undefined
  const promised_day = random() < 0.7 ? dayAfter(ordered_day, 3) : undefined
  const refund_minor = returned_day && random() < 0.7 ? 1_999 : undefined
  const about = { category: pick(categories), city: pick(['上海', '成都']) }
  return orderRow({
    order_id: `o${place}`,
    ordered_day,
    delivered_day,
    returned_day,
    promised_day,
    refund_minor,
    ...about,
    facts: JSON.stringify({ tier: pick(['gold', 'silver', '']) }),
  })
}).map((order) => ({
  ...order,
  cancelled_at: random() < 0.1 && !order.delivered_at ? order.ordered_at! + 3_600_000 : undefined,
}))

let analytics: Analytics
let close: () => Promise<void>
beforeAll(async () => {
  ;({ analytics, close } = await openFixture())
  await analytics.insert('voices', voices)
  await analytics.insert('orders', orders)
  // Sent again, twenty of them with another amount: the later record alone counts.
  const again = orders.slice(0, 60).map((order, place) => ({
    ...order,
    version: place < 20 ? 2 : 1,
    amount_minor: place < 20 ? 5_050 : order.amount_minor,
  }))
  await analytics.insert('orders', again)
  for (const [place, order] of again.entries()) orders[place] = order
})
afterAll(() => close())

type Row = Partial<(typeof voices)[number] & (typeof orders)[number]>

/** The numbers of a record, written anew. */
const numberOf = (row: Row, name: string): number | null => {
  const days = (later?: number, earlier?: number) =>
    later === undefined || earlier === undefined ? null : (later - earlier) / 86_400_000
  const said: Record<string, () => number | null> = {
    rating: () => row.rating ?? null,
    amount: () => row.amount_minor! / 100,
    refund: () => (row.refund_minor === undefined ? null : row.refund_minor / 100),
    quantity: () => row.quantity!,
    delivery_days: () => days(row.delivered_at, row.ordered_at),
    days_late: () => days(row.delivered_at, row.promised_at),
    days_to_return: () => days(row.returned_at, row.delivered_at),
  }
  return said[name]!()
}
const WINDOW = asking.returnWindowDays * 86_400_000
const states: Record<string, (row: Row) => boolean> = {
  returned: ({ returned_at, delivered_at }) => returned_at !== undefined && returned_at <= delivered_at! + WINDOW,
  cancelled: ({ cancelled_at }) => cancelled_at !== undefined,
  late: ({ delivered_day, promised_day }) => delivered_day === undefined || delivered_day > promised_day!,
}
const textOf = (row: Row, field: string): string => {
  if (field === 'tier') return JSON.parse(row.facts ?? '{}').tier ?? ''
  return field === 'province' ? (row.city === '成都' ? '四川' : '上海') : ((row as Record<string, string>)[field] ?? '')
}
const holds = (row: Row, one: OwnCondition): boolean => {
  if ('field' in one) {
    const found =
      one.field === 'state' ? one.in.some((state) => states[state]!(row)) : one.in.includes(textOf(row, one.field))
    return found !== (one.not ?? false)
  }
  const value = numberOf(row, one.number)
  return value !== null && value >= (one.atLeast ?? -Infinity) && value <= (one.atMost ?? Infinity)
}
const percentileOf = (values: number[], percent: number) => {
  const sorted = values.toSorted((a, b) => a - b)
  const least = sorted.findIndex((_, place) => (place + 1) * 100 >= percent * sorted.length)
  const exactly = (least + 1) * 100 === percent * sorted.length
  return (sorted[least]! + sorted[exactly ? Math.min(least + 1, sorted.length - 1) : least]!) / 2
}

/** Whatever tells of returns waits for the window, and lateness for the promised day. */
function isKnown(row: Row, definition: OwnDefinition): boolean {
  if (definition.table !== 'orders') return true
  const text = JSON.stringify([definition.where, definition.of])
  const closed = row.delivered_at !== undefined && row.delivered_at + WINDOW <= asking.asOf
  if (/"(returned|refund|days_to_return)"/.test(text) && !closed) return false
  const due = row.promised_day !== undefined && row.cancelled_at === undefined && row.promised_at! < asking.asOf
  return !text.includes('"late"') || due
}

function recount(definition: OwnDefinition, from: string, to: string): { value: number | null; n: number } {
  const rows: Row[] = definition.table === 'voices' ? voices : orders
  const dayOf = (row: Row) => (definition.table === 'voices' ? row.day! : row.ordered_day!)
  const cases = rows.filter(
    (row) =>
      dayOf(row) >= from &&
      dayOf(row) <= to &&
      isKnown(row, definition) &&
      definition.where.every((one) => holds(row, one)),
  )
  const { of } = definition
  if ('share' in of) {
    const held = cases.filter((row) => of.share.every((one) => holds(row, one)))
    return { value: cases.length === 0 ? null : held.length / cases.length, n: cases.length }
  }
  const { number, percent } = measured(definition)!
  const values = cases.map((row) => numberOf(row, number)).filter((one) => one !== null)
  if (values.length === 0) return { value: null, n: 0 }
  const mean = values.reduce((sum, one) => sum + one, 0) / values.length
  return { value: percent === null ? mean : percentileOf(values, percent), n: values.length }
}

const words = { zh: '自定义', en: 'Own', higherIsBetter: true }
const texts = fc.array(fc.constantFrom(...categories, 'no such', '%', "'"), { minLength: 1, maxLength: 3 })
const bound = fc.record({ atLeast: fc.integer({ min: -2, max: 6 }), atMost: fc.integer({ min: 0, max: 60 }) })
const definitions = fc.constantFrom('voices', 'orders').chain((table) => {
  const names = table === 'voices' ? ['rating'] : ['amount', 'refund', 'delivery_days', 'days_late', 'days_to_return']
  const condition = fc.oneof(
    fc.record({ field: fc.constant('category'), in: texts, not: fc.boolean() }),
    fc.record({ field: fc.constantFrom('city', 'channel'), in: fc.constant(['上海', '']), not: fc.boolean() }),
    fc
      .tuple(fc.constantFrom(...names), bound)
      .filter(([, { atLeast, atMost }]) => atLeast <= atMost)
      .map(([number, ends]) => ({ number, ...ends })),
    ...(table === 'voices'
      ? []
      : [
          fc.record({ field: fc.constant('state'), in: fc.subarray(Object.keys(states), { minLength: 1 }) }),
          fc.record({ field: fc.constant('province'), in: fc.constant(['四川']), not: fc.boolean() }),
          fc.record({ field: fc.constant('tier'), in: fc.constantFrom(['gold'], ['gold', 'silver']) }),
        ]),
  )
  const of = fc.oneof(
    fc.record({ share: fc.array(condition, { minLength: 1, maxLength: 3 }) }),
    fc.record({ mean: fc.constantFrom(...names) }),
    fc.record({ median: fc.constantFrom(...names) }),
    fc.record({ percentile: fc.constantFrom(...names), at: fc.constantFrom(75, 90) }),
  )
  return fc.record({ table: fc.constant(table), where: fc.array(condition, { maxLength: 2 }), of })
})

describe('an indicator of the tenant’s own', () => {
  test('equals its recount from the rows, whatever it asks for, and its evidence holds as many cases as it counts', async () => {
    let told = 0
    await fc.assert(
      fc.asyncProperty(definitions, async (drawn) => {
        const definition = ownDefinition.parse({ ...words, ...drawn })
        const indicator = compileOwn('own_x', definition)
        const summary = await measureIndicator(analytics, indicator, slice, asking)
        const counted = recount(definition, slice.from, slice.to)
        expect(summary.estimate.n).toBe(counted.n)
        if (counted.value === null) expect(summary.estimate.value).toBeNull()
        else expect(summary.estimate.value).toBeCloseTo(counted.value, 8)
        expect(summary.previous.n).toBe(recount(definition, '2026-02-01', '2026-02-28').n)
        const page = await readEvidence(analytics, indicator, { ...asking, slice, side: 'all', limit: 200 })
        expect(page).toMatchObject({ ok: true, value: { total: counted.n } })
        told += counted.n > 0 ? 1 : 0
      }),
      { numRuns: 40, seed: 6 },
    )
    expect(told).toBeGreaterThan(10)
  })

  test('is watched over the very cases that it counts, each once, whole and by category', async () => {
    const year = wholeSlice(slice.tenant, '2025-12-01', '2026-12-31')
    const late = { ...asking, asOf: noon('2027-06-01') }
    let told = 0
    await fc.assert(
      fc.asyncProperty(definitions, async (drawn) => {
        const definition = ownDefinition.parse({ ...words, ...drawn })
        const kept = { id: 'own_x', definition, changedBy: '', changedAt: 0, retiredAt: null }
        const book = watchBook([kept], { tenant: slice.tenant, returnWindowDays: 7 })
        const { of } = definition
        if (!('share' in of || 'mean' in of)) {
          expect(book.whyNot('indicator.own_x')).toBe('percentile')
          return
        }
        const { estimate } = await measureIndicator(analytics, compileOwn('own_x', definition), year, late)
        const where = { category: [], merchant: [], city: [], channel: [] }
        const ends = { from: noon('2025-11-01'), to: late.asOf, stepMs: 86_400_000, offsetMs: 0 }
        const asked = { tenant: slice.tenant, watch: book.find('indicator.own_x')!, where, ...ends }
        const whole = (await askTotals(analytics, { ...asked, by: null })).get('') ?? { n: 0, plus: 0 }
        expect(whole.n).toBe(estimate.n)
        expect(whole.plus).toBeCloseTo((estimate.value ?? 0) * estimate.n, 4)
        const series = await askSeries(analytics, { ...asked, by: 'category' })
        const named = [...series].flatMap(([key, { n }]) => (key === '' ? [] : n)).reduce((sum, one) => sum + one, 0)
        expect(named).toBeLessThanOrEqual(whole.n)
        told += whole.n > 0 ? 1 : 0
      }),
      { numRuns: 40, seed: 8 },
    )
    expect(told).toBeGreaterThan(5)
  })

  test('is divided, set against the rest and against another period like any other', async () => {
    const share = compileOwn(
      'own_x',
      ownDefinition.parse({ ...words, table: 'orders', of: { share: [{ number: 'refund', atLeast: 0 }] } }),
    )
    const broken = await breakDown(analytics, share, 'city', slice, asking)
    const rest = await compareGroups(analytics, share, 'city', slice, asking)
    if (!broken.ok || !rest.ok) throw new Error('not divided')
    expect(rest.value.map(({ key, one }) => [key, one])).toEqual(
      broken.value.groups.map(({ key, estimate }) => [key, estimate]),
    )
    const [first, second] = rest.value
    expect(first!.other).toEqual(second!.one)
    expect(first!.p).toBeCloseTo(second!.p!, 10)
    for (const [place, { apart }] of broken.value.groups.entries())
      expect(apart).toMatchObject({ ...rest.value[place]!.change, q: rest.value[place]!.q })
    const before = { ...slice, from: '2026-02-01', to: '2026-02-28' }
    const [whole] = await value(comparePeriods(analytics, share, [slice, before], asking))
    const summary = await measureIndicator(analytics, share, slice, asking)
    expect(whole).toMatchObject({ one: summary.estimate, other: summary.previous, change: summary.change })
    expect(whole!.judgement).toBe(whole!.q! <= 0.05 ? 'more_than_chance' : 'within_chance')
  })

  test('a median is set against the rest too, and to itself it is no more than chance', async () => {
    const days = compileOwn(
      'own_x',
      ownDefinition.parse({ ...words, table: 'orders', of: { median: 'delivery_days' } }),
    )
    const groups = await value(compareGroups(analytics, days, 'city', slice, asking))
    expect(groups[0]!.other).toEqual(groups[1]!.one)
    const [same] = await value(comparePeriods(analytics, days, [slice, slice], asking))
    expect(same).toMatchObject({ p: 1, judgement: 'within_chance' })
  })

  test('in yen is a hundred times what it is in fen, and another currency than the shop’s own is left out', async () => {
    const tenant = tenantId.parse('yen')
    const sold = (currency: string, amount_minor: number, place: number) => ({
      ...orderRow({ order_id: `${currency}${place}`, ordered_day: '2026-03-02', currency }),
      tenant,
      amount_minor,
    })
    const rows = [...[1_000, 3_000].map((yen, i) => sold('JPY', yen, i)), sold('CNY', 99_900, 0)]
    await analytics.insert('orders', rows)
    const mean = compileOwn('own_x', ownDefinition.parse({ ...words, table: 'orders', of: { mean: 'amount' } }))
    const { estimate } = await measureIndicator(analytics, mean, { ...slice, tenant }, asking)
    expect(estimate).toMatchObject({ n: 2, value: 2_000 })
  })

  test('is written as a sentence in both languages, with what it must leave out', () => {
    const definition = ownDefinition.parse({
      ...words,
      table: 'orders',
      where: [
        { field: 'state', in: ['returned'] },
        { field: 'category', in: ['马桶'] },
        { field: 'province', in: ['江苏'] },
      ],
      of: { share: [{ field: 'return_reason', in: ['尺寸不合'] }] },
    })
    expect(formulaOf(definition, plainName)).toEqual({
      formulaZh:
        '订单结果为“在退货期内退回”、类目为“马桶”、省份为“江苏”的订单行中，退货原因为“尺寸不合”的占比；只计已送达且退货期已过的订单行',
      formula:
        'share with return reason “尺寸不合” among order lines with outcome “returned within the window” and category “马桶” and province “Jiangsu”; only lines that were delivered and whose return window has closed',
    })
    const slow = ownDefinition.parse({
      ...words,
      table: 'conversations',
      where: [{ field: 'tier', in: ['gold'] }],
      of: { percentile: 'first_answer_minutes', at: 90 },
    })
    expect(formulaOf(slow).formula).toBe(
      '90th percentile of minutes to the first answer by a person among conversations with member tier “gold”',
    )
  })

  test('is put together from the values that the tenant’s own records have', async () => {
    const { tables } = await ownParts(analytics, slice, plainName)
    const of = (table: string, field: string) =>
      tables
        .find(({ id }) => id === table)!
        .words.find(({ id }) => id === field)!
        .values.map((one) => one.value)
    expect(of('orders', 'city').sort()).toEqual(['上海', '成都'].sort())
    expect(of('orders', 'province').sort()).toEqual(['上海', '四川'].sort())
    expect(of('orders', 'tier').sort()).toEqual(['gold', 'silver'])
    expect(of('voices', 'kind')).toContain('complaint')
    expect(of('events', 'name')).toContain('payment_failed')
  })

  test.each([
    [{ table: 'voices', of: { mean: 'amount' } }],
    [{ table: 'orders', of: { percentile: 'amount', at: 100 } }],
    [{ table: 'orders', of: { share: [{ number: 'amount', atLeast: 5, atMost: 4 }] } }],
    [{ table: 'orders', of: { share: [{ field: 'sentiment', in: ['negative'] }] } }],
    [{ table: 'orders', of: { mean: 'sum(amount_minor)' } }],
    [{ table: 'orders', of: { share: [] } }],
    [{ table: 'mentions', of: { mean: 'rating' } }],
    [{ table: 'voices', of: { mean: 'rating' }, sql: '1' }],
  ])('%j is no definition', (drawn) => {
    expect(ownDefinition.safeParse({ ...words, ...drawn }).success).toBe(false)
  })
})

describe('evidence', () => {
  const rated = compileOwn(
    'own_x',
    ownDefinition.parse({ ...words, table: 'voices', of: { share: [{ number: 'rating', atLeast: 4 }] } }),
  )

  test('comes page by page, each case once, those that count apart from those that do not', async () => {
    const all: string[] = []
    let cursor: string | undefined
    do {
      const page = await value(readEvidence(analytics, rated, { ...asking, slice, side: 'up', cursor, limit: 7 }))
      all.push(...page.rows.map(({ id }) => id))
      expect(page.rows.every(({ counts }) => counts === 'up')).toBe(true)
      cursor = page.next ?? undefined
    } while (cursor)
    const wanted = voices.filter(({ day, rating }) => day >= slice.from && day <= slice.to && (rating ?? 0) >= 4)
    expect(all.toSorted()).toEqual(wanted.map(({ id }) => id).toSorted())
  })

  test('of one group holds that group alone', async () => {
    const key = categories[0]!
    const page = await value(
      readEvidence(analytics, rated, { ...asking, slice, group: { by: 'category', key }, side: 'all', limit: 200 }),
    )
    const wanted = voices.filter(({ day, category }) => day >= slice.from && day <= slice.to && category === key)
    expect(page.total).toBe(wanted.length)
    expect(new Set(page.rows.map(({ category }) => category))).toEqual(new Set([key]))
  })

  test('with a cursor that no page gave is refused', async () => {
    const refused = await readEvidence(analytics, rated, { ...asking, slice, side: 'all', cursor: 'x', limit: 5 })
    expect(refused).toMatchObject({ ok: false, problem: { code: 'bad-cursor' } })
  })
})

async function value<T>(
  answer: Promise<{ ok: true; value: T } | { ok: false; problem: { message: string } }>,
): Promise<T> {
  const got = await answer
  if (!got.ok) throw new Error(got.problem.message)
  return got.value
}
