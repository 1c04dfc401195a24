import {
  alarmsOf,
  changesOf,
  findIncident,
  type Handling,
  handleIncident,
  type Incident,
  lastRound,
  listIncidents,
  listMutes,
} from '../act/alerts/incidents.ts'
import { openTicket } from '../act/tickets.ts'
import type { RuleDraft, Segmentation } from '../core/alert-rule.ts'
import { ok, type Result } from '../core/result.ts'
import type { TenantId } from '../core/tenant.ts'
import { gapOf, groupAlarms } from '../measure/alerts/group.ts'
import type { Verdict } from '../measure/alerts/judge.ts'
import { type AlarmRow, askRows } from '../measure/alerts/rows.ts'
import { checkRule, DAY_MS, type Rule, stepMsOf } from '../measure/alerts/rule.ts'
import { findWatch, watches } from '../measure/alerts/watch.ts'
import { createWatcher } from '../measure/alerts/watcher.ts'
import { labelsOf } from './alerts/labels.ts'
import { createAlertRules, type TenantRule } from './alerts/rules.ts'
import { FALSE_ALARMS_PER_WEEK, periodOf, shareOfBudget, startWatch } from './alerts/run.ts'
import { type IncidentView, isTold, type Shown, show } from './alerts/view.ts'
import type { Core } from './core.ts'

const WEEK_MS = 7 * DAY_MS
/** Days before the beginning that a chart shows. */
const LEAD_IN_MS = { hour: 5 * DAY_MS, day: 42 * DAY_MS }
const PREVIEW_MS = 30 * DAY_MS
const SHOWN_PREVIEW = 30

export type Alerts = ReturnType<typeof createAlerts>

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
    const alarms = await alarmsOf<Verdict>(
      db,
      tenant,
      incidents.map(({ id }) => id),
    )
    return incidents.flatMap((incident) => {
      const [rule, own] = [byId.get(incident.ruleId), alarms.get(incident.id)]
      // A rule that was taken away takes its incidents from the list; an incident whose alarms were all taken back has nothing to say.
      if (!rule || !own || !findWatch(rule.watch)) return []
      const shown = show({ ...incident, alarms: own }, rule, zone, label)
      return [{ ...incident, ...shown, told: isTold(rule, incident, now, zone), ruleName: rule.name }]
    })
  }

  async function list(tenant: TenantId, now: number) {
    const [incidents, round, mutes] = await Promise.all([
      listIncidents(db, tenant),
      lastRound(db, tenant),
      listMutes(db, tenant, now),
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
      budget: {
        perWeek: FALSE_ALARMS_PER_WEEK,
        found: lately.length,
        falseAlarms: lately.filter((one) => one.falseAlarm).length,
      },
      series: round?.series ?? 0,
      judgedUntil: round?.judgedUntil ?? null,
      ready: watch.isSettled(tenant) && round !== null,
    }
  }

  /** One incident with a chart of one of its series: the leading one, unless another is asked for. */
  async function detail(tenant: TenantId, id: string, asked: { dimension?: string; segment?: string }, now: number) {
    const incident = await findIncident(db, tenant, id)
    const [view] = incident ? await viewAll(tenant, [incident], now) : []
    const period = await periodOf(core, tenant, now)
    if (!incident || !view || !period) return undefined
    const { rule } = (await rules.find(tenant, incident.ruleId))!
    const series =
      view.series.find((one) => one.dimension === asked.dimension && one.segment === asked.segment) ?? view.lead
    const by = series.dimension === '' ? null : (series.dimension as Segmentation)
    const from = incident.since - LEAD_IN_MS[rule.step]
    const until = incident.lastAt + LEAD_IN_MS[rule.step]
    const [points, history, evidence] = await Promise.all([
      watcher.seriesOf(rule, by, series.segment, period, from),
      changesOf(db, tenant, id),
      rowsBehind(rule, {
        tenant,
        by,
        segment: series.segment,
        from: incident.since,
        to: incident.lastAt + stepMsOf(rule),
      }),
    ])
    const alarmed = (await alarmsOf<Verdict>(db, tenant, [id])).get(id) ?? []
    const at = alarmed.flatMap((one) =>
      one.dimension === series.dimension && one.segment === series.segment ? [one.at] : [],
    )
    const shown = points.filter((one) => one.at <= until)
    return { ...view, chart: { ...series, points: shown, alarmsAt: at }, history, evidence }
  }

  async function rowsBehind(
    rule: Rule,
    where: { tenant: TenantId; by: Segmentation | null; segment: string; from: number; to: number },
  ): Promise<AlarmRow[]> {
    const watch = findWatch(rule.watch)
    return watch && 'table' in watch ? askRows(analytics, { ...where, watch, where: rule.where }) : []
  }

  async function handle(
    tenant: TenantId,
    id: string,
    handling: Handling,
    by: { actor: string; note: string; now: number },
  ): Promise<IncidentView | undefined> {
    if (!(await handleIncident(db, tenant, id, handling, by))) return undefined
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

  /** What a rule would have told in the last month of the data. Nothing is kept. */
  async function preview(tenant: TenantId, body: RuleDraft, now: number) {
    const checked = checkRule(body)
    if (!checked.ok) return checked
    const period = await periodOf(core, tenant, now)
    const rule: Rule = { id: 'preview', ...body }
    const none = { incidents: [] as (Shown & { since: number; lastAt: number })[], count: 0, series: 0 }
    if (!period) return ok({ ...none, from: now - PREVIEW_MS, to: now, chart: null })
    const all = (await rules.list(tenant)).map((one) => one.rule)
    const { zone } = period
    const label = await labelsOf(core, tenant)
    // A watcher of its own: what it learns for a draft is not kept.
    const trial = createWatcher(analytics)
    const found = await trial.judgeRule(rule, period, shareOfBudget([...all, rule]))
    const from = found.until - PREVIEW_MS
    const groups = groupAlarms(found.alarms, gapOf(rule)).filter((group) => group.lastAt >= from)
    const incidents = groups.map(({ since, lastAt, direction, alarms }) => ({
      since,
      lastAt,
      ...show(
        { since, direction, alarms: alarms.map((one) => ({ ...one, dimension: one.by ?? '' })) },
        rule,
        zone,
        label,
      ),
    }))
    const lead = [...incidents].sort((one, other) => other.urgency - one.urgency)[0]?.lead
    const shown = lead ?? (rule.whole ? { dimension: '', segment: '', label: label('', '') } : null)
    const by = shown && shown.dimension !== '' ? (shown.dimension as Segmentation) : null
    const points = shown ? await trial.seriesOf(rule, by, shown.segment, period, from) : []
    return ok({
      incidents: incidents.reverse().slice(0, SHOWN_PREVIEW),
      count: incidents.length,
      series: found.series,
      from,
      to: found.until,
      chart: shown && points.length > 0 ? { ...shown, points } : null,
    })
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
