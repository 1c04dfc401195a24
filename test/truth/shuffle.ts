import type { TenantId } from '../../src/core/tenant.ts'
import { type Random, seeded } from '../../src/demo/random.ts'
import type { DriverQuestion } from '../../src/measure/drivers/find.ts'
import { findDrivers } from '../../src/measure/drivers/find.ts'
import { wholeSlice } from '../../src/measure/slice.ts'
import type { Analytics } from '../../src/store/clickhouse/analytics.ts'
import { day, sql, trusted } from '../../src/store/clickhouse/sql.ts'
import { insertAll } from './market-store.ts'

type Row = Record<string, unknown>

/** The rows of a tenant and a period, as they were read, to be dealt anew as often as one likes. */
export interface Dealt {
  tenant: TenantId
  from: string
  to: string
  orders: readonly Row[]
  voices: readonly Row[]
  mentions: readonly Row[]
}

/** What is compared, and what is quoted; all else of a voice need not be written again for each dealing. */
const told = {
  voices:
    'tenant, day, id, at, kind, speaker, text, read, metric, rating, rating_min, rating_max, order_id, product_id, merchant_id, category, customer_ref, conversation, city, aspects',
  mentions:
    'tenant, day, voice_id, ordinal, at, aspect, polarity, scene, confidence, kind, rating01, metric, order_id, product_id, merchant_id, category, customer_ref, city',
}

export async function takeRows(analytics: Analytics, tenant: TenantId, from: string, to: string): Promise<Dealt> {
  const rows = (table: string, columns: string, column: string) =>
    analytics.query<Row>(
      sql`SELECT ${trusted(columns)} FROM ${trusted(table)} WHERE tenant = ${tenant} AND ${trusted(column)} BETWEEN ${day(from)} AND ${day(to)}`,
    )
  const [orders, voices, mentions] = [
    await rows('orders FINAL', '*', 'ordered_day'),
    await rows('voices', told.voices, 'day'),
    await rows('mentions', told.mentions, 'day'),
  ]
  return { tenant, from, to, orders, voices, mentions }
}

/** Compares a dealing of the rows in which outcomes belong to nobody; how many findings there are should be none. */
export async function findingsOfShuffle(
  analytics: Analytics,
  dealt: Dealt,
  number: number,
  asking: Omit<DriverQuestion, 'slice'>,
): Promise<string[]> {
  const random = seeded(number).fork('shuffle')
  for (const table of ['orders', 'voices', 'mentions']) await analytics.command(trusted(`TRUNCATE TABLE ${table}`))
  const voices = withOtherRatings(dealt.voices, random)
  const ratings = new Map(voices.map((voice) => [voice.id, placeOf(voice)]))
  await insertAll(analytics, 'orders', withOtherFates(dealt.orders, random))
  await insertAll(analytics, 'voices', voices)
  await insertAll(
    analytics,
    'mentions',
    dealt.mentions.map((mention) => ({ ...mention, rating01: ratings.get(mention.voice_id) ?? null })),
  )
  const found = await findDrivers(analytics, { ...asking, slice: wholeSlice(dealt.tenant, dealt.from, dealt.to) })
  return found.drivers.map(({ sentence, q, exposed }) => `${sentence.en} (n ${exposed.n}, q ${q.toPrecision(2)})`)
}

const placeOf = ({ rating, rating_min, rating_max }: Row): number | null =>
  rating === null ? null : (Number(rating) - Number(rating_min)) / (Number(rating_max) - Number(rating_min))

/** Deals the values of some columns anew among the rows of each group. */
function deal(rows: readonly Row[], groupOf: (row: Row) => string, columns: readonly string[], random: Random): Row[] {
  const groups = new Map<string, number[]>()
  rows.forEach((row, at) => {
    const group = groupOf(row)
    const places = groups.get(group)
    if (places) places.push(at)
    else groups.set(group, [at])
  })
  const dealt = rows.map((row) => ({ ...row }))
  for (const places of groups.values()) {
    const others = random.shuffled(places)
    places.forEach((place, at) => {
      for (const column of columns) dealt[place]![column] = rows[others[at]!]![column]
    })
  }
  return dealt
}

/** A rating goes to another voice of the same category that answers the same question. */
const withOtherRatings = (voices: readonly Row[], random: Random): Row[] =>
  deal(
    voices,
    (voice) =>
      voice.rating === null ? `unrated ${voice.id}` : `${voice.category} ${voice.metric} ${voice.kind} ${voice.read}`,
    ['rating', 'rating_min', 'rating_max'],
    random,
  )

const moments = ['promised', 'delivered', 'install_promised', 'installed'] as const
const DAY_MS = 86_400_000
const dayNumber = (text: unknown): number => Date.parse(`${text}T00:00:00Z`) / DAY_MS
const dayText = (number: number): string => new Date(number * DAY_MS).toISOString().slice(0, 10)

/**
 * Orders of a category exchange, each by a dealing of its own: how they went (all times, counted from the order), whether and when
 * they came back, who placed them, and what else their records say. Nothing then goes with anything but what the category and the dates make.
 */
function withOtherFates(orders: readonly Row[], random: Random): Row[] {
  const relative = orders.map((order) => ({ ...order, ...fromOrder(order) }))
  const times = [...moments.flatMap((name) => [`${name}_at`, `${name}_day`]), 'shipped_at', 'cancelled_at']
  const byCategory = (row: Row) => String(row.category)
  const sameEnd = (row: Row) => `${row.category} ${row.delivered_at !== null}`
  const went = deal(relative, byCategory, [...times, 'returned_at'], random)
  const returned = deal(went, sameEnd, ['returned_at', 'refund_minor', 'return_reason'], random)
  const placed = deal(returned, byCategory, ['customer_ref'], random)
  return deal(placed, byCategory, ['facts'], random).map((order) => ({
    ...order,
    ...fromEpoch(order),
  }))
}

const isTime = (name: string) => /^(promised|delivered|install_promised|installed|shipped|cancelled)_at$/.test(name)

function fromOrder(order: Row): Row {
  const shifted: Row = {}
  for (const [name, value] of Object.entries(order)) {
    if (value === null) continue
    if (isTime(name)) shifted[name] = Number(value) - Number(order.ordered_at)
    else if (name.endsWith('_day') && name !== 'ordered_day')
      shifted[name] = dayNumber(value) - dayNumber(order.ordered_day)
    else if (name === 'returned_at') shifted[name] = Number(value) - Number(order.delivered_at)
  }
  return shifted
}

function fromEpoch(order: Row): Row {
  const shifted: Row = {}
  for (const [name, value] of Object.entries(order)) {
    if (value === null) continue
    if (isTime(name)) shifted[name] = Number(value) + Number(order.ordered_at)
    else if (name.endsWith('_day') && name !== 'ordered_day')
      shifted[name] = dayText(Number(value) + dayNumber(order.ordered_day))
  }
  if (order.returned_at !== null)
    shifted.returned_at = Number(order.returned_at) + Number(order.delivered_at) + Number(order.ordered_at)
  return shifted
}
