import fc from 'fast-check'
import { tenantId } from '../../../core/tenant.ts'
import type { Analytics } from '../../../store/clickhouse/analytics.ts'
import { dayAfter, noon, openFixture, orderRow, seeded, voiceRow } from '../../fixture.ts'
import { wholeSlice } from '../../slice.ts'
import { measured, type OwnCondition, type OwnDefinition } from './definition.ts'

/*
 * A shop's records, definitions by chance over them, and what such a definition comes to, counted in plain loops.
 */

const DAY_MS = 86_400_000
export const slice = wholeSlice(tenantId.parse('t1'), '2026-03-01', '2026-03-28')
export const asking = { asOf: noon('2026-04-01'), returnWindowDays: 7 }
const random = seeded(11)
const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!
const someDay = () => dayAfter('2026-02-01', Math.floor(random() * 56))
export const categories = ['it\'s \\ "x"', 'heater', '酒店', '']

export const voices = Array.from({ length: 400 }, (_, place) =>
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

/** A store that holds them. */
export async function openShop(): Promise<{ analytics: Analytics; close(): Promise<void> }> {
  const { analytics, close } = await openFixture()
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
  return { analytics, close }
}
type Row = Partial<(typeof voices)[number] & (typeof orders)[number]>

/** The numbers of a record, written anew. */
const numberOf = (row: Row, name: string): number | null => {
  const days = (later?: number, earlier?: number) =>
    later === undefined || earlier === undefined ? null : (later - earlier) / DAY_MS
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
const WINDOW = asking.returnWindowDays * DAY_MS
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

/** Returns wait for the window, refunds a week more, lateness for the promised day to end, and what becomes of an order for two weeks. */
function isKnown(row: Row, definition: OwnDefinition): boolean {
  if (definition.table !== 'orders') return true
  const text = JSON.stringify([definition.where, definition.of])
  const closed = (days: number) => row.delivered_at !== undefined && row.delivered_at + days * DAY_MS <= asking.asOf
  if (/"(returned|days_to_return)"/.test(text) && !closed(7)) return false
  if (text.includes('"refund"') && !closed(14)) return false
  if (/"(cancelled|delivery_days|days_late)"/.test(text) && row.ordered_at! > asking.asOf - 14 * DAY_MS) return false
  const due = row.promised_day !== undefined && row.cancelled_at === undefined && row.promised_day < '2026-04-01'
  return !text.includes('"late"') || due
}

/** The figure counted anew from the rows. */
export function recount(definition: OwnDefinition, from: string, to: string): { value: number | null; n: number } {
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
export const words = { zh: '自定义', en: 'Own', higherIsBetter: true }
const texts = fc.array(fc.constantFrom(...categories, 'no such', '%', "'"), { minLength: 1, maxLength: 3 })
const bound = fc.record({ atLeast: fc.integer({ min: -2, max: 6 }), atMost: fc.integer({ min: 0, max: 60 }) })
/** Any definition over voices or orders. */
export const definitions = fc.constantFrom('voices', 'orders').chain((table) => {
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
/** What was answered; a refusal breaks the test. */
export async function value<T>(
  answer: Promise<{ ok: true; value: T } | { ok: false; problem: { message: string } }>,
): Promise<T> {
  const got = await answer
  if (!got.ok) throw new Error(got.problem.message)
  return got.value
}
