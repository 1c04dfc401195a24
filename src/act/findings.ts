import type { Kysely, Selectable } from 'kysely'
import type { TenantId } from '../core/tenant.ts'
import type { FindingTable } from '../store/postgres/tables/act.ts'
import type { Database } from '../store/postgres/tables.ts'

/** What a driver must tell of itself to be kept as a finding; the rest of it is carried along as it is. */
export interface Finder {
  id: string
  outcome: string
  category: string
  factor: string
  aspect: string
  scene: string
}

export interface KeptFinding<D extends Finder> {
  driver: D
  rank: number
  current: boolean
  firstSeenAt: number
  checkedAt: number
}

/**
 * Writes the outcome of one round of comparison: what was found again keeps the day it was first seen, what was not found any more
 * stays on record as no longer current, since tickets and proofs refer to it.
 */
export async function keepFindings<D extends Finder>(
  db: Kysely<Database>,
  tenant: TenantId,
  drivers: readonly D[],
  now: number,
): Promise<void> {
  const at = new Date(now)
  await db.transaction().execute(async (trx) => {
    await trx.updateTable('findings').set({ current: false, checked_at: at }).where('tenant', '=', tenant).execute()
    for (const [rank, driver] of drivers.entries()) {
      const fresh = { driver: JSON.stringify(driver), rank, current: true, checked_at: at }
      await trx
        .insertInto('findings')
        .values({
          tenant,
          id: driver.id,
          outcome: driver.outcome,
          category: driver.category,
          factor: driver.factor,
          aspect: driver.aspect,
          scene: driver.scene,
          first_seen_at: at,
          ...fresh,
        })
        .onConflict((conflict) => conflict.columns(['tenant', 'id']).doUpdateSet(fresh))
        .execute()
    }
  })
}

/** The current findings, the first to act on first. */
export async function listFindings<D extends Finder>(
  db: Kysely<Database>,
  tenant: TenantId,
): Promise<KeptFinding<D>[]> {
  const rows = await db
    .selectFrom('findings')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('current', '=', true)
    .orderBy('rank')
    .execute()
  return rows.map(fromRow<D>)
}

export async function findFinding<D extends Finder>(
  db: Kysely<Database>,
  tenant: TenantId,
  id: string,
): Promise<KeptFinding<D> | undefined> {
  const row = await db
    .selectFrom('findings')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && fromRow<D>(row)
}

function fromRow<D extends Finder>(row: Selectable<FindingTable>): KeptFinding<D> {
  return {
    driver: row.driver as D,
    rank: row.rank,
    current: row.current,
    firstSeenAt: row.first_seen_at.getTime(),
    checkedAt: row.checked_at.getTime(),
  }
}
