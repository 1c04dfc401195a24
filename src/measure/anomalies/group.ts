/** A series that was told of, with the segment that it measures. */
export interface Alarm extends Watched {
  /** From when to when it was told of. */
  at: number
  until: number
  direction: 'up' | 'down'
  /** Pieces above or below what was expected: failures too many, orders missing. Never negative. */
  excess: number
}

/** A series that was looked at in the same rounds, whether or not it was as usual. */
export interface Watched {
  series: string
  /** What the series is cut by, such as { merchant: 'M07', step: 'trade.pay' }; a dimension that is left out is not cut by. */
  segment: Readonly<Record<string, string>>
}

export interface Incident<A extends Alarm = Alarm> {
  /** What all of it is, as far as it has anything in common; empty: nothing. */
  segment: Readonly<Record<string, string>>
  /** Pieces inside the segment over all pieces near in time: how much of it the segment explains. */
  explains: number
  /** Series that alarm over all series of the segment that are as wide: how much of the segment is affected. */
  affected: number
  from: number
  to: number
  /** The alarm that shows most, first; the others follow by excess. */
  alarms: A[]
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
 * Series of a segment may be parts of one another (the whole shop, and each of its merchants): `affected` counts the widest that alarm, for
 * a whole that is hit need not be hit in most of its parts.
 *
 * @example groupAlarms(alarms, watched, { withinMs: 3 * 3_600_000 })[0].segment // { merchant: 'M07', step: 'trade.pay' }
 */
export function groupAlarms<A extends Alarm>(
  alarms: readonly A[],
  watched: readonly Watched[],
  grouping: Grouping,
): Incident<A>[] {
  const sizes = sizesOf(watched)
  return together(alarms, grouping.withinMs)
    .flatMap((near) => incidentsOf(near, sizes))
    .sort((one, other) => sum(other.alarms, piecesOf(other.alarms)) - sum(one.alarms, piecesOf(one.alarms)))
}

type Pieces = ReadonlyMap<Alarm, number>

/** The pieces that alarms speak of, each once: a part of a whole that alarms too speaks of the same. */
function piecesOf(alarms: readonly Alarm[]): Pieces {
  const told = new Set(alarms.map(({ segment }) => nameOf(Object.entries(segment).sort())))
  const isPart = ({ segment }: Alarm) =>
    partsOf(segment).some((part) => part.length < widthOf(segment) && told.has(nameOf(part)))
  return new Map(alarms.map((alarm) => [alarm, isPart(alarm) ? 0 : alarm.excess]))
}

const sum = (alarms: readonly Alarm[], pieces: Pieces): number =>
  alarms.reduce((total, alarm) => total + pieces.get(alarm)!, 0)

/** Chains of alarms in time, each at most `withinMs` after the end of those before. */
function together<A extends Alarm>(alarms: readonly A[], withinMs: number): A[][] {
  const chains: A[][] = []
  let end = Number.NEGATIVE_INFINITY
  for (const alarm of [...alarms].sort((one, other) => one.at - other.at)) {
    if (alarm.at - end <= withinMs) chains.at(-1)!.push(alarm)
    else chains.push([alarm])
    end = Math.max(end, alarm.until)
  }
  return chains
}

function incidentsOf<A extends Alarm>(alarms: readonly A[], sizes: Sizes): Incident<A>[] {
  const incidents: Incident<A>[] = []
  let left = [...alarms]
  while (left.length > 0) {
    const pieces = piecesOf(left)
    const cause = bestSegment(left, pieces, sizes)
    const members = cause ? left.filter(({ segment }) => inside(segment, cause)) : []
    if (cause === null || members.length < 2) break
    incidents.push(incidentOf(members, cause, pieces, sizes))
    left = left.filter((alarm) => !members.includes(alarm))
  }
  return [...incidents, ...left.map((alarm) => incidentOf([alarm], alarm.segment, piecesOf([alarm]), sizes))]
}

function incidentOf<A extends Alarm>(
  members: readonly A[],
  segment: Incident['segment'],
  pieces: Pieces,
  sizes: Sizes,
): Incident<A> {
  const all = sum([...pieces.keys()], pieces)
  return {
    segment,
    explains: all === 0 ? 1 : sum(members, pieces) / all,
    affected: affectedOf(members, segment, sizes),
    from: Math.min(...members.map(({ at }) => at)),
    to: Math.max(...members.map(({ until }) => until)),
    alarms: [...members].sort((one, other) => other.excess - one.excess),
  }
}

const widthOf = (segment: Watched['segment']): number => Object.keys(segment).length

function affectedOf(members: readonly Alarm[], segment: Watched['segment'], sizes: Sizes): number {
  const width = Math.min(...members.map((one) => widthOf(one.segment)))
  const hit = new Set(members.filter((one) => widthOf(one.segment) === width).map(({ series }) => series))
  return hit.size / Math.max(hit.size, sizes.get(nameOf(Object.entries(segment).sort()))?.[width] ?? 0)
}

const inside = (segment: Alarm['segment'], wider: Alarm['segment']): boolean =>
  Object.entries(wider).every(([dimension, value]) => segment[dimension] === value)

/** The segment that explains most and holds least that is quiet; null where none is good enough. */
function bestSegment(alarms: readonly Alarm[], pieces: Pieces, sizes: Sizes): Incident['segment'] | null {
  let found: { segment: Incident['segment']; score: number } | null = null
  for (const segment of segmentsOf(alarms)) {
    const { explains, affected } = incidentOf(
      alarms.filter((alarm) => inside(alarm.segment, segment)),
      segment,
      pieces,
      sizes,
    )
    if (affected < AFFECTED || (explains < EXPLAINS && alarms.length < 3)) continue
    const score = (5 * explains * affected) / (explains + 4 * affected)
    if (
      found === null ||
      score > found.score + 1e-9 ||
      (score > found.score - 1e-9 && widthOf(segment) > widthOf(found.segment))
    )
      found = { segment, score }
  }
  return found?.segment ?? null
}

/** Every combination of up to three dimensions that some alarm has, and only those that at least two alarms share. */
function segmentsOf(alarms: readonly Alarm[]): Alarm['segment'][] {
  const found = new Map<string, { segment: Alarm['segment']; alarms: number }>()
  for (const { segment } of alarms)
    for (const part of partsOf(segment)) {
      const key = nameOf(part)
      const known = found.get(key)
      if (known) known.alarms++
      else found.set(key, { segment: Object.fromEntries(part), alarms: 1 })
    }
  return [...found.values()].filter((each) => each.alarms > 1).map(({ segment }) => segment)
}

const MOST_DIMENSIONS = 3

/** The combinations of the segment's dimensions, with none at all first. */
function partsOf(segment: Watched['segment']): [string, string][][] {
  let parts: [string, string][][] = [[]]
  for (const entry of Object.entries(segment).sort())
    parts = [...parts, ...parts.filter((part) => part.length < MOST_DIMENSIONS).map((part) => [...part, entry])]
  return parts
}

const nameOf = (part: readonly [string, string][]): string => JSON.stringify(part)

/** How many series each segment holds, by their width. */
type Sizes = ReadonlyMap<string, readonly number[]>

function sizesOf(watched: readonly Watched[]): Sizes {
  const sizes = new Map<string, number[]>()
  for (const { segment } of watched)
    for (const part of partsOf(segment)) {
      const widths = sizes.get(nameOf(part)) ?? []
      sizes.set(nameOf(part), widths)
      const width = widthOf(segment)
      while (widths.length <= width) widths.push(0)
      widths[width]!++
    }
  return sizes
}
