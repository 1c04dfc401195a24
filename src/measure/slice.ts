import { addDays } from '../core/clock.ts'
import type { TenantId } from '../core/tenant.ts'
import { day, ident, join, type Sql, sql, trusted } from '../store/clickhouse/sql.ts'

/** What every figure is asked for: one tenant, local days with both ends included, and filters; an empty filter is no filter. */
export interface Slice {
  tenant: TenantId
  from: string
  to: string
  category: readonly string[]
  merchant: readonly string[]
  product: readonly string[]
  city: readonly string[]
}

export type Sliced = 'voices' | 'mentions' | 'events' | 'orders'

const columns = { category: 'category', merchant: 'merchant_id', product: 'product_id', city: 'city' } as const

/** A slice without filters. */
export function wholeSlice(tenant: TenantId, from: string, to: string): Slice {
  return { tenant, from, to, category: [], merchant: [], product: [], city: [] }
}

/**
 * The slice as a condition on a table. Orders are cut by the day on which they were placed, and lines that a later record took away
 * are left out; read them as `orders FINAL`. `alias` is the table's name in a join.
 */
export function within(slice: Slice, table: Sliced, alias?: string): Sql {
  const column = (name: string): Sql => (alias ? trusted(`${alias}.${ident(name).text}`) : ident(name))
  const dayColumn = column(table === 'orders' ? 'ordered_day' : 'day')
  const conditions = [
    sql`${column('tenant')} = ${slice.tenant}`,
    sql`${dayColumn} >= ${day(slice.from)}`,
    sql`${dayColumn} <= ${day(slice.to)}`,
  ]
  conditions.push(...filtersOf(slice, column))
  if (table === 'orders') conditions.push(sql`${column('removed')} = 0`)
  return join(conditions, sql` AND `)
}

function filtersOf(slice: Slice, column: (name: string) => Sql): Sql[] {
  return Object.entries(columns).flatMap(([filter, name]) => {
    const wanted = slice[filter as keyof typeof columns]
    return wanted.length > 0 ? [sql`${column(name)} IN ${wanted}`] : []
  })
}

/** The filters of the slice alone, without its days. */
export function filtered(slice: Slice): Sql {
  const conditions = filtersOf(slice, ident)
  return conditions.length > 0 ? join(conditions, sql` AND `) : sql`1`
}

/** How many days the slice holds. */
export function lengthInDays(slice: Pick<Slice, 'from' | 'to'>): number {
  return Math.round((Date.parse(slice.to) - Date.parse(slice.from)) / 86_400_000) + 1
}

/** The period of the same length that ends the day before the slice begins. */
export function previousSlice(slice: Slice): Slice {
  const length = lengthInDays(slice)
  return { ...slice, from: addDays(slice.from, -length), to: addDays(slice.from, -1) }
}

/** The slice and the period before it as one. */
export const withBefore = (slice: Slice): Slice => ({ ...slice, from: previousSlice(slice).from })

/** The Monday of a day's week. */
export function mondayOf(localDay: string): string {
  const weekday = new Date(`${localDay}T00:00:00Z`).getUTCDay()
  return addDays(localDay, -((weekday + 6) % 7))
}

/** A period around all of several, of one tenant and without filters. */
export function around(slices: readonly Slice[]): Slice {
  const ends = slices.map(({ to }) => to).sort()
  return wholeSlice(slices[0]!.tenant, slices.map(({ from }) => from).sort()[0]!, ends.at(-1)!)
}
