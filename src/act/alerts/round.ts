import { createHash } from 'node:crypto'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { TenantId } from '../../core/tenant.ts'
import type { Database } from '../../store/postgres/tables.ts'

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

export interface JudgedRule {
  id: string
  /** Alarms of earlier steps are not this rule's. */
  from: number | null
  /** Alarms nearer than this belong to one incident. */
  gapMs: number
  alarms: readonly RaisedAlarm[]
  /** Series whose past has changed: what is not an alarm any more there is taken back. */
  remade: readonly { dimension: string; segment: string }[]
}

export interface KeptRound {
  tenant: TenantId
  rules: readonly JudgedRule[]
  judgedUntil: number
  series: number
  /** Incidents found before it are the past's: nobody is called. */
  pastBefore: number
  now: number
}

/** One at a time over all processes; any number that no other use of the database takes. */
const LOCK = 7_070_012

/**
 * Brings the kept alarms and incidents in line with a round. The same round again changes nothing, however often and wherever it was
 * broken off: alarms are named by rule, series and step, and all of it is one transaction. Answers the incidents that are new and not past.
 */
export async function keepRound(db: Kysely<Database>, round: KeptRound): Promise<string[]> {
  return db.transaction().execute(async (trx) => {
    await sql`select pg_advisory_xact_lock(${LOCK})`.execute(trx)
    const fresh: string[] = []
    for (const rule of round.rules) fresh.push(...(await keepOfRule(trx, round, rule)))
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
const keyOf = (one: { dimension: string; segment: string; at: number }) =>
  JSON.stringify([one.dimension, one.segment, one.at])

async function keepOfRule(trx: Trx, round: KeptRound, rule: JudgedRule): Promise<string[]> {
  const { tenant } = round
  const stored = await trx
    .selectFrom('alert_alarms')
    .select(['dimension', 'segment', 'at', 'incident_id'])
    .where('tenant', '=', tenant)
    .where('rule_id', '=', rule.id)
    .execute()
  const known = new Map(stored.map((row) => [keyOf({ ...row, at: row.at.getTime() }), row]))
  const muted = await mutedSeries(trx, round, rule.id)
  const wanted = rule.alarms.filter(
    (one) => (rule.from === null || one.at >= rule.from) && !muted.has(JSON.stringify([one.dimension, one.segment])),
  )
  await takeBack(trx, tenant, rule, known, new Set(wanted.map(keyOf)))
  const fresh: string[] = []
  for (const alarm of [...wanted].sort((one, other) => one.at - other.at)) {
    if (known.has(keyOf(alarm))) continue
    const incident = await incidentFor(trx, round, rule, alarm)
    if (!incident) continue
    if (incident.fresh) fresh.push(incident.id)
    await trx
      .insertInto('alert_alarms')
      .values(alarmRow(tenant, incident.id, alarm))
      .execute()
  }
  return fresh
}

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

async function mutedSeries(trx: Trx, { tenant, now }: KeptRound, ruleId: string): Promise<Set<string>> {
  const rows = await trx
    .selectFrom('alert_mutes')
    .select(['dimension', 'segment', 'until'])
    .where('tenant', '=', tenant)
    .where('rule_id', '=', ruleId)
    .execute()
  const running = rows.filter((row) => row.until === null || row.until.getTime() > now)
  return new Set(running.map((row) => JSON.stringify([row.dimension, row.segment])))
}

/** Where rows came late or were taken back, what was an alarm may be none any more. */
async function takeBack(
  trx: Trx,
  tenant: TenantId,
  rule: JudgedRule,
  known: Map<string, { dimension: string; segment: string; at: Date; incident_id: string }>,
  wanted: ReadonlySet<string>,
): Promise<void> {
  const remade = new Set(rule.remade.map((one) => JSON.stringify([one.dimension, one.segment])))
  for (const [key, row] of known) {
    if (wanted.has(key) || !remade.has(JSON.stringify([row.dimension, row.segment]))) continue
    await trx
      .deleteFrom('alert_alarms')
      .where('tenant', '=', tenant)
      .where('rule_id', '=', rule.id)
      .where('dimension', '=', row.dimension)
      .where('segment', '=', row.segment)
      .where('at', '=', row.at)
      .execute()
    known.delete(key)
    await withdrawIfEmpty(trx, tenant, row.incident_id)
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

/** The incident that an alarm belongs to: one of the rule's that is near, else a new one. What only carries on begins none. */
async function incidentFor(
  trx: Trx,
  round: KeptRound,
  rule: JudgedRule,
  alarm: RaisedAlarm,
): Promise<{ id: string; fresh: boolean } | null> {
  const { tenant } = round
  const at = new Date(alarm.at)
  const near = await trx
    .selectFrom('alert_incidents')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('rule_id', '=', rule.id)
    .where('direction', '=', alarm.direction)
    .where('last_at', '>=', new Date(alarm.at - rule.gapMs))
    .where('since', '<=', new Date(alarm.at + rule.gapMs))
    .orderBy('last_at', 'desc')
    .executeTakeFirst()
  if (near) {
    const since = at < near.since ? at : near.since
    const last = at > near.last_at ? at : near.last_at
    const set = { since, last_at: last, found_at: earlier(new Date(alarm.foundAt), near.found_at) }
    await trx.updateTable('alert_incidents').set(set).where('tenant', '=', tenant).where('id', '=', near.id).execute()
    return { id: near.id, fresh: false }
  }
  if (alarm.continuing) return null
  const digest = createHash('sha256')
    .update(JSON.stringify([rule.id, keyOf(alarm), alarm.direction]))
    .digest('hex')
  const id = `${rule.id.slice(0, 40)}-${digest.slice(0, 10)}`
  const past = alarm.foundAt < round.pastBefore
  const times = { since: at, last_at: at, found_at: new Date(alarm.foundAt), created_at: new Date(round.now) }
  const made = await trx
    .insertInto('alert_incidents')
    .values({ tenant, id, rule_id: rule.id, direction: alarm.direction, state: 'open', past, ...times })
    .onConflict((conflict) => conflict.columns(['tenant', 'id']).doUpdateSet({ state: 'open', past, ...times }))
    .returning('id')
    .executeTakeFirst()
  await trx
    .insertInto('alert_changes')
    .values({ tenant, incident_id: id, at: new Date(round.now), actor: '', what: 'found' })
    .execute()
  return { id, fresh: made !== undefined && !past }
}

const earlier = (one: Date, other: Date): Date => (one < other ? one : other)

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
