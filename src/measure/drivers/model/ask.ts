import type { TenantId } from '../../../core/tenant.ts'
import type { Analytics } from '../../../store/clickhouse/analytics.ts'
import { join, type Sql, sql, trusted } from '../../../store/clickhouse/sql.ts'
import { within } from '../../slice.ts'
import type { Candidate } from '../candidate.ts'
import { type CaseQuestion, cohort, complaints, orderMoments, statesOf, told, voiceMoments } from '../cases.ts'
import { operations } from '../operations.ts'
import type { OrderOutcomeId } from '../order-outcomes.ts'
import type { Counts, Outcome } from '../outcomes.ts'
import { type FactTrait, findFacts, orderTraits, traitOf } from '../traits.ts'

/** One order line or one rated voice, with all that a model may know of it. */
export interface Case {
  /** Cases of one customer are in one of `GROUPS` groups. */
  group: number
  category: string
  product: string
  merchant: string
  week: string
  tier: string
  /** Price of one piece, in minor units; null for voices. */
  price: number | null
  /** Whether its words, if any, could be read. */
  read: boolean
  /** Complaints as `complaintKey` makes them. */
  said: ReadonlySet<string>
  /** The state of each fact of the operation (see `operations.ts`) and of each trait that was asked for, by `stateKey`. */
  states: Readonly<Record<string, number>>
  counts: Counts
  currency: string
  refund: number
}

export interface Cases {
  cases: Case[]
  /** How many there are; more than `cases` holds where only a part was taken. */
  population: number
}

/** Cases are told apart by customer into this many groups, which a bootstrap draws. */
const GROUPS = 60

/** More than these are not looked at one by one: a part is taken, by a hash of the order or voice. */
const MOST = 100_000

export const complaintKey = (aspect: string, scene: string): string => `${aspect}\t${scene}`

/** Where a case keeps the state of a fact of the operation, or of a value of a trait. */
export const stateKey = ({ factor, value }: Pick<Candidate, 'factor' | 'value'>): string =>
  value === undefined ? factor : `${factor} ${value}`

/** Being new, which complaints of new customers ask for. */
export const newcomer = { factor: 'customer', value: 'new' } as const

/** What a model wants to know of orders beside the facts of the operation: values of traits. */
interface Wanted {
  traits: Sql[]
  statesOf(values: readonly string[]): Record<string, number>
}

function wantedOf(candidates: readonly Candidate[], facts: readonly FactTrait[], tenant: TenantId): Wanted {
  const needsNew = candidates.some(({ factor, value }) => factor === 'aspect' && value !== undefined)
  const all = [...candidates.filter(({ factor }) => factor !== 'aspect'), ...(needsNew ? [newcomer] : [])]
  const known = orderTraits(facts, tenant)
  const wanted = all.flatMap((candidate) => {
    const trait = traitOf(candidate, facts)
    return trait ? [{ key: stateKey(candidate), ...trait }] : []
  })
  const traits = known.filter(({ trait }) => wanted.some((one) => one.trait === trait))
  const placeOf = (trait: string) => traits.findIndex((one) => one.trait === trait)
  return {
    traits: traits.map(({ value }) => value),
    statesOf: (values) =>
      Object.fromEntries(wanted.map(({ key, trait, state }) => [key, state(values[placeOf(trait)] ?? '')])),
  }
}

/** The values as one column; an array of nothing has no type. */
const valuesIn = (traits: readonly Sql[]): Sql => sql`[${join([sql`''`, ...traits])}]`

const bucket = (customer: string, otherwise: string): Sql =>
  sql`toUInt8(cityHash64(if(${trusted(customer)} = '', ${trusted(otherwise)}, ${trusted(customer)})) % ${GROUPS})`

const taken = (column: string, one: number): Sql =>
  one === 1 ? sql`1` : sql`intDiv(cityHash64(${trusted(column)}), 1000) % ${one} = 0`

const ids = trusted(operations.map(({ id }) => id).join(', '))

/** The cases of an outcome over the slice's own period, with what the candidates ask of them. */
export async function askCases(
  analytics: Analytics,
  outcome: Outcome,
  question: CaseQuestion,
  candidates: readonly Candidate[],
): Promise<Cases> {
  const facts = candidates.some(({ factor }) => factor === 'fact') ? await findFacts(analytics, question.slice) : []
  const wanted = wantedOf(candidates, facts, question.slice.tenant)
  return outcome.cases === 'orders'
    ? orderCases(analytics, outcome.id as OrderOutcomeId, question, wanted)
    : voiceCases(analytics, outcome.cases, question, wanted)
}

type Row = Counts & Record<string, string | number> & { traits: string[] }

