import { mergeIncident, splitIncident } from '../../act/alerts/divide.ts'
import { findIncident, type Handling, handleIncident, unmuteSeries } from '../../act/alerts/incidents.ts'
import { openTicket } from '../../act/tickets.ts'
import { ok, type Result } from '../../core/result.ts'
import type { TenantId } from '../../core/tenant.ts'
import { mask } from '../../listen/mask.ts'
import type { Core } from '../core.ts'
import type { createShown } from './shown.ts'
import type { IncidentView } from './view.ts'

interface By {
  actor: string
  note: string
  now: number
}

interface SeriesName {
  rule: string
  dimension: string
  segment: string
}
const named = ({ rule: ruleId, ...series }: SeriesName) => ({ ruleId, ...series })

/** What people do with incidents. */
export function createHandling(core: Core, { viewAll }: Pick<ReturnType<typeof createShown>, 'viewAll'>) {
  const { stores, tenancy, changes } = core
  const { db } = stores

  async function handle(tenant: TenantId, id: string, handling: Handling, by: By): Promise<IncidentView | undefined> {
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

  async function unmute(tenant: TenantId, series: SeriesName): Promise<boolean> {
    const was = await unmuteSeries(db, tenant, series)
    if (was) changes.publish(tenant, ['alerts'])
    return was
  }

  /** Takes some series out of an incident; answers the incident that they are now. */
  const split = (tenant: TenantId, id: string, series: readonly SeriesName[], by: By) =>
    regrouped(tenant, splitIncident(db, tenant, id, series.map(named), { ...by, note: mask(by.note) }), by.now)

  /** Puts another incident into this one. */
  const merge = (tenant: TenantId, id: string, other: string, by: By) =>
    regrouped(tenant, mergeIncident(db, tenant, id, other, { ...by, note: mask(by.note) }), by.now)

  async function regrouped(
    tenant: TenantId,
    doing: Promise<Result<string> | undefined>,
    now: number,
  ): Promise<Result<IncidentView> | undefined> {
    const done = await doing
    if (!done?.ok) return done
    changes.publish(tenant, ['alerts'])
    const [view] = await viewAll(tenant, [(await findIncident(db, tenant, done.value))!], now)
    return view && ok(view)
  }

  return { handle, ticket, unmute, split, merge }
}
