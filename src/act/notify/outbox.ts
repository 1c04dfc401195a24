import type { Kysely, Selectable } from 'kysely'
import type { Problem } from '../../core/result.ts'
import { type TenantId, tenantId } from '../../core/tenant.ts'
import type { PostingTable } from '../../store/postgres/tables/alerts.ts'
import type { Database } from '../../store/postgres/tables.ts'
import type { Message } from './way.ts'

/** A message on its way to a channel, or what became of it. */
export interface Posting {
  tenant: TenantId
  channel: string
  message: Message
  state: 'waiting' | 'sent' | 'failed'
  /** Times that it was tried. */
  attempts: number
  madeAt: number
  /** When it is tried next, where it waits. */
  nextAt: number
  doneAt: number | null
  problem: Problem | null
}

/** Pauses after a first, second, … try that failed: some fifteen hours in all, then a person has to look. */
const PAUSES_MIN = [1, 5, 15, 60, 180, 600]
/** While a message is being sent no other process takes it; longer than any sending. */
const LEASE_MS = 120_000
const SHOWN = 12

/** Puts a message into the outbox; the same news to the same channel is there once, whoever brings it and however often. */
export async function postOnce(
  db: Kysely<Database>,
  { tenant, channel, message, now }: { tenant: TenantId; channel: string; message: Message; now: number },
): Promise<boolean> {
  const done = await db
    .insertInto('postings')
    .values({
      ...{ tenant, channel, news: message.id, message: JSON.stringify(message) },
      ...{ next_at: new Date(now), made_at: new Date(now) },
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (done.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** Which of some news were brought to a channel already. */
export async function broughtAlready(
  db: Kysely<Database>,
  tenant: TenantId,
  channel: string,
  news: readonly string[],
): Promise<Set<string>> {
  if (news.length === 0) return new Set()
  const rows = await db
    .selectFrom('postings')
    .select('news')
    .where('tenant', '=', tenant)
    .where('channel', '=', channel)
    .where('news', 'in', [...news])
    .execute()
  return new Set(rows.map((row) => row.news))
}

/** A message whose turn it is, put off meanwhile; those of paused channels wait. */
export async function takeDue(db: Kysely<Database>, now: number): Promise<Posting | null> {
  const row = await db
    .updateTable('postings')
    .set((e) => ({ next_at: new Date(now + LEASE_MS), attempts: e('attempts', '+', 1) }))
    .where('id', '=', (e) =>
      e
        .selectFrom('postings as due')
        .innerJoin('channels', (join) =>
          join.onRef('channels.tenant', '=', 'due.tenant').onRef('channels.id', '=', 'due.channel'),
        )
        .select('due.id')
        .where('due.state', '=', 'waiting')
        .where('due.next_at', '<=', new Date(now))
        .where('channels.paused', '=', false)
        .orderBy('due.next_at')
        .limit(1)
        .forUpdate('due')
        .skipLocked(),
    )
    .returningAll()
    .executeTakeFirst()
  return row ? fromRow(row) : null
}

const at = ({ tenant, channel, message }: Posting) => ({ tenant, channel, news: message.id })

/** `problem`: what stood against a part of it, such as one of several receivers. */
export async function noteSent(
  db: Kysely<Database>,
  posting: Posting,
  { problem, now }: { problem: Problem | null; now: number },
): Promise<void> {
  await change(db, at(posting), { state: 'sent', done_at: new Date(now), problem: problem && JSON.stringify(problem) })
}

/** Waits longer each time, or as long as the other side asks; after the last pause it is given up. */
export async function noteFailed(
  db: Kysely<Database>,
  posting: Posting,
  { problem, now, waitMs = 0 }: { problem: Problem; now: number; waitMs?: number },
): Promise<void> {
  const pause = PAUSES_MIN[posting.attempts - 1]
  const { code, message, remedy } = problem
  await change(db, at(posting), {
    problem: JSON.stringify({ code, message, remedy }),
    ...(pause === undefined
      ? { state: 'failed' as const, done_at: new Date(now) }
      : { next_at: new Date(now + Math.max(pause * 60_000, waitMs)) }),
  })
}

/** Tries a message again from the beginning. False where there is no such message that has not arrived. */
export async function tryAgain(
  db: Kysely<Database>,
  tenant: TenantId,
  { channel, news, now }: { channel: string; news: string; now: number },
): Promise<boolean> {
  const done = await db
    .updateTable('postings')
    .set({ state: 'waiting', attempts: 0, next_at: new Date(now), done_at: null })
    .where('tenant', '=', tenant)
    .where('channel', '=', channel)
    .where('news', '=', news)
    .where('state', '!=', 'sent')
    .executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** The latest messages to a channel, the newest first. */
export async function lastPostings(db: Kysely<Database>, tenant: TenantId, channel: string): Promise<Posting[]> {
  const rows = await db
    .selectFrom('postings')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('channel', '=', channel)
    .orderBy('made_at', 'desc')
    .limit(SHOWN)
    .execute()
  return rows.map(fromRow)
}

async function change(
  db: Kysely<Database>,
  { tenant, channel, news }: { tenant: TenantId; channel: string; news: string },
  set: { state?: 'sent' | 'failed'; done_at?: Date; next_at?: Date; problem: string | null },
): Promise<void> {
  await db
    .updateTable('postings')
    .set(set)
    .where('tenant', '=', tenant)
    .where('channel', '=', channel)
    .where('news', '=', news)
    .execute()
}

const fromRow = (row: Selectable<PostingTable>): Posting => ({
  tenant: tenantId.parse(row.tenant),
  channel: row.channel,
  message: row.message as Message,
  state: row.state,
  attempts: row.attempts,
  madeAt: row.made_at.getTime(),
  nextAt: row.next_at.getTime(),
  doneAt: row.done_at?.getTime() ?? null,
  problem: row.problem as Problem | null,
})
