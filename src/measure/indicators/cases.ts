import { addDays } from '../../core/clock.ts'
import { promotionOn } from '../../core/promotions.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import type { TenantId } from '../../core/tenant.ts'
import { day as dayLiteral, join, type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'
import { filtered, type Slice, wholeSlice, within } from '../slice.ts'
import { firstOrders, tierOf } from '../standing.ts'
import { columnsIn } from './columns.ts'
import type { Asking, Counting, Dimension, Indicator } from './define.ts'

/**
 * The cases of an indicator as a sub-select with up, down, v, and those columns (`columns.ts`) that `naming`, the pieces of the question
 * around it, name.
 */
export function casesOf(counting: Counting, slice: Slice, asking: Asking, ...naming: readonly Sql[]): Sql {
  const asked = { ...asking, tenant: slice.tenant }
  const up = counting.plus?.(asked) ?? sql`0`
  const down = counting.minus?.(asked) ?? sql`0`
  const value = counting.value?.(asked) ?? sql`0`
  const told = sql`(${up}) AS up, (${down}) AS down, toFloat64(${value}) AS v`
  const rows = sql`(${counting.rows(asked)})`
  const condition = within(slice, counting.table)
  if (counting.cases) {
    const columns = columnsIn(rows, up, down, value, condition, ...naming)
    return sql`SELECT *, ${told} FROM (${counting.cases(slice, asked, columns)}) WHERE ${rows}`
  }
  if (counting.daily) {
    const days = within(wholeSlice(slice.tenant, slice.from, slice.to), counting.table)
    const columns = columnsIn(rows, up, down, value, condition, ...naming)
    return sql`SELECT *, ${told} FROM (${counting.daily(days, columns)}) WHERE ${filtered(slice)} AND ${rows}`
  }
  const { columns, from } = tableOf[counting.table]
  return sql`SELECT ${columns}, ${told} FROM ${from} WHERE ${condition} AND ${rows}`
}

const shared = 'order_id, product_id, merchant_id, category, city, channel, customer_ref'

const tableOf: Record<Counting['table'], { columns: Sql; from: Sql }> = {
  voices: {
    columns: trusted(
      `day, at, id, substringUTF8(text, 1, 400) AS said, ${shared}, kind, facts, '' AS aspect, '' AS scene`,
    ),
    from: sql`voices`,
  },
  mentions: {
    columns: trusted(`day, at, voice_id AS id, quote AS said, ${shared}, kind, '' AS facts, aspect, scene`),
    from: sql`mentions`,
  },
  events: {
    columns: trusted(`day, at, id, name AS said, ${shared}, '' AS kind, props AS facts, '' AS aspect, '' AS scene`),
    from: sql`events`,
  },
  orders: {
    columns: trusted(
      `ordered_day AS day, ordered_at AS at, order_id AS id, concat(product_id, ' ', toString(line + 1)) AS said, ${shared}, '' AS kind, facts, '' AS aspect, '' AS scene`,
    ),
    from: sql`orders FINAL`,
  },
}

/** The columns of a table's cases. */
export const caseColumns = (table: Counting['table']): Sql => tableOf[table].columns

/** The counting that a dimension asks for: aspects and scenes are told of mentions. */
export function countingFor(indicator: Indicator, by: Dimension): Result<Counting> {
  const counting = by === 'aspect' || by === 'scene' ? indicator.byMention : indicator.counting
  const kindless = by === 'kind' && counting?.table !== 'voices' && counting?.table !== 'mentions'
  if (counting && !kindless) return ok(counting)
  return fail({
    code: 'no-such-dimension',
    message: `${indicator.id} cannot be divided by ${by}`,
    remedy: 'Ask for another dimension, such as category or product.',
    where: 'dimension',
  })
}

/** The dimensions along which an indicator can be divided. */
export const dimensionsOf = (indicator: Indicator, all: readonly Dimension[]): Dimension[] =>
  all.filter((by) => countingFor(indicator, by).ok)

/** The key of a case along a dimension, as text; '' where the case does not have it. */
export function keyOf(by: Dimension, slice: Slice, asking: Asking): Sql {
  const moment = sql`toDateTime(intDiv(at, 1000))`
  switch (by) {
    case 'week':
      return sql`toString(toMonday(day))`
    case 'month':
      return sql`toString(toStartOfMonth(day))`
    case 'weekday':
      return sql`toString(toDayOfWeek(day))`
    case 'hour':
      return sql`toString(toHour(${moment}, ${asking.zone ?? 'Asia/Shanghai'}))`
    case 'promotion':
      return promotionKey(slice, asking)
    case 'customer':
      return standingOf(slice.tenant)
    case 'tier':
      return tierOf
    default:
      return trusted(`toString(${columns[by]})`)
  }
}

/** Whether the customer of an order was new with it: `new`, `known`, '' where there is no order or nobody knows whose it was. */
export const standingOf = (tenant: TenantId): Sql =>
  sql`multiIf(order_id = '' OR customer_ref = '', '', order_id GLOBAL IN (SELECT first_order FROM (${firstOrders(tenant)}) WHERE came_before = 0), 'new', 'known')`

const columns = {
  category: 'category',
  merchant: 'merchant_id',
  product: 'product_id',
  city: 'city',
  kind: 'kind',
  channel: 'channel',
  aspect: 'aspect',
  scene: 'scene',
} as const satisfies Partial<Record<Dimension, string>>

/** The promotion of a case's day; `none` on other days. */
function promotionKey({ from, to }: Slice, { promotions }: Asking): Sql {
  const named = new Map<string, Sql[]>()
  for (let each = from; each <= to; each = addDays(each, 1)) {
    const name = promotionOn(each, promotions)
    if (name) named.set(name, [...(named.get(name) ?? []), dayLiteral(each)])
  }
  const branches = [...named].map(([name, days]) => sql`day IN ${days}, ${name}`)
  return branches.length === 0 ? sql`'none'` : sql`multiIf(${join(branches)}, 'none')`
}
