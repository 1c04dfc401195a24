import type { Kysely, Selectable, Transaction } from 'kysely'
import type { TenantId } from '../../core/tenant.ts'
import type { AlertIncidentTable } from '../../store/postgres/tables/alerts.ts'
import type { Database } from '../../store/postgres/tables.ts'
import { JOINED_INTO } from './join.ts'

export interface Incident {
  id: string
  ruleId: string
  direction: 'up' | 'down'
  state: 'open' | 'closed'
  since: number
  lastAt: number
  foundAt: number
  /** When it was put on record. */
  createdAt: number
  past: boolean
  snoozedUntil: number | null
  falseAlarm: boolean
  acknowledgedBy: string | null
  ticketId: string | null
}

export interface KeptAlarm<V> {
  ruleId: string
  dimension: string
  segment: string
  at: number
  foundAt: number
  continuing: boolean
  verdict: V
}

export interface IncidentChange {
  at: number
  actor: string
  what: string
  note: string
}

/** So many closed incidents are in a page. */
const PAGE = 300

/** The last incident of a page: when it was last alarmed (epoch ms), and its id. */
export type IncidentPlace = readonly [lastAt: number, id: string]

/** A page of incidents and the place after which the next one begins; null where this is the last. */
export interface IncidentPage {
  incidents: Incident[]
  next: IncidentPlace | null
}

/** Every open incident, before the first page of closed ones, the latest first. */
export async function latestIncidents(db: Kysely<Database>, tenant: TenantId): Promise<IncidentPage> {
  const [open, closed] = await Promise.all([
    incidentsOf(db, tenant, 'open').execute(),
    closedIncidents(db, tenant, undefined),
  ])
  return { ...closed, incidents: [...open.map(fromRow), ...closed.incidents] }
}

/** A page of closed incidents, the latest first. */
export async function closedIncidents(
  db: Kysely<Database>,
  tenant: TenantId,
  after: IncidentPlace | undefined,
): Promise<IncidentPage> {
  const closed = incidentsOf(db, tenant, 'closed')
  const older = after
    ? closed.where(({ eb, refTuple, tuple }) => eb(refTuple('last_at', 'id'), '<', tuple(new Date(after[0]), after[1])))
    : closed
  const rows = await older.limit(PAGE + 1).execute()
  const incidents = rows.slice(0, PAGE).map(fromRow)
  const last = incidents.at(-1)
  return { incidents, next: rows.length > PAGE && last ? [last.lastAt, last.id] : null }
}

const incidentsOf = (db: Kysely<Database>, tenant: TenantId, state: Incident['state']) =>
  db
    .selectFrom('alert_incidents')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('state', '=', state)
    .orderBy('last_at', 'desc')
    .orderBy('id', 'desc')

export async function findIncident(db: Kysely<Database>, tenant: TenantId, id: string): Promise<Incident | undefined> {
  const row = await db
    .selectFrom('alert_incidents')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && fromRow(row)
}

/** The alarms of some incidents, in order of time. */
export async function alarmsOf<V>(
  db: Kysely<Database>,
  tenant: TenantId,
  incidents: readonly string[],
): Promise<Map<string, KeptAlarm<V>[]>> {
  const found = new Map<string, KeptAlarm<V>[]>()
  if (incidents.length === 0) return found
  const rows = await db
    .selectFrom('alert_alarms')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('incident_id', 'in', [...incidents])
    .orderBy('at')
    .execute()
  for (const row of rows) {
    const { rule_id: ruleId, dimension, segment, continuing } = row
    const alarm = { ruleId, dimension, segment, continuing, at: row.at.getTime(), foundAt: row.found_at.getTime() }
    found.set(row.incident_id, [...(found.get(row.incident_id) ?? []), { ...alarm, verdict: row.verdict as V }])
  }
  return found
}

export async function changesOf(db: Kysely<Database>, tenant: TenantId, id: string): Promise<IncidentChange[]> {
  const rows = await db
    .selectFrom('alert_changes')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('incident_id', '=', id)
    .orderBy('id')
    .execute()
  return rows.map(({ at, actor, what, note }) => ({ at: at.getTime(), actor, what, note }))
}

/** The incident that took the alarms of this one, if one did. */
export async function joinedInto(db: Kysely<Database>, tenant: TenantId, id: string): Promise<string | null> {
  const changes = await changesOf(db, tenant, id)
  const last = changes.findLast(({ what }) => what === JOINED_INTO)
  return last && last.note !== id ? last.note : null
}

