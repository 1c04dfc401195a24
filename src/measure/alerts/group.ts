import type { Segmentation } from '../../core/alert-rule.ts'
import { DAY_MS, type Rule } from './rule.ts'
import type { Alarm } from './watcher.ts'

/** How far apart alarms of a rule may be that have one cause. */
export const gapOf = (rule: Pick<Rule, 'step'>): number => (rule.step === 'hour' ? DAY_MS : 3 * DAY_MS)

/** Alarms of one rule and direction that come one after another: one cause, as far as anyone can tell. */
export interface Group<A extends Pick<Alarm, 'verdict' | 'foundAt'> = Alarm> {
  since: number
  lastAt: number
  foundAt: number
  direction: 'up' | 'down'
  alarms: A[]
}

/** Alarms of one rule, grouped in time; what only carries on begins no group. Groups come in order of time. */
export function groupAlarms(alarms: readonly Alarm[], gapMs: number): Group[] {
  const groups: Group[] = []
  for (const alarm of [...alarms].sort((one, other) => one.verdict.at - other.verdict.at)) {
    const { at, direction } = alarm.verdict
    const near = groups.findLast((group) => group.direction === direction && at - group.lastAt <= gapMs)
    if (near) {
      near.alarms.push(alarm)
      near.lastAt = Math.max(near.lastAt, at)
      near.foundAt = Math.min(near.foundAt, alarm.foundAt)
    } else if (!alarm.continuing && direction !== null)
      groups.push({ since: at, lastAt: at, foundAt: alarm.foundAt, direction, alarms: [alarm] })
  }
  return groups
}

export interface SeriesName {
  by: Segmentation | null
  segment: string
}

/** The series that says most of a group: the one whose alarms are least likely chance alone, the narrower of two alike. */
export function leadOf<A extends SeriesName & { verdict: Alarm['verdict'] }>(alarms: readonly A[]): A {
  return [...alarms].sort(
    (one, other) => weightOf(other) - weightOf(one) || (one.by === null ? 1 : 0) - (other.by === null ? 1 : 0),
  )[0]!
}

/** How strange a judgement is: decimal places of its p, or how many times over what was expected it lies. */
export function weightOf({ verdict }: { verdict: Alarm['verdict'] }): number {
  if (verdict.p !== null) return Math.min(40, -Math.log10(Math.max(verdict.p, 1e-40)))
  const { value, expected } = verdict
  if (value === null || expected === null) return 0
  return Math.min(12, Math.abs(Math.log2((value + 1e-6) / (expected + 1e-6))))
}
