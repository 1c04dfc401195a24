import type { Analytics } from '../../../store/clickhouse/analytics.ts'
import { type Sql, sql, trusted } from '../../../store/clickhouse/sql.ts'
import { within } from '../../slice.ts'
import { tierOf } from '../../standing.ts'
import { type CaseQuestion, cohort, complaints, orderMoments, statesOf } from '../cases.ts'
import { operations } from '../operations.ts'
import type { OrderOutcomeId } from '../order-outcomes.ts'
import type { Case, Cases } from './case.ts'
import { bucket, MOST, nothing, type Row, statesIn, taken, valuesIn, type Wanted } from './wanted.ts'

const ids = trusted(operations.map(({ id }) => id).join(', '))

/** The lines of orders of which the outcome is known. */
export async function orderCases(
  analytics: Analytics,
  id: OrderOutcomeId,
  question: CaseQuestion,
  wanted: Wanted,
): Promise<Cases> {
  const [known, until] = [trusted(`known_${id}`), trusted(`until_${id}`)]
  const lines = sql`SELECT * FROM (${cohort(question, statesOf(question))}) WHERE part >= 2 AND ${known}`
  const [{ n: population } = { n: 0 }] = await analytics.query<{ n: number }>(sql`SELECT count() AS n FROM (${lines})`)
  const one = Math.max(1, Math.ceil(population / MOST))
  const [rows, facts, said] = await Promise.all([
    analytics.query<Row>(outcomesOf(lines, one)),
    analytics.query<Row>(factsOf(question, wanted, one)),
    analytics.query<{ order_id: string; line: number; keys: string[] }>(saidOf(question, { lines, until, one })),
  ])
  const factsAt = new Map(facts.map((row) => [lineKey(row), row]))
  const saidAt = new Map(said.map((row) => [lineKey(row), new Set(row.keys)]))
  const cases = rows.flatMap((row): Case[] => {
    const fact = factsAt.get(lineKey(row))
    return fact ? [caseOf(row, fact, saidAt.get(lineKey(row)) ?? nothing, wanted)] : []
  })
  return { cases, population }
}

const lineKey = (row: Record<string, unknown>): string => `${String(row.order_id)}\t${String(row.line)}`

/** What became of each line. */
const outcomesOf = (lines: Sql, one: number): Sql => sql`
  SELECT order_id, line, case_product, case_category, case_currency, ${ids}, ${orderMoments}
  FROM (${lines}) WHERE ${taken('order_id', one)}
  GROUP BY order_id, line, case_product, case_category, case_currency, ${ids}`

/** What its order tells of each line. */
const factsOf = ({ slice }: CaseQuestion, wanted: Wanted, one: number): Sql => sql`
  SELECT order_id, line, merchant_id, ${bucket('customer_ref', 'order_id')} AS bucket, toString(toMonday(ordered_day)) AS week,
    amount_minor / greatest(quantity, 1) AS price, ${tierOf} AS tier, ${valuesIn(wanted.traits)} AS traits
  FROM orders FINAL WHERE ${within(slice, 'orders')} AND ${taken('order_id', one)}`

/** What was complained of on each line before its outcome was known. */
const saidOf = (question: CaseQuestion, { lines, until, one }: { lines: Sql; until: Sql; one: number }): Sql => sql`
  SELECT order_id, line, groupUniqArray(concat(pair.1, '\t', pair.2)) AS keys
  FROM (${complaints(question)}) AS said
  GLOBAL ALL INNER JOIN (SELECT * FROM (${lines}) WHERE ${taken('order_id', one)}) AS lines USING (order_id)
  WHERE (said_product = '' OR said_product = case_product) AND said_at < ${until}
  GROUP BY order_id, line`

const caseOf = (row: Row, fact: Row, said: ReadonlySet<string>, wanted: Wanted): Case => ({
  group: Number(fact.bucket),
  category: String(row.case_category),
  product: String(row.case_product),
  merchant: String(fact.merchant_id),
  week: String(fact.week),
  tier: String(fact.tier),
  price: Number(fact.price),
  read: true,
  said,
  states: { ...statesIn(row), ...wanted.statesOf(fact.traits.slice(1)) },
  counts: row,
  currency: String(row.case_currency),
  refund: Number(row.refund),
})
