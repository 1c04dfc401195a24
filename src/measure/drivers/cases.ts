import { addDays } from '../../core/clock.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { day, join, type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'
import type { Asking } from '../indicators/define.ts'
import { lengthInDays, previousSlice, type Slice, withBefore, within } from '../slice.ts'
import { AT, type CaseRow } from './case-row.ts'
import { askFolded } from './fold.ts'
import { operations } from './operations.ts'
import { type OrderOutcomeId, orderOutcomeIds, orderOutcomes } from './order-outcomes.ts'
import { aspectsOfReturns, notAboutReturns } from './return-talk.ts'
import { type Names, touchpointsOf } from './sentences.ts'
import { customerKind, ordersOfCustomers } from './traits.ts'

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
  /** The touchpoint of each aspect, where one has any: what is said of a touchpoint is a complaint too. */
  touchpoints: ReadonlyMap<string, string>
}

/** What is known of an order beside its outcomes, as a text by value; of nothing, an empty one. */
export interface AskedTrait {
  trait: string
  value: Sql
}

/** A question that also asks for facts of the operation and traits of orders: their city, their customer, their further facts. */
export interface TraitQuestion extends CaseQuestion {
  traits: readonly AskedTrait[]
}

/** A question about drivers, as it is asked of cases. */
export const caseQuestion = <Question extends Asking & { slice: Slice; names: Names }>(
  question: Question,
  stratum: StratumBy,
): Question & CaseQuestion => ({
  ...question,
  stratum,
  returnAspects: aspectsOfReturns(question.names),
  touchpoints: touchpointsOf(question.names),
})

export type StratumBy = 'product' | 'category' | 'week' | 'week_city'

/** A mention belongs to its aspect, and to its aspect in its scene. */
export const scopes = sql`arrayJoin(if(scene = '', [''], ['', scene]))`

/** What a mention is told under, as pairs of aspect and scene: its aspect, that in its scene, and its touchpoint. */
export function told({ touchpoints }: Pick<CaseQuestion, 'touchpoints'>): Sql {
  const aspect = sql`toString(aspect)`
  const pairs = [sql`(${aspect}, '')`, sql`(if(scene = '', '', ${aspect}), toString(scene))`]
  if (touchpoints.size > 0) {
    const [aspects, at] = [[...touchpoints.keys()], [...touchpoints.values()].map((one) => AT + one)]
    pairs.push(sql`(transform(${aspect}, [${join(aspects)}], [${join(at)}], ''), '')`)
  }
  return sql`arrayJoin(arrayFilter(one -> one.1 != '', [${join(pairs)}]))`
}

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

export function eachOutcome(columns: (id: OrderOutcomeId) => readonly string[]): Sql {
  return join(orderOutcomeIds.flatMap((id) => columns(id).map(trusted)))
}

const voiceColumns = ['n', 'low', 'satisfied', 'score', 'scoreSquares', 'net', 'netSquares']
const orderColumns = [
  ...['n', 'returned', 'refund', 'refunded'],
  ...orderOutcomeIds.flatMap((id) => (id === 'return' ? [] : [`${id}_n`, `${id}_hits`])),
]

/** Rated voices that complain of an aspect, by aspect and by aspect in its scene. */
export function exposedVoices(analytics: Analytics, question: CaseQuestion): Promise<CaseRow[]> {
  const rows = sql`
    SELECT part, category, stratum, '' AS currency, metric, pair.1 AS aspect, pair.2 AS scene, ${voiceMoments}
    FROM (
      SELECT pair, any(case_metric) AS metric, any(case_category) AS category, any(case_part) AS part, any(case_stratum) AS stratum,
        any(rating) AS r
      FROM (
        SELECT voice_id, ${told(question)} AS pair, metric AS case_metric, category AS case_category, toFloat64(rating01) AS rating,
          ${partOf(question, 'day')} AS case_part, ${stratumOf(question, 'day')} AS case_stratum
        FROM mentions
        WHERE ${within(withBefore(question.slice), 'mentions')} AND polarity = 'negative' AND rating01 IS NOT NULL
      )
      GROUP BY voice_id, pair
    )
    GROUP BY part, category, stratum, metric, aspect, scene`
  return askFolded(analytics, rows, ['aspect', 'scene', ...voiceColumns])
}

/** All rated voices that could be read: whoever wrote nothing, or in a language unknown to the reader, could not be seen to complain. */
export function ratedVoices(analytics: Analytics, question: CaseQuestion): Promise<CaseRow[]> {
  const rows = sql`
    SELECT part, case_category AS category, stratum, '' AS currency, case_metric AS metric, ${voiceMoments}
    FROM (${ratings(question)} AND read = 1)
    GROUP BY part, category, stratum, metric`
  return askFolded(analytics, rows, voiceColumns)
}

/** Rated voices that belong to an order: all of them, and by each trait that is asked. Needs no text. */
export function ratedOrders(analytics: Analytics, question: TraitQuestion): Promise<CaseRow[]> {
  const known = question.traits.map(({ trait, value }) => sql`(${trait}, max(${value}))`)
  const rated = sql`${ratings(question)} AND order_id != ''`
  const rows = sql`
    SELECT part, case_category AS category, stratum, '' AS currency, case_metric AS metric, pair.1 AS trait, pair.2 AS value, ${voiceMoments}
    FROM (
      SELECT part, case_category, stratum, case_metric, r, arrayJoin(known) AS pair
      FROM (${rated}) AS rated
      GLOBAL ALL INNER JOIN (
        SELECT order_id, [${join([everyOrder, ...known])}] AS known
        FROM orders FINAL
        WHERE tenant = ${question.slice.tenant} AND removed = 0 AND order_id GLOBAL IN (SELECT order_id FROM (${rated}))
        GROUP BY order_id
      ) AS went USING (order_id)
    )
    WHERE value != ''
    GROUP BY part, category, stratum, metric, trait, value`
  return askFolded(analytics, rows, ['trait', 'value', ...voiceColumns])
}