async function orderCases(
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
    analytics.query<Row>(sql`
      SELECT order_id, line, case_product, case_category, case_currency, ${ids}, ${orderMoments}
      FROM (${lines}) WHERE ${taken('order_id', one)}
      GROUP BY order_id, line, case_product, case_category, case_currency, ${ids}`),
    analytics.query<Row>(sql`
      SELECT order_id, line, merchant_id, ${bucket('customer_ref', 'order_id')} AS bucket, toString(toMonday(ordered_day)) AS week,
        amount_minor / greatest(quantity, 1) AS price, visitParamExtractString(facts, 'member_level') AS tier,
        ${valuesIn(wanted.traits)} AS traits
      FROM orders FINAL WHERE ${within(question.slice, 'orders')} AND ${taken('order_id', one)}`),
    analytics.query<{ order_id: string; line: number; keys: string[] }>(sql`
      SELECT order_id, line, groupUniqArray(concat(pair.1, '\t', pair.2)) AS keys
      FROM (${complaints(question)}) AS said
      GLOBAL ALL INNER JOIN (SELECT * FROM (${lines}) WHERE ${taken('order_id', one)}) AS lines USING (order_id)
      WHERE (said_product = '' OR said_product = case_product) AND said_at < ${until}
      GROUP BY order_id, line`),
  ])
  const key = (row: Record<string, unknown>) => `${String(row.order_id)}\t${String(row.line)}`
  const factsOf = new Map(facts.map((row) => [key(row), row]))
  const saidOf = new Map(said.map((row) => [key(row), new Set(row.keys)]))
  const cases = rows.flatMap((row): Case[] => {
    const fact = factsOf.get(key(row))
    if (!fact) return []
    return [
      {
        group: Number(fact.bucket),
        category: String(row.case_category),
        product: String(row.case_product),
        merchant: String(fact.merchant_id),
        week: String(fact.week),
        tier: String(fact.tier),
        price: Number(fact.price),
        read: true,
        said: saidOf.get(key(row)) ?? nothing,
        states: { ...statesIn(row), ...wanted.statesOf(fact.traits.slice(1)) },
        counts: row,
        currency: String(row.case_currency),
        refund: Number(row.refund),
      },
    ]
  })
  return { cases, population }
}

const nothing: ReadonlySet<string> = new Set()

const statesIn = (row: Row | undefined) => Object.fromEntries(operations.map(({ id }) => [id, Number(row?.[id] ?? 0)]))

async function voiceCases(
  analytics: Analytics,
  metric: string,
  question: CaseQuestion,
  wanted: Wanted,
): Promise<Cases> {
  const { slice } = question
  const rated = sql`${within(slice, 'voices')} AND speaker = 'customer' AND rating IS NOT NULL AND metric = ${metric}`
  const [{ n: population } = { n: 0 }] = await analytics.query<{ n: number }>(
    sql`SELECT count() AS n FROM voices WHERE ${rated}`,
  )
  const one = Math.max(1, Math.ceil(population / MOST))
  const states = operations.map(({ id, state }) => sql`max(${state(question, slice.tenant)}) AS ${trusted(id)}`)
  const [rows, said, went] = await Promise.all([
    analytics.query<Row>(sql`
      SELECT case_id, case_order, case_category, case_product, case_merchant, week, bucket, tier, is_read, ${voiceMoments}
      FROM (
        SELECT id AS case_id, order_id AS case_order, category AS case_category, product_id AS case_product,
          merchant_id AS case_merchant, toString(toMonday(day)) AS week, ${bucket('customer_ref', 'id')} AS bucket,
          visitParamExtractString(facts, 'member_level') AS tier, read AS is_read,
          assumeNotNull((rating - rating_min) / (rating_max - rating_min)) AS r
        FROM voices WHERE ${rated} AND ${taken('id', one)}
      )
      GROUP BY case_id, case_order, case_category, case_product, case_merchant, week, bucket, tier, is_read`),
    analytics.query<{ voice_id: string; keys: string[] }>(sql`
      SELECT voice_id, groupUniqArray(concat(pair.1, '\t', pair.2)) AS keys
      FROM (
        SELECT voice_id, ${told(question)} AS pair FROM mentions
        WHERE ${within(slice, 'mentions')} AND polarity = 'negative' AND rating01 IS NOT NULL AND metric = ${metric}
          AND ${taken('voice_id', one)}
      )
      GROUP BY voice_id`),
    analytics.query<Row>(sql`
      SELECT order_id, ${join(states)}, ${valuesIn(wanted.traits.map((value) => sql`max(${value})`))} AS traits FROM orders FINAL
      WHERE tenant = ${slice.tenant} AND removed = 0
        AND order_id GLOBAL IN (SELECT order_id FROM voices WHERE ${rated} AND order_id != '')
      GROUP BY order_id`),
  ])
  const saidOf = new Map(said.map((row) => [row.voice_id, new Set(row.keys)]))
  const wentOf = new Map(went.map((row) => [String(row.order_id), row]))
  const cases = rows.map((row): Case => {
    const order = wentOf.get(String(row.case_order))
    return {
      group: Number(row.bucket),
      category: String(row.case_category),
      product: String(row.case_product),
      merchant: String(row.case_merchant),
      week: String(row.week),
      tier: String(row.tier),
      price: null,
      read: row.is_read === 1,
      said: saidOf.get(String(row.case_id)) ?? nothing,
      states: { ...statesIn(order), ...wanted.statesOf(order?.traits.slice(1) ?? []) },
      counts: row,
      currency: '',
      refund: 0,
    }
  })
  return { cases, population }
}
