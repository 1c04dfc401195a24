/** A series that was told of, with the segment that it measures. */
export interface Alarm {
  series: string
  at: number
  direction: 'up' | 'down'
  /** What the series is cut by, such as { merchant: 'M07', step: 'trade.pay' }; a dimension that is left out is not cut by. */
  segment: Readonly<Record<string, string>>
  /** Pieces above or below what was expected: failures too many, orders missing. Never negative. */
  excess: number
}

/** Series that were looked at in the same rounds and were as usual. */
export type Quiet = Pick<Alarm, 'series' | 'segment'>

export interface Incident {
  /** What all of it is, as far as it has anything in common; empty: nothing. */
  segment: Readonly<Record<string, string>>
  /** Alarms inside the segment over all alarms of the incident, by excess: how much of it the segment explains. */
  explains: number
  /** Alarms over all series of the segment: how much of the segment is affected. */
  affected: number
  from: number
  to: number
  /** The alarm that shows most, first; the others follow by excess. */
  alarms: Alarm[]
}

/** Alarms further apart than this never are one incident. */
export interface Grouping {
  withinMs: number
}

/** The least share of a segment's series that must be affected before it is blamed. */
const AFFECTED = 0.5
/** A segment must explain at least this much, beside what wider or narrower ones do. */
const EXPLAINS = 0.5

/**
 * Puts alarms together that have one cause, as far as time and segment tell: incidents are taken out one after another, each time the
 * segment that explains most of what is left without also holding many series that are as usual; what remains stands alone.
 *
 * Among segments the score is F2 (van Rijsbergen 1979) of `explains` as recall and `affected` as precision: a segment must hold what
 * happened, some of its series may by chance look as usual, and "everything" does not win by itself. Ties go to the segment that says more.
 *
 * @example groupAlarms(alarms, quiet, { withinMs: 3 * 3_600_000 })[0].segment // { merchant: 'M07', step: 'trade.pay' }
 */
export function groupAlarms(alarms: readonly Alarm[], quiet: readonly Quiet[], grouping: Grouping): Incident[] {
  return together(alarms, grouping.withinMs)
    .flatMap((near) => incidentsOf(near, quiet))
    .sort((one, other) => sum(other.alarms) - sum(one.alarms))
}

const sum = (alarms: readonly Alarm[]): number => alarms.reduce((total, { excess }) => total + excess, 0)

/** Chains of alarms in time, each at most `withinMs` after the one before. */
function together(alarms: readonly Alarm[], withinMs: number): Alarm[][] {
  const chains: Alarm[][] = []
  for (const alarm of [...alarms].sort((one, other) => one.at - other.at)) {
    const last = chains.at(-1)
    if (last && alarm.at - last.at(-1)!.at <= withinMs) last.push(alarm)
    else chains.push([alarm])
  }
  return chains
}

function incidentsOf(alarms: readonly Alarm[], quiet: readonly Quiet[]): Incident[] {
  const incidents: Incident[] = []
  let left = [...alarms]
  while (left.length > 0) {
    const cause = bestSegment(left, quiet)
    const members = cause ? left.filter(({ segment }) => inside(segment, cause)) : []
    if (cause === null || members.length < 2) break
    incidents.push(incidentOf(members, cause, left, quiet))
    left = left.filter((alarm) => !members.includes(alarm))
  }
  return [...incidents, ...left.map((alarm) => incidentOf([alarm], alarm.segment, [alarm], quiet))]
}

function incidentOf(
  members: readonly Alarm[],
  segment: Incident['segment'],
  among: readonly Alarm[],
  quiet: readonly Quiet[],
): Incident {
  const times = members.map(({ at }) => at)
  return {
    segment,
    explains: sum(among) === 0 ? 1 : sum(members) / sum(among),
    affected: members.length / (members.length + quiet.filter((each) => inside(each.segment, segment)).length),
    from: Math.min(...times),
    to: Math.max(...times),
    alarms: [...members].sort((one, other) => other.excess - one.excess),
  }
}

const inside = (segment: Alarm['segment'], wider: Alarm['segment']): boolean =>
  Object.entries(wider).every(([dimension, value]) => segment[dimension] === value)

/** The segment that explains most and holds least that is quiet; null where none is good enough. */
function bestSegment(alarms: readonly Alarm[], quiet: readonly Quiet[]): Incident['segment'] | null {
  let found: { segment: Incident['segment']; score: number } | null = null
  for (const segment of segmentsOf(alarms)) {
    const { explains, affected } = incidentOf(
      alarms.filter((alarm) => inside(alarm.segment, segment)),
      segment,
      alarms,
      quiet,
    )
    if (affected < AFFECTED || (explains < EXPLAINS && alarms.length < 3)) continue
    const score = (5 * explains * affected) / (explains + 4 * affected)
    if (
      found === null ||
      score > found.score + 1e-9 ||
      (score > found.score - 1e-9 && saysMore(segment, found.segment))
    )
      found = { segment, score }
  }
  return found?.segment ?? null
}

const saysMore = (one: Alarm['segment'], other: Alarm['segment']): boolean =>
  Object.keys(one).length > Object.keys(other).length

/** Every combination of up to three dimensions that some alarm has, and only those that at least two alarms share. */
function segmentsOf(alarms: readonly Alarm[]): Alarm['segment'][] {
  const found = new Map<string, { segment: Alarm['segment']; alarms: number }>()
  for (const { segment } of alarms)
    for (const part of partsOf(Object.entries(segment).sort())) {
      const key = JSON.stringify(part)
      const known = found.get(key)
      if (known) known.alarms++
      else found.set(key, { segment: Object.fromEntries(part), alarms: 1 })
    }
  return [...found.values()].filter((each) => each.alarms > 1).map(({ segment }) => segment)
}

const MOST_DIMENSIONS = 3

/** The combinations of the entries, with none at all first. */
function partsOf(entries: readonly [string, string][]): [string, string][][] {
  let parts: [string, string][][] = [[]]
  for (const entry of entries)
    parts = [...parts, ...parts.filter((part) => part.length < MOST_DIMENSIONS).map((part) => [...part, entry])]
  return parts
}
