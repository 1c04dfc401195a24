import { uncommonMinorUnits } from '../core/money.ts'
import type { TenantId } from '../core/tenant.ts'
import { join, type Sql, sql } from '../store/clickhouse/sql.ts'

/** An amount in minor units as whole units of its own currency. */
export function inUnits(minor: Sql, currency: Sql): Sql {
  const branches = uncommonMinorUnits.map(({ units, currencies }) => sql`${currency} IN ${currencies}, ${units}`)
  return sql`${minor} / multiIf(${join([...branches, sql`100`])})`
}

/** The currency in which most of a tenant's order lines are: amounts of several currencies are never taken together. '' without orders. */
export const mainCurrency = (tenant: TenantId): Sql => sql`
  (SELECT argMax(currency_name, lines) FROM (
    SELECT toString(currency) AS currency_name, count() AS lines FROM orders WHERE tenant = ${tenant} GROUP BY currency_name ORDER BY currency_name
  ))`
