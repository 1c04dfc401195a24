import { randomUUID } from 'node:crypto'
import type { Kysely, Selectable } from 'kysely'
import type { TenantId } from '../core/tenant.ts'
import type { Words } from '../core/words.ts'
import type { InterventionTable } from '../store/postgres/tables/act.ts'
import type { Database } from '../store/postgres/tables.ts'

/** A change made because of a finding: what, when, and to which products. The category's other products are its comparison. */
export interface Intervention {
  id: string
  findingId: string | null
  /** What people wrote reads the same in both languages. */
  what: Words
  outcome: string
  category: string
  at: number
  productIds: string[]
  margin: number
  simulated: boolean
  createdAt: number
}

export interface NewIntervention extends Omit<Intervention, 'id' | 'createdAt' | 'simulated'> {
  /** Given where the change is known under a name of its own; writing it twice makes one. */
  id?: string
  simulated?: boolean
  actor: string
  now: number
}

export async function recordIntervention(
  db: Kysely<Database>,
  tenant: TenantId,
  made: NewIntervention,
): Promise<Intervention> {
  const id = made.id ?? randomUUID()
  await db
    .insertInto('interventions')
    .values({
      tenant,
      id,
      finding_id: made.findingId,
      what: made.what.zh,
      what_en: made.what.en,
      outcome: made.outcome,
      category: made.category,
      at: new Date(made.at),
      product_ids: JSON.stringify(made.productIds),
      margin: made.margin,
      simulated: made.simulated ?? false,
      created_by: made.actor,
      created_at: new Date(made.now),
    })
    .onConflict((conflict) => conflict.columns(['tenant', 'id']).doNothing())
    .execute()
  return (await findIntervention(db, tenant, id))!
}

export async function findIntervention(
  db: Kysely<Database>,
  tenant: TenantId,
  id: string,
): Promise<Intervention | undefined> {
  const row = await db
    .selectFrom('interventions')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && fromRow(row)
}

export async function listInterventions(db: Kysely<Database>, tenant: TenantId): Promise<Intervention[]> {
  const rows = await db
    .selectFrom('interventions')
    .selectAll()
    .where('tenant', '=', tenant)
    .orderBy('at', 'desc')
    .limit(500)
    .execute()
  return rows.map(fromRow)
}

function fromRow(row: Selectable<InterventionTable>): Intervention {
  return {
    id: row.id,
    findingId: row.finding_id,
    what: { zh: row.what, en: row.what_en ?? row.what },
    outcome: row.outcome,
    category: row.category,
    at: row.at.getTime(),
    productIds: row.product_ids,
    margin: row.margin,
    simulated: row.simulated,
    createdAt: row.created_at.getTime(),
  }
}
