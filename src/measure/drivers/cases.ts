import { addDays } from '../../core/clock.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { day, join, type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'
import type { Asking } from '../indicators/define.ts'
import { cameBack, windowClosed } from '../returns.ts'
import { lengthInDays, previousSlice, type Slice, within } from '../slice.ts'
import { operations } from './operations.ts'
import type { Counts } from './outcomes.ts'
import { notAboutReturns } from './return-talk.ts'

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
  /** States of the operation facts, see `operations.ts`; absent where the question does not ask. */
  late_delivery?: number
  late_installation?: number
  undelivered?: number
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

/** The same over order lines. */
export const orderMoments = sql`
  count() AS n, sum(back) AS returned, sum(money) AS refund, sum(paid) AS refunded`

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
  const states = operations.map(({ id, state }) => sql`max(${state(question)}) AS ${trusted(id)}`)
  const ids = trusted(operations.map(({ id }) => id).join(', '))
  return analytics.query(sql`
    SELECT part, case_category AS category, stratum, '' AS currency, case_metric AS metric, ${ids}, ${voiceMoments}
    FROM (${ratings(question)} AND order_id != '') AS rated
    GLOBAL ALL INNER JOIN (
      SELECT order_id, ${join(states)} FROM orders FINAL WHERE tenant = ${question.slice.tenant} AND removed = 0 GROUP BY order_id
    ) AS went USING (order_id)
    GROUP BY part, category, stratum, metric, ${ids}`)
}

function ratings(question: CaseQuestion): Sql {
  return sql`
    SELECT order_id, metric AS case_metric, category AS case_category, ${partOf(question, 'day')} AS part,
      ${stratumOf(question, 'day')} AS stratum, assumeNotNull((rating - rating_min) / (rating_max - rating_min)) AS r
    FROM voices
    WHERE ${within(bothPeriods(question.slice), 'voices')} AND speaker = 'customer' AND rating IS NOT NULL`
}

/** All order lines of which it is known whether they came back, by how the order went. Silent ones included: they are the controls. */
export function closedOrders(analytics: Analytics, question: CaseQuestion): Promise<CaseRow[]> {
  const ids = trusted(operations.map(({ id }) => id).join(', '))
  return analytics.query(sql`
    SELECT part, case_category AS category, stratum, case_currency AS currency, '' AS metric, ${ids}, ${orderMoments},
      toString(min(placed)) AS firstDay, toString(max(placed)) AS lastDay
    FROM (${cohort(question)})
    GROUP BY part, category, stratum, currency, ${ids}`)
}

/** Of those, the lines whose customer complained of an aspect before the goods went back. */
export function exposedOrders(analytics: Analytics, question: CaseQuestion): Promise<CaseRow[]> {
  return analytics.query(sql`
    SELECT part, line_category AS category, stratum, line_currency AS currency, '' AS metric, aspect, scope AS scene, ${orderMoments}
    FROM (
      SELECT order_id, line, aspect, scope, any(part) AS part, any(stratum) AS stratum, any(case_category) AS line_category,
        any(case_currency) AS line_currency, any(back) AS back, any(money) AS money, any(paid) AS paid
      FROM (${complaints(question)}) AS said
      GLOBAL ALL INNER JOIN (${cohort(question)}) AS lines USING (order_id)
      WHERE (said_product = '' OR said_product = case_product) AND said_at < until
      GROUP BY order_id, line, aspect, scope
    )
    GROUP BY part, category, stratum, currency, aspect, scene`)
}

/** Complaints that belong to an order, less what is said about giving it back. */
export function complaints({ slice, returnAspects }: CaseQuestion): Sql {
  const since = sql`tenant = ${slice.tenant} AND day >= ${day(previousSlice(slice).from)}`
  return sql`
    SELECT order_id, aspect, ${scopes} AS scope, at AS said_at, product_id AS said_product
    FROM mentions
    WHERE ${since} AND polarity = 'negative' AND ${notAboutReturns(since, returnAspects)}`
}

/** `until` is when a voice stops counting as said before the return: the return itself, else the end of its window. */
export function cohort(question: CaseQuestion): Sql {
  const states = operations.map(({ id, state }) => sql`${state(question)} AS ${trusted(id)}`)
  return sql`
    SELECT order_id, line, ordered_day AS placed, product_id AS case_product, category AS case_category, currency AS case_currency,
      ${partOf(question, 'ordered_day')} AS part, ${stratumOf(question, 'ordered_day')} AS stratum, ${join(states)},
      ${cameBack(question)} AS back, if(back, ifNull(refund_minor, 0), 0) AS money, if(back AND refund_minor IS NOT NULL, 1, 0) AS paid,
      ifNull(returned_at, assumeNotNull(delivered_at) + ${question.returnWindowDays * 86_400_000}) AS until
    FROM orders FINAL
    WHERE ${within(bothPeriods(question.slice), 'orders')} AND ${windowClosed(question)}`
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
  const states = operations.map(({ id, state }) => sql`if(${state(question)} = 2, ${id}, '')`)
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
