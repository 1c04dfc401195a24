import { addDays } from '../../core/clock.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { day, join, type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'
import type { Asking } from '../indicators/define.ts'
import { lengthInDays, previousSlice, type Slice, within } from '../slice.ts'
import { operations } from './operations.ts'
import { type OrderOutcomeId, orderOutcomeIds, orderOutcomes } from './order-outcomes.ts'
import type { Counts } from './outcomes.ts'
import { notAboutReturns } from './return-talk.ts'
import { type FactTrait, ordersOfCustomers, traitsOf } from './traits.ts'

/**
 * The questions that turn voices and orders into tables of cases. Everything is added up in the engine, to one row for a stratum and
 * a candidate; both periods (the slice, and the one before it) come in one pass, told apart by `part`: 0 and 1 are the halves of the
 * period before, 2 and 3 those of the slice.
 */
export interface CaseQuestion extends Asking {
  slice: Slice
  /** What makes cases comparable, beside category and half of the period. */
  stratum: StratumBy
  /** Aspects that speak of giving the goods back: they never predict returns. */
  returnAspects: readonly string[]
}

/** A question that also asks for the traits of orders: their city, their customer, their further facts (`traits.ts`). */
export interface TraitQuestion extends CaseQuestion {
  facts: readonly FactTrait[]
}

export type StratumBy = 'product' | 'category' | 'week' | 'week_city'

export interface CaseRow extends Counts {
  part: 0 | 1 | 2 | 3
  category: string
  stratum: string
  currency: string
  /** Empty for order lines and ordinary ratings. */
  metric: string
  aspect: string
  scene: string
  /** Of rows that ask for traits of orders: which trait, and which of its values. */
  trait?: string
  value?: string
  /** States of the operation facts, see `operations.ts`; absent where the question does not ask. */
  late_delivery?: number
  long_late?: number
  late_installation?: number
  undelivered?: number
  slow_answer?: number
  failed_payment?: number
  refund: number
  refunded: number
  firstDay: string
  lastDay: string
}

/** A mention belongs to its aspect, and to its aspect in its scene. */
export const scopes = sql`arrayJoin(if(scene = '', [''], ['', scene]))`

/** The moments of every outcome that a rating carries, over rows with `r`, the rating stretched to 0–1. */
export const voiceMoments = sql`
  count() AS n, sum(r <= 0.25) AS low, sum(r >= 0.75) AS satisfied,
  sum(1 + 4 * r) AS score, sum((1 + 4 * r) * (1 + 4 * r)) AS scoreSquares,
  sum(100 * ((round(10 * r) >= 9) - (round(10 * r) <= 6))) AS net,
  sum(10000 * ((round(10 * r) >= 9) + (round(10 * r) <= 6))) AS netSquares`

/** Sums of the known and the hit lines of every outcome; `n` and `returned` are those of returns, whose refunds are money. */
export const orderMoments = sql`
  sum(k_return) AS n, sum(h_return) AS returned, sum(k_return * money) AS refund, sum(k_return * paid) AS refunded,
  ${eachOutcome((id) => (id === 'return' ? [] : [`sum(k_${id}) AS ${id}_n`, `sum(h_${id}) AS ${id}_hits`]))}`

function eachOutcome(columns: (id: OrderOutcomeId) => readonly string[]): Sql {
  return join(orderOutcomeIds.flatMap((id) => columns(id).map(trusted)))
}

/** Rated voices that complain of an aspect, by aspect and by aspect in its scene. */
export function exposedVoices(analytics: Analytics, question: CaseQuestion): Promise<CaseRow[]> {
  return analytics.query(sql`
    SELECT part, case_category AS category, stratum, '' AS currency, case_metric AS metric, aspect, scope AS scene, ${voiceMoments}
    FROM (
      SELECT voice_id, aspect, ${scopes} AS scope, any(metric) AS case_metric, any(category) AS case_category,
        any(${partOf(question, 'day')}) AS part, any(${stratumOf(question, 'day')}) AS stratum, any(toFloat64(rating01)) AS r
      FROM mentions
      WHERE ${within(bothPeriods(question.slice), 'mentions')} AND polarity = 'negative' AND rating01 IS NOT NULL
      GROUP BY voice_id, aspect, scope
    )
    GROUP BY part, category, stratum, metric, aspect, scene`)
}