const everyOrder = sql`('', 'all')`

function ratings(question: CaseQuestion): Sql {
  return sql`
    SELECT order_id, metric AS case_metric, category AS case_category, ${partOf(question, 'day')} AS part,
      ${stratumOf(question, 'day')} AS stratum, assumeNotNull((rating - rating_min) / (rating_max - rating_min)) AS r
    FROM voices
    WHERE ${within(withBefore(question.slice), 'voices')} AND speaker = 'customer' AND rating IS NOT NULL`
}

/**
 * All order lines, silent ones included, for they are the controls: all of them, and by each trait that is asked. An outcome counts the
 * lines of which it is known.
 */
export function closedOrders(analytics: Analytics, question: TraitQuestion): Promise<CaseRow[]> {
  const known = question.traits.map(({ trait, value }) => sql`(${trait}, ${value})`)
  const rows = sql`
    SELECT part, case_category AS category, stratum, case_currency AS currency, '' AS metric, pair.1 AS trait, pair.2 AS value, ${orderMoments},
      toString(minIf(placed, k_return)) AS firstDay, toString(maxIf(placed, k_return)) AS lastDay
    FROM (${cohort(question, [sql`arrayJoin([${join([everyOrder, ...known])}]) AS pair`])})
    WHERE value != ''
    GROUP BY part, category, stratum, currency, trait, value`
  return askFolded(analytics, rows, ['trait', 'value', 'firstDay', 'lastDay', ...orderColumns])
}

/** The state of every fact of the operation, each by its name. */
export const statesOf = (question: CaseQuestion): Sql[] =>
  operations.map(({ id, state }) => sql`${state(question, question.slice.tenant)} AS ${trusted(id)}`)

/** The same as traits: 2 = has it, 1 = could have had it, empty where nothing is known. */
export const operationTraits = (question: Asking & { slice: Slice }): AskedTrait[] =>
  operations.map(({ id, state }) => ({
    trait: id,
    value: sql`['', '1', '2'][${state(question, question.slice.tenant)} + 1]`,
  }))

/** Of those, the lines whose customer complained of an aspect before it was so: before the goods went back, before the next order. */
export function exposedOrders(analytics: Analytics, question: CaseQuestion): Promise<CaseRow[]> {
  const rows = sql`
    SELECT part, line_category AS category, stratum, line_currency AS currency, '' AS metric, pair.1 AS aspect, pair.2 AS scene, customer,
      ${orderMoments}
    FROM (
      SELECT order_id, line, pair, any(kind) AS customer, any(part) AS part, any(stratum) AS stratum, any(case_category) AS line_category,
        any(case_currency) AS line_currency, any(money) AS money, any(paid) AS paid, ${saidBefore}
      FROM (${complaints(question)}) AS said
      GLOBAL ALL INNER JOIN (${complaining(question, [sql`${customerKind(question.slice.tenant)} AS kind`])}) AS lines USING (order_id)
      WHERE said_product = '' OR said_product = case_product
      GROUP BY order_id, line, pair
    )
    GROUP BY part, category, stratum, currency, aspect, scene, customer`
  return askFolded(analytics, rows, ['aspect', 'scene', 'customer', ...orderColumns])
}

/** A line is a case of an outcome where the complaint came before it. */
export const saidBefore = eachOutcome((id) => [
  `max(known_${id} AND said_at < until_${id}) AS k_${id}`,
  `max(known_${id} AND said_at < until_${id} AND hit_${id}) AS h_${id}`,
])

/** Complaints that belong to an order, less what is said about giving it back; `pair` is what each is told under. */
export function complaints(question: CaseQuestion): Sql {
  const since = sql`tenant = ${question.slice.tenant} AND day >= ${day(withBefore(question.slice).from)}`
  return sql`
    SELECT order_id, ${told(question)} AS pair, at AS said_at, product_id AS said_product
    FROM mentions
    WHERE ${since} AND polarity = 'negative' AND ${notAboutReturns(since, question.returnAspects)}`
}

/** The lines of orders on which there is a complaint at all: the others need not be joined. */
export const complaining = (question: CaseQuestion, further: readonly Sql[] = []): Sql =>
  cohort(
    question,
    further,
    sql`order_id GLOBAL IN (SELECT order_id FROM mentions WHERE tenant = ${question.slice.tenant} AND polarity = 'negative' AND order_id != '')`,
  )

/** Order lines with every outcome: known, hit, and until when a voice counts as said before it; and what further is asked. */
export function cohort(question: CaseQuestion, further: readonly Sql[] = [], which: Sql = sql`1`): Sql {
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
    FROM (SELECT * FROM orders FINAL WHERE ${within(withBefore(slice), 'orders')} AND ${which}) AS placed_orders
    GLOBAL ALL LEFT JOIN (${ordersOfCustomers(slice.tenant)}) AS theirs USING (customer_ref)`
}

/** Which half of which period a day lies in. */
export function partOf({ slice }: CaseQuestion, column: string): Sql {
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
