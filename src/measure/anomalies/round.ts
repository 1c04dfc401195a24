import { falseDiscovery } from '../../core/false-discovery.ts'
import type { Reading } from './detector.ts'

/** What must hold before a series may be told of, whatever its p. */
export interface Demand {
  direction: 'up' | 'down' | 'both'
  /** Trials or pieces behind the point. */
  minVolume: number
  /** Least change against what was expected, as a share of it: 0.2 = 20 %. */
  minChange: number
  /** Points in a row, this one with them, that must lie outside what is usual. */
  lasts: number
}

/** The stretch of points over which evidence gathers: it begins anew whenever nothing speaks against "as usual". */
interface Stretch {
  points: number
  /** Sums over the stretch of what was seen, of what was expected, and of the volume behind it. */
  seen: number
  expected: number
  volume: number
  /** Evidence of the stretch alone (Page's sum); at 1 or below it is over. */
  weight: number
}

/** What a series carries from one round to the next. */
export interface Memory {
  /** Evidence against "all is as usual", as it has gathered since it last began (Shiryaev and Roberts). */
  evidence: number
  /** Where it has gathered. */
  stretch: Stretch | null
  /** Points in a row outside what is usual, on the side asked for. */
  outside: number
  /** Points in a row back inside, since the series was told of. */
  inside: number
  /** Told of and not over yet. */
  told: boolean
}

export interface Candidate {
  series: string
  reading: Pick<Reading, 'value' | 'expected' | 'p' | 'direction'>
  volume: number
  demand: Demand
  memory: Memory | null
  /** How much of the budget is this series' part; 1 where it is left out. Over all series the mean has to be 1. */
  weight?: number
  /** Its p looks back over several points already: all of its part is spent on that, and no evidence is gathered beside it. */
  looksBack?: boolean
}

/** False alarms that may be expected on clean data, and how often the series are looked at. */
export interface Budget {
  /** In a week, for each hundred series. */
  falseAlarmsAWeek: number
  roundsAWeek: number
}

type Because = 'point' | 'round' | 'run'
type Withheld = 'unknown' | 'usual' | 'volume' | 'change' | 'lasting' | 'told'

export interface Verdict {
  series: string
  /** What made it fire: one point, many series in this round at once, or evidence that gathered over several points. */
  because: Because | null
  /** Why it did not. */
  withheld: Withheld | null
  memory: Memory
  /** The p in the direction asked for. */
  p: number | null
  /** The points that made a run. */
  stretch: Stretch | null
}

export interface Round {
  verdicts: Verdict[]
  /** The largest p ÷ weight that many at once let through; 0 where there were not many. */
  cut: number
  /** False alarms to be expected in this round if nothing at all had happened. */
  expectedFalse: number
}

/** A point up to this p lies outside what is usual; that alone tells nobody. */
const OUTSIDE = 0.05
/** So many points back inside, and what was told of is over. */
const OVER = 3
/** The share of false ones among those that a round as a whole lets through (Benjamini and Hochberg). */
const FALSE_SHARE = 0.05

const unremarkable: Memory = { evidence: 0, stretch: null, outside: 0, inside: 0, told: false }

/**
 * Decides of all series at once which are told of.
 *
 * The guarantee, where every p is valid (given the past, at or below x no more often than x says): on clean data at most
 * `falseAlarmsAWeek` alarms a week for each hundred series. A series' part is α = budget × weight / (100 × rounds a week). Half of it is
 * spent on single points: p ≤ α / 2. Half is spent on evidence over several points: each p becomes an e-value, and their
 * Shiryaev–Roberts sum reaches 2 / α no sooner, on average, than after 2 / α points (Shin, Ramdas and Rinaldo 2023, "E-detectors"). Both
 * halves hold however the series depend on one another, since expectations add up. Series whose p looks back by itself spend all on it.
 *
 * Where many series move at once, those are told of too that the procedure of Benjamini and Hochberg keeps at the level α / 2 × series (at
 * most 5 %), their p divided by the weight (Genovese, Roeder and Wasserman 2006): so large is then the expected share of false ones among
 * them, for independent series and for such as rise and fall together. On clean series that rise and fall together a round may hold many
 * false alarms, but such rounds are no more frequent than the level says, and what moves together is one message (`group.ts`).
 */
export function judgeRound(candidates: readonly Candidate[], budget: Budget): Round {
  const part = partOf(budget)
  const ps = candidates.map(({ reading, demand }) => inDirection(reading, demand.direction))
  const known = candidates.flatMap(({ weight = 1 }, place) => (ps[place] === null ? [] : [ps[place]! / weight]))
  const cut = roundCut(known, part / 2)
  const verdicts = candidates.map((candidate, place) => judge(candidate, ps[place]!, { part, cut }))
  const parts = candidates.map(({ weight = 1 }, place) => (ps[place] === null ? 0 : part * weight))
  return { verdicts, cut, expectedFalse: parts.reduce((sum, one) => sum + one, 0) }
}

