import { addDays } from '../../core/clock.ts'
import { day, join, type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'
import { type Slice, within } from '../slice.ts'
import { dimensionOf, fits } from './conditions.ts'
import { type Funnel, type FunnelDimension, MOST_STEPS, type Step } from './definition.ts'

/**
 * The walk of every session (or customer) through a funnel, as a question to the analytic store: one row each, with the moment at which
 * each step was reached.
 *
 * A walk begins at any moment that fits the first step; it goes on with the first later moment that fits the next step, and so on while
 * the window, counted from its beginning, is open. Of all the walks of one unit the deepest counts, of equally deep ones the earliest.
 * So the depth is that of `windowFunnel`; beyond it one learns when each step was reached, to the millisecond, and the answer never
 * depends on the order in which rows came: what happened within one millisecond is taken in the order of the steps. A row that came twice
 * changes nothing, since a step needs a moment of its own.
 */
export interface WalkQuestion {
  slice: Slice
  funnel: Funnel
  /** What to tell of each unit beside its walk: what stood in the first row that fits the step `at` (from 0). */
  tell?: { by: readonly FunnelDimension[]; at: number }
  /** Which rows are looked at, and to which group of its own each belongs (0 without): the live figures compare days. */
  rounds?: { of: Sql; only: Sql }
}

/** Above this many fitting rows a unit is a machine, not a person; it is left out. */
const MOST_ROWS = 2_000
const DAY_MINUTES = 1_440
/** Orders are found by the day on which they were placed; what became of them within the slice was placed so much earlier at most. */
const EARLIER_DAYS = 60
const SHIFT = 2 ** MOST_STEPS

/**
 * Columns: `unit`, `round`, `customer` ('' where nobody is known), `depth` (steps reached, 1 or more), `times` (one a step, epoch ms, 0
 * where it was not reached), `told` (one text for each of `tell.by`).
 */
export function walks(question: WalkQuestion): Sql {
  const { funnel } = question
  const reached = funnel.steps.map((_, i) => trusted(i === 0 ? 'b0' : `c${i}`))
  const depths = sql`arrayMap((${join(reached.map((_, i) => trusted(`p${i}`)))}) -> ${join(
    reached.map((_, i) => trusted(`(p${i} > 0)`)),
    sql` + `,
  )}, ${join(reached)})`
  const times = reached.map((moments) => sql`intDiv(${moments}[best], ${SHIFT})`)
  const chains = funnel.steps.slice(1).map((_, i) => chain(funnel, i + 1))
  const fitting = funnel.steps.map(
    (_, i) => sql`arrayFilter(x -> bitAnd(x, ${2 ** i}) != 0, moments) AS ${trusted(`b${i}`)}`,
  )
  return sql`
    SELECT unit, round, customer, told, arrayReduce('max', ${depths}) AS depth,
      indexOf(${depths}, depth) AS best, [${join(times)}] AS times
    FROM (
      SELECT unit, round, customer, told, b0, ${join(chains)}
      FROM (SELECT unit, round, customer, told, ${join(fitting)} FROM (${gathered(question)}))
    )`
}

/** For each beginning the moment at which step `i` was reached, or 0. */
function chain({ windowMinutes, order }: Funnel, i: number): Sql {
  const moments = trusted(`b${i}`)
  const before = trusted(i === 1 ? 'b0' : `c${i - 1}`)
  const least = trusted(order === 'in_order' ? 'p' : 's')
  const open = sql`x < (intDiv(s, ${SHIFT}) + ${windowMinutes * 60_000 + 1}) * ${SHIFT}`
  // ClickHouse 18.16 forgets a column that only a lambda asks for: where nothing fits, no moment is looked for.
  const begun = sql`if(empty(${moments}), arrayMap(s -> toInt64(0), b0), ${before})`
  return sql`arrayMap((s, p) -> if(p = 0, toInt64(0), arrayFirst(x -> x > ${least} AND ${open}, ${moments})), b0, ${begun}) AS ${trusted(`c${i}`)}`
}

/** All moments of each unit that fit any step, sorted; each holds which (`masked`). Units are told apart as in `visitor.ts`. */
function gathered(question: WalkQuestion): Sql {
  const { tell = { by: [], at: 0 } } = question
  const told = tell.by.map((_, i) => sql`argMinIf(${trusted(`d${i}`)}, moment, bitAnd(mask, ${2 ** tell.at}) != 0)`)
  return sql`
    SELECT any(who) AS unit, round, max(customer_ref) AS customer, ${told.length > 0 ? sql`[${join(told)}]` : trusted("['']")} AS told,
      arraySort(groupArray(moment)) AS moments
    FROM (${masked(question)}) GROUP BY cityHash64(who), round HAVING max(bitAnd(mask, 1)) = 1 AND count() <= ${MOST_ROWS}`
}

/** The rows that fit any step. Only what happened within the slice begins a walk; what follows may lie after it. */
function masked(question: WalkQuestion): Sql {
  const { slice, funnel, tell = { by: [] }, rounds } = question
  const bits = funnel.steps.map((step, i) =>
    i === 0
      ? sql`(${fits(step)} AND day >= ${day(slice.from)} AND day <= ${day(slice.to)})`
      : sql`${fits(step)} * ${2 ** i}`,
  )
  const dimensions = tell.by.map((by, i) => sql`${dimensionOf(by)} AS ${trusted(`d${i}`)}`)
  return sql`
    SELECT unit AS who, customer_ref, ${rounds ? sql`toInt32(${rounds.of})` : trusted('toInt32(0)')} AS round,
      toInt64(${join(bits, sql` + `)}) AS mask, at * ${SHIFT} + mask AS moment${dimensions.length > 0 ? sql`, ${join(dimensions)}` : sql``}
    FROM (${rowsOf(question)}) WHERE mask > 0${rounds ? sql` AND ${rounds.only}` : sql``}`
}

const shared = trusted('customer_ref, touchpoint, category, channel, city, merchant_id, product_id, source, props')

function rowsOf({ slice, funnel }: WalkQuestion): Sql {
  const following = { ...slice, to: addDays(slice.to, Math.ceil(funnel.windowMinutes / DAY_MINUTES)) }
  const unit = trusted(funnel.unit === 'session' ? 'session' : 'customer_ref')
  const events = sql`
    SELECT ${unit} AS unit, at, day, name, '' AS order_fact, ${shared} FROM events
    WHERE ${within(following, 'events')} AND unit != ''${namesOnly(funnel.steps)}`
  const facts = new Set(funnel.steps.flatMap((step) => ('order' in step ? [step.order] : [])))
  return join([events, ...[...facts].map((fact) => ordersOf(following, fact, funnel.unit))], sql` UNION ALL `)
}

/** Where every step names its events, nothing else need be read. */
function namesOnly(steps: readonly Step[]): Sql {
  const named = steps.flatMap((step) => ('order' in step ? [] : [step.events]))
  if (named.length === 0) return sql` AND 0`
  if (named.some((names) => names.length === 0)) return sql``
  return sql` AND name IN ${[...new Set(named.flat())]}`
}

/** The moment of each fact, and the local day where one is kept with it. */
const factColumns = {
  placed: { at: 'ordered_at', day: 'ordered_day' },
  delivered: { at: 'delivered_at', day: 'assumeNotNull(delivered_day)' },
  returned: { at: 'returned_at', day: "toDate(toDateTime(intDiv(at, 1000), 'UTC'))" },
  cancelled: { at: 'cancelled_at', day: "toDate(toDateTime(intDiv(at, 1000), 'UTC'))" },
} as const

/** What became of orders, as rows like events. A session's orders are those that its events name. */
function ordersOf(slice: Slice, fact: keyof typeof factColumns, unit: Funnel['unit']): Sql {
  const at = trusted(factColumns[fact].at)
  const earlier = addDays(slice.from, -EARLIER_DAYS)
  const orders = sql`
    SELECT order_id, customer_ref AS unit, assumeNotNull(${at}) AS at, ${trusted(factColumns[fact].day)} AS day, '' AS name,
      ${fact} AS order_fact, customer_ref, '' AS touchpoint, category, channel, city, merchant_id, product_id, source, '' AS props
    FROM orders FINAL WHERE ${within({ ...slice, from: earlier }, 'orders')} AND ${at} IS NOT NULL`
  const columns = sql`at, day, name, order_fact, ${shared}`
  if (unit === 'customer') return sql`SELECT unit, ${columns} FROM (${orders}) WHERE unit != ''`
  const sessions = sql`
    SELECT order_id, any(session) AS session_of FROM events
    WHERE ${within({ ...slice, from: earlier }, 'events')} AND order_id != '' AND session != '' GROUP BY order_id`
  return sql`SELECT session_of AS unit, ${columns} FROM (${orders}) AS facts GLOBAL ALL INNER JOIN (${sessions}) AS sessions USING (order_id)`
}
