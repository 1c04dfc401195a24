import { type Intervention, recordIntervention } from '../act/interventions.ts'
import {
  findTicket,
  listTickets,
  moveTicket,
  openTicket,
  type Ticket,
  type TicketChange,
  type TicketState,
} from '../act/tickets.ts'
import { ok, type Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import { sameIn } from '../core/words.ts'
import type { Core } from './core.ts'
import type { Findings } from './findings.ts'

type TicketWithChanges = Ticket & { changes: TicketChange[] }

/** From a finding to the department that owns it, and to the change that is made. */
export function createAct(core: Core, findings: Findings) {
  const { db } = core.stores

  async function ticketFromFinding(
    tenant: TenantId,
    findingId: string,
    actor: string,
    now: number,
  ): Promise<TicketWithChanges | undefined> {
    const finding = await findings.find(tenant, findingId)
    if (!finding) return undefined
    const { settings } = await core.tenancy.find(tenant)
    const ticket = await openTicket(db, tenant, {
      findingId,
      title: finding.sentence,
      department: finding.owner,
      actor,
      now,
      firstAnswerWithinMs: settings.firstAnswerMinutes * 60_000,
      closeWithinMs: settings.closeHours * 3_600_000,
    })
    core.changes.publish(tenant, ['tickets', 'findings'])
    return findTicket(db, tenant, ticket.id)
  }

  async function move(
    tenant: TenantId,
    id: string,
    change: { to: TicketState; note: string; actor: string; now: number },
  ): Promise<Result<TicketWithChanges>> {
    const moved = await moveTicket(db, tenant, id, change)
    if (!moved.ok) return moved
    core.changes.publish(tenant, ['tickets', 'findings'])
    return ok((await findTicket(db, tenant, id))!)
  }

  async function interveneOnFinding(
    tenant: TenantId,
    findingId: string,
    change: { what: string; at: number; productIds: string[]; margin: number },
    actor: string,
    now: number,
  ): Promise<Intervention | undefined> {
    const finding = await findings.find(tenant, findingId)
    if (!finding) return undefined
    const made = await recordIntervention(db, tenant, {
      ...change,
      what: sameIn(change.what),
      findingId,
      outcome: finding.outcome,
      category: finding.category,
      actor,
      now,
    })
    core.changes.publish(tenant, ['effects', 'findings'])
    return made
  }

  return {
    ticketFromFinding,
    interveneOnFinding,
    moveTicket: move,
    tickets: (tenant: TenantId) => listTickets(db, tenant),
    ticket: (tenant: TenantId, id: string) => findTicket(db, tenant, id),
  }
}
