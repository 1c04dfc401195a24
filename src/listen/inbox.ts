import { sql, type Transaction } from 'kysely'
import type { TenantId } from '../core/tenant.ts'
import type { Stores } from '../store/open.ts'
import type { Database } from '../store/postgres/tables.ts'
import type { RecordKind } from './kinds.ts'

type Db = Stores['db'] | Transaction<Database>

/** A refused record: where it stood, which field is wrong with it and why, and its masked text. */
export interface DeadRecord {
  place: number
  field: string
  reason: string
  record: string
}

export interface NewBatch {
  tenant: TenantId
  kind: RecordKind
  source: string
  idempotencyKey: string | null
  bodyHash: string | null
  /** JSON array. */
  records: string
  count: number
  answer: object
}

/** Puts a batch into the inbox. Undefined where the tenant has used the idempotency key before; waits for one in flight with the same key. */
export async function insertBatch(db: Db, batch: NewBatch): Promise<string | undefined> {
  const row = await db
    .insertInto('inbox')
    .values({
      tenant: batch.tenant,
      kind: batch.kind,
      source: batch.source,
      idempotency_key: batch.idempotencyKey,
      body_hash: batch.bodyHash,
      records: batch.records,
      count: batch.count,
      answer: JSON.stringify(batch.answer),
      // Nothing to read: the row only remembers what was answered.
      read_at: batch.count === 0 ? new Date() : null,
    })
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'idempotency_key']).where('idempotency_key', 'is not', null).doNothing(),
    )
    .returning('id')
    .executeTakeFirst()
  return row?.id
}

export async function batchByKey(db: Db, tenant: TenantId, idempotencyKey: string) {
  return db
    .selectFrom('inbox')
    .select(['id', 'body_hash', 'answer'])
    .where('tenant', '=', tenant)
    .where('idempotency_key', '=', idempotencyKey)
    .executeTakeFirst()
}

/** Lists refused records. One that is already on the list (the same file imported again) is not listed twice. */
export async function insertDeadLetters(
  db: Db,
  of: { tenant: string; source: string; kind: string; importId: string | null },
  dead: readonly DeadRecord[],
): Promise<void> {
  if (dead.length === 0) return
  const { tenant, source, kind, importId } = of
  const rows = dead.map((letter) => ({ tenant, source, kind, import_id: importId, ...letter }))
  await db
    .insertInto('dead_letters')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export interface UnreadBatch {
  id: string
  tenant: TenantId
  kind: RecordKind
  source: string
  records: string
  received_at: Date
  attempts: number
}

/** The oldest unread batches that together hold about `records` records (at least one batch), without those in `except`. */
export async function unreadBatches(db: Db, records: number, except: readonly string[]): Promise<UnreadBatch[]> {
  const { rows } = await sql<UnreadBatch>`
    select id, tenant, kind, source, records, received_at, attempts from (
      select *, sum(count) over (order by id) - count as before from inbox
      where read_at is null and not (id = any(${except}::bigint[])) order by id limit 1000
    ) oldest where before < ${records} order by id`.execute(db)
  return rows
}

export async function markRead(db: Db, ids: readonly string[]): Promise<void> {
  await db.updateTable('inbox').set({ read_at: new Date() }).where('id', 'in', ids).execute()
}

/** Counts a failed attempt to read a batch; answers how many there have been. */
export async function countAttempt(db: Db, id: string): Promise<number> {
  const row = await db
    .updateTable('inbox')
    .set((eb) => ({ attempts: eb('attempts', '+', 1) }))
    .where('id', '=', id)
    .returning('attempts')
    .executeTakeFirstOrThrow()
  return row.attempts
}

/** Takes a batch that cannot be read out of the way and says so on the dead-letter list. Its records stay in the inbox. */
export async function setAside(db: Stores['db'], batch: UnreadBatch, reason: string): Promise<void> {
  const letter = { place: 0, field: 'batch', reason, record: JSON.stringify({ batch: batch.id }) }
  await db.transaction().execute(async (tx) => {
    await insertDeadLetters(tx, { ...batch, importId: null }, [letter])
    await markRead(tx, [batch.id])
  })
}

/** How many acknowledged records the analytic store does not have yet. */
export async function countWaiting(db: Db): Promise<number> {
  const row = await db
    .selectFrom('inbox')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<string>('count'), sql<string>`0`).as('n'))
    .where('read_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** Makes a batch that was set aside unread again; answers how many records it holds. */
export async function reopenBatch(db: Db, tenant: TenantId, id: string): Promise<number> {
  const row = await db
    .updateTable('inbox')
    .set({ read_at: null, attempts: 0 })
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .returning('count')
    .executeTakeFirst()
  return row?.count ?? 0
}
