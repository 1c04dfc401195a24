import type { Kysely } from 'kysely'
import type { TenantId } from '../../core/tenant.ts'
import type { Database } from '../../store/postgres/tables.ts'

export interface KeptRule<R extends object> {
  id: string
  body: R
  /** Steps before it were never this rule's; null for all there are. */
  judgedFrom: number | null
  snoozedUntil: number | null
  gone: boolean
  changedBy: string
  changedAt: number
}

/** What a tenant added, or made of the built-in rules. */
export async function listKeptRules<R extends object>(db: Kysely<Database>, tenant: TenantId): Promise<KeptRule<R>[]> {
  const rows = await db.selectFrom('alert_rules').selectAll().where('tenant', '=', tenant).orderBy('id').execute()
  return rows.map((row) => ({
    id: row.id,
    body: row.body as R,
    judgedFrom: row.judged_from?.getTime() ?? null,
    snoozedUntil: row.snoozed_until?.getTime() ?? null,
    gone: row.gone,
    changedBy: row.changed_by,
    changedAt: row.changed_at.getTime(),
  }))
}

export async function keepRule<R extends object>(
  db: Kysely<Database>,
  tenant: TenantId,
  id: string,
  kept: { body: R; judgedFrom: number | null; snoozedUntil: number | null; gone: boolean; actor: string; now: number },
): Promise<void> {
  const values = {
    body: JSON.stringify(kept.body),
    judged_from: kept.judgedFrom === null ? null : new Date(kept.judgedFrom),
    snoozed_until: kept.snoozedUntil === null ? null : new Date(kept.snoozedUntil),
    gone: kept.gone,
    changed_by: kept.actor,
    changed_at: new Date(kept.now),
  }
  await db
    .insertInto('alert_rules')
    .values({ tenant, id, ...values })
    .onConflict((conflict) => conflict.columns(['tenant', 'id']).doUpdateSet(values))
    .execute()
}
