import type { Segmentation } from '../../core/alert-rule.ts'
import { localDay } from '../../core/clock.ts'
import type { TenantId } from '../../core/tenant.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { day, ident, join, type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'
import { type Counted, countBehaviour } from '../anomalies/behaviour.ts'
import type { BehaviourWatch, RowWatch, Watch } from './watch.ts'

/** Filters of a rule; an empty list is no filter. */
interface Where {
  category: readonly string[]
  merchant: readonly string[]
  city: readonly string[]
  channel: readonly string[]
}

export interface SeriesQuestion<W extends Watch = Watch> {
  tenant: TenantId
  watch: W
  /** Null for one series over everything. */
  by: Segmentation | null
  where: Where
  /** Epoch milliseconds: steps that begin at `from` or later, rows before `to`. */
  from: number
  to: number
  stepMs: number
  /** By how much local time is ahead of UTC: steps of a day begin at local midnight. */
  offsetMs: number
  /** Only these segments. */
  keys?: readonly string[]
}

/** One segment's counts, step by step in order of time; steps in which nothing happened are left out. */
export interface Counts {
  /** When each step begins, epoch milliseconds. */
  at: number[]
  n: number[]
  /** How many of the `n` count; the `n` themselves for a watch that only counts rows, the sum of the values for a mean. */
  plus: number[]
}

export interface Totals {
  n: number
  plus: number
}

