import { findIncident, type Handling, handleIncident, unmuteSeries } from '../../act/alerts/incidents.ts'
import { openTicket } from '../../act/tickets.ts'
import type { TenantId } from '../../core/tenant.ts'
import { mask } from '../../listen/mask.ts'
import type { Core } from '../core.ts'
import type { createShown } from './shown.ts'
import type { IncidentView } from './view.ts'

/** What people do with incidents. */
export function createHandling(core: Core, { viewAll }: Pick<ReturnType<typeof createShown>, 'viewAll'>) {
  const { stores, tenancy, changes } = core
  const { db } = stores

  async function handle(
    tenant: TenantId,
    id: string,
    handling: Handling,
    by: { actor: string; note: string; now: number },
  ): Promise<IncidentView | undefined> {
    // A note is free text: nobody's number is written down with it.
    if (!(await handleIncident(db, tenant, id, handling, { ...by, note: mask(by.note) }))) return undefined
    changes.publish(tenant, ['alerts'])
    return (await viewAll(tenant, [(await findIncident(db, tenant, id))!], by.now))[0]
  }

  /** Sends an incident to the department that owns it; once. */
  async function ticket(tenant: TenantId, id: string, actor: string, now: number): Promise<IncidentView | undefined> {
    const incident = await findIncident(db, tenant, id)
    const [view] = incident ? await viewAll(tenant, [incident], now) : []
    if (!view || view.ticketId !== null) return view
    const { settings } = await tenancy.find(tenant)
    const opened = await openTicket(db, tenant, {
      ...{ findingId: null, title: view.headline, department: view.owner, actor, now },
      firstAnswerWithinMs: settings.firstAnswerMinutes * 60_000,
      closeWithinMs: settings.closeHours * 3_600_000,
    })
    changes.publish(tenant, ['tickets'])
    return handle(tenant, id, { what: 'ticket', ticketId: opened.id }, { actor, note: '', now })
  }

  async function unmute(
    tenant: TenantId,
    series: { rule: string; dimension: string; segment: string },
  ): Promise<boolean> {
    const was = await unmuteSeries(db, tenant, series)
    if (was) changes.publish(tenant, ['alerts'])
    return was
  }

  return { handle, ticket, unmute }
}
