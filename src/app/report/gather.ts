import { wilson } from '../../core/share.ts'
import { type CaseQuestion, operationTraits, ratedOrders } from '../../measure/drivers/cases.ts'
import { level } from '../../measure/drivers/compare.ts'
import { findOperation } from '../../measure/drivers/operations.ts'
import { type Outcome, outcomes } from '../../measure/drivers/outcomes.ts'
import { addMoments, noCases } from '../../measure/drivers/strata.ts'
import { current } from '../../measure/drivers/table.ts'
import { operationVolumes } from '../../measure/drivers/volumes.ts'
import { type Slice, within } from '../../measure/slice.ts'
import { day, sql } from '../../store/clickhouse/sql.ts'
import type { Core } from '../core.ts'
import type { Report, ReportApart, ReportAspect, ReportCategory, ReportQuote } from './shape.ts'

type Analytics = Core['stores']['analytics']

/** Aspects listed a category, quotes under each. */
const ASPECTS = 12
export const QUOTES = 3
/** Categories listed; exports with a category per product have thousands. */
const CATEGORIES = 60

export async function countVoices(analytics: Analytics, slice: Slice): Promise<Report['counts']> {
  const [langs, orders] = await Promise.all([
    analytics.query<{ lang: string; n: number; seen: number }>(sql`
      SELECT lang, count() AS n, countIf(read = 1) AS seen FROM voices
      WHERE ${within(slice, 'voices')} AND speaker = 'customer' AND text != '' GROUP BY lang ORDER BY n DESC`),
    analytics.query<{ n: number }>(
      sql`SELECT uniqExact(order_id) AS n FROM orders FINAL WHERE ${within(slice, 'orders')}`,
    ),
  ])
  const read = langs.reduce((sum, row) => sum + row.seen, 0)
  const unread = langs.map((row) => ({ lang: row.lang, n: row.n - row.seen })).filter((row) => row.n > 0)
  return { voices: langs.reduce((sum, row) => sum + row.n, 0), read, unread, orders: orders[0]?.n ?? 0 }
}

export const countCategories = (
  analytics: Analytics,
  slice: Slice,
): Promise<Pick<ReportCategory, 'category' | 'voices' | 'rated'>[]> =>
  analytics.query(sql`
    SELECT category, countIf(text != '') AS voices, countIf(rating IS NOT NULL) AS rated FROM voices
    WHERE ${within(slice, 'voices')} AND speaker = 'customer'
    GROUP BY category ORDER BY voices DESC, category LIMIT ${CATEGORIES}`)

interface Complaint {
  category: string
  aspect: string
  voiceId: string
  day: string
  start: number
  end: number
}

/** What customers speak of, by category: the aspects that most voices complain of first, each with the surest complaints. */
export async function gatherAspects(
  analytics: Analytics,
  slice: Slice,
  nameOf: (aspect: string) => { zh: string; en: string },
): Promise<ReadonlyMap<string, ReportAspect[]>> {
  const [counts, complaints] = await Promise.all([
    analytics.query<{ category: string; aspect: string; n: number; negative: number }>(sql`
      SELECT category, aspect, uniqExact(voice_id) AS n, uniqExactIf(voice_id, polarity = 'negative') AS negative
      FROM mentions WHERE ${within(slice, 'mentions')} GROUP BY category, aspect
      ORDER BY negative DESC, n DESC LIMIT ${ASPECTS} BY category`),
    // One quote a wording: the surest readings of an aspect are otherwise all the same two words.
    analytics.query<Complaint>(sql`
      SELECT category, aspect, voiceId, said AS day, start, end FROM (
        SELECT category, aspect, voice_id AS voiceId, toString(day) AS said, start, end, confidence, quote
        FROM mentions WHERE ${within(slice, 'mentions')} AND polarity = 'negative'
        ORDER BY confidence DESC, cityHash64(voice_id) LIMIT 1 BY category, aspect, quote
      )
      ORDER BY confidence DESC, cityHash64(voiceId) LIMIT ${2 * QUOTES} BY category, aspect`),
  ])
  const quotes = await quotesOf(analytics, slice, complaints)
  const byCategory = new Map<string, ReportAspect[]>()
  for (const { category, aspect, n, negative } of counts) {
    const { zh, en } = nameOf(aspect)
    const said = quotes.get(`${category}\n${aspect}`) ?? []
    const one = { aspect, name: { zh, en }, n, negative, negativeShare: wilson(negative, n), quotes: said }
    byCategory.set(category, [...(byCategory.get(category) ?? []), one])
  }
  return byCategory
}

async function quotesOf(analytics: Analytics, slice: Slice, complaints: readonly Complaint[]) {
  const byAspect = new Map<string, ReportQuote[]>()
  if (complaints.length === 0) return byAspect
  const days = [...new Set(complaints.map((one) => one.day))].map(day)
  const ids = [...new Set(complaints.map((one) => one.voiceId))]
  const rows = await analytics.query<{ id: string; text: string }>(
    sql`SELECT id, text FROM voices WHERE tenant = ${slice.tenant} AND day IN ${days} AND id IN ${ids}`,
  )
  const texts = new Map(rows.map(({ id, text }) => [id, text]))
  for (const { category, aspect, voiceId, start, end } of complaints) {
    const key = `${category}\n${aspect}`
    const said = byAspect.get(key) ?? []
    const text = texts.get(voiceId)
    if (text === undefined || said.length === QUOTES || said.some((one) => one.text === text)) continue
    byAspect.set(key, [...said, { voiceId, text, start, end }])
  }
  return byAspect
}

/**
 * Orders that are past their promised day without a delivery date: how late they will be is unknown, so they are no late deliveries,
 * and they would distort the comparison as orders in time. Shown wherever there are any, whatever the comparisons found.
 */
export async function gatherApart(analytics: Analytics, question: CaseQuestion): Promise<ReportApart[]> {
  const traits = operationTraits(question).filter(({ trait }) => trait === 'undelivered')
  const [volumes, rated] = await Promise.all([
    operationVolumes(analytics, question),
    ratedOrders(analytics, { ...question, traits }),
  ])
  const orders = volumes
    .filter((row) => row.factor === 'undelivered' && row.current === 1)
    .reduce((sum, row) => sum + row.n, 0)
  const cases = rated.filter((row) => row.value === '2' && (current as readonly number[]).includes(row.part))
  const { zh, en } = findOperation('undelivered')!
  return apartOutcomes.flatMap((outcome) => {
    const answers = cases.filter((row) => row.metric === outcome.cases)
    const moments = answers.map((row) => outcome.moments(row)).reduce(addMoments, noCases)
    if (moments.n === 0) return []
    const estimate = level(outcome, moments)
    return [{ what: { zh, en }, orders, outcome: { zh: outcome.zh, en: outcome.en }, unit: outcome.unit, estimate }]
  })
}

/** What can be known of an order that never arrived: what its customer answered. Not returns, and ratings once, as their mean. */
const apartOutcomes: readonly Outcome[] = outcomes.filter(({ cases, id }) => cases !== 'orders' && id !== 'low_rating')
