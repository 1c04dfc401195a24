import { type Kysely, sql as pgSql, type Transaction } from 'kysely'
import type { Reading } from '../core/reading.ts'
import type { TenantId } from '../core/tenant.ts'
import { removeRows } from '../store/clickhouse/analytics.ts'
import { whileWriting } from '../store/clickhouse/marks.ts'
import { mutate } from '../store/clickhouse/mutate.ts'
import { day as dayLiteral, ident, join, type Sql, type SqlValue, sql } from '../store/clickhouse/sql.ts'
import type { Stores } from '../store/open.ts'
import type { Database } from '../store/postgres/tables.ts'
import type { Key } from './known.ts'
import { AMENDING, underLock } from './lock.ts'
import { readingColumns, rereadMentionRows, type StoredVoice } from './rows.ts'

type Db = Kysely<Database> | Transaction<Database>

/** Whose change of a reading it is. A person's outranks a model's. */
export type Origin = 'model' | 'person'

export interface Amendment extends Key {
  base: Reading
  model: Reading | null
  person: Reading | null
}

/** Voices a statement changes at most: each has a part of its own in it. */
const PORTION = 20

/** The changes of some voices, by id and day. */
export async function amendmentsOf(
  db: Db,
  tenant: TenantId,
  ids: readonly string[],
): Promise<(key: Key) => Amendment | undefined> {
  const rows =
    ids.length === 0
      ? []
      : await db
          .selectFrom('amendments')
          .select(['voice_id', 'day', 'base', 'model', 'person'])
          .where('tenant', '=', tenant)
          .where(pgSql<boolean>`voice_id = any(${[...new Set(ids)]}::text[])`)
          .execute()
  const known = new Map(
    rows.map(({ voice_id, ...row }) => [`${row.day} ${voice_id}`, { ...row, id: voice_id } as unknown as Amendment]),
  )
  return ({ id, day }) => known.get(`${day} ${id}`)
}

/** Puts a change on record; it counts from now on, and `storeAmendments` carries it to the figures. Null takes the origin's change back. */
export async function putAmendment(
  db: Db,
  tenant: TenantId,
  { id, day }: Key,
  change: { origin: Origin; base: Reading; reading: Reading | null },
): Promise<void> {
  const reading = change.reading && JSON.stringify(change.reading)
  await db
    .insertInto('amendments')
    .values({ tenant, voice_id: id, day, base: JSON.stringify(change.base), [change.origin]: reading })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant', 'voice_id', 'day'])
        .doUpdateSet((eb) => ({ [change.origin]: reading, version: eb('amendments.version', '+', 1) })),
    )
    .execute()
}

/** What stands for a voice that is read anew: a person's or a model's change outlives the reading. */
export async function amended<T extends { reading: Reading; key: Key }>(
  db: Db,
  tenant: TenantId,
  read: readonly T[],
): Promise<Reading[]> {
  const of = await amendmentsOf(
    db,
    tenant,
    read.map(({ key }) => key.id),
  )
  return read.map(({ key, reading }) => {
    const change = of(key)
    return change?.person ?? change?.model ?? reading
  })
}

/**
 * After voices were read again and rewritten: a change on record stands before the new reading too, which is now what lies under it.
 * To be followed by `storeAmendments`; in that order, a correction made meanwhile is not lost.
 */
export async function layAmendmentsOver(
  db: Db,
  tenant: TenantId,
  read: readonly { key: Key; reading: Reading }[],
): Promise<boolean> {
  const of = await amendmentsOf(
    db,
    tenant,
    read.map(({ key }) => key.id),
  )
  const changed = read.filter(({ key }) => of(key) !== undefined)
  for (const { key, reading } of changed)
    await db
      .updateTable('amendments')
      .set((eb) => ({ base: JSON.stringify(reading), version: eb('version', '+', 1) }))
      .where('tenant', '=', tenant)
      .where('voice_id', '=', key.id)
      .where('day', '=', key.day)
      .execute()
  return changed.length > 0
}

/**
 * Carries every change on record that the analytic store does not have yet there, for one tenant or for all. Doing it again after a crash
 * at any point comes to the same rows: mentions are cleared before they are written, and a change counts as stored only at the end. One
 * at a time over all processes.
 */
export async function storeAmendments(stores: Stores, tenant?: TenantId): Promise<void> {
  await underLock(stores, AMENDING, async () => {
    while (await storeSome(stores, tenant));
  })
}

interface Waiting extends Amendment {
  tenant: TenantId
  version: number
}

/** The next portion of one tenant; false when nothing waits. */
async function storeSome(stores: Stores, tenant: TenantId | undefined): Promise<boolean> {
  let question = stores.db
    .selectFrom('amendments')
    .selectAll()
    .whereRef('version', '<>', 'stored_version')
    .orderBy('tenant')
    .limit(PORTION)
  if (tenant) question = question.where('tenant', '=', tenant)
  const rows = (await question.execute()).map(
    ({ voice_id, ...row }) => ({ ...row, id: voice_id }) as unknown as Waiting,
  )
  const first = rows[0]
  if (!first) return false
  const portion = rows.filter((row) => row.tenant === first.tenant)
  await rewrite(stores, first.tenant, portion)
  for (const { id, day, version } of portion)
    await stores.db
      .updateTable('amendments')
      .set({ stored_version: version })
      .where('tenant', '=', first.tenant)
      .where('voice_id', '=', id)
      .where('day', '=', day)
      .execute()
  return true
}

/** Rewrites what the analytic store says of these voices. A voice that it does not have (yet) is left to the reader. */
async function rewrite({ analytics }: Stores, tenant: TenantId, portion: readonly Amendment[]): Promise<void> {
  const keys: SqlValue = portion.map(({ id, day }) => [id, dayLiteral(day)])
  const stored = await analytics.query<StoredVoice>(
    sql`SELECT * FROM voices WHERE tenant = ${tenant} AND (id, day) IN ${keys} LIMIT 1 BY id, day`,
  )
  const byKey = new Map(stored.map((row) => [`${row.day} ${row.id}`, row]))
  const found = portion.flatMap((one) => {
    const row = byKey.get(`${one.day} ${one.id}`)
    return row ? [{ row, reading: one.person ?? one.model ?? one.base }] : []
  })
  if (found.length === 0) return
  const parts = found.map(
    ({ row, reading }) =>
      sql`UPDATE ${assignments(reading)} WHERE tenant = ${tenant} AND day = ${dayLiteral(row.day)} AND id = ${row.id}`,
  )
  const days = new Set(found.map(({ row }) => row.day))
  await whileWriting(analytics, ['voices', 'mentions'], new Map([[tenant as string, days]]), async () => {
    await removeRows(analytics, 'mentions', sql`tenant = ${tenant} AND (voice_id, day) IN ${keys}`)
    await analytics.insert(
      'mentions',
      found.flatMap(({ row, reading }) => rereadMentionRows(row, reading)),
    )
    await mutate(analytics, 'voices', sql`ALTER TABLE voices ${join(parts)}`)
  })
}

function assignments(reading: Reading): Sql {
  const columns = Object.entries(readingColumns(reading))
  return join(
    columns.map(([name, value]) => sql`${ident(name)} = ${Array.isArray(value) ? array(value) : (value as SqlValue)}`),
  )
}

const array = (values: readonly string[]): Sql => sql`CAST([${join(values)}] AS Array(String))`
