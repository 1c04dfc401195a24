import type { TenantId } from '../../core/tenant.ts'
import { type Sql, sql } from '../../store/clickhouse/sql.ts'
import { firstOrders } from '../standing.ts'

/**
 * Walks with `standing`: `known` where the customer's first order on record was placed before the walk began, or was itself recorded as not
 * the first; `new` for every other customer; '' where nobody is known.
 */
export function withStanding(walked: Sql, tenant: TenantId): Sql {
  const first = sql`SELECT customer_ref AS customer, first_at, came_before FROM (${firstOrders(tenant)})`
  return sql`
    SELECT unit, round, customer, told, depth, times,
      multiIf(customer = '', '', first_at > 0 AND (first_at < times[1] OR came_before = 1), 'known', 'new') AS standing
    FROM (${walked}) AS walked GLOBAL ANY LEFT JOIN (${first}) AS orders_before USING (customer)`
}
