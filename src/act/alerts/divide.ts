import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { fail, ok, type Problem, type Result } from '../../core/result.ts'
import type { TenantId } from '../../core/tenant.ts'
import type { Database } from '../../store/postgres/tables.ts'
import { findIncident } from './incidents.ts'
import { joinInto, SPLIT_FROM } from './join.ts'
import { lockRounds, type Series, seriesOf } from './round.ts'

interface By {
  actor: string
  note: string
  now: number
}

/**
 * Takes some series out of an incident, with all their alarms, into one of its own; answers its id. Who did it stands in the history of
 * both, and no later round puts them together again. Undefined where there is no such incident.
 */
export async function splitIncident(
  db: Kysely<Database>,
  tenant: TenantId,
  id: string,
  series: readonly Series[],
  by: By,
): Promise<Result<string> | undefined> {
  return db.transaction().execute(async (trx) => {
    await lockRounds(trx)
    const incident = await findIncident(trx, tenant, id)
    if (!incident) return undefined
    const wanted = new Set(series.map(seriesOf))
    const alarms = await trx
      .selectFrom('alert_alarms')
      .selectAll()
      .where('tenant', '=', tenant)
      .where('incident_id', '=', id)
      .orderBy('at')
      .execute()
    const named = alarms.map((one) => ({ ...one, ruleId: one.rule_id }))
    const [going, staying] = [true, false].map((is) => named.filter((one) => wanted.has(seriesOf(one)) === is))
    const [first] = going!
    if (!first || staying!.length === 0) return fail(nothingToSplit)
    const digest = createHash('sha256')
      .update(JSON.stringify([id, by.now, seriesOf(first)]))
      .digest('hex')
    const apart = `${first.ruleId.slice(0, 40)}-${digest.slice(0, 10)}`
    await trx
      .insertInto('alert_incidents')
      .values({
        ...{ tenant, id: apart, rule_id: first.ruleId, direction: incident.direction, state: incident.state },
        ...{ past: incident.past, false_alarm: incident.falseAlarm, created_at: new Date(by.now) },
        ...{ since: first.at, last_at: first.at, found_at: first.found_at },
      })
      .execute()
    for (const { ruleId, dimension, segment } of series)
      await trx
        .updateTable('alert_alarms')
        .set({ incident_id: apart })
        .where('tenant', '=', tenant)
        .where('incident_id', '=', id)
        .where('rule_id', '=', ruleId)
        .where('dimension', '=', dimension)
        .where('segment', '=', segment)
        .execute()
    for (const [one, own] of [[id, staying!] as const, [apart, going!] as const])
      await trx
        .updateTable('alert_incidents')
        .set({ rule_id: own[0]!.ruleId, ...lasting(own) })
        .where('tenant', '=', tenant)
        .where('id', '=', one)
        .execute()
    const change = { tenant, at: new Date(by.now), actor: by.actor }
    await trx
      .insertInto('alert_changes')
      .values([
        { ...change, incident_id: id, what: 'split', note: by.note },
        { ...change, incident_id: apart, what: SPLIT_FROM, note: id },
      ])
      .execute()
    return ok(apart)
  })
}

/** An incident lasts from the first of its alarms to the last. */
const lasting = (alarms: readonly { at: Date; found_at: Date }[]) => ({
  since: alarms[0]!.at,
  last_at: alarms.at(-1)!.at,
  found_at: new Date(Math.min(...alarms.map((one) => one.found_at.getTime()))),
})

/** Puts another open incident into this one, since a person says that they have one cause. Undefined where either is not there. */
export async function mergeIncident(
  db: Kysely<Database>,
  tenant: TenantId,
  id: string,
  other: string,
  by: By,
): Promise<Result<string> | undefined> {
  return db.transaction().execute(async (trx) => {
    await lockRounds(trx)
    const both = await Promise.all([findIncident(trx, tenant, id), findIncident(trx, tenant, other)])
    if (both.some((one) => !one)) return undefined
    const [into, from] = both.map((one) => one!)
    if (id === other || !isOpen(into!) || !isOpen(from!)) return fail(notOpen)
    if (from!.ticketId !== null) return fail(hasTicket(from!.ticketId))
    await joinInto(trx, { tenant, ...by, into: id, gone: [other] })
    return ok(id)
  })
}

const isOpen = (one: { state: string; past: boolean; falseAlarm: boolean }): boolean =>
  one.state === 'open' && !one.past && !one.falseAlarm

const nothingToSplit: Problem = {
  code: 'nothing-to-split',
  message: 'an incident is split where some of its series go and some stay; these are none of them, or all',
  remedy: 'Choose some of its series, not all.',
  where: 'series',
  zh: { message: '拆分要留下一部分曲线、分出一部分；现在一条都没选中，或全选了', remedy: '只选其中几条曲线。' },
}

const notOpen: Problem = {
  code: 'not-open',
  message: 'two different incidents that are both open can be merged; one of these is over or was called a false alarm',
  remedy: 'Choose another open incident.',
  where: 'other',
  zh: { message: '只有两个都未结束的异常才能合并；其中一个已结束或已认定为误报', remedy: '换一个未结束的异常。' },
}

const hasTicket = (ticket: string): Problem => ({
  code: 'has-ticket',
  message: `the incident that would go has a ticket of its own (${ticket}), which would be left without one`,
  remedy: 'Merge the other way round: open that incident, and put this one into it.',
  where: 'other',
  zh: {
    message: `要并入的异常已有自己的工单（${ticket}），并走后工单就没有着落`,
    remedy: '反过来合并：打开那个异常，把这个并过去。',
  },
})
