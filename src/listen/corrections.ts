import { sql as pgSql, type Transaction } from 'kysely'
import type { Reading } from '../core/reading.ts'
import { fail, ok, type Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import { day as dayLiteral, sql } from '../store/clickhouse/sql.ts'
import type { Stores } from '../store/open.ts'
import type { Database } from '../store/postgres/tables.ts'
import { type Amendment, amendmentsOf, putAmendment } from './amendments.ts'
import type { Key } from './known.ts'
import { readingOf, type StoredReading, storedReading } from './rows.ts'

/** A voice as it is stored, with the reading that counts for it. */
export interface ReadVoice extends Key {
  text: string
  category: string
  kind: string
  reading: Reading
}

/** One line of a voice's history. `change` is what was asked for; a line that takes an earlier one back `undoes` it. */
export interface Correction<C = unknown> {
  id: string
  at: number
  actor: string
  change: C | { kind: 'undo' }
  before: Reading
  after: Reading
  undoes: string | null
}

/** A voice of the tenant, or undefined where it has none such. */
export async function findVoice(stores: Stores, tenant: TenantId, key: Key): Promise<ReadVoice | undefined> {
  return (await findVoices(stores, tenant, [key]))[0]
}

/** Voices by id and day, in no order; those that the tenant does not have are left out. */
async function findVoices(stores: Stores, tenant: TenantId, keys: readonly Key[]): Promise<ReadVoice[]> {
  if (keys.length === 0) return []
  const rows = await stores.analytics.query<StoredReading & Omit<ReadVoice, 'reading'>>(sql`
    SELECT id, day, text, category, kind, ${storedReading} FROM voices
    WHERE tenant = ${tenant} AND (id, day) IN ${keys.map(({ id, day }) => [id, dayLiteral(day)])} LIMIT 1 BY id, day`)
  return rows.map(({ id, day, text, category, kind, ...read }) => ({
    ...{ id, day, text, category, kind },
    reading: readingOf(read),
  }))
}

/** The reading that counts: what is on record comes before what the analytic store has so far. */
export const standingReading = (voice: ReadVoice, change: Amendment | undefined): Reading =>
  change ? (change.person ?? change.model ?? change.base) : voice.reading

/**
 * Changes a voice's reading and puts the change on record, under a lock of that voice, so that two people who correct it at once work one
 * after the other. `to` makes the new reading of the one that counts. Problem `not_found`, and those of `to`.
 */
export async function recordCorrection(
  stores: Stores,
  tenant: TenantId,
  key: Key,
  by: { actor: string; now: number; change: object },
  to: (voice: ReadVoice) => Promise<Result<Reading>>,
): Promise<Result<Reading>> {
  return underLock(stores, tenant, key, async (tx, voice, before) => {
    const after = await to({ ...voice, reading: before })
    if (!after.ok) return after
    await putAmendment(tx, tenant, key, { origin: 'person', base: voice.reading, reading: after.value })
    await enter(tx, tenant, key, { ...by, before, after: after.value, undoes: null })
    return after
  })
}

/** Takes the last correction that still counts back. Problem `nothing_to_undo`. */
export async function undoCorrection(
  stores: Stores,
  tenant: TenantId,
  key: Key,
  by: { actor: string; now: number },
): Promise<Result<Reading>> {
  return underLock(stores, tenant, key, async (tx, voice, before) => {
    const standing = standingOf(await historyOf(tx, tenant, key))
    const last = standing.at(-1)
    if (!last) return fail({ code: 'nothing_to_undo', message: 'Nobody has corrected this voice.' })
    const amendment = (await amendmentsOf(tx, tenant, [key.id]))(key)!
    const reading = standing.length > 1 ? last.before : null
    await putAmendment(tx, tenant, key, { origin: 'person', base: voice.reading, reading })
    const after = reading ?? amendment.model ?? amendment.base
    await enter(tx, tenant, key, { ...by, change: { kind: 'undo' }, before, after, undoes: last.id })
    return ok(after)
  })
}

/** Everything that was ever corrected in a voice, the first first. */
export async function historyOf<C>(
  db: Stores['db'] | Transaction<Database>,
  tenant: TenantId,
  { id, day }: Key,
): Promise<Correction<C>[]> {
  const rows = await db
    .selectFrom('corrections')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('voice_id', '=', id)
    .where('day', '=', day)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    at: row.at.getTime(),
    actor: row.actor,
    change: row.change as C,
    before: row.before as Reading,
    after: row.after as Reading,
    undoes: row.undoes,
  }))
}

/** The corrections that were not taken back. */
export function standingOf<C>(history: readonly Correction<C>[]): Correction<C>[] {
  const undone = new Set(history.flatMap(({ undoes }) => undoes ?? []))
  return history.filter(({ id, undoes }) => undoes === null && !undone.has(id))
}

/** The voices that a person has corrected (or confirmed), as they stand now: what a model can learn from. */
export async function correctedVoices(stores: Stores, tenant: TenantId): Promise<{ text: string; reading: Reading }[]> {
  const rows = await stores.db
    .selectFrom('amendments')
    .select(['voice_id as id', 'day', 'person'])
    .where('tenant', '=', tenant)
    .where('person', 'is not', null)
    .orderBy('day')
    .orderBy('voice_id')
    .execute()
  const texts = new Map<string, string>()
  for (let at = 0; at < rows.length; at += 500)
    for (const { id, day, text } of await findVoices(stores, tenant, rows.slice(at, at + 500)))
      texts.set(`${day} ${id}`, text)
  return rows.flatMap(({ id, day, person }) => {
    const text = texts.get(`${day} ${id}`)
    return text === undefined ? [] : [{ text, reading: person as Reading }]
  })
}

async function underLock(
  stores: Stores,
  tenant: TenantId,
  key: Key,
  work: (tx: Transaction<Database>, voice: ReadVoice, current: Reading) => Promise<Result<Reading>>,
): Promise<Result<Reading>> {
  return stores.db.transaction().execute(async (tx) => {
    await pgSql`select pg_advisory_xact_lock(hashtextextended(${`${tenant} ${key.day} ${key.id}`}, 0))`.execute(tx)
    const voice = await findVoice(stores, tenant, key)
    if (!voice) return fail({ code: 'not_found', message: 'there is no such voice here' })
    const change = (await amendmentsOf(tx, tenant, [key.id]))(key)
    return work(tx, { ...voice, reading: change?.base ?? voice.reading }, standingReading(voice, change))
  })
}

async function enter(
  tx: Transaction<Database>,
  tenant: TenantId,
  { id, day }: Key,
  line: { actor: string; now: number; change: object; before: Reading; after: Reading; undoes: string | null },
): Promise<void> {
  await tx
    .insertInto('corrections')
    .values({
      tenant,
      voice_id: id,
      day,
      at: new Date(line.now),
      actor: line.actor,
      change: JSON.stringify(line.change),
      before: JSON.stringify(line.before),
      after: JSON.stringify(line.after),
      undoes: line.undoes,
    })
    .execute()
}
