import {
  alarmsOf,
  changesOf,
  findIncident,
  type Handling,
  handleIncident,
  type Incident,
  joinedInto,
  lastRound,
  listIncidents,
  listMutes,
  unmuteSeries,
} from '../act/alerts/incidents.ts'
import { openTicket } from '../act/tickets.ts'
import type { RuleDraft, Segmentation } from '../core/alert-rule.ts'
import { eventKindOf } from '../core/event-names.ts'
import type { Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import type { Words } from '../core/words.ts'
import { mask } from '../listen/mask.ts'
import { reachMs, type Verdict } from '../measure/alerts/judge.ts'
import { FALSE_ALARMS_A_WEEK } from '../measure/alerts/rounds.ts'
import { type AlarmRow, askFaults, askRows } from '../measure/alerts/rows.ts'
import { DAY_MS, type Rule, stepMsOf } from '../measure/alerts/rule.ts'
import { findWatch, watches } from '../measure/alerts/watch.ts'
import { createWatcher } from '../measure/alerts/watcher.ts'
import { digestOf } from './alerts/digest.ts'
import { labelsOf } from './alerts/labels.ts'
import { previewRule } from './alerts/preview.ts'
import { createAlertRules, type TenantRule } from './alerts/rules.ts'
import { periodOf, startWatch } from './alerts/run.ts'
import { type IncidentView, isTold, show } from './alerts/view.ts'
import type { Core } from './core.ts'

const WEEK_MS = 7 * DAY_MS
/** Days before the beginning that a chart shows. */
const LEAD_IN_MS = { minutes: 1.5 * DAY_MS, hour: 5 * DAY_MS, day: 42 * DAY_MS }

/** A record with what its event is called. */
function named(row: AlarmRow): AlarmRow & { what: Words } {
  const known = row.table === 'events' ? eventKindOf(row.name) : undefined
  return { ...row, what: known ? { zh: known.zh, en: known.en } : { zh: row.name, en: row.name } }
}

interface AskedSeries {
  rule?: string
  dimension?: string
  segment?: string
}

/** What is watched, what was found, and what people do with it. */
export function createAlerts(core: Core) {
  const { stores, tenancy, changes } = core
  const { db, analytics } = stores
  const watcher = createWatcher(analytics)
  const rules = createAlertRules(core)
  const watch = startWatch(core, watcher, rules, () => {})

  async function viewAll(tenant: TenantId, incidents: readonly Incident[], now: number): Promise<IncidentView[]> {
    const [all, { zone }, label] = await Promise.all([rules.list(tenant), tenancy.find(tenant), labelsOf(core, tenant)])
    const byId = new Map(all.map((one) => [one.rule.id, one.rule]))
    const means = { rules: byId, zone, label }
    const alarms = await alarmsOf<Verdict>(
      db,
      tenant,
      incidents.map(({ id }) => id),
    )
    return incidents.flatMap((incident) => {
      const [rule, own] = [byId.get(incident.ruleId), alarms.get(incident.id)]
      // A rule that was taken away takes its incidents from the list; an incident whose alarms were all taken back has nothing to say.
      const shown = rule && own ? show({ ...incident, alarms: own }, means) : null
      if (!rule || !shown) return []
      return [{ ...incident, ...shown, told: isTold(rule, incident, now, zone), ruleName: rule.name }]
    })
  }

  async function list(tenant: TenantId, now: number) {
    const [incidents, round, mutes, { zone }] = await Promise.all([
      listIncidents(db, tenant),
      lastRound(db, tenant),
      muted(tenant, now),
      tenancy.find(tenant),
    ])
    const views = await viewAll(tenant, incidents, now)
    const isOpen = (one: IncidentView) => one.state === 'open' && !one.past && !one.falseAlarm
    const open = views.filter(isOpen).sort((one, other) => other.urgency - one.urgency)
    const present = round?.judgedUntil ?? now
    const lately = views.filter((one) => one.foundAt > present - WEEK_MS)
    return {
      open,
      past: views.filter((one) => !isOpen(one)).sort((one, other) => other.since - one.since),
      mutes,
      digest: digestOf(views, present, zone),
      budget: {
        perHundred: FALSE_ALARMS_A_WEEK,
        perWeek: (FALSE_ALARMS_A_WEEK * (round?.series ?? 0)) / 100,
        found: lately.length,
        falseAlarms: lately.filter((one) => one.falseAlarm).length,
      },
      series: round?.series ?? 0,
      judgedUntil: round?.judgedUntil ?? null,
      ready: watch.isSettled(tenant) && round !== null,
    }
  }

  /** The series that nobody wants to hear of, by their names. */
  async function muted(tenant: TenantId, now: number) {
    const mutes = await listMutes(db, tenant, now)
    if (mutes.length === 0) return []
    const [all, label] = await Promise.all([rules.list(tenant), labelsOf(core, tenant)])
    return mutes.flatMap((one) => {
      const rule = all.find(({ rule }) => rule.id === one.ruleId)?.rule
      const watch = rule && findWatch(rule.watch)
      if (!watch) return []
      return [{ ...one, name: { zh: watch.zh, en: watch.en }, label: label(one.dimension, one.segment) }]
    })
  }

  /** One incident; whoever kept the address of one that went into another finds that. */
  async function viewOf(tenant: TenantId, id: string, now: number): Promise<IncidentView | undefined> {
    const incident = await findIncident(db, tenant, id)
    const [view] = incident ? await viewAll(tenant, [incident], now) : []
    if (view) return view
    const into = await joinedInto(db, tenant, id)
    return into === null ? undefined : viewOf(tenant, into, now)
  }

  /** One incident with a chart of one of its series: the leading one, unless another is asked for. */
  async function detail(tenant: TenantId, id: string, asked: AskedSeries, now: number) {
    const [view, period] = await Promise.all([viewOf(tenant, id, now), periodOf(core, tenant, now)])
    if (!view || !period) return undefined
    const series =
      view.series.find(
        (one) => one.ruleId === asked.rule && one.dimension === asked.dimension && one.segment === asked.segment,
      ) ?? view.lead
    const { rule } = (await rules.find(tenant, series.ruleId))!
    const by = series.dimension === '' ? null : (series.dimension as Segmentation)
    const from = view.since - LEAD_IN_MS[rule.step]
    const until = view.lastAt + LEAD_IN_MS[rule.step]
    const [points, history, alarmed] = await Promise.all([
      watcher.seriesOf(rule, by, series.segment, period, from),
      changesOf(db, tenant, view.id),
      alarmsOf<Verdict>(db, tenant, [view.id]),
    ])
    const of = (alarmed.get(view.id) ?? []).filter(
      (one) => one.ruleId === rule.id && one.dimension === series.dimension && one.segment === series.segment,
    )
    const evidence = await rowsBehind(rule, {
      ...{ tenant, by, segment: series.segment },
      // What was seen over several steps began before the alarm.
      from: Math.min(...of.map((one) => one.at + stepMsOf(rule) - (one.verdict.window?.ms ?? reachMs(rule)))),
      to: Math.max(...of.map((one) => one.at)) + stepMsOf(rule),
    })
    const shown = points.filter((one) => one.at <= until)
    return {
      ...view,
      chart: { ...series, points: shown, alarmsAt: of.map((one) => one.at) },
      history,
      evidence: evidence.map(named),
    }
  }

  async function rowsBehind(
    rule: Rule,
    where: { tenant: TenantId; by: Segmentation | null; segment: string; from: number; to: number },
  ): Promise<AlarmRow[]> {
    const watch = findWatch(rule.watch)
    if (!watch) return []
    return 'table' in watch
      ? askRows(analytics, { ...where, watch, where: rule.where })
      : askFaults(analytics, { ...where, watch })
  }

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

  async function preview(tenant: TenantId, body: RuleDraft, now: number) {
    const [period, label] = await Promise.all([periodOf(core, tenant, now), labelsOf(core, tenant)])
    return previewRule(analytics, body, { period, label, now })
  }

  async function unmute(
    tenant: TenantId,
    series: { rule: string; dimension: string; segment: string },
  ): Promise<boolean> {
    const was = await unmuteSeries(db, tenant, series)
    if (was) changes.publish(tenant, ['alerts'])
    return was
  }

  async function changed<T>(tenant: TenantId, result: Promise<Result<T>>): Promise<Result<T>> {
    const done = await result
    if (done.ok) {
      changes.publish(tenant, ['alerts'])
      watch.schedule(tenant)
    }
    return done
  }

  return {
    list,
    detail,
    handle,
    ticket,
    unmute,
    preview,
    rules: {
      list: rules.list,
      watchable: () =>
        watches.map(({ id, zh, en, unit, by, bad, owner }) => ({ id, zh, en, unit, by: [...by], bad, owner })),
      save: (tenant: TenantId, id: string | null, body: RuleDraft, by: { actor: string; now: number }) =>
        changed<TenantRule>(tenant, rules.save(tenant, id, body, by)),
      remove: (tenant: TenantId, id: string, actor: string, now: number) =>
        changed(tenant, rules.remove(tenant, id, actor, now)),
      snooze: (tenant: TenantId, id: string, until: number | null, by: { actor: string; now: number }) =>
        changed<TenantRule>(tenant, rules.snooze(tenant, id, until, by)),
    },
    round: watch.round,
    settled: watch.settled,
    schedule: watch.schedule,
    close: watch.close,
  }
}