const columns: Readonly<Record<Exclude<Segmentation, 'customer'>, string>> = {
  category: 'category',
  merchant: 'merchant_id',
  city: 'city',
  channel: 'channel',
  product: 'product_id',
  aspect: 'aspect',
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const ZONE_SLACK_MS = 2 * DAY_MS

/**
 * The series of all segments of a dimension, in one question. Rows are counted as they lie in the tables, which hold nothing twice
 * (events, voices) or are read as their latest version (orders); a row that came late counts in the step in which it happened.
 */
export async function askSeries(analytics: Analytics, question: SeriesQuestion): Promise<Map<string, Counts>> {
  if (isBehaviour(question)) return askBehaviour(analytics, question)
  if (!isRows(question)) return new Map()
  const step = sql`toInt64(intDiv(${question.watch.at} + ${question.offsetMs}, ${question.stepMs}))`
  const rows = await analytics.query<{ key: string; steps: number[]; ns: number[]; ps: number[] }>(sql`
    SELECT key, groupArray(step) AS steps, groupArray(c) AS ns, groupArray(p) AS ps
    FROM (
      SELECT ${keyOf(question.by)} AS key, ${step} AS step, count() AS c, ${plusOf(question.watch)} AS p
      FROM ${source(question)}
      WHERE ${conditions(question)}
      GROUP BY key, step ORDER BY step
    )
    GROUP BY key`)
  const { stepMs, offsetMs } = question
  return new Map(rows.map((row) => [row.key, inOrder(row, stepMs, offsetMs)]))
}

/** How many rows each segment has in the period: changes as soon as a row of it comes late or is taken back. */
export async function askTotals(analytics: Analytics, question: SeriesQuestion): Promise<Map<string, Totals>> {
  if (isBehaviour(question)) return totalsOf(await askBehaviour(analytics, question))
  if (!isRows(question)) return new Map()
  const rows = await analytics.query<{ key: string; c: number; p: number }>(sql`
    SELECT ${keyOf(question.by)} AS key, count() AS c, ${plusOf(question.watch)} AS p
    FROM ${source(question)}
    WHERE ${conditions(question)}
    GROUP BY key`)
  return new Map(rows.map(({ key, c, p }) => [key, { n: c, plus: p }]))
}

/** First and last moment of a tenant's records: what is known of before and after is nothing. */
export async function askExtent(
  analytics: Analytics,
  tenant: TenantId,
  now: number,
): Promise<{ from: number; to: number } | null> {
  const ends = await Promise.all(
    (['voices', 'events', 'orders'] as const).map(async (table) => {
      const at = trusted(table === 'orders' ? 'ordered_at' : 'at')
      const [row] = await analytics.query<{ c: number; first: number; last: number }>(
        sql`SELECT count() AS c, min(${at}) AS first, max(${at}) AS last FROM ${trusted(table)} WHERE tenant = ${tenant} AND ${at} <= ${now}`,
      )
      return row!
    }),
  )
  const some = ends.filter((one) => one.c > 0)
  if (some.length === 0) return null
  return { from: Math.min(...some.map((one) => one.first)), to: Math.max(...some.map((one) => one.last)) }
}

const isBehaviour = (question: SeriesQuestion): question is SeriesQuestion<BehaviourWatch> =>
  'behaviour' in question.watch
const isRows = (question: SeriesQuestion): question is SeriesQuestion<RowWatch> => 'table' in question.watch

/** The column that a behaviour is cut by; undefined where it cannot be. */
export const behaviourColumn = (by: Segmentation | null): 'merchant_id' | 'category' | 'city' | null | undefined =>
  by === null || by === 'category' || by === 'city' ? by : by === 'merchant' ? 'merchant_id' : undefined

/** A behaviour's own question counts by the hour at most; hours are folded into the steps that are asked for. */
async function askBehaviour(
  analytics: Analytics,
  { tenant, watch, by, from, to, stepMs, offsetMs, keys }: SeriesQuestion<BehaviourWatch>,
): Promise<Map<string, Counts>> {
  const column = behaviourColumn(by)
  if (column === undefined) return new Map()
  const asked = { tenant, from, to, stepMs: Math.min(stepMs, HOUR_MS), by: column }
  const rows = await analytics.query<Counted>(countBehaviour(watch.behaviour, asked))
  const wanted = keys && new Set(keys)
  const found = new Map<string, Counts>()
  for (const { segment, at: counted, hits, trials } of rows) {
    const at = Number(counted)
    if ((by !== null && segment === '') || (wanted && !wanted.has(segment))) continue
    const counts = found.get(segment) ?? { at: [], n: [], plus: [] }
    found.set(segment, counts)
    const step = stepStart(at, stepMs, offsetMs)
    if (counts.at.at(-1) !== step) {
      counts.at.push(step)
      counts.n.push(0)
      counts.plus.push(0)
    }
    counts.n[counts.n.length - 1]! += Number(trials)
    counts.plus[counts.plus.length - 1]! += Number(hits)
  }
  return found
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0)

const totalsOf = (series: ReadonlyMap<string, Counts>): Map<string, Totals> =>
  new Map([...series].map(([key, { n, plus }]) => [key, { n: sum(n), plus: sum(plus) }]))

function plusOf({ plus, value }: RowWatch): Sql {
  if (value) return sql`sum(${value})`
  return plus ? sql`countIf(${plus})` : sql`count()`
}

/** A customer is new as long as the first order is not older than a day: the order that is being paid does not make one known. */
function keyOf(by: Segmentation | null): Sql {
  if (by === null) return sql`''`
  if (by === 'customer') return sql`if(first = 0 OR first > at - ${DAY_MS}, 'new', 'known')`
  return sql`toString(${ident(columns[by])})`
}

export function source({ watch, by, tenant, from, to }: SeriesQuestion<RowWatch>): Sql {
  const table = watch.from?.({ tenant, from, to }) ?? trusted(watch.table === 'orders' ? 'orders FINAL' : watch.table)
  if (by !== 'customer') return table
  return sql`${table} GLOBAL ANY LEFT JOIN (
    SELECT customer_ref, min(ordered_at) AS first FROM orders
    WHERE tenant = ${tenant} AND customer_ref != '' GROUP BY customer_ref
  ) AS begun USING (customer_ref)`
}

export function conditions({ tenant, watch, by, where, from, to, keys }: SeriesQuestion<RowWatch>): Sql {
  const parts = [sql`tenant = ${tenant}`, sql`(${watch.rows})`, sql`${watch.at} >= ${from}`, sql`${watch.at} < ${to}`]
  if (watch.table === 'orders') parts.push(sql`removed = 0`)
  else {
    parts.push(sql`day >= ${day(localDay(from - ZONE_SLACK_MS, 'UTC'))}`)
    parts.push(sql`day <= ${day(localDay(to + ZONE_SLACK_MS, 'UTC'))}`)
  }
  for (const name of ['category', 'merchant', 'city', 'channel'] as const)
    if (where[name].length > 0) parts.push(sql`${ident(columns[name])} IN ${where[name]}`)
  if (by === 'customer') parts.push(sql`customer_ref != ''`)
  else if (by !== null) parts.push(sql`${ident(columns[by])} != ''`)
  if (keys) parts.push(sql`${keyOf(by)} IN ${keys}`)
  return join(parts, sql` AND `)
}

function inOrder(row: { steps: number[]; ns: number[]; ps: number[] }, stepMs: number, offsetMs: number): Counts {
  const order = row.steps.map((_, place) => place).sort((one, other) => row.steps[one]! - row.steps[other]!)
  return {
    at: order.map((place) => row.steps[place]! * stepMs - offsetMs),
    n: order.map((place) => row.ns[place]!),
    plus: order.map((place) => row.ps[place]!),
  }
}

/** The beginning of the step that holds a moment. */
export const stepStart = (at: number, stepMs: number, offsetMs: number): number =>
  Math.floor((at + offsetMs) / stepMs) * stepMs - offsetMs
