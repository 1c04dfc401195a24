import { createHash } from 'node:crypto'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { TenantId } from '../../core/tenant.ts'
import type { Database } from '../../store/postgres/tables.ts'
import { joinIncidents } from './join.ts'

/** An alarm as it is kept: one step of one series. */
export interface RaisedAlarm {
  ruleId: string
  dimension: string
  segment: string
  at: number
  direction: 'up' | 'down'
  foundAt: number
  continuing: boolean
  verdict: object
}

interface JudgedRule {
  id: string
  /** Alarms of earlier steps are not this rule's. */
  from: number | null
  /** So long after its last alarm an incident is over. */
  gapMs: number
}

export interface KeptRound {
  tenant: TenantId
  rules: readonly JudgedRule[]
  /** What has one cause: each becomes one incident. */
  groups: readonly (readonly RaisedAlarm[])[]
  /** Series whose past has changed: what is not an alarm any more there is taken back. */
  remade: readonly Series[]
  judgedUntil: number
  series: number
  /** Incidents found before it are the past's: nobody is called. */
  pastBefore: number
  now: number
}

export type Series = Pick<RaisedAlarm, 'ruleId' | 'dimension' | 'segment'>

/** One at a time over all processes; any number that no other use of the database takes. */
const LOCK = 7_070_012

/**
 * Brings the kept alarms and incidents in line with a round. The same round again changes nothing, however often and wherever it was
 * broken off: alarms are named by rule, series and step, and all of it is one transaction. A new alarm goes to the incident that holds most
 * of its group already, or where a person has taken these apart to the one that holds its series; open incidents that it shows to have one
 * cause are joined, but none that a person has taken apart. Answers the incidents that are new and not past.
 */
export async function keepRound(db: Kysely<Database>, round: KeptRound): Promise<string[]> {
  return db.transaction().execute(async (trx) => {
    await lockRounds(trx)
    const fresh = await keepAlarms(trx, round)
    await closeQuiet(trx, round)
    const done = { judged_until: new Date(round.judgedUntil), series: round.series, at: new Date(round.now) }
    await trx
      .insertInto('alert_rounds')
      .values({ tenant: round.tenant, ...done })
      .onConflict((conflict) => conflict.column('tenant').doUpdateSet(done))
      .execute()
    return fresh
  })
}

type Trx = Transaction<Database>

/** Until the transaction ends nobody else changes what is in which incident. */
export async function lockRounds(trx: Transaction<Database>): Promise<void> {
  await sql`select pg_advisory_xact_lock(${LOCK})`.execute(trx)
}

export const seriesOf = ({ ruleId, dimension, segment }: Series): string => JSON.stringify([ruleId, dimension, segment])
const keyOf = (one: Series & { at: number }): string => JSON.stringify([seriesOf(one), one.at])

async function keepAlarms(trx: Trx, round: KeptRound): Promise<string[]> {
  const { tenant, rules } = round
  const [known, muted] = [await storedAlarms(trx, tenant), await mutedSeries(trx, round)]
  const from = new Map(rules.map((rule) => [rule.id, rule.from ?? Number.NEGATIVE_INFINITY]))
  const isWanted = (one: RaisedAlarm) => one.at >= (from.get(one.ruleId) ?? 0) && !muted.has(seriesOf(one))
  const groups = round.groups.map((group) => group.filter(isWanted))
  await takeBack(trx, round, known, new Set(groups.flat().map(keyOf)))
  const fresh: string[] = []
  for (const group of groups) {
    const unknown = group.filter((one) => !known.has(keyOf(one))).sort((one, other) => one.at - other.at)
    if (unknown.length === 0) continue
    const incidents = group.flatMap((one) => known.get(keyOf(one))?.incident ?? [])
    const joined = await joinIncidents(trx, { tenant, now: round.now, incidents })
    for (const one of known.values()) if (joined?.gone.has(one.incident)) one.incident = joined.into
    const id = joined?.into ?? (await makeIncident(trx, round, unknown))
    if (id === null) continue
    if (joined === null && earliestOf(unknown) >= round.pastBefore) fresh.push(id)
    const homes = new Map(
      group.flatMap((one): [string, string][] => {
        const incident = known.get(keyOf(one))?.incident
        return incident !== undefined && joined?.apart.has(incident) ? [[seriesOf(one), incident]] : []
      }),
    )
    for (const [home, own] of Map.groupBy(unknown, (one) => homes.get(seriesOf(one)) ?? id)) {
      for (const alarm of own)
        await trx
          .insertInto('alert_alarms')
          .values(alarmRow(tenant, home, alarm))
          .execute()
      await stretch(trx, tenant, home, own)
    }
  }
  return fresh
}

interface Stored extends Series {
  at: Date
  incident: string
}

async function storedAlarms(trx: Trx, tenant: TenantId): Promise<Map<string, Stored>> {
  const rows = await trx
    .selectFrom('alert_alarms')
    .select(['rule_id', 'dimension', 'segment', 'at', 'incident_id'])
    .where('tenant', '=', tenant)
    .execute()
  const stored = rows.map(
    ({ rule_id: ruleId, dimension, segment, at, incident_id: incident }): Stored => ({
      ...{ ruleId, dimension, segment, at, incident },
    }),
  )
  return new Map(stored.map((one) => [keyOf({ ...one, at: one.at.getTime() }), one]))
}

const earliestOf = (alarms: readonly RaisedAlarm[]): number => Math.min(...alarms.map((one) => one.foundAt))

