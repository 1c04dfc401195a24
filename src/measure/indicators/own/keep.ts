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
}

/** A tenant's own indicators, oldest first. What an older release kept and this one cannot read is left out. */
export async function keptIndicators(db: Kysely<Database>, tenant: TenantId): Promise<KeptIndicator[]> {
  const rows = await db.selectFrom('indicators').selectAll().where('tenant', '=', tenant).orderBy('id').execute()
  return rows.flatMap(({ id, definition }) => {
    const parsed = ownDefinition.safeParse(definition)
    return parsed.success ? [{ id, definition: parsed.data }] : []
  })
}

/** A tenant's own indicators, ready to measure. */
export const ownIndicators = async (db: Kysely<Database>, tenant: TenantId): Promise<Indicator[]> =>
  (await keptIndicators(db, tenant)).map(({ id, definition }) => compileOwn(id, definition))

/** A built-in indicator, or one of the tenant's own. */
export const findAnyIndicator = async (
  db: Kysely<Database>,
  tenant: TenantId,
  id: string,
): Promise<Indicator | undefined> => findIndicator(id) ?? (await ownIndicators(db, tenant)).find((one) => one.id === id)

/** Keeps an indicator under its id. False where the tenant has too many. */
export async function keepIndicator(
  db: Kysely<Database>,
  tenant: TenantId,
  { id, definition, actor, now }: KeptIndicator & { actor: string; now: number },
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

/** Whether there was one to forget. */
export async function forgetIndicator(db: Kysely<Database>, tenant: TenantId, id: string): Promise<boolean> {
  const [row] = await db.deleteFrom('indicators').where('tenant', '=', tenant).where('id', '=', id).execute()
  return (row?.numDeletedRows ?? 0n) > 0n
}
