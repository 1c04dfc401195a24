import type { Segmentation } from '../../core/alert-rule.ts'
import {
  type Budget,
  type Candidate,
  judgeLate,
  judgeRound,
  type Memory,
  type Verdict as Told,
} from '../anomalies/round.ts'
import type { Alarm } from './alarm.ts'
import { candidateOf, isReached, type Judge, type Verdict } from './judge.ts'
import { DAY_MS, type Rule, stepMsOf } from './rule.ts'
import type { Counts, Totals } from './series.ts'
import type { Watch } from './watch.ts'

/** False alarms that may be expected in a week for each hundred series that are learnt. */
export const FALSE_ALARMS_A_WEEK = 1

/** What is known of one series. */
export interface Segment {
  rule: Rule
  watch: Watch
  by: Segmentation | null
  key: string
  judge: Judge
  memory: Memory | null
  totals: Totals
  /** Steps that could be judged: before them everything was learning. */
  judged: number
  alarms: Alarm[]
}

/** Steps of a series that wait to be judged. */
export interface Waiting {
  segment: Segment
  counts: Counts | undefined
  from: number
  until: number
}

/** The rounds that were held of one length of step: what each let through because many series moved at once. */
export interface Ledger {
  until: number
  cuts: Map<number, number>
}

export const freshLedger = (): Ledger => ({ until: Number.NEGATIVE_INFINITY, cuts: new Map() })

/** So long the rest of the process waits at most. */
const TURN_MS = 25

interface Means {
  stepMs: number
  ledger: Ledger
  /** A series' part of the budget; their mean is 1. */
  weightOf: (segment: Segment) => number
  stopped?: AbortSignal | undefined
}

interface Turn {
  segment: Segment
  verdict: Verdict
  candidate: Candidate
}

/**
 * Judges step by step, all series of a step together. A series that comes late to a round (it is new, or its past has changed) is judged by
 * what that round let through.
 */
export async function holdRounds(
  waiting: readonly Waiting[],
  { stepMs, ledger, weightOf, stopped }: Means,
): Promise<void> {
  const budget = { falseAlarmsAWeek: FALSE_ALARMS_A_WEEK, roundsAWeek: (7 * DAY_MS) / stepMs }
  const places = new Array<number>(waiting.length).fill(0)
  const until = waiting.reduce((latest, one) => Math.max(latest, one.until), Number.NEGATIVE_INFINITY)
  let begun = performance.now()
  for (let at = Math.min(...waiting.map((one) => one.from)); at < until; at += stepMs) {
    const turns: Turn[] = []
    for (const [place, one] of waiting.entries()) {
      if (at < one.from || at >= one.until) continue
      const here = one.counts?.at[places[place]!] === at
      const n = here ? one.counts!.n[places[place]!]! : 0
      const plus = here ? one.counts!.plus[places[place]!]! : 0
      if (here) places[place]!++
      const turn = take(one.segment, at, n, plus, weightOf)
      if (turn) turns.push(turn)
    }
    settle(turns, at, ledger, budget)
    if (performance.now() - begun > TURN_MS) {
      await new Promise((resolve) => setImmediate(resolve))
      stopped?.throwIfAborted()
      begun = performance.now()
    }
  }
  ledger.until = Math.max(ledger.until, until)
}

function take(
  segment: Segment,
  at: number,
  n: number,
  plus: number,
  weightOf: (segment: Segment) => number,
): Turn | null {
  const { rule, watch, memory } = segment
  segment.totals.n += n
  segment.totals.plus += plus
  const verdict = segment.judge.step(at, n, plus)
  if (rule.judge.kind !== 'learnt') {
    if (isReached(rule, watch, verdict)) segment.alarms.push(alarmOf(segment, verdict, false))
    return null
  }
  if (verdict.p !== null) segment.judged++
  const weight = weightOf(segment)
  return { segment, verdict, candidate: { series: '', memory, weight, ...candidateOf(rule, watch, verdict) } }
}

function settle(turns: readonly Turn[], at: number, ledger: Ledger, budget: Budget): void {
  if (turns.length === 0) return
  const told = at < ledger.until ? late(turns, ledger.cuts.get(at) ?? 0, budget) : together(turns, at, ledger, budget)
  for (const [place, { segment, verdict }] of turns.entries()) {
    const { because, stretch, memory } = told[place]!
    segment.memory = memory
    const continuing = because === null && memory.told && memory.outside > 0
    if (because === null && !continuing) continue
    segment.alarms.push(alarmOf(segment, stretch ? overStretch(segment, verdict, stretch) : verdict, continuing))
  }
}

const late = (turns: readonly Turn[], cut: number, budget: Budget): Told[] =>
  turns.map(({ candidate }) => judgeLate(candidate, budget, cut))

function together(turns: readonly Turn[], at: number, ledger: Ledger, budget: Budget): Told[] {
  const round = judgeRound(
    turns.map(({ candidate }) => candidate),
    budget,
  )
  if (round.cut > 0) ledger.cuts.set(at, round.cut)
  return round.verdicts
}

/** The judgement of a step at which a run of steps became too much: it speaks of all of them. */
function overStretch({ rule }: Segment, verdict: Verdict, stretch: NonNullable<Told['stretch']>): Verdict {
  const { points, seen, expected, weight } = stretch
  const p = Math.min(verdict.p ?? 1, 1 / weight)
  const direction = seen > expected ? 'up' : 'down'
  const window = { ms: points * stepMsOf(rule), value: seen, n: seen, expected, low: null, high: null }
  return { ...verdict, p, direction, window: points > 1 ? window : null }
}

const alarmOf = ({ rule, by, key }: Segment, verdict: Verdict, continuing: boolean): Alarm => ({
  ruleId: rule.id,
  by,
  segment: key,
  verdict,
  foundAt: verdict.at + stepMsOf(rule),
  continuing,
})