const alarmRow = (tenant: TenantId, incident: string, alarm: RaisedAlarm) => ({
  tenant,
  rule_id: alarm.ruleId,
  dimension: alarm.dimension,
  segment: alarm.segment,
  at: new Date(alarm.at),
  incident_id: incident,
  found_at: new Date(alarm.foundAt),
  continuing: alarm.continuing,
  verdict: JSON.stringify(alarm.verdict),
})

async function mutedSeries(trx: Trx, { tenant, now }: KeptRound): Promise<Set<string>> {
  const rows = await trx
    .selectFrom('alert_mutes')
    .select(['rule_id', 'dimension', 'segment', 'until'])
    .where('tenant', '=', tenant)
    .execute()
  const running = rows.filter((row) => row.until === null || row.until.getTime() > now)
  return new Set(running.map(({ rule_id: ruleId, dimension, segment }) => seriesOf({ ruleId, dimension, segment })))
}

/** Where rows came late or were taken back, what was an alarm may be none any more. */
async function takeBack(
  trx: Trx,
  { tenant, remade }: KeptRound,
  known: Map<string, Stored>,
  wanted: ReadonlySet<string>,
): Promise<void> {
  const changed = new Set(remade.map(seriesOf))
  for (const [key, one] of known) {
    if (wanted.has(key) || !changed.has(seriesOf(one))) continue
    await trx
      .deleteFrom('alert_alarms')
      .where('tenant', '=', tenant)
      .where('rule_id', '=', one.ruleId)
      .where('dimension', '=', one.dimension)
      .where('segment', '=', one.segment)
      .where('at', '=', one.at)
      .execute()
    known.delete(key)
    await withdrawIfEmpty(trx, tenant, one.incident)
  }
}

async function withdrawIfEmpty(trx: Trx, tenant: TenantId, id: string): Promise<void> {
  const left = await trx
    .selectFrom('alert_alarms')
    .select('at')
    .where('tenant', '=', tenant)
    .where('incident_id', '=', id)
    .limit(1)
    .executeTakeFirst()
  if (left) return
  await trx
    .updateTable('alert_incidents')
    .set({ state: 'closed', past: true })
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .execute()
  await trx.insertInto('alert_changes').values({ tenant, incident_id: id, actor: '', what: 'withdrawn' }).execute()
}

/** A new incident, named by the first alarm that begins one; what only carries on begins none. */
async function makeIncident(trx: Trx, round: KeptRound, alarms: readonly RaisedAlarm[]): Promise<string | null> {
  const { tenant } = round
  const first = alarms.find((one) => !one.continuing)
  if (!first) return null
  const digest = createHash('sha256').update(keyOf(first)).digest('hex')
  const id = `${first.ruleId.slice(0, 40)}-${digest.slice(0, 10)}`
  const past = earliestOf(alarms) < round.pastBefore
  const at = new Date(first.at)
  const times = { since: at, last_at: at, found_at: new Date(first.foundAt), created_at: new Date(round.now) }
  await trx
    .insertInto('alert_incidents')
    .values({ tenant, id, rule_id: first.ruleId, direction: first.direction, state: 'open', past, ...times })
    .onConflict((conflict) => conflict.columns(['tenant', 'id']).doUpdateSet({ state: 'open', past, ...times }))
    .execute()
  await trx
    .insertInto('alert_changes')
    .values({ tenant, incident_id: id, at: new Date(round.now), actor: '', what: 'found' })
    .execute()
  return id
}

/** An incident lasts from the first of its alarms to the last. */
async function stretch(trx: Trx, tenant: TenantId, id: string, alarms: readonly RaisedAlarm[]): Promise<void> {
  const [since, lastAt] = [Math.min(...alarms.map((one) => one.at)), Math.max(...alarms.map((one) => one.at))]
  await trx
    .updateTable('alert_incidents')
    .set({
      since: sql`least(since, ${new Date(since)}::timestamptz)`,
      last_at: sql`greatest(last_at, ${new Date(lastAt)}::timestamptz)`,
      found_at: sql`least(found_at, ${new Date(earliestOf(alarms))}::timestamptz)`,
    })
    .where('tenant', '=', tenant)
    .where('id', '=', id)
    .execute()
}

/** Incidents of which nothing was heard for longer than their gap are over; those of the past as well, whenever they ended. */
async function closeQuiet(trx: Trx, round: KeptRound): Promise<void> {
  for (const rule of round.rules) {
    const over = await trx
      .updateTable('alert_incidents')
      .set({ state: 'closed' })
      .where('tenant', '=', round.tenant)
      .where('rule_id', '=', rule.id)
      .where('state', '=', 'open')
      .where('last_at', '<', new Date(round.judgedUntil - rule.gapMs))
      .returning('id')
      .execute()
    for (const { id } of over)
      await trx
        .insertInto('alert_changes')
        .values({ tenant: round.tenant, incident_id: id, at: new Date(round.now), actor: '', what: 'over' })
        .execute()
    // What is heard of again is open again, unless somebody has called it a false alarm.
    await trx
      .updateTable('alert_incidents')
      .set({ state: 'open' })
      .where('tenant', '=', round.tenant)
      .where('rule_id', '=', rule.id)
      .where('state', '=', 'closed')
      .where('false_alarm', '=', false)
      .where('past', '=', false)
      .where('last_at', '>=', new Date(round.judgedUntil - rule.gapMs))
      .execute()
  }
}
