import type { Polarity } from '../../core/reading.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { day, type Sql, sql } from '../../store/clickhouse/sql.ts'
import type { Asking } from '../indicators/define.ts'
import { cameBack, windowClosed } from '../returns.ts'
import { type Slice, within } from '../slice.ts'
import type { Candidate } from './candidate.ts'
import { findOperation } from './operations.ts'
import type { Outcome } from './outcomes.ts'
import { aspectsOfReturns, notAboutReturns } from './return-talk.ts'
import type { Names } from './sentences.ts'

/** A customer's words with the span that carries the evidence (UTF-16 offsets into `text`, end exclusive). */
export interface Quote {
  voiceId: string
  text: string
  start: number
  end: number
  polarity: Polarity
  aspect: string
  kind: string
  at: number
  productId: string
  /** Whether the case behind the voice had the outcome; null where it is not known. */
  outcome: boolean | null
}

export interface Evidence {
  quotes: Quote[]
  counterQuotes: Quote[]
}

interface Said {
  voiceId: string
  text: string
  day: string
  at: number
  kind: string
  productId: string
  customerRef: string
  orderId: string
  aspect: string
  polarity: Polarity
  start: number
  end: number
  r: number | null
  mentions?: string
}

const PER_SIDE = 4

/**
 * Words for and against a driver, from different products and customers: for it, complaints whose case had the outcome; against it,
 * complaints whose case fared well, and praise of the same thing in the same scene. Both sides are looked for with equal care.
 */
export async function findQuotes(
  analytics: Analytics,
  slice: Slice,
  asking: Asking,
  candidate: Candidate,
  outcome: Outcome,
  names: Names,
): Promise<Evidence> {
  const inCategory = candidate.category === '' ? slice : { ...slice, category: [candidate.category] }
  const said =
    candidate.factor === 'aspect'
      ? await saidOfAspect(analytics, inCategory, candidate, outcome, names)
      : await saidOnOrders(analytics, inCategory, asking, candidate, names)
  const returned =
    outcome.cases === 'orders' ? await returnedOrders(analytics, slice, asking, said) : new Map<string, boolean>()
  const known = said.map((one) => ({ ...one, outcome: outcomeOf(one, outcome, returned) }))
  const complaints = known.filter((one) => one.polarity !== 'positive')
  const quotes = diverse([
    ...complaints.filter((one) => one.outcome === true),
    ...complaints.filter((one) => one.outcome === null),
  ])
  const counterQuotes = diverse([
    ...complaints.filter((one) => one.outcome === false),
    ...known.filter((one) => one.polarity === 'positive' && one.outcome !== true),
  ])
  const texts = await textsOf(analytics, slice, [...quotes, ...counterQuotes])
  const asQuote = (one: Known): Quote[] => {
    const text = one.text || texts.get(one.voiceId)
    if (!text) return []
    const { voiceId, start, end, polarity, aspect, kind, at, productId, outcome } = one
    return [{ voiceId, text, start, end: end || text.length, polarity, aspect, kind, at, productId, outcome }]
  }
  return { quotes: quotes.flatMap(asQuote), counterQuotes: counterQuotes.flatMap(asQuote) }
}

type Known = Said & { outcome: boolean | null }

/** Did the case have the bad outcome? Of a score, its lower half is bad. */
function outcomeOf({ r, orderId }: Said, outcome: Outcome, returned: ReadonlyMap<string, boolean>): boolean | null {
  if (outcome.cases === 'orders') return returned.get(orderId) ?? null
  if (r === null) return null
  if (outcome.id === 'nps') return Math.round(10 * r) <= 6
  if (outcome.id === 'csat') return r < 0.75
  return outcome.id === 'rating' ? r <= 0.5 : r <= 0.25
}

function diverse(said: readonly Known[]): Known[] {
  const seen = new Set<string>()
  const chosen: Known[] = []
  const spare: Known[] = []
  for (const one of said) {
    const marks = [
      one.voiceId,
      one.productId && `p ${one.productId}`,
      one.customerRef && `c ${one.customerRef}`,
    ].filter(Boolean)
    const fresh = !marks.some((mark) => seen.has(mark))
    ;(fresh ? chosen : spare).push(one)
    for (const mark of marks) seen.add(mark)
  }
  const voices = new Set(chosen.map((one) => one.voiceId))
  return [...chosen, ...spare.filter((one) => !voices.has(one.voiceId))].slice(0, PER_SIDE)
}