/** What a person does with an incident. */
export type Handling =
  | { what: 'acknowledge' }
  | { what: 'snooze'; until: number }
  | { what: 'wake' }
  | { what: 'false_alarm' }
  | { what: 'true_alarm' }
  | { what: 'mute'; rule: string; dimension: string; segment: string; until: number | null }
  | { what: 'ticket'; ticketId: string }

/** Does it and writes it down, both or neither. False where there is no such incident. */
export async function handleIncident(
  db: Kysely<Database>,
  tenant: TenantId,
  id: string,
  handling: Handling,
  { actor, note, now }: { actor: string; note: string; now: number },
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const incident = await findIncident(trx, tenant, id)
    if (!incident) return false
    const set = changeOf(handling, actor)
    if (set)
      await trx.updateTable('alert_incidents').set(set).where('tenant', '=', tenant).where('id', '=', id).execute()
    if (handling.what === 'mute') await muteSeries(trx, tenant, handling, actor)
    await trx
      .insertInto('alert_changes')
      .values({ tenant, incident_id: id, at: new Date(now), actor, what: handling.what, note })
      .execute()
    return true
  })
}

/** Lets one series of a rule rest. */
async function muteSeries(
  trx: Transaction<Database>,
  tenant: TenantId,
  handling: Extract<Handling, { what: 'mute' }>,
  actor: string,
): Promise<void> {
  await unmuteSeries(trx, tenant, handling)
  const { rule: rule_id, dimension, segment, until } = handling
  await trx
    .insertInto('alert_mutes')
    .values({ tenant, rule_id, dimension, segment, until: until === null ? null : new Date(until), by_actor: actor })
    .execute()
}

/** Wakes a series that was muted; there may be no incident of it any more. False where it was not muted. */
export async function unmuteSeries(
  db: Kysely<Database>,
  tenant: TenantId,
  { rule, dimension, segment }: { rule: string; dimension: string; segment: string },
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('alert_mutes')
    .where('tenant', '=', tenant)
    .where('rule_id', '=', rule)
    .where('dimension', '=', dimension)
    .where('segment', '=', segment)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

function changeOf(handling: Handling, actor: string) {
  switch (handling.what) {
    case 'acknowledge':
      return { acknowledged_by: actor }
    case 'snooze':
      return { snoozed_until: new Date(handling.until) }
    case 'wake':
      return { snoozed_until: null }
    case 'false_alarm':
      return { false_alarm: true, state: 'closed' as const }
    case 'true_alarm':
      return { false_alarm: false }
    case 'ticket':
      return { ticket_id: handling.ticketId, acknowledged_by: actor }
    case 'mute':
      return null
  }
}

function fromRow(row: Selectable<AlertIncidentTable>): Incident {
  return {
    id: row.id,
    ruleId: row.rule_id,
    direction: row.direction,
    state: row.state,
    since: row.since.getTime(),
    lastAt: row.last_at.getTime(),
    foundAt: row.found_at.getTime(),
    createdAt: row.created_at.getTime(),
    past: row.past,
    snoozedUntil: row.snoozed_until?.getTime() ?? null,
    falseAlarm: row.false_alarm,
    acknowledgedBy: row.acknowledged_by,
    ticketId: row.ticket_id,
  }
}

/** The series that nobody wants to hear of. */
export async function listMutes(db: Kysely<Database>, tenant: TenantId, now: number) {
  const rows = await db.selectFrom('alert_mutes').selectAll().where('tenant', '=', tenant).execute()
  return rows
    .filter((row) => row.until === null || row.until.getTime() > now)
    .map((row) => ({
      ruleId: row.rule_id,
      dimension: row.dimension,
      segment: row.segment,
      until: row.until?.getTime() ?? null,
      by: row.by_actor,
      at: row.at.getTime(),
    }))
}

/** How far a tenant's series have been judged, and how many there are. */
export async function lastRound(db: Kysely<Database>, tenant: TenantId) {
  const row = await db.selectFrom('alert_rounds').selectAll().where('tenant', '=', tenant).executeTakeFirst()
  return row ? { judgedUntil: row.judged_until.getTime(), series: row.series, at: row.at.getTime() } : null
}
