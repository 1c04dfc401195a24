import type { Kysely } from 'kysely'
import type { TenantId } from '../../core/tenant.ts'
import type { Database } from '../../store/postgres/tables.ts'
import { dimensionsOf } from '../indicators/cases.ts'
import type { Dimension, Indicator } from '../indicators/define.ts'
import { needsOf } from '../indicators/needs.ts'
import { ownIndicators } from '../indicators/own/keep.ts'
import type { Kpi, Module } from './define.ts'
import { modules } from './list.ts'

/** So many indicators of its own a tenant may lay into a module. */
export const MOST_ADDED = 12

/** By what such a figure is divided, as far as it can be. */
const divided: readonly Dimension[] = ['merchant', 'category', 'city', 'product', 'channel', 'tier']

/** Every module with the indicators that the tenant laid into it; those that were retired or forgotten are left out. */
export async function modulesOf(db: Kysely<Database>, tenant: TenantId): Promise<Module[]> {
  const rows = await db
    .selectFrom('module_figures')
    .selectAll()
    .where('tenant', '=', tenant)
    .orderBy('added_at')
    .orderBy('indicator')
    .execute()
  if (rows.length === 0) return [...modules]
  const own = new Map((await ownIndicators(db, tenant)).map((one) => [one.id, one]))
  return modules.map((module) => ({
    ...module,
    kpis: [
      ...module.kpis,
      ...rows.flatMap((row) => {
        const made = row.module === module.id ? own.get(row.indicator) : undefined
        return made ? [kpiOf(made)] : []
      }),
    ],
  }))
}

export const moduleOf = async (db: Kysely<Database>, tenant: TenantId, id: string): Promise<Module | undefined> =>
  (await modulesOf(db, tenant)).find((module) => module.id === id)

const kpiOf = (own: Indicator): Kpi => ({
  id: own.id,
  own,
  by: dimensionsOf(own, divided),
  send: needsOf(own.id),
})

/** Lays an indicator into a module, or takes it out. */
export async function layInto(
  db: Kysely<Database>,
  tenant: TenantId,
  { module, indicator, shown, now }: { module: string; indicator: string; shown: boolean; now: number },
): Promise<void> {
  if (shown)
    await db
      .insertInto('module_figures')
      .values({ tenant, module, indicator, added_at: new Date(now) })
      .onConflict((conflict) => conflict.columns(['tenant', 'module', 'indicator']).doNothing())
      .execute()
  else
    await db
      .deleteFrom('module_figures')
      .where('tenant', '=', tenant)
      .where('module', '=', module)
      .where('indicator', '=', indicator)
      .execute()
}
