import type { Polarity } from '../../core/reading.ts'
import type { TenantId } from '../../core/tenant.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { day, join, type Sql, sql } from '../../store/clickhouse/sql.ts'
import type { Asking } from '../indicators/define.ts'
import { type Slice, within } from '../slice.ts'
import type { Candidate } from './candidate.ts'
import { aboutOf, describedFactor, stateOf } from './factor.ts'
import { type OrderOutcomeId, orderOutcomes } from './order-outcomes.ts'
import type { Outcome } from './outcomes.ts'
import { aspectsOfReturns, notAboutReturns } from './return-talk.ts'
import { type Names, touchpointsOf } from './sentences.ts'
import { ordersOfCustomers } from './traits.ts'

/** Words that may be quoted, before they are chosen. `text` is empty until it is looked up; `r` is the rating on 0–1. */
export interface Said {
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
  /** The words of the span. */
  words?: string
}

/** What words are looked for: a candidate, and which cases the voices must be. */
export interface SaidQuestion {
  candidate: Candidate
  cases: Outcome['cases']
}

/** A row of words with the place of the question that it answers, from 1. */
type Answering = Said & { claim: number }

/** The places of the questions whose condition holds, from 1, as one row each. */
const claimsOf = (conditions: readonly Sql[]): Sql =>
  sql`arrayJoin(arrayFilter(place -> place > 0, [${join(conditions.map((holds, at) => sql`if(${holds}, ${at + 1}, 0)`))}]))`

const inCategory = ({ category }: Candidate): Sql => (category === '' ? sql`1` : sql`category = ${category}`)

function apart(rows: readonly Answering[], n: number): Said[][] {
  const lists = Array.from({ length: n }, (): Said[] => [])
  for (const { claim, ...said } of rows) lists[claim - 1]!.push(said)
  return lists
}

/** Complaints and praise of aspects (in a scene) by voices that are cases of the outcome; all questions in one reading. */
export async function saidOfAspects(
  analytics: Analytics,
  slice: Slice,
  questions: readonly SaidQuestion[],
  names: Names,
): Promise<Said[][]> {
  if (questions.length === 0) return []
  const conditions = questions.map(({ candidate, cases }) => {
    const isCase = cases === 'orders' ? sql`beforehand` : sql`metric = ${cases} AND rating01 IS NOT NULL`
    return sql`${inCategory(candidate)} AND ${aboutOf(candidate, slice.tenant, touchpointsOf(names))} AND ${isCase}`
  })
  const ofOrders = questions.some(({ cases }) => cases === 'orders')
  const beforehand = ofOrders ? notAboutReturns(within(slice, 'voices'), aspectsOfReturns(names)) : sql`0`
  const rows = await analytics.query<Answering>(sql`
    SELECT * FROM (
      SELECT claim, voice_id AS voiceId, '' AS text, day, at, kind, product_id AS productId, customer_ref AS customerRef,
        order_id AS orderId, aspect, polarity, start, end, quote AS words, rating01 AS r, confidence, ordinal
      FROM (
        SELECT *, ${claimsOf(conditions)} AS claim
        FROM (SELECT *, ${beforehand} AS beforehand FROM mentions
          WHERE ${within(slice, 'mentions')} AND polarity IN ('negative', 'positive'))
      )
      ORDER BY confidence DESC, cityHash64(voice_id), ordinal
      LIMIT 2 BY claim, polarity, productId, r, quote
    )
    ORDER BY claim, confidence DESC, cityHash64(voiceId), ordinal
    LIMIT 400 BY claim`)
  return apart(rows, questions.length)
}

