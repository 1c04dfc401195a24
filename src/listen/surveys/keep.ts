import { randomBytes } from 'node:crypto'
import type { Selectable } from 'kysely'
import type { TenantId } from '../../core/tenant.ts'
import { tenantId } from '../../core/tenant.ts'
import type { Stores } from '../../store/open.ts'
import type { SurveyTable } from '../../store/postgres/tables/surveys.ts'
import { type SurveyDefinition, surveyDefinition } from './definition.ts'
import { type InvitationRule, invitationRule } from './invitations.ts'

type Db = Stores['db']

type SurveyState = SurveyTable['state']

/** A survey as it stands: its latest version, and how it is handed out. */
export interface Survey {
  tenant: TenantId
  id: string
  key: string
  state: SurveyState
  version: number
  definition: SurveyDefinition
  rule: InvitationRule | null
  origins: string[]
  once: boolean
  createdAt: number
  liveSince: number | null
}

/** Lower-case letters and digits that nobody takes for one another; `length` of them hold 4.95 bits each. */
export function newId(length: number): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  let text = ''
  while (text.length < length)
    for (const byte of randomBytes(length)) if (byte < 248 && text.length < length) text += letters[byte % 31]
  return text
}

const columns = [
  ...(['surveys.tenant', 'surveys.id', 'surveys.key', 'surveys.state', 'surveys.version', 'surveys.rule'] as const),
  ...(['surveys.origins', 'surveys.once', 'surveys.created_by', 'surveys.created_at', 'surveys.live_since'] as const),
  'survey_versions.definition',
] as const

const standing = (db: Db) =>
  db
    .selectFrom('surveys')
    .innerJoin('survey_versions', (join) =>
      join
        .onRef('survey_versions.tenant', '=', 'surveys.tenant')
        .onRef('survey_versions.survey_id', '=', 'surveys.id')
        .onRef('survey_versions.version', '=', 'surveys.version'),
    )
    .select(columns)

export async function listSurveys(db: Db, tenant: TenantId): Promise<Survey[]> {
  const rows = await standing(db).where('surveys.tenant', '=', tenant).orderBy('surveys.created_at', 'desc').execute()
  return rows.map(surveyOf)
}

export async function findSurvey(db: Db, tenant: TenantId, id: string): Promise<Survey | undefined> {
  const row = await standing(db).where('surveys.tenant', '=', tenant).where('surveys.id', '=', id).executeTakeFirst()
  return row && surveyOf(row)
}

/** The one question that comes without a tenant: whoever opens a link has nothing but the key, which names the tenant. */
export async function surveyByKey(db: Db, key: string): Promise<Survey | undefined> {
  const row = await standing(db).where('surveys.key', '=', key).executeTakeFirst()
  return row && surveyOf(row)
}

/** Every survey that is live, of all tenants: for the job that invites. */
export async function liveSurveys(db: Db): Promise<Survey[]> {
  return (await standing(db).where('surveys.state', '=', 'live').execute()).map(surveyOf)
}

/** What a survey asked in a version; answers that were begun with it go on with it. */
export async function definitionOf(
  db: Db,
  { tenant, id }: Pick<Survey, 'tenant' | 'id'>,
  version: number,
): Promise<SurveyDefinition> {
  const row = await db
    .selectFrom('survey_versions')
    .select('definition')
    .where('tenant', '=', tenant)
    .where('survey_id', '=', id)
    .where('version', '=', version)
    .executeTakeFirstOrThrow()
  return surveyDefinition.parse(row.definition)
}

/** What every version asked, by its number. */
export async function definitionsOf(
  db: Db,
  { tenant, id }: Pick<Survey, 'tenant' | 'id'>,
): Promise<Map<number, SurveyDefinition>> {
  const rows = await db
    .selectFrom('survey_versions')
    .select(['version', 'definition'])
    .where('tenant', '=', tenant)
    .where('survey_id', '=', id)
    .execute()
  return new Map(rows.map(({ version, definition }) => [version, surveyDefinition.parse(definition)]))
}

export async function createSurvey(
  db: Db,
  tenant: TenantId,
  definition: SurveyDefinition,
  by: { actor: string; now: number },
): Promise<string> {
  const id = newId(10)
  const at = new Date(by.now)
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('surveys')
      .values({
        tenant,
        id,
        key: newId(12),
        state: 'draft',
        version: 1,
        once: true,
        created_by: by.actor,
        created_at: at,
      })
      .execute()
    await tx
      .insertInto('survey_versions')
      .values({
        ...{ tenant, survey_id: id, version: 1, changed_by: by.actor, changed_at: at },
        definition: JSON.stringify(definition),
      })
      .execute()
  })
  return id
}

/** Keeps the next version. False where there is no such survey. Two people at once make two versions. */
export async function saveDefinition(
  db: Db,
  tenant: TenantId,
  id: string,
  definition: SurveyDefinition,
  by: { actor: string; now: number },
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .updateTable('surveys')
      .set((eb) => ({ version: eb('version', '+', 1) }))
      .where('tenant', '=', tenant)
      .where('id', '=', id)
      .returning('version')
      .executeTakeFirst()
    if (!row) return false
    await tx
      .insertInto('survey_versions')
      .values({
        ...{ tenant, survey_id: id, version: row.version, changed_by: by.actor, changed_at: new Date(by.now) },
        definition: JSON.stringify(definition),
      })
      .execute()
    return true
  })
}

export interface Handing {
  state?: SurveyState
  rule?: InvitationRule | null
  origins?: string[]
  once?: boolean
}

/** Changes how a survey is handed out. Going live begins anew: what came due long before is not caught up. */
export async function handOut(db: Db, tenant: TenantId, id: string, to: Handing, now: number): Promise<boolean> {
  const { state, rule, origins, once } = to
  const done = await db
    .updateTable('surveys')
    .set({
      tenant,
      ...(state && { state }),
      ...(state === 'live' && { live_since: new Date(now) }),
      ...(rule !== undefined && { rule: rule && JSON.stringify(rule) }),
      ...(origins && { origins: JSON.stringify(origins) }),
      ...(once !== undefined && { once }),
    })
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

function surveyOf(row: Selectable<SurveyTable> & { definition: object }): Survey {
  return {
    tenant: tenantId.parse(row.tenant),
    id: row.id,
    key: row.key,
    state: row.state,
    version: row.version,
    definition: surveyDefinition.parse(row.definition),
    rule: row.rule && invitationRule.parse(row.rule),
    origins: row.origins,
    once: row.once,
    createdAt: row.created_at.getTime(),
    liveSince: row.live_since?.getTime() ?? null,
  }
}
