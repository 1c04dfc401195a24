import { type Promotion, promotionOn } from '../../core/promotions.ts'
import { wilson } from '../../core/share.ts'
import { openDetector } from '../anomalies/detector.ts'
import type { Candidate } from '../anomalies/round.ts'
import { DAY_MS, type Rule, stepMsOf } from './rule.ts'
import { type JudgedWindow, LEAST_TO_TELL, openShareJudge, type ShareOptions } from './share-judge.ts'
import type { Watch } from './watch.ts'

/** What one step of one series says. */
export interface Verdict {
  /** When the step begins, epoch milliseconds. */
  at: number
  /** A count, a mean, or a share from 0 to 1 (of the hour that ends with the step, where steps are ten minutes); null where there is nothing to take a share of. */
  value: number | null
  /** Rows behind it. */
  n: number
  expected: number | null
  /** Ends of the interval in which 95 of 100 such steps lie. */
  low: number | null
  high: number | null
  /**
   * How often chance alone goes as far; null where the rule does not ask that, or too little is known. For a stretch of steps the
   * reciprocal of its evidence, which chance alone reaches no more often than that (Ville's inequality).
   */
  p: number | null
  direction: 'up' | 'down' | null
  /** Where it took several steps to see it: their length together, and the share or the sum over them with what was expected of it. */
  window: {
    ms: number
    value: number
    n: number
    expected: number
    /** The interval of so long a stretch; null where it is not known. */
    low: number | null
    high: number | null
  } | null
}

export interface Judge {
  /** Judges a whole step by what was before it, then learns from it. Steps come in order of time. */
  step(at: number, n: number, plus: number): Verdict
}

interface Means {
  rule: Rule
  watch: Watch
  zone: string
  promotions?: readonly Promotion[]
}

/** The judge of one series under a rule. */
export function openJudge(means: Means): Judge {
  switch (means.rule.judge.kind) {
    case 'learnt':
      return learntJudge(means)
    case 'threshold':
      return thresholdJudge(means.watch, means.rule.judge.level)
    case 'change':
      return changeJudge(means.watch, stepMsOf(means.rule))
  }
}

const measured = (watch: Watch, n: number, plus: number): number | null =>
  watch.unit === 'count' ? plus : n > 0 ? plus / n : null

/** Steps before counts are judged: a week of hours has to be seen before an hour of a weekday is known. */
const learningOf: Readonly<Record<Rule['step'], number>> = { minutes: 7 * 24 * 6, hour: 7 * 24, day: 21 }

const windowsOf: Readonly<Record<Rule['step'], ShareOptions>> = {
  minutes: { windows: [6, 36], guard: 24 * 6, memory: 28 * 24, learning: 7 * 24, exact: true },
  hour: { windows: [1, 2, 6, 24], guard: 24, memory: 28 * 24, learning: 7 * 24 },
  day: { windows: [1, 3, 7], guard: 3, memory: 56, learning: 14 },
}

/** Shares have a law of their own, made for few rows; counts have hours, weekdays and promotions. */
function learntJudge(means: Means): Judge {
  return means.watch.unit === 'share' ? learntShare(means.rule) : learntCount(means)
}

function learntShare(rule: Rule): Judge {
  const options = windowsOf[rule.step]
  const judge = openShareJudge(options)
  const stepMs = stepMsOf(rule)
  return {
    step(at, n, plus) {
      const reading = judge.push(n, plus)
      if (!reading) return { ...silent, at, value: n > 0 ? plus / n : null, n }
      const { expected, latest, p, direction, window } = reading
      const { low, high } = latest
      const value = latest.n > 0 ? latest.plus / latest.n : null
      const wide = window.steps > latest.steps && window.n > 0 ? windowOf(window, expected, stepMs) : null
      return { at, value, n: latest.n, expected, low, high, p, direction, window: wide }
    },
  }
}

