import { type Selectable, sql, type Transaction } from 'kysely'
import type { TenantId } from '../../core/tenant.ts'
import type { AlertIncidentTable } from '../../store/postgres/tables/alerts.ts'
import type { Database } from '../../store/postgres/tables.ts'

interface Joining {
  tenant: TenantId
  now: number
  /** The incidents that alarms of one cause are in, as often as there are alarms. */
  incidents: readonly string[]
}

/**
 * Incidents that turned out to have one cause become one: that which somebody took up, else the one with most of the alarms, takes the
 * alarms of the others. Only what is open is joined: what is over, called a false alarm or has a ticket of its own stays as it was. Answers
 * the incident that goes on and those that went into it; null where there is none at all.
 */
export async function joinIncidents(
  trx: Transaction<Database>,
  { tenant, now, incidents }: Joining,
): Promise<{ into: string; gone: ReadonlySet<string> } | null> {
  const ids = byFrequency(incidents)
  if (ids.length < 2) return ids[0] === undefined ? null : { into: ids[0], gone: new Set() }
  const [into, ...others] = await openOf(trx, tenant, ids)
  const joined = others.filter((one) => one.ticket_id === null)
  if (!into || joined.length === 0) return { into: ids[0]!, gone: new Set() }
  await takeAlarms(trx, into, joined)
  const gone = joined.map(({ id }) => id)
  await trx
    .updateTable('alert_incidents')
    .set({ state: 'closed', past: true })
    .where('tenant', '=', tenant)
    .where('id', 'in', gone)
    .execute()
  const change = (incident_id: string, what: string, note: string) => ({
    ...{ tenant, incident_id, at: new Date(now), actor: '', what, note },
  })
  const changes = gone.flatMap((id) => [change(id, JOINED_INTO, into.id), change(into.id, 'joined', '')])
  await trx.insertInto('alert_changes').values(changes).execute()
  return { into: into.id, gone: new Set(gone) }
}

type Row = Selectable<AlertIncidentTable>

/** Those that can be joined, that which goes on first. */
async function openOf(trx: Transaction<Database>, tenant: TenantId, ids: readonly string[]): Promise<Row[]> {
  const rows = await trx
    .selectFrom('alert_incidents')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('id', 'in', ids)
    .where('state', '=', 'open')
    .where('past', '=', false)
    .where('false_alarm', '=', false)
    .execute()
  const taken = (one: Row) => (one.ticket_id === null ? 0 : 2) + (one.acknowledged_by === null ? 0 : 1)
  return rows.sort((one, other) => taken(other) - taken(one) || ids.indexOf(one.id) - ids.indexOf(other.id))
}

/** The alarms of some incidents go into another one, which then lasts as long as all of them. */
async function takeAlarms(trx: Transaction<Database>, into: Row, joined: readonly Row[]): Promise<void> {
  const { tenant, id } = into
  await trx
    .updateTable('alert_alarms')
    .set({ incident_id: id })
    .where('tenant', '=', tenant)
    .where(
      'incident_id',
      'in',
      joined.map((one) => one.id),
    )
    .execute()
  const earliest = (of: 'since' | 'found_at') =>
    new Date(Math.min(...[into, ...joined].map((one) => one[of].getTime())))
  const latest = new Date(Math.max(...joined.map((one) => one.last_at.getTime())))
  await trx
    .updateTable('alert_incidents')
    .set({
      since: earliest('since'),
      found_at: earliest('found_at'),
      last_at: sql`greatest(last_at, ${latest}::timestamptz)`,
    })
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .execute()
}

/** The note of such a change is the incident that it went into. */
export const JOINED_INTO = 'joined_into'

/** Each once, the one that is named most often first; of two the one that was named first. */
function byFrequency(ids: readonly string[]): string[] {
  const times = new Map<string, number>()
  for (const id of ids) times.set(id, (times.get(id) ?? 0) + 1)
  return [...times].sort(([, one], [, other]) => other - one).map(([id]) => id)
}
