import type { Segmentation } from '../../core/alert-rule.ts'
import { groupAlarms, type Alarm as Told, type Watched } from '../anomalies/group.ts'
import type { Verdict } from './judge.ts'
import { DAY_MS, type Rule, stepMsOf } from './rule.ts'
import type { Watch } from './watch.ts'

interface SeriesName {
  ruleId: string
  by: Segmentation | null
  segment: string
}

/** A step of a series that calls for somebody. */
export interface Alarm extends SeriesName {
  verdict: Verdict
  /** The moment in the data's own time at which it could be told: the end of the step. */
  foundAt: number
  /** Carries on an alarm before it: too little for one of its own. */
  continuing: boolean
}

/** Alarms that have one cause, as far as time and segment tell. */
export interface Group {
  since: number
  lastAt: number
  foundAt: number
  direction: 'up' | 'down'
  /** In order of time. */
  alarms: Alarm[]
}

/** Alarms further apart than this never have one cause. */
const TOGETHER_MS = 2 * DAY_MS

const nameOf = ({ ruleId, by, segment }: SeriesName): string => JSON.stringify([ruleId, by, segment])

/** A rule with what it watches. */
export interface Ruled {
  rule: Rule
  watch: Watch
}

/** What a series is cut by, for the search for what alarms have in common: its rule, what that is about, and its own segment. */
export function watchedOf({ rule, watch }: Ruled, by: Segmentation | null, segment: string): Watched {
  const topic = watch.topic ?? rule.watch
  const cut = by === null ? {} : { [by]: segment }
  return { series: nameOf({ ruleId: rule.id, by, segment }), segment: { rule: rule.id, topic, ...cut } }
}

interface Episode extends Told {
  alarms: Alarm[]
}

/** One cause, one group; in order of time. `watched` is every series that was judged, so that what is quiet is known too. */
export function groupsOf(alarms: readonly Alarm[], watched: readonly Watched[], ruled: readonly Ruled[]): Group[] {
  const episodes = episodesOf(
    alarms,
    new Map(watched.map((one) => [one.series, one])),
    new Map(ruled.map((one) => [one.rule.id, one])),
  )
  return groupAlarms(episodes, watched, { withinMs: TOGETHER_MS })
    .map(({ alarms: members }) => groupOf(members.flatMap((one) => one.alarms)))
    .sort((one, other) => one.since - other.since)
}

function groupOf(members: readonly Alarm[]): Group {
  const alarms = [...members].sort((one, other) => one.verdict.at - other.verdict.at)
  return {
    since: alarms[0]!.verdict.at,
    lastAt: alarms.at(-1)!.verdict.at,
    foundAt: Math.min(...alarms.map((one) => one.foundAt)),
    direction: leadOf(alarms).verdict.direction!,
    alarms,
  }
}

/** Each alarm with the steps that carry it on. */
function episodesOf(
  alarms: readonly Alarm[],
  watched: ReadonlyMap<string, Watched>,
  ruled: ReadonlyMap<string, Ruled>,
): Episode[] {
  const episodes: Episode[] = []
  const last = new Map<string, Episode>()
  for (const alarm of alarms) {
    const { series, segment } = watched.get(nameOf(alarm))!
    const { at, direction } = alarm.verdict
    const before = last.get(series)
    const { rule, watch } = ruled.get(alarm.ruleId)!
    const excess = excessOf(watch.unit, alarm.verdict)
    const until = at + stepMsOf(rule)
    if (alarm.continuing && before) {
      before.alarms.push(alarm)
      before.until = until
      before.excess = Math.max(before.excess, excess)
      continue
    }
    const episode: Episode = { series, segment, at, until, direction: direction!, excess, alarms: [alarm] }
    last.set(series, episode)
    episodes.push(episode)
  }
  return episodes
}

/** Rows too many or too few. */
export function excessOf(unit: Watch['unit'], verdict: Verdict): number {
  const { value, n, expected } = verdict.window ?? verdict
  const off = Math.abs((value ?? 0) - (expected ?? 0))
  return unit === 'count' ? off : off * n
}

/** The alarm that says most: the one that is least likely chance alone, the narrower series of two alike. */
export function leadOf<A extends { by: Segmentation | null; verdict: Verdict }>(alarms: readonly A[]): A {
  return [...alarms].sort(
    (one, other) => weightOf(other) - weightOf(one) || (one.by === null ? 1 : 0) - (other.by === null ? 1 : 0),
  )[0]!
}

/** How strange a judgement is: decimal places of its p, or how many times over what was expected it lies. */
export function weightOf({ verdict }: { verdict: Verdict }): number {
  if (verdict.p !== null) return Math.min(40, -Math.log10(Math.max(verdict.p, 1e-40)))
  const { value, expected } = verdict
  if (value === null || expected === null) return 0
  return Math.min(12, Math.abs(Math.log2((value + 1e-6) / (expected + 1e-6))))
}
