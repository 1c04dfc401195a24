import type { Kysely, Selectable } from 'kysely'
import { fail, ok, type Problem, type Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import type { Words } from '../core/words.ts'
import type { TicketTable } from '../store/postgres/tables/act.ts'
import type { Database } from '../store/postgres/tables.ts'

export type TicketState = 'open' | 'answered' | 'closed'

export interface Ticket {
  id: string
  findingId: string | null
  title: Words
  department: string
  state: TicketState
  createdBy: string
  createdAt: number
  firstAnswerDueAt: number
  closeDueAt: number
  firstAnsweredAt: number | null
  closedAt: number | null
}

export interface TicketChange {
  at: number
  actor: string
  from: string
  to: string
  note: string
}

/** Which state may follow which. A closed ticket can be opened again; its clocks do not restart. */
const moves: Record<TicketState, readonly TicketState[]> = {
  open: ['answered', 'closed'],
  answered: ['closed', 'open'],
  closed: ['open'],
}

export interface NewTicket {
  findingId: string | null
  title: Words
  department: string
  actor: string
  now: number
  firstAnswerWithinMs: number
  closeWithinMs: number
}

/** Opens a ticket, or returns the one that is still open for the same finding: pressing twice makes one. */
export async function openTicket(db: Kysely<Database>, tenant: TenantId, ticket: NewTicket): Promise<Ticket> {
  return db.transaction().execute(async (trx) => {
    const made = await trx
      .insertInto('tickets')
      .values({
        tenant,
        finding_id: ticket.findingId,
        title: JSON.stringify(ticket.title),
        department: ticket.department,
        state: 'open',
        created_by: ticket.actor,
        created_at: new Date(ticket.now),
        first_answer_due_at: new Date(ticket.now + ticket.firstAnswerWithinMs),
        close_due_at: new Date(ticket.now + ticket.closeWithinMs),
      })
      .onConflict((conflict) =>
        conflict
          .columns(['tenant', 'finding_id'])
          .where('state', '<>', 'closed')
          .where('finding_id', 'is not', null)
          .doNothing(),
      )
      .returningAll()
      .executeTakeFirst()
    if (made) {
      await record(trx, tenant, made.id, { at: ticket.now, actor: ticket.actor, from: '', to: 'open', note: '' })
      return fromRow(made)
    }
    const open = await trx
      .selectFrom('tickets')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('finding_id', '=', ticket.findingId)
      .where('state', '<>', 'closed')
      .executeTakeFirstOrThrow()
    return fromRow(open)
  })
}

/** Moves a ticket and writes the move down, both or neither. The first answer and the closing keep their first time. */
export async function moveTicket(
  db: Kysely<Database>,
  tenant: TenantId,
  id: string,
  move: { to: TicketState; note: string; actor: string; now: number },
): Promise<Result<Ticket>> {
  if (!/^\d{1,18}$/.test(id)) return fail(unknown(id))
  return db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('tickets')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (!row) return fail(unknown(id))
    if (!moves[row.state].includes(move.to)) {
      return fail({
        code: 'ticket_move',
        message: `a ticket that is ${row.state} cannot become ${move.to}`,
        remedy: `from ${row.state} it can become ${moves[row.state].join(' or ')}`,
      })
    }
    const at = new Date(move.now)
    const answered = move.to === 'open' ? row.first_answered_at : (row.first_answered_at ?? at)
    const moved = await trx
      .updateTable('tickets')
      .set({ state: move.to, first_answered_at: answered, closed_at: move.to === 'closed' ? at : null })
      .where('tenant', '=', tenant)
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow()
    await record(trx, tenant, id, { at: move.now, actor: move.actor, from: row.state, to: move.to, note: move.note })
    return ok(fromRow(moved))
  })
}

/** Open ones first, by the deadline that comes next; then the closed, newest first. */
export async function listTickets(db: Kysely<Database>, tenant: TenantId): Promise<Ticket[]> {
  const rows = await db
    .selectFrom('tickets')
    .selectAll()
    .where('tenant', '=', tenant)
    .orderBy('id', 'desc')
    .limit(1_000)
    .execute()
  const tickets = rows.map(fromRow)
  const open = tickets.filter((ticket) => ticket.state !== 'closed').sort((a, b) => dueAt(a) - dueAt(b))
  return [...open, ...tickets.filter((ticket) => ticket.state === 'closed')]
}

export async function findTicket(
  db: Kysely<Database>,
  tenant: TenantId,
  id: string,
): Promise<(Ticket & { changes: TicketChange[] }) | undefined> {
  if (!/^\d{1,18}$/.test(id)) return undefined
  const row = await db
    .selectFrom('tickets')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .executeTakeFirst()
  if (!row) return undefined
  const changes = await db
    .selectFrom('ticket_changes')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('ticket_id', '=', id)
    .orderBy('id')
    .execute()
  return {
    ...fromRow(row),
    changes: changes.map((change) => ({
      at: change.at.getTime(),
      actor: change.actor,
      from: change.from_state,
      to: change.to_state,
      note: change.note,
    })),
  }
}

/** The deadline that is running: the first answer until it is given, then the closing. */
export const dueAt = (ticket: Ticket): number =>
  ticket.firstAnsweredAt === null ? ticket.firstAnswerDueAt : ticket.closeDueAt

const unknown = (id: string): Problem => ({ code: 'not_found', message: `there is no ticket ${id}` })

async function record(db: Kysely<Database>, tenant: TenantId, ticketId: string, change: TicketChange): Promise<void> {
  await db
    .insertInto('ticket_changes')
    .values({
      tenant,
      ticket_id: ticketId,
      at: new Date(change.at),
      actor: change.actor,
      from_state: change.from,
      to_state: change.to,
      note: change.note,
    })
    .execute()
}

function fromRow(row: Selectable<TicketTable>): Ticket {
  return {
    id: String(row.id),
    findingId: row.finding_id,
    title: row.title,
    department: row.department,
    state: row.state,
    createdBy: row.created_by,
    createdAt: row.created_at.getTime(),
    firstAnswerDueAt: row.first_answer_due_at.getTime(),
    closeDueAt: row.close_due_at.getTime(),
    firstAnsweredAt: row.first_answered_at?.getTime() ?? null,
    closedAt: row.closed_at?.getTime() ?? null,
  }
}
