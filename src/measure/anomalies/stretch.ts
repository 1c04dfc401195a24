import { addDays, localDay } from '../../core/clock.ts'
import type { TenantId } from '../../core/tenant.ts'
import { day, type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'

/** Which stretch of time is asked for, and by which dimension it is cut. */
export interface Stretch {
  tenant: TenantId
  /** Epoch milliseconds; `from` lies in, `to` does not. */
  from: number
  to: number
  by: 'merchant_id' | 'category' | 'city' | null
}

/** The days that a stretch of time, and so many milliseconds before it, can lie on in any zone: so that the table's order helps. */
export function onDays(column: 'day' | 'ordered_day', { from, to }: Pick<Stretch, 'from' | 'to'>, before = 0): Sql {
  const first = addDays(localDay(from - before, 'UTC'), -1)
  return sql`${trusted(column)} >= ${day(first)} AND ${trusted(column)} <= ${day(addDays(localDay(to, 'UTC'), 1))}`
}

export const between = (column: string, { from, to }: Pick<Stretch, 'from' | 'to'>): Sql =>
  sql`${trusted(column)} >= ${from} AND ${trusted(column)} < ${to}`
