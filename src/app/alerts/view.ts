import type { Incident, KeptAlarm } from '../../act/alerts/incidents.ts'
import type { Segmentation } from '../../core/alert-rule.ts'
import { isBetweenHours } from '../../core/clock.ts'
import type { Words } from '../../core/words.ts'
import { excessOf, leadOf, weightOf } from '../../measure/alerts/alarm.ts'
import type { Verdict } from '../../measure/alerts/judge.ts'
import type { Rule } from '../../measure/alerts/rule.ts'
import type { FindWatch, Watch } from '../../measure/alerts/watch.ts'
import type { LabelOf } from './labels.ts'
import { headline } from './words.ts'

/** One series of an incident. */
interface AlarmedSeries {
  ruleId: string
  dimension: string
  segment: string
  name: Words
  unit: Watch['unit']
  step: Rule['step']
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
  alarms: readonly Pick<KeptAlarm<Verdict>, 'ruleId' | 'dimension' | 'segment' | 'verdict'>[]
}

interface Means {
  rules: ReadonlyMap<string, Rule>
  find: FindWatch
  zone: string
  label: LabelOf
}

/** What a group of alarms says, in words and figures; null where none of their rules is there any more. */
export function show(group: Grouped, { rules, find, zone, label }: Means): Shown | null {
  const bySeries = new Map<string, Grouped['alarms'][number][]>()
  for (const alarm of group.alarms) {
    const key = JSON.stringify([alarm.ruleId, alarm.dimension, alarm.segment])
    bySeries.set(key, [...(bySeries.get(key) ?? []), alarm])
  }
  const series = [...bySeries.values()].flatMap((alarms) => seriesOf(alarms, { rules, find, label }) ?? [])
  if (series.length === 0) return null
  series.sort(
    (one, other) => weightOf({ verdict: other.peak }) - weightOf({ verdict: one.peak }) || other.alarms - one.alarms,
  )
  const narrow = series.map((one) => ({ ...one, by: dimensionOf(one.dimension), verdict: one.peak }))
  const lead = series[narrow.indexOf(leadOf(narrow))]!
  const rule = rules.get(lead.ruleId)!
  const watch = find(rule.watch)!
  const direction = lead.peak.direction ?? group.direction
  const told = { watch, rule, where: lead.label, direction, since: group.since, zone }
  return {
    name: lead.name,
    watch: watch.id,
    unit: lead.unit,
    step: lead.step,
    headline: headline({ ...told, peak: lead.peak }),
    lead,
    series,
    urgency: weightOf({ verdict: lead.peak }) * Math.log10(10 + excessOf(watch.unit, lead.peak)),
    owner: rule.owner || watch.owner,
  }
}

function seriesOf(
  alarms: Grouped['alarms'],
  { rules, find, label }: Pick<Means, 'rules' | 'find' | 'label'>,
): AlarmedSeries | null {
  const { ruleId, dimension, segment, verdict } = leadOf(
    alarms.map((one) => ({ ...one, by: dimensionOf(one.dimension) })),
  )
  const rule = rules.get(ruleId)
  const watch = rule && find(rule.watch)
  if (!rule || !watch) return null
  return {
    ...{ ruleId, dimension, segment, alarms: alarms.length, peak: verdict },
    ...{ name: { zh: watch.zh, en: watch.en }, unit: watch.unit, step: rule.step, label: label(dimension, segment) },
  }
}

const dimensionOf = (text: string): Segmentation | null => (text === '' ? null : (text as Segmentation))

/** Is it to be told now? Not in the rule's quiet hours, and not where it waits for the daily digest. */
export function isTold(rule: Rule, incident: Pick<Incident, 'snoozedUntil'>, now: number, zone: string): boolean {
  if (rule.tell === 'digest' || (incident.snoozedUntil ?? 0) > now) return false
  return rule.quiet === null || !isBetweenHours(now, rule.quiet, zone)
}
