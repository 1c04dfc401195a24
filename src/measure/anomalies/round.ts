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

/** What a series carries from one round to the next. */
export interface Memory {
  /** Evidence against "all is as usual", as it has gathered since it last began (Shiryaev and Roberts). */
  evidence: number
  /** Points in a row outside what is usual, on the side asked for. */
  outside: number
  /** Points in a row back inside, since the series was told of. */
  inside: number
  /** Told of and not over yet. */
  told: boolean
}

export interface Candidate {
  series: string
  reading: Reading
  volume: number
  demand: Demand
  memory: Memory | null
}

/** False alarms that may be expected on clean data, and how often the series are looked at. */
export interface Budget {
  /** In a week, for each hundred series. */
  falseAlarmsAWeek: number
  roundsAWeek: number
}

export type Because = 'point' | 'round' | 'run'
export type Withheld = 'unknown' | 'usual' | 'volume' | 'change' | 'lasting' | 'told'

export interface Verdict {
  series: string
  /** What made it fire: one point, many series in this round at once, or evidence that gathered over several points. */
  because: Because | null
  /** Why it did not. */
  withheld: Withheld | null
  memory: Memory
  /** The p in the direction asked for. */
  p: number | null
}

export interface Round {
  verdicts: Verdict[]
  /** False alarms to be expected in this round if nothing at all had happened. */
  expectedFalse: number
}

/** A point up to this p lies outside what is usual; that alone tells nobody. */
const OUTSIDE = 0.05
/** So many points back inside, and what was told of is over. */
const OVER = 3
/** The share of false ones among those that a round as a whole lets through (Benjamini and Hochberg). */
const FALSE_SHARE = 0.05

export const unremarkable: Memory = { evidence: 0, outside: 0, inside: 0, told: false }

/**
 * Decides of all series at once which are told of.
 *
 * The guarantee, where every p is valid (given the past, at or below x no more often than x says): on clean data at most
 * `falseAlarmsAWeek` alarms a week for each hundred series. Half of it is spent on single points: p ≤ α with α = budget / 2 / (100 ×
 * rounds a week). Half is spent on evidence over several points: each p becomes an e-value, and their Shiryaev–Roberts sum reaches 1 / α
 * no sooner, on average, than after 1 / α points (Shin, Ramdas and Rinaldo 2023, "E-detectors"). Both halves hold however the series depend
 * on one another, since expectations add up.
 *
 * Where many series move at once, those are told of too that the procedure of Benjamini and Hochberg keeps at the level α × series (at
 * most 5 %): so large is then the expected share of false ones among them, for independent series and for such as rise and fall
 * together. On clean series that rise and fall together a round may hold many false alarms, but such rounds are no more frequent than the
 * level says, and what moves together is one message (`group.ts`).
 */
export function judgeRound(candidates: readonly Candidate[], budget: Budget): Round {
  const alpha = budget.falseAlarmsAWeek / 2 / 100 / budget.roundsAWeek
  const ps = candidates.map(({ reading, demand }) => inDirection(reading, demand.direction))
  const known = ps.filter((p) => p !== null)
  const cut = roundCut(known, alpha)
  const verdicts = candidates.map((candidate, place) => judge(candidate, ps[place]!, { alpha, cut }))
  return { verdicts, expectedFalse: 2 * alpha * known.length }
}

/** The two-sided p turned to the side that is asked for. */
function inDirection({ p, direction }: Reading, wanted: Demand['direction']): number | null {
  if (p === null || wanted === 'both') return p
  return direction === wanted ? p / 2 : 1 - p / 2
}

/** The largest p that the round as a whole lets through. */
function roundCut(ps: readonly number[], alpha: number): number {
  const adjusted = falseDiscovery(ps)
  const level = Math.min(FALSE_SHARE, alpha * ps.length)
  return ps.reduce((cut, p, place) => (adjusted[place]! <= level ? Math.max(cut, p) : cut), 0)
}

function judge(candidate: Candidate, p: number | null, { alpha, cut }: { alpha: number; cut: number }): Verdict {
  const before = candidate.memory ?? unremarkable
  const { series } = candidate
  if (p === null) return { series, because: null, withheld: 'unknown', memory: before, p }
  const memory = carriedOn(before, p)
  const strange: Because | null =
    p <= alpha ? 'point' : p <= cut ? 'round' : memory.evidence * alpha >= 1 ? 'run' : null
  const withheld = strange === null ? 'usual' : wanting(candidate, memory)
  if (withheld !== null) return { series, because: null, withheld, memory, p }
  return { series, because: strange, withheld: null, memory: { ...memory, evidence: 0, told: true, inside: 0 }, p }
}

function carriedOn(before: Memory, p: number): Memory {
  const outside = p <= OUTSIDE ? before.outside + 1 : 0
  const inside = p <= OUTSIDE ? 0 : before.inside + 1
  const told = before.told && inside < OVER
  return { evidence: told ? 0 : (before.evidence + 1) * evidenceOf(p), outside, inside, told }
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

function wanting({ reading, volume, demand }: Candidate, memory: Memory): Withheld | null {
  if (memory.told) return 'told'
  if (volume < demand.minVolume) return 'volume'
  const change = changeOf(reading)
  if (change === null || Math.abs(change) < demand.minChange) return 'change'
  if (memory.outside < demand.lasts) return 'lasting'
  return null
}

/** How far a value lies from what was expected, as a share of that; null where there is nothing to compare with. */
export function changeOf({ value, expected }: Reading): number | null {
  if (value === null || expected === null || expected === 0) return null
  return (value - expected) / Math.abs(expected)
}
