import { fail, ok, type Result } from '../../core/result.ts'
import type { TenantId } from '../../core/tenant.ts'
import type { Stores } from '../../store/open.ts'
import type { Original, OriginalKey } from './safeguards.ts'

/** Who looks at an original, and what for. */
export interface Look {
  actor: string
  reason: string
  now: number
}

/**
 * What a record said before it was masked. Every look is on record before anything is shown, also one that finds nothing. Problems:
 * `not_found` (none was kept, or its time is over), `original_sealed_elsewhere` (another installation's key, or altered).
 */
export async function lookAtOriginal(
  { db }: Stores,
  key: OriginalKey,
  look: Look,
  open: (sealed: string) => string | null,
): Promise<Result<Record<string, unknown>>> {
  const row = await db
    .selectFrom('originals')
    .select('sealed')
    .where('tenant', '=', key.tenant)
    .where('kind', '=', key.kind)
    .where('record_id', '=', key.id)
    .where('day', '=', key.day)
    .where('keep_until', '>', new Date(look.now))
    .executeTakeFirst()
  await db
    .insertInto('original_looks')
    .values({
      ...{ tenant: key.tenant, at: new Date(look.now), actor: look.actor, reason: look.reason, kind: key.kind },
      ...{ record_id: row ? key.id : '', found: row !== undefined },
    })
    .execute()
  if (!row) return fail({ code: 'not_found', message: 'no original of this record is kept' })
  const original = opened(open(row.sealed), key)
  return original
    ? ok(original.said)
    : fail({
        code: 'original_sealed_elsewhere',
        message: 'This original was sealed with another key, or altered since.',
        remedy: 'Put back the file "secret" of the data folder it was kept in.',
      })
}

/** Only as what it was sealed: moved to another record or tenant it says nothing. */
export function opened(text: string | null, key: OriginalKey): Original | undefined {
  if (text === null) return undefined
  const original = JSON.parse(text) as Original
  const isSame = (['tenant', 'kind', 'id', 'day'] as const).every((part) => original[part] === key[part])
  return isSame ? original : undefined
}

/** Removes what has been kept for long enough; with a tenant, everything of it. Answers how many. */
export async function dropOriginals({ db }: Stores, now: number, tenant?: TenantId): Promise<number> {
  const from = db.deleteFrom('originals')
  const { numDeletedRows } = await (tenant === undefined
    ? from.where('keep_until', '<=', new Date(now))
    : from.where('tenant', '=', tenant)
  ).executeTakeFirst()
  return Number(numDeletedRows)
}

/** The last looks, the newest first. */
export async function listLooks({ db }: Stores, tenant: TenantId, limit: number) {
  const rows = await db
    .selectFrom('original_looks')
    .selectAll()
    .where('tenant', '=', tenant)
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ id, at, actor, reason, kind, record_id, found }) => ({
    ...{ id: String(id), at: at.getTime(), actor, reason, kind, recordId: record_id, found },
  }))
}