/** All rated voices that could be read: whoever wrote nothing, or in a language unknown to the reader, could not be seen to complain. */
export function ratedVoices(analytics: Analytics, question: CaseQuestion): Promise<CaseRow[]> {
  return analytics.query(sql`
    SELECT part, case_category AS category, stratum, '' AS currency, case_metric AS metric, ${voiceMoments}
    FROM (${ratings(question)} AND read = 1)
    GROUP BY part, category, stratum, metric`)
}

/** Rated voices that belong to an order, by what is known of how the order went. Needs no text. */
export function ratedOrders(analytics: Analytics, question: CaseQuestion): Promise<CaseRow[]> {
  const states = operations.map(
    ({ id, state }) => sql`max(${state(question, question.slice.tenant)}) AS ${trusted(id)}`,
  )
  const ids = trusted(operations.map(({ id }) => id).join(', '))
  return analytics.query(sql`
    SELECT part, case_category AS category, stratum, '' AS currency, case_metric AS metric, ${ids}, ${voiceMoments}
    FROM (${ratings(question)} AND order_id != '') AS rated
    GLOBAL ALL INNER JOIN (
      SELECT order_id, ${join(states)} FROM orders FINAL WHERE tenant = ${question.slice.tenant} AND removed = 0 GROUP BY order_id
    ) AS went USING (order_id)
    GROUP BY part, category, stratum, metric, ${ids}`)
}

/** Rated voices that belong to an order, by the traits of the order. */
export function ratedTraits(analytics: Analytics, question: TraitQuestion): Promise<CaseRow[]> {
  const { tenant } = question.slice
  return analytics.query(sql`
    SELECT part, case_category AS category, stratum, '' AS currency, case_metric AS metric, pair.1 AS trait, pair.2 AS value, ${voiceMoments}
    FROM (${ratings(question)} AND order_id != '') AS rated
    GLOBAL ALL INNER JOIN (
      SELECT order_id, arrayJoin(any(${traitsOf(question.facts, tenant)})) AS pair
      FROM orders FINAL WHERE tenant = ${tenant} AND removed = 0 GROUP BY order_id
    ) AS went USING (order_id)
    WHERE value != ''
    GROUP BY part, category, stratum, metric, trait, value`)
}

/** All order lines, by their traits. */
export function closedTraits(analytics: Analytics, question: TraitQuestion): Promise<CaseRow[]> {
  return analytics.query(sql`
    SELECT part, case_category AS category, stratum, case_currency AS currency, '' AS metric, pair.1 AS trait, pair.2 AS value, ${orderMoments}
    FROM (${cohort(question, [sql`arrayJoin(${traitsOf(question.facts, question.slice.tenant)}) AS pair`])})
    WHERE value != ''
    GROUP BY part, category, stratum, currency, trait, value`)
}

function ratings(question: CaseQuestion): Sql {
  return sql`
    SELECT order_id, metric AS case_metric, category AS case_category, ${partOf(question, 'day')} AS part,
      ${stratumOf(question, 'day')} AS stratum, assumeNotNull((rating - rating_min) / (rating_max - rating_min)) AS r
    FROM voices
    WHERE ${within(bothPeriods(question.slice), 'voices')} AND speaker = 'customer' AND rating IS NOT NULL`
}

/** All order lines, by how the order went. Silent ones included: they are the controls. An outcome counts the lines of which it is known. */
export function closedOrders(analytics: Analytics, question: CaseQuestion): Promise<CaseRow[]> {
  const ids = trusted(operations.map(({ id }) => id).join(', '))
  return analytics.query(sql`
    SELECT part, case_category AS category, stratum, case_currency AS currency, '' AS metric, ${ids}, ${orderMoments},
      toString(minIf(placed, k_return)) AS firstDay, toString(maxIf(placed, k_return)) AS lastDay
    FROM (${cohort(question, statesOf(question))})
    GROUP BY part, category, stratum, currency, ${ids}`)
}