/** Decides of a series that comes late to a round: what many at once let through is known from then. */
export function judgeLate(candidate: Candidate, budget: Budget, cut: number): Verdict {
  return judge(candidate, inDirection(candidate.reading, candidate.demand.direction), { part: partOf(budget), cut })
}

const partOf = ({ falseAlarmsAWeek, roundsAWeek }: Budget): number => falseAlarmsAWeek / 100 / roundsAWeek

/** The two-sided p turned to the side that is asked for. */
function inDirection({ p, direction }: Candidate['reading'], wanted: Demand['direction']): number | null {
  if (p === null || wanted === 'both') return p
  return direction === wanted ? p / 2 : 1 - p / 2
}

/** The largest p that the round as a whole lets through. */
function roundCut(ps: readonly number[], alpha: number): number {
  const level = Math.min(FALSE_SHARE, alpha * ps.length)
  // Nothing above the level can be kept: it is no use to sort the rest.
  const small = ps.filter((p) => p <= level)
  if (small.length === 0) return 0
  const adjusted = falseDiscovery([...small, ...new Array<number>(ps.length - small.length).fill(1)])
  return small.reduce((cut, p, place) => (adjusted[place]! <= level ? Math.max(cut, p) : cut), 0)
}

function judge(candidate: Candidate, p: number | null, { part, cut }: { part: number; cut: number }): Verdict {
  const before = candidate.memory ?? unremarkable
  const { series, weight = 1, looksBack = false } = candidate
  if (p === null) return { series, because: null, withheld: 'unknown', memory: before, p, stretch: null }
  const memory = carriedOn(before, p, candidate)
  const alpha = (part * weight) / (looksBack ? 1 : 2)
  const strange: Because | null =
    p <= alpha ? 'point' : p / weight <= cut ? 'round' : memory.evidence * alpha >= 1 ? 'run' : null
  const stretch = strange === 'run' ? memory.stretch : null
  const withheld = strange === null ? 'usual' : wanting(candidate, memory, stretch)
  if (withheld !== null) return { series, because: null, withheld, memory, p, stretch: null }
  const told = { ...memory, evidence: 0, stretch: null, told: true, inside: 0 }
  return { series, because: strange, withheld: null, memory: told, p, stretch }
}

function carriedOn(before: Memory, p: number, candidate: Candidate): Memory {
  const outside = p <= OUTSIDE ? before.outside + 1 : 0
  const inside = p <= OUTSIDE ? 0 : before.inside + 1
  const told = before.told && inside < OVER
  if (told || candidate.looksBack) return { evidence: 0, stretch: null, outside, inside, told }
  const e = evidenceOf(p)
  return { evidence: (before.evidence + 1) * e, stretch: longer(before.stretch, e, candidate), outside, inside, told }
}

function longer(before: Stretch | null, e: number, { reading, volume }: Candidate): Stretch | null {
  const weight = (before?.weight ?? 1) * e
  if (weight <= 1) return null
  return {
    points: (before?.points ?? 0) + 1,
    seen: (before?.seen ?? 0) + (reading.value ?? 0),
    expected: (before?.expected ?? 0) + (reading.expected ?? 0),
    volume: (before?.volume ?? 0) + volume,
    weight,
  }
}

/**
 * The e-value of a p: ∫ κ p^(κ−1) dκ over 0 to 1, the mixture of all power calibrators (Vovk and Wang 2021, section 2). Its mean is at
 * most 1 where p is valid.
 *
 * @example evidenceOf(0.001) // 20.8
 */
export function evidenceOf(p: number): number {
  const x = Math.min(1, Math.max(p, 1e-300))
  if (x > 0.999) return 0.5
  const log = Math.log(x)
  return (1 - x + x * log) / (x * log ** 2)
}

function wanting({ reading, volume, demand }: Candidate, memory: Memory, stretch: Stretch | null): Withheld | null {
  if (memory.told) return 'told'
  if (Math.max(volume, stretch?.volume ?? 0) < demand.minVolume) return 'volume'
  const change = changeOf(stretch ? { value: stretch.seen, expected: stretch.expected } : reading)
  if (change === null || Math.abs(change) < demand.minChange) return 'change'
  if (memory.outside < demand.lasts) return 'lasting'
  return null
}

/** How far a value lies from what was expected, as a share of that; null where there is nothing to compare with. */
function changeOf({ value, expected }: Pick<Reading, 'value' | 'expected'>): number | null {
  if (value === null || expected === null || expected === 0) return null
  return (value - expected) / Math.abs(expected)
}
