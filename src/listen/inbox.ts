import { sql, type Transaction } from 'kysely'
import type { Pool, PoolClient } from 'pg'
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
  dead: readonly DeadRecord[]
  importId: string | null
}

/** A row of the inbox to be. Batches that have no key to be remembered by share one with others of their sender. */
interface Row {
  of: NewBatch
  records: string[]
  count: number
  batches: number[]
}
const MOST_IN_ROW = 1_000

/**
 * Puts batches and their dead letters into the inbox in one transaction, synced to disk when this returns. Answers their rows' ids, in
 * their order; undefined where the tenant has used the idempotency key before. Waits for one in flight elsewhere with the same key.
 */
export async function putBatches(pg: Pool, batches: readonly NewBatch[]): Promise<(string | undefined)[]> {
  const rows = rowsFor(batches)
  if (batches.every((batch) => batch.dead.length === 0)) return idsOf(batches, rows, await insertRows(pg, rows))
  const client = await pg.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    const ids = idsOf(batches, rows, await insertRows(client, rows))
    for (const [i, batch] of batches.entries()) if (ids[i] !== undefined) await insertDead(client, batch)
    await client.query('commit')
    return ids
  } catch (error) {
    await client.query('rollback').catch((failed) => {
      broken = failed as Error
    })
    throw error
  } finally {
    client.release(broken)
  }
}

function rowsFor(batches: readonly NewBatch[]): Row[] {
  const rows: Row[] = []
  const open = new Map<string, Row>()
  for (const [place, batch] of batches.entries()) {
    const sender = `${batch.tenant}\n${batch.kind}\n${batch.source}`
    const row = batch.idempotencyKey === null ? open.get(sender) : undefined
    if (row && row.count + batch.count <= MOST_IN_ROW) {
      row.records.push(batch.records)
      row.count += batch.count
      row.batches.push(place)
      continue
    }
    const begun = { of: batch, records: [batch.records], count: batch.count, batches: [place] }
    rows.push(begun)
    if (batch.idempotencyKey === null && batch.count > 0) open.set(sender, begun)
  }
  return rows
}

interface Inserted {
  id: string
  tenant: string
  idempotency_key: string | null
}

async function insertRows(pg: Pool | PoolClient, rows: readonly Row[]): Promise<Inserted[]> {
  const values = rows.flatMap(({ of, records, count }) => [
    ...[of.tenant, of.kind, of.source, of.idempotencyKey, of.bodyHash, oneList(records), count],
    // Only a key brings an answer back.
    of.idempotencyKey === null ? '{}' : JSON.stringify(of.answer),
  ])
  const statement = { name: `inbox ${rows.length}`, text: insertText(rows.length), values }
  return (await pg.query<Inserted>(statement)).rows
}

/** A row without records has nothing to be read: it only remembers what was answered. */
const insertText = (rows: number): string => {
  const places = Array.from({ length: rows }, (_, row) => {
    const [tenant, kind, source, key, hash, records, count, answer] = Array.from(
      { length: 8 },
      (_, i) => `$${row * 8 + i + 1}`,
    )
    return `(${tenant}, ${kind}, ${source}, ${key}, ${hash}, ${records}, ${count}::int, ${answer}::jsonb, case when ${count}::int = 0 then now() end)`
  })
  return `insert into inbox (tenant, kind, source, idempotency_key, body_hash, records, count, answer, read_at) values ${places.join(', ')}
    on conflict (tenant, idempotency_key) where idempotency_key is not null do nothing returning id, tenant, idempotency_key`
}

/** Lists of JSON put together as text. */
function oneList(lists: readonly string[]): string {
  if (lists.length === 1) return lists[0]!
  return `[${lists
    .filter((list) => list !== '[]')
    .map((list) => list.slice(1, -1))
    .join(',')}]`
}

function idsOf(batches: readonly NewBatch[], rows: readonly Row[], inserted: readonly Inserted[]) {
  const ids = new Array<string | undefined>(batches.length)
  const unkeyed = inserted.filter((row) => row.idempotency_key === null)
  const keyed = new Map(inserted.map((row) => [`${row.tenant}\n${row.idempotency_key}`, row.id]))
  for (const { of, batches: places } of rows) {
    const key = `${of.tenant}\n${of.idempotencyKey}`
    const id = of.idempotencyKey === null ? unkeyed.shift()!.id : keyed.get(key)
    // Of two with the same key in one transaction the first was kept.
    keyed.delete(key)
    for (const place of places) ids[place] = id
  }
  return ids
}

async function insertDead(client: PoolClient, { tenant, source, kind, importId, dead }: NewBatch): Promise<void> {
  if (dead.length === 0) return
  const columns = (['place', 'field', 'reason', 'record'] as const).map((name) => dead.map((letter) => letter[name]))
  await client.query(
    `insert into dead_letters (tenant, source, kind, import_id, place, field, reason, record)
      select $1, $2, $3, $4, * from unnest($5::int[], $6::text[], $7::text[], $8::text[]) on conflict do nothing`,
    [tenant, source, kind, importId, ...columns],
  )
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
async function insertDeadLetters(
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

/** What has no text is read so much faster. */
const LIGHT = 8

/**
 * The oldest unread batches that together weigh about as much as `voices` voices (at least one batch), without those in `except`. The
 * weight is added up over numbers alone, before any records are fetched.
 */
export async function unreadBatches(db: Db, voices: number, except: readonly string[]): Promise<UnreadBatch[]> {
  const { rows } = await sql<UnreadBatch>`
    select id, tenant, kind, source, records, received_at, attempts from inbox where id in (
      select id from (
        select id, sum(weight) over (order by id) - weight as before from (
          select id, case kind when 'voices' then count else ceil(count / ${LIGHT}::float8) end as weight from inbox
          where read_at is null and not (id = any(${except}::bigint[])) order by id limit 2000
        ) oldest
      ) weighed where before < ${voices}
    ) order by id`.execute(db)
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
