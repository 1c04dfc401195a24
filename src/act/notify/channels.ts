import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { TenantId } from '../../core/tenant.ts'
import type { Database } from '../../store/postgres/tables.ts'

const hour = z.number().int().min(0).max(23)

/** What is sent to a channel, and when: the API's shape, and the form's. */
export const telling = z.strictObject({
  /** New incidents, each once, when its rule would tell of it. */
  incidents: z.boolean().default(true),
  /** What yesterday, or last week, came to. */
  digest: z.enum(['none', 'daily', 'weekly']).default('daily'),
  /** The local hour of the digest; a weekly one comes on Monday. */
  hour: hour.default(9),
  /** Local hours in which nothing is sent: it comes when they end. */
  quiet: z.strictObject({ from: hour, to: hour }).nullable().default(null),
  lang: z.enum(['zh', 'en']).default('zh'),
  /** Where the console is, for links; empty for none. */
  site: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(200)]).default(''),
})
export type Telling = z.infer<typeof telling>

export interface Channel {
  id: string
  way: string
  name: string
  /** Address and secret, sealed. */
  sealed: string
  telling: Telling
  paused: boolean
  createdBy: string
  createdAt: number
}

/** A tenant's channels, the oldest first. */
export async function listChannels(db: Kysely<Database>, tenant: TenantId): Promise<Channel[]> {
  const rows = await db.selectFrom('channels').selectAll().where('tenant', '=', tenant).orderBy('created_at').execute()
  return rows.map(({ id, way, name, sealed, paused, ...row }) => ({
    ...{ id, way, name, sealed, paused },
    telling: telling.parse(row.telling),
    createdBy: row.created_by,
    createdAt: row.created_at.getTime(),
  }))
}

export async function findChannel(db: Kysely<Database>, tenant: TenantId, id: string): Promise<Channel | undefined> {
  return (await listChannels(db, tenant)).find((one) => one.id === id)
}

export async function addChannel(
  db: Kysely<Database>,
  tenant: TenantId,
  { id, way, name, sealed, telling, createdBy, createdAt }: Omit<Channel, 'paused'>,
): Promise<void> {
  await db
    .insertInto('channels')
    .values({
      ...{ tenant, id, way, name, sealed, telling: JSON.stringify(telling) },
      ...{ created_by: createdBy, created_at: new Date(createdAt) },
    })
    .execute()
}

/** False where there is none. */
export async function changeChannel(
  db: Kysely<Database>,
  tenant: TenantId,
  id: string,
  { telling, paused }: { telling?: Telling | undefined; paused?: boolean | undefined },
): Promise<boolean> {
  const set = { ...(telling && { telling: JSON.stringify(telling) }), ...(paused !== undefined && { paused }) }
  if (Object.keys(set).length === 0) return (await findChannel(db, tenant, id)) !== undefined
  const done = await db
    .updateTable('channels')
    .set(set)
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Forgets a channel with its secrets and its messages. */
export async function dropChannel(db: Kysely<Database>, tenant: TenantId, id: string): Promise<boolean> {
  const done = await db.deleteFrom('channels').where('tenant', '=', tenant).where('id', '=', id).executeTakeFirst()
  return done.numDeletedRows > 0n
}
