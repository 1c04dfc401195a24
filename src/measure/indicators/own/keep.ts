import type { Kysely } from 'kysely'
import type { TenantId } from '../../../core/tenant.ts'
import type { Database } from '../../../store/postgres/tables.ts'
import type { Indicator } from '../define.ts'
import { findIndicator } from '../list.ts'
import { compileOwn } from './compile.ts'
import { type OwnDefinition, ownDefinition } from './definition.ts'

/** How many indicators a tenant may put together. */
export const MOST_OWN = 100

export interface KeptIndicator {
  id: string
  definition: OwnDefinition
  changedBy: string
  changedAt: number
  /** Since when it is listed no more; null while it is. */
  retiredAt: number | null
}

/** A tenant's own indicators, oldest first. What an older release kept and this one cannot read is left out. */
export async function keptIndicators(db: Kysely<Database>, tenant: TenantId): Promise<KeptIndicator[]> {
  const rows = await db.selectFrom('indicators').selectAll().where('tenant', '=', tenant).orderBy('id').execute()
  return rows.flatMap(({ id, definition, ...row }) => {
    const parsed = ownDefinition.safeParse(definition)
    if (!parsed.success) return []
    const retiredAt = row.retired_at?.getTime() ?? null
    return [{ id, definition: parsed.data, changedBy: row.changed_by, changedAt: row.changed_at.getTime(), retiredAt }]
  })
}

/** A tenant's own indicators that are not retired, ready to measure. */
export const ownIndicators = async (db: Kysely<Database>, tenant: TenantId): Promise<Indicator[]> =>
  (await keptIndicators(db, tenant))
    .filter(({ retiredAt }) => retiredAt === null)
    .map(({ id, definition }) => compileOwn(id, definition))

/** A built-in indicator, or one of the tenant's own, retired ones among them. */
export async function findAnyIndicator(
  db: Kysely<Database>,
  tenant: TenantId,
  id: string,
): Promise<Indicator | undefined> {
  const own = async () => (await keptIndicators(db, tenant)).find((one) => one.id === id)
  const found = findIndicator(id) ?? (await own())
  return found && ('definition' in found ? compileOwn(id, found.definition) : found)
}

/** Keeps an indicator under its id. False where the tenant has too many. */
export async function keepIndicator(
  db: Kysely<Database>,
  tenant: TenantId,
  { id, definition, actor, now }: { id: string; definition: OwnDefinition; actor: string; now: number },
): Promise<boolean> {
  const own = await keptIndicators(db, tenant)
  if (own.length >= MOST_OWN && !own.some((one) => one.id === id)) return false
  const value = { definition: JSON.stringify(definition), changed_by: actor, changed_at: new Date(now) }
  await db
    .insertInto('indicators')
    .values({ tenant, id, ...value })
    .onConflict((conflict) => conflict.columns(['tenant', 'id']).doUpdateSet(value))
    .execute()
  return true
}

/** Retires an indicator, or takes it back into the list. Whether there was one. */
export async function retireIndicator(
  db: Kysely<Database>,
  tenant: TenantId,
  { id, retiredAt, actor, now }: { id: string; retiredAt: number | null; actor: string; now: number },
): Promise<boolean> {
  const [row] = await db
    .updateTable('indicators')
    .set({
      retired_at: retiredAt === null ? null : new Date(retiredAt),
      changed_by: actor,
      changed_at: new Date(now),
    })
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .execute()
  return (row?.numUpdatedRows ?? 0n) > 0n
}

/** Whether there was one to forget. */
export async function forgetIndicator(db: Kysely<Database>, tenant: TenantId, id: string): Promise<boolean> {
  const [row] = await db.deleteFrom('indicators').where('tenant', '=', tenant).where('id', '=', id).execute()
  return (row?.numDeletedRows ?? 0n) > 0n
}
