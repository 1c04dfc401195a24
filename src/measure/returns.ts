import { type Sql, sql, trusted } from '../store/clickhouse/sql.ts'
import type { Asking } from './indicators/define.ts'

const DAY_MS = 86_400_000

const column = (alias: string | undefined, name: string): Sql => trusted(alias ? `${alias}.${name}` : name)

/** An order line of which it is known whether it came back: delivered, and its return window closed at the time of asking. */
export function windowClosed({ asOf, returnWindowDays }: Asking, alias?: string): Sql {
  const delivered = column(alias, 'delivered_at')
  return sql`${delivered} IS NOT NULL AND ${delivered} <= ${asOf - returnWindowDays * DAY_MS}`
}

/** Delivered, but the window is still open: left out, and counted as left out. */
export function windowOpen({ asOf, returnWindowDays }: Asking, alias?: string): Sql {
  const delivered = column(alias, 'delivered_at')
  return sql`${delivered} IS NOT NULL AND ${delivered} > ${asOf - returnWindowDays * DAY_MS}`
}

/** Came back within its window. Never NULL, so it can be counted and negated. */
export function cameBack({ returnWindowDays }: Asking, alias?: string): Sql {
  const returned = column(alias, 'returned_at')
  return sql`ifNull(${returned} <= ${column(alias, 'delivered_at')} + ${returnWindowDays * DAY_MS}, 0)`
}