/** How far back a learnt step looks at least: ten minutes hold too little, so the hour that ends with them is looked at. */
export const reachMs = (rule: Rule, { unit }: Pick<Watch, 'unit'>): number =>
  stepMsOf(rule) * (rule.judge.kind === 'learnt' && unit === 'share' ? windowsOf[rule.step].windows[0]! : 1)

const windowOf = ({ steps, n, plus, low, high }: JudgedWindow, expected: number, stepMs: number) => ({
  ms: steps * stepMs,
  value: plus / n,
  n,
  expected,
  low,
  high,
})

const silent = { expected: null, low: null, high: null, p: null, direction: null, window: null }

function learntCount({ rule, zone, promotions }: Means): Judge {
  const holidays = (day: string) => promotionOn(day, promotions)
  const detector = openDetector({ stepMs: stepMsOf(rule), zone, kind: 'count', holidays })
  let learning = learningOf[rule.step]
  return {
    step(at, n, plus) {
      const { value, expected, low, high, p, direction } = detector.push({ at, value: plus })
      if (--learning >= 0) return { ...silent, at, value, n }
      return { at, value, n, expected, low, high, p, direction, window: null }
    },
  }
}

/** Expected is the level that the rule names; the interval is that of the value itself where it is a share. */
function thresholdJudge(watch: Watch, level: number): Judge {
  const read = (at: number, n: number, plus: number): Verdict => {
    const value = measured(watch, n, plus)
    const direction = value === null || value === level ? null : value > level ? 'up' : 'down'
    return { at, value, n, expected: level, low: null, high: null, p: null, direction, window: null }
  }
  return { step: read }
}

/** Expected is the step a week earlier, with the interval of what was counted then. */
function changeJudge(watch: Watch, stepMs: number): Judge {
  const week = (7 * DAY_MS) / stepMs
  const past: { at: number; n: number; plus: number }[] = []
  const read = (at: number, n: number, plus: number): Verdict => {
    const value = measured(watch, n, plus)
    const before = past.find((one) => one.at === at - 7 * DAY_MS)
    const expected = before ? measured(watch, before.n, before.plus) : null
    const direction =
      value === null || expected === null || value === expected ? null : value > expected ? 'up' : 'down'
    const range = before && watch.unit === 'share' ? wilson(before.plus, before.n) : null
    return {
      at,
      value,
      n,
      expected,
      low: range?.low ?? null,
      high: range?.high ?? null,
      p: null,
      direction,
      window: null,
    }
  }
  return {
    step(at, n, plus) {
      const verdict = read(at, n, plus)
      past.push({ at, n, plus })
      if (past.length > week) past.shift()
      return verdict
    },
  }
}

/** Does a rule that goes by a level, or by the week before, tell of this step? */
export function isReached(
  rule: Rule,
  { unit }: Pick<Watch, 'unit'>,
  { value, n, expected, direction }: Verdict,
): boolean {
  if (value === null || expected === null || direction === null) return false
  if (rule.direction !== 'both' && direction !== rule.direction) return false
  if (Math.max(n, unit === 'count' ? expected : 0) < rule.minVolume) return false
  const change = expected > 0 ? (100 * Math.abs(value - expected)) / expected : Number.POSITIVE_INFINITY
  return change >= Math.max(rule.minChange, rule.judge.kind === 'change' ? rule.judge.percent : 0)
}

/** A learnt step as the round over all series takes it; the demand is the rule's, and at least five records. */
export function candidateOf(
  rule: Rule,
  watch: Watch,
  verdict: Verdict,
): Pick<Candidate, 'reading' | 'volume' | 'demand' | 'looksBack'> {
  const { p, direction, window } = verdict
  const { value, n, expected } = window ?? verdict
  return {
    reading: { value, expected, p, direction },
    volume: Math.max(n, watch.unit === 'count' ? (expected ?? 0) : 0),
    demand: {
      direction: rule.direction,
      minVolume: Math.max(LEAST_TO_TELL, rule.minVolume),
      minChange: rule.minChange / 100,
      lasts: 1,
    },
    looksBack: watch.unit === 'share',
  }
}