/** What is said on orders that have a fact of the operation; the span is the mention of that touchpoint, where there is one. All in one reading. */
export async function saidOnOrders(
  analytics: Analytics,
  slice: Slice,
  asking: Asking,
  candidates: readonly Candidate[],
  names: Names,
): Promise<Said[][]> {
  if (candidates.length === 0) return []
  const states = candidates.map((one) => stateOf(one, asking, slice.tenant) ?? sql`0`)
  const holds = candidates.map((one, at) => sql`${inCategory(one)} AND states[${at + 1}] = 2`)
  const said = await analytics.query<Answering>(sql`
    SELECT * FROM (
      SELECT claim, voiceId, text, said_day AS day, said_at AS at, kind, productId, customerRef, order_id AS orderId, '' AS aspect,
        sentiment AS polarity, 0 AS start, 0 AS end, r, mentions
      FROM (
        SELECT voiceId, text, said_day, said_at, kind, productId, customerRef, order_id, sentiment, mentions, r, ${claimsOf(holds)} AS claim
        FROM (
          SELECT id AS voiceId, text, toString(day) AS said_day, at AS said_at, kind, product_id AS productId, customer_ref AS customerRef,
            order_id, category, sentiment, mentions, if(rating IS NULL, NULL, (rating - rating_min) / (rating_max - rating_min)) AS r
          FROM voices WHERE ${within(slice, 'voices')} AND order_id != '' AND text != '' AND speaker = 'customer'
        ) AS said
        GLOBAL ALL INNER JOIN (
          SELECT order_id, [${join(states.map((state) => sql`max(${state})`))}] AS states FROM orders FINAL
          WHERE tenant = ${slice.tenant} AND removed = 0 AND order_id != '' GROUP BY order_id
        ) AS went USING (order_id)
      )
      ORDER BY length(text) > 200, length(text) DESC, voiceId
      LIMIT 3 BY claim, productId, r
    )
    ORDER BY claim, length(text) > 200, length(text) DESC, voiceId
    LIMIT 400 BY claim`)
  return apart(said, candidates.length).map((mine, at) => {
    const { touchpoint } = describedFactor(candidates[at]!.factor)!
    return mine.map((one) => ({ ...one, ...spanOf(one.mentions!, touchpoint, names) }))
  })
}

function spanOf(mentions: string, touchpoint: string, names: Names): Partial<Said> {
  const all =
    mentions === ''
      ? []
      : (JSON.parse(mentions) as { aspect: string; polarity: Polarity; start: number; end: number }[])
  const telling = all.find(({ aspect }) => names.aspects.get(aspect)?.touchpoint === touchpoint)
  return telling ? { aspect: telling.aspect, polarity: telling.polarity, start: telling.start, end: telling.end } : {}
}

/** Of the orders behind some words, those of which the outcome is known, and whether it happened. */
export async function outcomesOfOrders(
  analytics: Analytics,
  question: Asking & { slice: Slice },
  outcome: OrderOutcomeId,
  said: readonly Said[],
): Promise<ReadonlyMap<string, boolean>> {
  const ids = [...new Set(said.map((one) => one.orderId).filter(Boolean))]
  if (ids.length === 0) return new Map()
  const { known, hit } = orderOutcomes[outcome]
  const { tenant } = question.slice
  const theirs = sql`tenant = ${tenant} AND removed = 0 AND order_id IN ${ids}`
  const rows = await analytics.query<{ id: string; happened: number }>(sql`
    SELECT order_id AS id, max(${hit(question)}) AS happened FROM ${ordersFor(outcome, tenant, theirs)}
    WHERE ${known(question)} GROUP BY order_id`)
  return new Map(rows.map(({ id, happened }) => [id, happened === 1]))
}

/** Orders as an outcome is asked of them: only whether a customer came back is known by other orders. */
export function ordersFor(outcome: OrderOutcomeId, tenant: TenantId, where: Sql): Sql {
  const own = sql`(SELECT * FROM orders FINAL WHERE ${where}) AS own`
  return outcome === 'churn'
    ? sql`${own} GLOBAL ALL LEFT JOIN (${ordersOfCustomers(tenant)}) AS theirs USING (customer_ref)`
    : own
}

/** The texts of the words that came without; looked up by day first, as the table is sorted. */
export async function textsOf(
  analytics: Analytics,
  tenant: TenantId,
  said: readonly Said[],
): Promise<ReadonlyMap<string, string>> {
  const missing = said.filter((one) => one.text === '')
  if (missing.length === 0) return new Map()
  const days = [...new Set(missing.map((one) => one.day))].map(day)
  const ids = [...new Set(missing.map((one) => one.voiceId))]
  const rows = await analytics.query<{ id: string; text: string }>(sql`
    SELECT id, text FROM voices WHERE tenant = ${tenant} AND day IN ${days} AND id IN ${ids}`)
  return new Map(rows.map(({ id, text }) => [id, text]))
}
