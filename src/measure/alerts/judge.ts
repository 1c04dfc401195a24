import { promotionOn } from '../../core/promotions.ts'
import { wilson } from '../../core/share.ts'
import { openDetector } from '../anomalies/detector.ts'
import { DAY_MS, type Rule, stepMsOf } from './rule.ts'
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
}

export interface Judge {
  /** Judges a whole step by what was before it, then learns from it. Steps come in order of time. */
  step(at: number, n: number, plus: number): Verdict
  /** Judges what a step holds so far, without learning from it. */
  glance(at: number, n: number, plus: number): Verdict
}

interface Means {
  rule: Rule
  watch: Watch
  zone: string
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

const valueOf = (watch: Watch, n: number, plus: number): number | null =>
  watch.unit === 'count' ? plus : n > 0 ? plus / n : null

function learntJudge({ rule, watch, zone }: Means): Judge {
  const options = {
    stepMs: stepMsOf(rule),
    zone,
    kind: watch.unit,
    // What a promotion does to a share is small and has its volume already; what it does to a count is not.
    holidays: watch.unit === 'count' ? promotionOn : undefined,
  } as const
  const detector = openDetector(options)
  const read = (by: typeof detector, at: number, n: number, plus: number): Verdict => {
    const { value, expected, low, high, p, direction } = by.push({ at, value: valueOf(watch, n, plus), n })
    return { at, value, n, expected, low, high, p, direction }
  }
  return {
    step: (at, n, plus) => read(detector, at, n, plus),
    glance: (at, n, plus) => read(openDetector(options, detector.save()), at, n, plus),
  }
}

/** Expected is the level that the rule names; the interval is that of the value itself where it is a share. */
function thresholdJudge(watch: Watch, level: number): Judge {
  const read = (at: number, n: number, plus: number): Verdict => {
    const value = valueOf(watch, n, plus)
    const direction = value === null || value === level ? null : value > level ? 'up' : 'down'
    return { at, value, n, expected: level, low: null, high: null, p: null, direction }
  }
  return { step: read, glance: read }
}

/** Expected is the step a week earlier, with the interval of what was counted then. */
function changeJudge(watch: Watch, stepMs: number): Judge {
  const week = (7 * DAY_MS) / stepMs
  const past: { at: number; n: number; plus: number }[] = []
  const read = (at: number, n: number, plus: number): Verdict => {
    const value = valueOf(watch, n, plus)
    const before = past.find((one) => one.at === at - 7 * DAY_MS)
    const expected = before ? valueOf(watch, before.n, before.plus) : null
    const direction = value === null || expected === null || value === expected ? null : value > expected ? 'up' : 'down'
    const range = before && watch.unit === 'share' ? wilson(before.plus, before.n) : null
    return { at, value, n, expected, low: range?.low ?? null, high: range?.high ?? null, p: null, direction }
  }
  return {
    step(at, n, plus) {
      const verdict = read(at, n, plus)
      past.push({ at, n, plus })
      if (past.length > week) past.shift()
      return verdict
    },
    glance: read,
  }
}

/** Does the verdict call for an alarm under the rule, when chance may go as far as `alpha` at most? */
export function isAlarm(rule: Rule, verdict: Verdict, alpha: number): boolean {
  const { value, expected, direction, n, p } = verdict
  if (value === null || expected === null || direction === null) return false
  if (rule.direction !== 'both' && direction !== rule.direction) return false
  if (Math.max(n, expected) < rule.minVolume) return false
  const change = expected > 0 ? (100 * Math.abs(value - expected)) / expected : Number.POSITIVE_INFINITY
  if (change < rule.minChange) return false
  switch (rule.judge.kind) {
    case 'learnt':
      return p !== null && p <= alpha
    case 'threshold':
      return true
    case 'change':
      return change >= rule.judge.percent
  }
}
