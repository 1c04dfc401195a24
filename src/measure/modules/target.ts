import { type Estimate, FEW } from '../../core/estimate.ts'

/** What people set out to reach, in the unit of the indicator. */
export interface Target {
  value: number
  /** What would be better still. */
  stretch: number | null
  /** The local day by which it is to be reached (`YYYY-MM-DD`); null for at once and always. */
  by: string | null
}

/**
 * `met` and `missed` are said only where the whole 95 % interval lies on one side of the target; where it holds the target, where fewer than
 * 30 cases stand behind the figure, or where it has no interval, nobody can tell. `not_yet`: missed, and its day is still to come.
 */
export const targetVerdicts = ['met', 'missed', 'not_yet', 'cannot_tell', 'no_target', 'no_data'] as const
export type TargetVerdict = (typeof targetVerdicts)[number]

export interface JudgedTarget {
  verdict: TargetVerdict
  /** Whether the stretch is surely reached, too. */
  stretched: boolean
  /** The figure less the target, with its interval: how far it is, for better or worse. Null without a target or a figure. */
  gap: { value: number; low: number | null; high: number | null } | null
}

interface Circumstances {
  higherIsBetter: boolean
  /** The last local day of the period judged. */
  lastDay: string
}

/**
 * Whether a target is met, from the interval, never from the bare value.
 *
 * @example judgeTarget({ value: 0.9, low: 0.88, high: 0.92, n: 400 }, { value: 0.85, stretch: null, by: null }, { higherIsBetter: true, lastDay: '2026-03-31' }).verdict // 'met'
 */
export function judgeTarget(
  of: Estimate,
  target: Target | null,
  { higherIsBetter, lastDay }: Circumstances,
): JudgedTarget {
  if (of.value === null) return { verdict: 'no_data', stretched: false, gap: null }
  if (!target) return { verdict: 'no_target', stretched: false, gap: null }
  const away = (end: number | null) => (end === null ? null : end - target.value)
  const side = sideOf(of, target.value, higherIsBetter)
  const early = side === 'missed' && target.by !== null && lastDay < target.by
  return {
    verdict: early ? 'not_yet' : side,
    stretched: target.stretch !== null && sideOf(of, target.stretch, higherIsBetter) === 'met',
    gap: { value: of.value - target.value, low: away(of.low), high: away(of.high) },
  }
}

function sideOf({ low, high, n }: Estimate, value: number, higherIsBetter: boolean): 'met' | 'missed' | 'cannot_tell' {
  if (n < FEW || low === null || high === null) return 'cannot_tell'
  if (low > value) return higherIsBetter ? 'met' : 'missed'
  if (high < value) return higherIsBetter ? 'missed' : 'met'
  return 'cannot_tell'
}
