import type { TenantId } from '../core/tenant.ts'
import type { Analytics } from '../store/clickhouse/analytics.ts'
import { type Sql, sql, trusted } from '../store/clickhouse/sql.ts'
import type { Asking } from './indicators/define.ts'

const DAY_MS = 86_400_000

const column = (alias: string | undefined, name: string): Sql => trusted(alias ? `${alias}.${name}` : name)

/** An order line of which it is known whether it came back: delivered, and its return window closed at the time of asking. */
export function windowClosed({ asOf, returnWindowDays }: Asking, alias?: string): Sql {
  const delivered = column(alias, 'delivered_at')
  return sql`${delivered} IS NOT NULL AND ${delivered} <= ${asOf - returnWindowDays * DAY_MS}`
}

/** A refund is on record within so many days after the return window at the latest. When money went back is not kept, only that it did. */
export const REFUND_DAYS = 7

/** An order line of which it is known whether money went back: its return window closed, and there was time to pay. */
export const refundKnown = (asking: Asking): Sql =>
  windowClosed({ ...asking, returnWindowDays: asking.returnWindowDays + REFUND_DAYS })

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

/** Whether a tenant's orders ever tell of a return. Where they never do, nobody returned anything that we know of: not a rate of nought. */
export async function recordsReturns(analytics: Analytics, tenant: TenantId): Promise<boolean> {
  const [row] = await analytics.query<{ n: number }>(
    sql`SELECT count() AS n FROM orders WHERE tenant = ${tenant} AND returned_at IS NOT NULL`,
  )
  return (row?.n ?? 0) > 0
}