/** The state of every fact of the operation, each by its name. */
export const statesOf = (question: CaseQuestion): Sql[] =>
  operations.map(({ id, state }) => sql`${state(question, question.slice.tenant)} AS ${trusted(id)}`)

/** Of those, the lines whose customer complained of an aspect before it was so: before the goods went back, before the next order. */
export function exposedOrders(analytics: Analytics, question: CaseQuestion): Promise<CaseRow[]> {
  return analytics.query(sql`
    SELECT part, line_category AS category, stratum, line_currency AS currency, '' AS metric, aspect, scope AS scene, ${orderMoments}
    FROM (
      SELECT order_id, line, aspect, scope, any(part) AS part, any(stratum) AS stratum, any(case_category) AS line_category,
        any(case_currency) AS line_currency, any(money) AS money, any(paid) AS paid, ${saidBefore}
      FROM (${complaints(question)}) AS said
      GLOBAL ALL INNER JOIN (${cohort(question)}) AS lines USING (order_id)
      WHERE said_product = '' OR said_product = case_product
      GROUP BY order_id, line, aspect, scope
    )
    GROUP BY part, category, stratum, currency, aspect, scene`)
}

/** A line is a case of an outcome where the complaint came before it. */
const saidBefore = eachOutcome((id) => [
  `max(known_${id} AND said_at < until_${id}) AS k_${id}`,
  `max(known_${id} AND said_at < until_${id} AND hit_${id}) AS h_${id}`,
])

/** How many cases complain of two aspects at once, and how those fared. */
export type OverlapRow = Counts & { category: string; metric: string; aspect: string; other: string }

// Two equal expressions would be one to the engine, and every aspect its own companion.
const pairs = sql`arrayJoin(aspects) AS aspect, arrayJoin(arrayReverse(aspects)) AS other`

export function overlappingVoices(analytics: Analytics, { slice }: CaseQuestion): Promise<OverlapRow[]> {
  return analytics.query(sql`
    SELECT category, metric, aspect, other, ${voiceMoments}
    FROM (
      SELECT category, case_metric AS metric, ${pairs}, r FROM (
        SELECT voice_id, any(metric) AS case_metric, category, groupUniqArray(aspect) AS aspects, any(toFloat64(rating01)) AS r
        FROM mentions WHERE ${within(slice, 'mentions')} AND polarity = 'negative' AND rating01 IS NOT NULL
        GROUP BY voice_id, category HAVING length(aspects) > 1
      )
    ) WHERE aspect != other GROUP BY category, metric, aspect, other`)
}

export function overlappingOrders(analytics: Analytics, question: CaseQuestion): Promise<OverlapRow[]> {
  return analytics.query(sql`
    SELECT line_category AS category, '' AS metric, aspect, other, ${orderMoments}
    FROM (
      SELECT line_category, money, paid, ${pairs}, ${eachOutcome((id) => [`k_${id}`, `h_${id}`])} FROM (
        SELECT order_id, line, any(case_category) AS line_category, any(case_money) AS money, any(case_paid) AS paid,
          groupUniqArray(said_aspect) AS aspects, ${saidBefore}
        FROM (SELECT order_id, aspect AS said_aspect, said_at, said_product FROM (${complaints(question)}) WHERE scope = '') AS said
        GLOBAL ALL INNER JOIN (SELECT *, money AS case_money, paid AS case_paid FROM (${cohort(question)}) WHERE part >= 2) AS lines
          USING (order_id)
        WHERE said_product = '' OR said_product = case_product
        GROUP BY order_id, line HAVING length(aspects) > 1
      )
    ) WHERE aspect != other GROUP BY category, aspect, other`)
}

/** Complaints that belong to an order, less what is said about giving it back. */
export function complaints({ slice, returnAspects }: CaseQuestion): Sql {
  const since = sql`tenant = ${slice.tenant} AND day >= ${day(previousSlice(slice).from)}`
  return sql`
    SELECT order_id, aspect, ${scopes} AS scope, at AS said_at, product_id AS said_product
    FROM mentions
    WHERE ${since} AND polarity = 'negative' AND ${notAboutReturns(since, returnAspects)}`
}

