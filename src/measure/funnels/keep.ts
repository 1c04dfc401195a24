import type { Kysely } from 'kysely'
import type { TenantId } from '../../core/tenant.ts'
import type { Database } from '../../store/postgres/tables.ts'
import { type Funnel, funnelDefinition } from './definition.ts'
import type { KeptFunnel } from './presets.ts'

/** How many funnels a tenant may keep. */
export const MOST_KEPT = 100

/** A tenant's own funnels, by name. */
export async function keptFunnels(db: Kysely<Database>, tenant: TenantId): Promise<KeptFunnel[]> {
  const rows = await db.selectFrom('funnels').selectAll().where('tenant', '=', tenant).orderBy('name').execute()
  return rows.flatMap(({ id, name, definition }) => {
    const parsed = funnelDefinition.safeParse(definition)
    return parsed.success ? [{ id, zh: name, en: name, funnel: parsed.data, own: true }] : []
  })
}

/** Keeps a funnel under its name; the same name again replaces what it stood for. Null where the tenant keeps too many. */
export async function keepFunnel(
  db: Kysely<Database>,
  tenant: TenantId,
  kept: { id: string; name: string; funnel: Funnel; actor: string; now: number },
): Promise<KeptFunnel | null> {
  const { name, funnel, actor, now } = kept
  const own = await keptFunnels(db, tenant)
  const id = own.find(({ zh }) => zh === name)?.id ?? kept.id
  if (own.length >= MOST_KEPT && id === kept.id) return null
  const value = { definition: JSON.stringify(funnel), changed_by: actor, changed_at: new Date(now) }
  await db
    .insertInto('funnels')
    .values({ tenant, id, name, ...value })
    .onConflict((conflict) => conflict.columns(['tenant', 'id']).doUpdateSet(value))
    .execute()
  return { id, zh: name, en: name, funnel, own: true }
}

/** Whether there was one to forget. */
export async function forgetFunnel(db: Kysely<Database>, tenant: TenantId, id: string): Promise<boolean> {
  const [row] = await db.deleteFrom('funnels').where('tenant', '=', tenant).where('id', '=', id).execute()
  return (row?.numDeletedRows ?? 0n) > 0n
}
