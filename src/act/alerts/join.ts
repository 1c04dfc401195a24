import type { Selectable, Transaction } from 'kysely'
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
 * the incident that goes on, those that went into it, and those that a person has taken apart from it; null where there is none at all.
 */
export async function joinIncidents(
  trx: Transaction<Database>,
  { tenant, now, incidents }: Joining,
): Promise<{ into: string; gone: ReadonlySet<string>; apart: ReadonlySet<string> } | null> {
  const ids = byFrequency(incidents)
  const none = new Set<string>()
  if (ids.length < 2) return ids[0] === undefined ? null : { into: ids[0], gone: none, apart: none }
  const [into, ...others] = await openOf(trx, tenant, ids)
  if (!into) return { into: ids[0]!, gone: none, apart: none }
  const pairs = await splitPairs(trx, tenant, ids)
  const apart = new Set(ids.filter((id) => pairs.has(pairOf(id, into.id))))
  const gone = others.filter((one) => one.ticket_id === null && !apart.has(one.id)).map(({ id }) => id)
  if (gone.length === 0) return { into: apart.size > 0 ? into.id : ids[0]!, gone: none, apart }
  await joinInto(trx, { tenant, now, actor: '', note: '', into: into.id, gone })
  return { into: into.id, gone: new Set(gone), apart }
}

interface Joined {
  tenant: TenantId
  now: number
  /** Who says that they have one cause; empty for the watch itself. */
  actor: string
  note: string
  into: string
  gone: readonly string[]
}

/** Puts the alarms of some incidents into another one, and writes it down in the history of all. */
export async function joinInto(trx: Transaction<Database>, joined: Joined): Promise<void> {
  const { tenant, into, gone } = joined
  await takeAlarms(trx, joined)
  await trx
    .updateTable('alert_incidents')
    .set({ state: 'closed', past: true })
    .where('tenant', '=', tenant)
    .where('id', 'in', [...gone])
    .execute()
  const change = (incident_id: string, what: string, note: string) => ({
    ...{ tenant, incident_id, at: new Date(joined.now), actor: joined.actor, what, note },
  })
  const changes = gone.flatMap((id) => [change(id, JOINED_INTO, into), change(into, 'joined', joined.note)])
  await trx.insertInto('alert_changes').values(changes).execute()
}

/** The incidents that a person has taken apart. */
async function splitPairs(
  trx: Transaction<Database>,
  tenant: TenantId,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await trx
    .selectFrom('alert_changes')
    .select(['incident_id', 'note'])
    .where('tenant', '=', tenant)
    .where('what', '=', SPLIT_FROM)
    .where('incident_id', 'in', [...ids])
    .execute()
  return new Set(rows.map((row) => pairOf(row.incident_id, row.note)))
}

const pairOf = (one: string, other: string): string => JSON.stringify([one, other].sort())

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
async function takeAlarms(trx: Transaction<Database>, { tenant, into, gone }: Joined): Promise<void> {
  const all = await trx
    .selectFrom('alert_incidents')
    .select(['since', 'found_at', 'last_at'])
    .where('tenant', '=', tenant)
    .where('id', 'in', [into, ...gone])
    .execute()
  const times = (of: 'since' | 'found_at' | 'last_at') => all.map((one) => one[of].getTime())
  await trx
    .updateTable('alert_alarms')
    .set({ incident_id: into })
    .where('tenant', '=', tenant)
    .where('incident_id', 'in', [...gone])
    .execute()
  await trx
    .updateTable('alert_incidents')
    .set({
      since: new Date(Math.min(...times('since'))),
      found_at: new Date(Math.min(...times('found_at'))),
      last_at: new Date(Math.max(...times('last_at'))),
    })
    .where('tenant', '=', tenant)
    .where('id', '=', into)
    .execute()
}

/** The note of such a change is the incident that it went into. */
export const JOINED_INTO = 'joined_into'
/** The note of such a change is the incident that it was a part of: a person has taken them apart, and they stay so. */
export const SPLIT_FROM = 'split_from'

/** Each once, the one that is named most often first; of two the one that was named first. */
function byFrequency(ids: readonly string[]): string[] {
  const times = new Map<string, number>()
  for (const id of ids) times.set(id, (times.get(id) ?? 0) + 1)
  return [...times].sort(([, one], [, other]) => other - one).map(([id]) => id)
}
