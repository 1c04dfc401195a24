import type { Kysely } from 'kysely'
import { type TenantId, tenantId } from '../core/tenant.ts'
import { removeRows } from '../store/clickhouse/analytics.ts'
import { whileWriting } from '../store/clickhouse/marks.ts'
import { day, sql } from '../store/clickhouse/sql.ts'
import type { Stores } from '../store/open.ts'
import type { Database } from '../store/postgres/tables.ts'
import { layAmendmentsOver, storeAmendments } from './amendments.ts'
import { REREADING, underLock } from './lock.ts'
import type { Change, ReadAll } from './round.ts'
import { readingOf, rereadMentionRows, rereadVoiceRow, type StoredReading, type StoredVoice } from './rows.ts'

/** Voices that are read again because the reader learnt or lost a word. */
export interface Reread {
  id: string
  word: string
  total: number
  done: number
  startedAt: number
  finishedAt: number | null
}

const PORTION = 500
const SHOWN = 20

/** Puts it on record that the voices with a word must be read again; the same word once where it has not begun. */
export async function askReread(db: Kysely<Database>, tenant: TenantId, word: string): Promise<void> {
  const waiting = await db
    .selectFrom('rereads')
    .select('id')
    .where('tenant', '=', tenant)
    .where('word', '=', word)
    .where('finished_at', 'is', null)
    .where('after', '=', '')
    .where('pending', 'is', null)
    .executeTakeFirst()
  if (!waiting) await db.insertInto('rereads').values({ tenant, word, pending: null }).execute()
}

/** The newest of a tenant's. */
export async function listRereads(db: Kysely<Database>, tenant: TenantId): Promise<Reread[]> {
  const rows = await db
    .selectFrom('rereads')
    .select(['id', 'word', 'total', 'done', 'started_at', 'finished_at'])
    .where('tenant', '=', tenant)
    .orderBy('id', 'desc')
    .limit(SHOWN)
    .execute()
  return rows.map(({ id, word, total, done, started_at, finished_at }) => {
    const [startedAt, finishedAt] = [started_at.getTime(), finished_at?.getTime() ?? null]
    return { id: String(id), word, total, done, startedAt, finishedAt }
  })
}

interface Pending {
  voices: (StoredVoice & StoredReading)[]
  mentions: object[]
}

/**
 * Reads the next portion of the oldest open task again and puts the new rows in the place of the old ones, so that nothing is there
 * twice and mentions that are no longer found are gone. The new rows are written down first: after a crash between removing and
 * writing, the same portion is removed and written once more. Run it only while no round is prepared or written.
 */
export async function rereadPortion(parts: { stores: Stores; readAll: ReadAll }): Promise<Change | null> {
  if (!(await nextTask(parts.stores.db))) return null
  return underLock(parts.stores, REREADING, () => portion(parts))
}

const nextTask = (db: Kysely<Database>) =>
  db.selectFrom('rereads').selectAll().where('finished_at', 'is', null).orderBy('id').executeTakeFirst()

async function portion(parts: { stores: Stores; readAll: ReadAll }): Promise<Change | null> {
  const { db } = parts.stores
  const task = await nextTask(db)
  if (!task) return null
  const tenant = tenantId.parse(task.tenant)
  const mine = () => db.updateTable('rereads').where('tenant', '=', task.tenant).where('id', '=', task.id)
  let pending = task.pending === null ? null : (JSON.parse(task.pending) as Pending)
  if (!pending) {
    pending = await prepare(parts, tenant, task.word, task.after)
    const total = task.after === '' ? await countVoices(parts.stores, tenant, task.word) : task.total
    if (pending.voices.length === 0) {
      await mine().set({ total, done: total, finished_at: new Date() }).execute()
      return { ...nothing(tenant), voices: task.done }
    }
    await mine()
      .set({ total, pending: JSON.stringify(pending) })
      .execute()
  }
  await replace(parts.stores, tenant, pending)
  // What a person or a model made of a voice stands when it is read again.
  const read = pending.voices.map((row) => ({ key: { id: row.id, day: row.day }, reading: readingOf(row) }))
  if (await layAmendmentsOver(db, tenant, read)) await storeAmendments(parts.stores, tenant)
  const last = pending.voices.at(-1)!
  const done = task.done + pending.voices.length
  await mine()
    .set({ done, after: placeOf(last), pending: null })
    .execute()
  return { ...nothing(tenant), voices: pending.voices.length, mentions: pending.mentions.length }
}

const nothing = (tenant: TenantId): Change => ({ tenant, voices: 0, mentions: 0, events: 0, orders: 0, products: 0 })

const placeOf = ({ day, id }: StoredVoice): string => JSON.stringify([day, id])

const containing = (tenant: TenantId, word: string) =>
  sql`tenant = ${tenant} AND speaker = 'customer' AND positionCaseInsensitiveUTF8(text, ${word}) > 0`

async function countVoices({ analytics }: Stores, tenant: TenantId, word: string): Promise<number> {
  const [row] = await analytics.query<{ n: number }>(
    sql`SELECT count() AS n FROM voices WHERE ${containing(tenant, word)}`,
  )
  return row!.n
}

async function prepare(
  { stores, readAll }: { stores: Stores; readAll: ReadAll },
  tenant: TenantId,
  word: string,
  after: string,
): Promise<Pending> {
  const [lastDay, lastId] = after === '' ? [] : (JSON.parse(after) as [string, string])
  const further = lastDay ? sql`(day, id) > (${day(lastDay)}, ${lastId!})` : sql`1`
  const rows = await stores.analytics.query<StoredVoice & StoredReading>(sql`
    SELECT * FROM voices WHERE ${containing(tenant, word)} AND ${further} ORDER BY day, id LIMIT 1 BY day, id LIMIT ${PORTION}`)
  if (rows.length === 0) return { voices: [], mentions: [] }
  const readings = await readAll(
    rows.map(({ text, category, kind }) => ({ text, kind, category: category === '' ? undefined : category })),
    tenant,
  )
  return {
    voices: rows.map((row, i) => rereadVoiceRow(row, readings[i]!)),
    mentions: rows.flatMap((row, i) => rereadMentionRows(row, readings[i]!)),
  }
}

async function replace({ analytics }: Stores, tenant: TenantId, { voices, mentions }: Pending): Promise<void> {
  const keys = voices.map((voice) => [day(voice.day), voice.id])
  const days = new Set(voices.map((voice) => voice.day))
  await whileWriting(analytics, ['voices', 'mentions'], new Map([[tenant as string, days]]), async () => {
    await removeRows(analytics, 'mentions', sql`tenant = ${tenant} AND (day, voice_id) IN ${keys}`)
    await analytics.insert('mentions', mentions)
    await removeRows(analytics, 'voices', sql`tenant = ${tenant} AND (day, id) IN ${keys}`)
    await analytics.insert('voices', voices)
  })
}
