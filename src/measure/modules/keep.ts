import type { Kysely } from 'kysely'
import type { TenantId } from '../../core/tenant.ts'
import type { Database } from '../../store/postgres/tables.ts'
import type { Target } from './target.ts'

/** Who answers for a module: a department, and a person where one is named. */
export interface Owner {
  department: string
  person: string
}

interface By {
  actor: string
  now: number
}

/** Whether the module shows an indicator of the tenant's own. */
interface Shown {
  shown: boolean
}

/** One change of a module's owner (`kpi` is empty), of a target, or of what it shows. Null: there was none, or it was taken away. */
export interface ModuleChange {
  at: number
  actor: string
  kpi: string
  before: Target | Owner | Shown | null
  after: Target | Owner | Shown | null
}

/** The targets of a tenant's modules, by module and KPI. */
export async function targetsOf(db: Kysely<Database>, tenant: TenantId): Promise<Map<string, Map<string, Target>>> {
  const rows = await db.selectFrom('module_targets').selectAll().where('tenant', '=', tenant).execute()
  const found = new Map<string, Map<string, Target>>()
  for (const { module, kpi, value, stretch, by_day } of rows) {
    const own = found.get(module) ?? new Map<string, Target>()
    found.set(module, own.set(kpi, { value, stretch, by: by_day }))
  }
  return found
}

/** The owners that a tenant named, by module. */
export async function ownersOf(db: Kysely<Database>, tenant: TenantId): Promise<Map<string, Owner>> {
  const rows = await db.selectFrom('module_owners').selectAll().where('tenant', '=', tenant).execute()
  return new Map(rows.map(({ module, department, person }) => [module, { department, person }]))
}

/** Sets a target, or takes it away with null. What was and what is go on record together; nothing changes where they are the same. */
export async function setTarget(
  db: Kysely<Database>,
  tenant: TenantId,
  { module, kpi, target }: { module: string; kpi: string; target: Target | null },
  by: By,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('module_targets')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('module', '=', module)
      .where('kpi', '=', kpi)
      .forUpdate()
      .executeTakeFirst()
    const before = row ? { value: row.value, stretch: row.stretch, by: row.by_day } : null
    if (JSON.stringify(before) === JSON.stringify(target)) return
    if (target) {
      const set = { value: target.value, stretch: target.stretch, by_day: target.by }
      await trx
        .insertInto('module_targets')
        .values({ tenant, module, kpi, ...set })
        .onConflict((conflict) => conflict.columns(['tenant', 'module', 'kpi']).doUpdateSet(set))
        .execute()
    } else
      await trx
        .deleteFrom('module_targets')
        .where('tenant', '=', tenant)
        .where('module', '=', module)
        .where('kpi', '=', kpi)
        .execute()
    await recordChange(trx, tenant, { module, kpi, before, after: target }, by)
  })
}

/** Names the owner of a module; `before` is the one that it had, named or by default. */
export async function setOwner(
  db: Kysely<Database>,
  tenant: TenantId,
  { module, before, owner }: { module: string; before: Owner; owner: Owner },
  by: By,
): Promise<void> {
  if (before.department === owner.department && before.person === owner.person) return
  await db.transaction().execute(async (trx) => {
    await trx
      .insertInto('module_owners')
      .values({ tenant, module, ...owner })
      .onConflict((conflict) => conflict.columns(['tenant', 'module']).doUpdateSet({ ...owner }))
      .execute()
    await recordChange(trx, tenant, { module, kpi: '', before, after: owner }, by)
  })
}

interface Recorded extends Pick<ModuleChange, 'kpi' | 'before' | 'after'> {
  module: string
}

export async function recordChange(
  db: Kysely<Database>,
  tenant: TenantId,
  { module, kpi, before, after }: Recorded,
  { actor, now }: By,
): Promise<void> {
  const json = (value: unknown) => (value === null ? null : JSON.stringify(value))
  await db
    .insertInto('module_changes')
    .values({ tenant, module, kpi, at: new Date(now), actor, before: json(before), after: json(after) })
    .execute()
}

/** What was changed of a module, the latest first. */
export async function changesOf(
  db: Kysely<Database>,
  tenant: TenantId,
  module: string,
  most: number,
): Promise<ModuleChange[]> {
  const rows = await db
    .selectFrom('module_changes')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('module', '=', module)
    .orderBy('id', 'desc')
    .limit(most)
    .execute()
  return rows.map(({ at, actor, kpi, before, after }) => ({
    ...{ at: at.getTime(), actor, kpi },
    before: before as ModuleChange['before'],
    after: after as ModuleChange['after'],
  }))
}
