import { randomUUID } from 'node:crypto'
import type { Kysely } from 'kysely'
import type { TenantId } from '../../core/tenant.ts'
import type { Database } from '../../store/postgres/tables.ts'

/** What a review of a module came to: what was said, what was decided, and the tickets that came of it. */
export interface ReviewNote {
  id: string
  /** The days that were reviewed. */
  from: string
  to: string
  text: string
  decisions: string[]
  ticketIds: string[]
  author: string
  at: number
}

/** Keeps the note of a review. */
export async function keepNote(
  db: Kysely<Database>,
  tenant: TenantId,
  module: string,
  note: Omit<ReviewNote, 'id'>,
): Promise<ReviewNote> {
  const id = randomUUID()
  await db
    .insertInto('module_notes')
    .values({
      ...{ tenant, id, module, from_day: note.from, to_day: note.to, text: note.text, author: note.author },
      decisions: JSON.stringify(note.decisions),
      ticket_ids: JSON.stringify(note.ticketIds),
      at: new Date(note.at),
    })
    .execute()
  return { id, ...note }
}

/** The notes of a module, the latest first. */
export async function notesOf(
  db: Kysely<Database>,
  tenant: TenantId,
  module: string,
  most: number,
): Promise<ReviewNote[]> {
  const rows = await db
    .selectFrom('module_notes')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('module', '=', module)
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(most)
    .execute()
  return rows.map((row) => ({
    ...{ id: row.id, from: row.from_day, to: row.to_day, text: row.text, author: row.author, at: row.at.getTime() },
    decisions: row.decisions as string[],
    ticketIds: row.ticket_ids as string[],
  }))
}

/** Takes a note away; its tickets stay. False where there was none. */
export async function dropNote(db: Kysely<Database>, tenant: TenantId, module: string, id: string): Promise<boolean> {
  const [row] = await db
    .deleteFrom('module_notes')
    .where('tenant', '=', tenant)
    .where('module', '=', module)
    .where('id', '=', id)
    .execute()
  return (row?.numDeletedRows ?? 0n) > 0n
}
