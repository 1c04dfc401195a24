import { type Promotion, promotionOn } from '../../core/promotions.ts'
import { wilson } from '../../core/share.ts'
import { openDetector } from '../anomalies/detector.ts'
import { DAY_MS, type Rule, stepMsOf } from './rule.ts'
import { openShareJudge, type ShareOptions } from './share-judge.ts'
import type { Watch } from './watch.ts'

/** What one step of one series says. */
export interface Verdict {
  /** When the step begins, epoch milliseconds. */
  at: number
  /** A count, or a share from 0 to 1; null where the step holds nothing to take a share of. */
  value: number | null
  /** Rows behind it. */
  n: number
  expected: number | null
  /** Ends of the interval in which 95 of 100 such steps lie. */
  low: number | null
  high: number | null
  /** How often chance alone goes as far; null where the rule does not ask that, or too little is known. */
  p: number | null
  direction: 'up' | 'down' | null
  /** Where it took several steps to see it: their length together, and the share over them. */
  window: { ms: number; value: number; n: number } | null
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

const windowsOf: Readonly<Record<Rule['step'], ShareOptions>> = {
  hour: { windows: [1, 2, 6, 24], guard: 24, memory: 28 * 24, learning: 7 * 24 },
  day: { windows: [1, 3, 7], guard: 3, memory: 56, learning: 14 },
}

/** Shares have a law of their own, made for few rows; counts have hours, weekdays and promotions. */
function learntJudge(means: Means): Judge {
  return means.watch.unit === 'share' ? learntShare(means.rule) : learntCount(means)
}

function learntShare(rule: Rule): Judge {
  const judge = openShareJudge(windowsOf[rule.step])
  const stepMs = stepMsOf(rule)
  return {
    step(at, n, plus) {
      const value = n > 0 ? plus / n : null
      const reading = judge.push(n, plus)
      if (!reading) return { ...silent, at, value, n }
      const { window, ...rest } = reading
      const wide = window.steps > 1 && window.n > 0
      const over = wide ? { ms: window.steps * stepMs, value: window.plus / window.n, n: window.n } : null
      return { at, value, n, ...rest, window: over }
    },
  }
}

const silent = { expected: null, low: null, high: null, p: null, direction: null, window: null }

function learntCount({ rule, zone, promotions }: Means): Judge {
  const holidays = (day: string) => promotionOn(day, promotions)
  const detector = openDetector({ stepMs: stepMsOf(rule), zone, kind: 'count', holidays })
  return {
    step(at, n, plus) {
      const { value, expected, low, high, p, direction } = detector.push({ at, value: plus })
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

/** Does the verdict call for an alarm under the rule, when chance may go as far as `alpha` at most? */
export function isAlarm(rule: Rule, verdict: Verdict, alpha: number): boolean {
  const { expected, direction, p } = verdict
  const { value, n } = verdict.window ?? verdict
  if (value === null || expected === null || direction === null) return false
  if (rule.direction !== 'both' && direction !== rule.direction) return false
  if (Math.max(n, expected) < rule.minVolume) return false
  const change = expected > 0 ? (100 * Math.abs(value - expected)) / expected : Number.POSITIVE_INFINITY
  if (change < rule.minChange) return false
  switch (rule.judge.kind) {
    case 'learnt':
      // p is that of both sides; a rule that asks for one has all of its alpha there.
      return p !== null && p <= (rule.direction === 'both' ? alpha : 2 * alpha)
    case 'threshold':
      return true
    case 'change':
      return change >= rule.judge.percent
  }
}
