import type { Analytics } from '../../../store/clickhouse/analytics.ts'
import { join, type Sql, sql, trusted } from '../../../store/clickhouse/sql.ts'
import { within } from '../../slice.ts'
import { tierOf } from '../../standing.ts'
import { type CaseQuestion, told, voiceMoments } from '../cases.ts'
import { operations } from '../operations.ts'
import type { Case, Cases } from './case.ts'
import { bucket, MOST, nothing, type Row, statesIn, taken, valuesIn, type Wanted } from './wanted.ts'

/** The voices that rate, with what their order went through. */
export async function voiceCases(
  analytics: Analytics,
  metric: string,
  question: CaseQuestion,
  wanted: Wanted,
): Promise<Cases> {
  const rated = sql`${within(question.slice, 'voices')} AND speaker = 'customer' AND rating IS NOT NULL AND metric = ${metric}`
  const [{ n: population } = { n: 0 }] = await analytics.query<{ n: number }>(
    sql`SELECT count() AS n FROM voices WHERE ${rated}`,
  )
  const one = Math.max(1, Math.ceil(population / MOST))
  const [rows, said, went] = await Promise.all([
    analytics.query<Row>(ratings(rated, one)),
    analytics.query<{ voice_id: string; keys: string[] }>(saidIn(question, metric, one)),
    analytics.query<Row>(ordersOf(question, rated, wanted)),
  ])
  const saidAt = new Map(said.map((row) => [row.voice_id, new Set(row.keys)]))
  const wentAt = new Map(went.map((row) => [String(row.order_id), row]))
  const cases = rows.map((row) =>
    caseOf(row, wentAt.get(String(row.case_order)), saidAt.get(String(row.case_id)) ?? nothing, wanted),
  )
  return { cases, population }
}

const ratings = (rated: Sql, one: number): Sql => sql`
  SELECT case_id, case_order, case_category, case_product, case_merchant, week, bucket, tier, is_read, ${voiceMoments}
  FROM (
    SELECT id AS case_id, order_id AS case_order, category AS case_category, product_id AS case_product,
      merchant_id AS case_merchant, toString(toMonday(day)) AS week, ${bucket('customer_ref', 'id')} AS bucket,
      ${tierOf} AS tier, read AS is_read, assumeNotNull((rating - rating_min) / (rating_max - rating_min)) AS r
    FROM voices WHERE ${rated} AND ${taken('id', one)}
  )
  GROUP BY case_id, case_order, case_category, case_product, case_merchant, week, bucket, tier, is_read`

/** What each voice complains of. */
const saidIn = (question: CaseQuestion, metric: string, one: number): Sql => sql`
  SELECT voice_id, groupUniqArray(concat(pair.1, '\t', pair.2)) AS keys
  FROM (
    SELECT voice_id, ${told(question)} AS pair FROM mentions
    WHERE ${within(question.slice, 'mentions')} AND polarity = 'negative' AND rating01 IS NOT NULL AND metric = ${metric}
      AND ${taken('voice_id', one)}
  )
  GROUP BY voice_id`

/** What the orders of the voices went through. */
function ordersOf(question: CaseQuestion, rated: Sql, wanted: Wanted): Sql {
  const { tenant } = question.slice
  const states = operations.map(({ id, state }) => sql`max(${state(question, tenant)}) AS ${trusted(id)}`)
  const traits = valuesIn(wanted.traits.map((value) => sql`max(${value})`))
  return sql`
    SELECT order_id, ${join(states)}, ${traits} AS traits FROM orders FINAL
    WHERE tenant = ${tenant} AND removed = 0
      AND order_id GLOBAL IN (SELECT order_id FROM voices WHERE ${rated} AND order_id != '')
    GROUP BY order_id`
}

const caseOf = (row: Row, order: Row | undefined, said: ReadonlySet<string>, wanted: Wanted): Case => ({
  group: Number(row.bucket),
  category: String(row.case_category),
  product: String(row.case_product),
  merchant: String(row.case_merchant),
  week: String(row.week),
  tier: String(row.tier),
  price: null,
  read: row.is_read === 1,
  said,
  states: { ...statesIn(order), ...wanted.statesOf(order?.traits.slice(1) ?? []) },
  counts: row,
  currency: '',
  refund: 0,
})