function saidOfAspect(
  analytics: Analytics,
  slice: Slice,
  { aspect, scene }: Candidate,
  outcome: Outcome,
  names: Names,
): Promise<Said[]> {
  const inScene = scene === '' ? sql`1` : sql`scene = ${scene}`
  const cases =
    outcome.cases === 'orders'
      ? notAboutReturns(within(slice, 'voices'), aspectsOfReturns(names))
      : sql`metric = ${outcome.cases} AND rating01 IS NOT NULL`
  return analytics.query<Said>(sql`
    SELECT voice_id AS voiceId, '' AS text, day, at, kind, product_id AS productId, customer_ref AS customerRef,
      order_id AS orderId, aspect, polarity, start, end, rating01 AS r
    FROM mentions
    WHERE ${within(slice, 'mentions')} AND aspect = ${aspect} AND ${inScene} AND polarity IN ('negative', 'positive') AND ${cases}
    ORDER BY confidence DESC, length(quote) DESC, voice_id
    LIMIT 3 BY polarity, productId, r
    LIMIT 400`)
}

/** What is said on orders that have a fact of the operation; the span is the mention of that touchpoint, where there is one. */
async function saidOnOrders(
  analytics: Analytics,
  slice: Slice,
  asking: Asking,
  candidate: Candidate,
  names: Names,
): Promise<Said[]> {
  const operation = findOperation(candidate.factor)!
  const said = await analytics.query<Said>(sql`
    SELECT voiceId, text, said_day AS day, said_at AS at, kind, productId, customerRef, order_id AS orderId, '' AS aspect, sentiment AS polarity,
      0 AS start, 0 AS end, r, mentions
    FROM (
      SELECT id AS voiceId, text, toString(day) AS said_day, at AS said_at, kind, product_id AS productId, customer_ref AS customerRef,
        order_id, sentiment, mentions, if(rating IS NULL, NULL, (rating - rating_min) / (rating_max - rating_min)) AS r
      FROM voices WHERE ${within(slice, 'voices')} AND order_id != '' AND text != '' AND speaker = 'customer'
    ) AS said
    GLOBAL ALL INNER JOIN (
      SELECT order_id, max(${operation.state(asking)}) AS state FROM orders FINAL
      WHERE tenant = ${slice.tenant} AND removed = 0 GROUP BY order_id
    ) AS went USING (order_id)
    WHERE state = 2
    ORDER BY length(text) > 200, length(text) DESC, voiceId
    LIMIT 3 BY productId, r
    LIMIT 400`)
  return said.map((one) => ({ ...one, ...spanOf(one.mentions!, operation.touchpoint, names) }))
}

function spanOf(mentions: string, touchpoint: string, names: Names): Partial<Said> {
  const all =
    mentions === ''
      ? []
      : (JSON.parse(mentions) as { aspect: string; polarity: Polarity; start: number; end: number }[])
  const telling = all.find(({ aspect }) => names.aspects.get(aspect)?.touchpoint === touchpoint)
  return telling ? { aspect: telling.aspect, polarity: telling.polarity, start: telling.start, end: telling.end } : {}
}

async function returnedOrders(analytics: Analytics, slice: Slice, asking: Asking, said: readonly Said[]) {
  const ids = [...new Set(said.map((one) => one.orderId).filter(Boolean))]
  if (ids.length === 0) return new Map<string, boolean>()
  const rows = await analytics.query<{ id: string; back: number }>(sql`
    SELECT order_id AS id, max(${cameBack(asking)}) AS back FROM orders FINAL
    WHERE tenant = ${slice.tenant} AND removed = 0 AND order_id IN ${ids} AND ${windowClosed(asking)}
    GROUP BY order_id`)
  return new Map(rows.map(({ id, back }) => [id, back === 1]))
}

async function textsOf(
  analytics: Analytics,
  slice: Slice,
  said: readonly Said[],
): Promise<ReadonlyMap<string, string>> {
  const missing = said.filter((one) => one.text === '')
  if (missing.length === 0) return new Map()
  const rows = await analytics.query<{ id: string; text: string }>(voiceTexts(slice, missing))
  return new Map(rows.map(({ id, text }) => [id, text]))
}

function voiceTexts(slice: Slice, said: readonly Said[]): Sql {
  const days = [...new Set(said.map((one) => one.day))].map(day)
  return sql`
    SELECT id, text FROM voices
    WHERE tenant = ${slice.tenant} AND day IN ${days} AND id IN ${said.map((one) => one.voiceId)}`
}
