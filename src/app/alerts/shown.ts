import {
  alarmsOf,
  changesOf,
  findIncident,
  type Incident,
  joinedInto,
  lastRound,
  latestIncidents,
} from '../../act/alerts/incidents.ts'
import type { Segmentation } from '../../core/alert-rule.ts'
import { eventKindOf } from '../../core/event-names.ts'
import type { TenantId } from '../../core/tenant.ts'
import type { Words } from '../../core/words.ts'
import { reachMs, type Verdict } from '../../measure/alerts/judge.ts'
import { type AlarmRow, askFaults, askRows } from '../../measure/alerts/rows.ts'
import { DAY_MS, stepMsOf } from '../../measure/alerts/rule.ts'
import type { Watcher } from '../../measure/alerts/watcher.ts'
import type { Core } from '../core.ts'
import { labelsOf } from './labels.ts'
import type { createAlertRules } from './rules.ts'
import { periodOf } from './run.ts'
import { type IncidentView, isTold, show } from './view.ts'
import { watchBookOf } from './watchable.ts'

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

/** Which records: those of the stretch that the headline tells of, or those of the whole incident. */
export type EvidenceSpan = 'peak' | 'whole'

/** Incidents as people see them: in words and figures, one of them with its line and the records behind it. */
export function createShown(core: Core, watcher: Watcher, rules: ReturnType<typeof createAlertRules>) {
  const { stores, tenancy } = core
  const { db, analytics } = stores

  async function viewAll(tenant: TenantId, kept: readonly Incident[], now: number): Promise<IncidentView[]> {
    const [all, { zone }, label, { find }] = await Promise.all([
      rules.list(tenant),
      tenancy.find(tenant),
      labelsOf(core, tenant),
      watchBookOf(core, tenant),
    ])
    const byId = new Map(all.map((one) => [one.rule.id, one.rule]))
    const means = { rules: byId, find, zone, label }
    const alarms = await alarmsOf<Verdict>(
      db,
      tenant,
      kept.map(({ id }) => id),
    )
    return kept.flatMap((incident) => {
      const [rule, own] = [byId.get(incident.ruleId), alarms.get(incident.id)]
      // A rule that was taken away takes its incidents from the list; an incident whose alarms were all taken back has nothing to say.
      const shown = rule && own ? show({ ...incident, alarms: own }, means) : null
      if (!rule || !shown) return []
      return [{ ...incident, ...shown, told: isTold(rule, incident, now, zone), ruleName: rule.name }]
    })
  }

  /** Every open incident, the latest closed ones, and how far everything was judged. */
  async function incidents(tenant: TenantId, now: number) {
    const [{ incidents: kept, next }, round] = await Promise.all([latestIncidents(db, tenant), lastRound(db, tenant)])
    return { views: await viewAll(tenant, kept, now), next, round }
  }

  /** One incident; whoever kept the address of one that went into another finds that. */
  async function viewOf(tenant: TenantId, id: string, now: number): Promise<IncidentView | undefined> {
    const incident = await findIncident(db, tenant, id)
    const [view] = incident ? await viewAll(tenant, [incident], now) : []
    if (view) return view
    const into = await joinedInto(db, tenant, id)
    return into === null ? undefined : viewOf(tenant, into, now)
  }

  /** One incident and one of its series: the leading one, unless another is asked for. */
  async function seriesOf(tenant: TenantId, id: string, asked: AskedSeries, now: number) {
    const [view, period] = await Promise.all([viewOf(tenant, id, now), periodOf(core, tenant, now)])
    if (!view || !period) return undefined
    const series =
      view.series.find(
        (one) => one.ruleId === asked.rule && one.dimension === asked.dimension && one.segment === asked.segment,
      ) ?? view.lead
    const [found, book, alarmed] = await Promise.all([
      rules.find(tenant, series.ruleId),
      watchBookOf(core, tenant),
      alarmsOf<Verdict>(db, tenant, [view.id]),
    ])
    const { rule } = found!
    const alarms = (alarmed.get(view.id) ?? []).filter(
      (one) => one.ruleId === rule.id && one.dimension === series.dimension && one.segment === series.segment,
    )
    const by = series.dimension === '' ? null : (series.dimension as Segmentation)
    return { view, period, series, rule, watch: book.find(rule.watch)!, by, alarms }
  }

  /** One incident with a chart of one of its series. */
  async function detail(tenant: TenantId, id: string, asked: AskedSeries, now: number) {
    const of = await seriesOf(tenant, id, asked, now)
    if (!of) return undefined
    const { view, series, rule, by, alarms } = of
    const from = view.since - LEAD_IN_MS[rule.step]
    const until = view.lastAt + LEAD_IN_MS[rule.step]
    const [points, history, evidence] = await Promise.all([
      watcher.seriesOf(rule, by, series.segment, of.period, from),
      changesOf(db, tenant, view.id),
      rowsBehind(tenant, of, { offset: 0, span: 'peak' }),
    ])
    return {
      ...view,
      chart: {
        ...series,
        points: points.filter((one) => one.at <= until),
        alarmsAt: alarms.map((one) => one.at),
      },
      history,
      evidence: evidence.rows,
      evidenceTotal: evidence.total,
    }
  }

  /** The records behind one of its series, the latest first, from the `offset`th on: at its peak as many as its figure says. */
  async function evidence(
    tenant: TenantId,
    id: string,
    { offset, span, ...asked }: AskedSeries & { offset: number; span: EvidenceSpan },
    now: number,
  ) {
    const of = await seriesOf(tenant, id, asked, now)
    return of && rowsBehind(tenant, of, { offset, span })
  }

  type OneSeries = NonNullable<Awaited<ReturnType<typeof seriesOf>>>

  async function rowsBehind(
    tenant: TenantId,
    { rule, watch, series, by, alarms }: OneSeries,
    { offset, span }: { offset: number; span: EvidenceSpan },
  ) {
    const verdicts = span === 'peak' ? [series.peak] : alarms.map((one) => one.verdict)
    const where = {
      ...{ tenant, by, segment: series.segment },
      // What was seen over several steps began before the alarm.
      from: Math.min(...verdicts.map((one) => one.at + stepMsOf(rule) - (one.window?.ms ?? reachMs(rule, watch)))),
      to: Math.max(...verdicts.map((one) => one.at)) + stepMsOf(rule),
    }
    const { total, rows } =
      'table' in watch
        ? await askRows(analytics, { ...where, watch, where: rule.where }, offset)
        : await askFaults(analytics, { ...where, watch }, offset)
    return { total, rows: rows.map(named) }
  }

  return { viewAll, incidents, detail, evidence }
}