/** Order lines with every outcome: known, hit, and until when a voice counts as said before it; and what further is asked. */
export function cohort(question: CaseQuestion, further: readonly Sql[] = []): Sql {
  const { slice } = question
  const outcomes = orderOutcomeIds.flatMap((id) => {
    const { known, hit, until } = orderOutcomes[id]
    const named = (what: string) => trusted(`${what}_${id}`)
    return [
      sql`${known(question)} AS ${named('known')}`,
      sql`${hit(question)} AS ${named('hit')}`,
      sql`${until(question)} AS ${named('until')}`,
      sql`${named('known')} AS ${named('k')}`,
      sql`(${named('known')} AND ${named('hit')}) AS ${named('h')}`,
    ]
  })
  return sql`
    SELECT order_id, line, ordered_day AS placed, product_id AS case_product, category AS case_category, currency AS case_currency,
      ${partOf(question, 'ordered_day')} AS part, ${stratumOf(question, 'ordered_day')} AS stratum, ${join(outcomes)},
      ${join([...further, sql`if(hit_return, ifNull(refund_minor, 0), 0) AS money`, sql`if(hit_return AND refund_minor IS NOT NULL, 1, 0) AS paid`])}
    FROM (SELECT * FROM orders FINAL WHERE ${within(bothPeriods(slice), 'orders')}) AS placed_orders
    GLOBAL ALL LEFT JOIN (${ordersOfCustomers(slice.tenant)}) AS theirs USING (customer_ref)`
}

/** How many voices carry each complaint (or how many orders each fact), now and in the period before. */
export interface VolumeRow {
  current: 0 | 1
  category: string
  factor: string
  aspect: string
  scene: string
  n: number
}

export function complaintVolumes(analytics: Analytics, question: CaseQuestion): Promise<VolumeRow[]> {
  return analytics.query(sql`
    SELECT current, case_category AS category, 'aspect' AS factor, aspect, scope AS scene, uniqExact(voice_id) AS n
    FROM (
      SELECT ${partOf(question, 'day')} >= 2 AS current, category AS case_category, aspect, ${scopes} AS scope, voice_id
      FROM mentions WHERE ${within(bothPeriods(question.slice), 'mentions')} AND polarity = 'negative'
    )
    GROUP BY current, category, aspect, scene`)
}

export function operationVolumes(analytics: Analytics, question: CaseQuestion): Promise<VolumeRow[]> {
  const states = operations.map(({ id, state }) => sql`if(${state(question, question.slice.tenant)} = 2, ${id}, '')`)
  return analytics.query(sql`
    SELECT current, case_category AS category, factor, '' AS aspect, '' AS scene, uniqExact(order_id) AS n
    FROM (
      SELECT ${partOf(question, 'ordered_day')} >= 2 AS current, category AS case_category, order_id,
        arrayJoin([${join(states)}]) AS factor
      FROM orders FINAL WHERE ${within(bothPeriods(question.slice), 'orders')}
    )
    WHERE factor != ''
    GROUP BY current, category, factor`)
}

const bothPeriods = (slice: Slice): Slice => ({ ...slice, from: previousSlice(slice).from })

function partOf({ slice }: CaseQuestion, column: string): Sql {
  const before = previousSlice(slice)
  const half = Math.ceil(lengthInDays(slice) / 2)
  const name = trusted(column)
  const [second, third, fourth] = [addDays(before.from, half), slice.from, addDays(slice.from, half)].map(day)
  return sql`multiIf(${name} < ${second!}, 0, ${name} < ${third!}, 1, ${name} < ${fourth!}, 2, 3)`
}

const strata: Record<StratumBy, (column: string) => string> = {
  product: () => 'product_id',
  category: () => "''",
  week: (column) => `toString(toMonday(${column}))`,
  week_city: (column) => `concat(toString(toMonday(${column})), ' ', city)`,
}

const stratumOf = ({ stratum }: CaseQuestion, column: string): Sql => trusted(strata[stratum](column))
