import { fail, ok, type Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import type { Stores } from '../store/open.ts'
import { type Accepted, accept } from './accept.ts'
import { reopenBatch } from './inbox.ts'
import { type RecordKind, recordKinds } from './kinds.ts'
import { parse } from './parse.ts'

/**
 * Sends a dead letter through the door once more: as it came, or as a person mended it. Doing so twice stores one copy.
 * Problems: `not_found`; `dead_letter_replayed`; `dead_letter_still_refused` with the field and reason, and then nothing is written.
 */
export async function replayDeadLetter(
  stores: Stores,
  tenant: TenantId,
  id: string,
  mended?: unknown,
): Promise<Result<Accepted>> {
  const letter = /^\d{1,18}$/.test(id) ? await find(stores, tenant, id) : undefined
  if (!letter) return fail({ code: 'not_found', message: `There is no dead letter ${id}.`, where: id })
  if (letter.replayed_at)
    return fail({ code: 'dead_letter_replayed', message: `Dead letter ${id} has been replayed already.`, where: id })
  if (letter.field === 'batch') return reopen(stores, tenant, id, letter.record)

  const record = mended ?? asJson(letter.record)
  const kind = recordKinds.find((one) => one === letter.kind) as RecordKind
  const parsed = parse(kind, record)
  if (!parsed.ok)
    return fail({
      code: 'dead_letter_still_refused',
      message: `${parsed.field || 'The record'} ${parsed.reason}.`,
      remedy: 'Mend the record at its source and send or import it again.',
      where: parsed.field,
    })
  const { source, zone } = letter
  const answer = await accept(stores, {
    tenant,
    source,
    kind,
    records: [record],
    zone,
    idempotencyKey: `dead-letter-${id}`,
  })
  if (answer.ok) await markReplayed(stores, tenant, id)
  return answer
}

/** A whole batch that could not be read: its records are still in the inbox, and the reader tries them again. */
async function reopen(stores: Stores, tenant: TenantId, id: string, record: string): Promise<Result<Accepted>> {
  const { batch } = JSON.parse(record) as { batch: string }
  const kept = await reopenBatch(stores.db, tenant, batch)
  await markReplayed(stores, tenant, id)
  return ok({ batch, kept, dead: [] })
}

function find({ db }: Stores, tenant: TenantId, id: string) {
  return db
    .selectFrom('dead_letters')
    .innerJoin('tenants', 'tenants.id', 'dead_letters.tenant')
    .select(['source', 'kind', 'field', 'record', 'replayed_at', 'zone'])
    .where('dead_letters.tenant', '=', tenant)
    .where('dead_letters.id', '=', id)
    .executeTakeFirst()
}

async function markReplayed({ db }: Stores, tenant: TenantId, id: string): Promise<void> {
  await db
    .updateTable('dead_letters')
    .set({ replayed_at: new Date() })
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .execute()
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
