import type { TenantId } from '../core/tenant.ts'
import { type Sql, sql } from '../store/clickhouse/sql.ts'

/**
 * Each customer's first order on record, one row each: `customer_ref`, `first_order`, `first_at`, and `came_before`, 1 where that order
 * itself says that it was not the first. A new customer is one whose first order this is, and who did not come before.
 */
export const firstOrders = (tenant: TenantId): Sql => sql`
  SELECT customer_ref, argMin(order_id, ordered_at) AS first_order, min(ordered_at) AS first_at,
    visitParamExtractRaw(argMin(facts, ordered_at), 'firstOrder') = 'false' AS came_before
  FROM orders FINAL WHERE tenant = ${tenant} AND removed = 0 AND customer_ref != '' GROUP BY customer_ref`

/** The member tier that a record's facts tell of; some sources call it the member level. '' where they tell none. */
export const tierOf: Sql = sql`if(visitParamExtractString(facts, 'tier') != '', visitParamExtractString(facts, 'tier'), visitParamExtractString(facts, 'member_level'))`
