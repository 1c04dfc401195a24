import type { Incident, KeptAlarm } from '../../act/alerts/incidents.ts'
import type { Segmentation } from '../../core/alert-rule.ts'
import { zoneOffsetMs } from '../../core/clock.ts'
import type { Words } from '../../core/words.ts'
import { leadOf, weightOf } from '../../measure/alerts/group.ts'
import type { Verdict } from '../../measure/alerts/judge.ts'
import type { Rule } from '../../measure/alerts/rule.ts'
import { findWatch, type Watch } from '../../measure/alerts/watch.ts'
import type { LabelOf } from './labels.ts'
import { headline } from './words.ts'

/** One series of an incident. */
export interface AlarmedSeries {
  dimension: string
  segment: string
  label: Words
  alarms: number
  peak: Verdict
}

export interface Shown {
  name: Words
  watch: string
  unit: Watch['unit']
  step: Rule['step']
  headline: Words
  lead: AlarmedSeries
  series: AlarmedSeries[]
  /** Higher is to be looked at first: how unlikely chance is, and how many rows are too many or too few. */
  urgency: number
  owner: string
}

export type IncidentView = Incident & Shown & { told: boolean; ruleName: string }

interface Grouped {
  since: number
  direction: 'up' | 'down'
  alarms: readonly Pick<KeptAlarm<Verdict>, 'dimension' | 'segment' | 'verdict'>[]
}

/** What a group of alarms says, in words and figures. */
export function show(group: Grouped, rule: Rule, zone: string, label: LabelOf): Shown {
  const watch = findWatch(rule.watch)!
  const bySeries = new Map<string, Grouped['alarms'][number][]>()
  for (const alarm of group.alarms) {
    const key = JSON.stringify([alarm.dimension, alarm.segment])
    bySeries.set(key, [...(bySeries.get(key) ?? []), alarm])
  }
  const series = [...bySeries.values()].map((alarms): AlarmedSeries => {
    const { dimension, segment, verdict } = leadOf(alarms.map((one) => ({ ...one, by: dimensionOf(one.dimension) })))
    return { dimension, segment, label: label(dimension, segment), alarms: alarms.length, peak: verdict }
  })
  series.sort(
    (one, other) => weightOf({ verdict: other.peak }) - weightOf({ verdict: one.peak }) || other.alarms - one.alarms,
  )
  const narrow = series.map((one) => ({ ...one, by: dimensionOf(one.dimension), verdict: one.peak }))
  const lead = series.find(
    (one) => one.segment === leadOf(narrow).segment && one.dimension === (leadOf(narrow).by ?? ''),
  )!
  const told = { watch, rule, where: lead.label, direction: group.direction, since: group.since, zone }
  return {
    name: { zh: watch.zh, en: watch.en },
    watch: watch.id,
    unit: watch.unit,
    step: rule.step,
    headline: headline({ ...told, peak: lead.peak }),
    lead,
    series,
    urgency: weightOf({ verdict: lead.peak }) * Math.log10(10 + excess(watch, lead.peak)),
    owner: rule.owner || watch.owner,
  }
}

const dimensionOf = (text: string): Segmentation | null => (text === '' ? null : (text as Segmentation))

function excess(watch: Watch, verdict: Verdict): number {
  const { value, n } = verdict.window ?? verdict
  const off = Math.abs((value ?? 0) - (verdict.expected ?? 0))
  return watch.unit === 'share' ? off * n : off
}

/** Is it to be told now? Not in the rule's quiet hours, and not where it waits for the daily digest. */
export function isTold(rule: Rule, incident: Pick<Incident, 'snoozedUntil'>, now: number, zone: string): boolean {
  if (rule.tell === 'digest' || (incident.snoozedUntil ?? 0) > now) return false
  if (!rule.quiet) return true
  const hour = new Date(now + zoneOffsetMs(now, zone)).getUTCHours()
  const { from, to } = rule.quiet
  const quiet = from <= to ? hour >= from && hour < to : hour >= from || hour < to
  return !quiet
}
