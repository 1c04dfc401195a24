import { type Change, type Estimate, FEW, NOTHING } from '../../core/estimate.ts'
import { wilson } from '../../core/share.ts'
import { tQuantile } from '../../core/statistics.ts'
import { ageOf, atSameAge, type ByAge, byAge, together, total } from './age.ts'
import { compareParts, extraLost, judge, type Part } from './compare.ts'

/** Arrivals at a step in one bin of one day (round 0 is today), and how many of them have gone on. */
export interface Arrivals {
  round: number
  step: number
  bin: number
  n: number
  went: number
}

export interface LiveStep {
  /** Arrivals in the span, and on a typical day, with the interval in which one more day lies (n = days). */
  arrived: number
  usualArrived: Estimate
  /**
   * Of those who arrived, who has gone on: now, and on usual days together among people who had been there as long (`atSameAge`). Null at
   * the last step.
   */
  went: Estimate | null
  usualWent: Estimate | null
  /** Now less usual. More than chance only beyond what days differ by anyway, and with 30 or more on both sides (usually: effectively). */
  change: Change | null
  /** How many would have gone on, had it been as usual, and did not. */
  extraLost: number
}

/** So many days are needed before anything is called usual. */
const FEWEST_DAYS = 3

/** The steps of the moment beside the usual ones. */
export function stepsOf(arrivals: readonly Arrivals[], count: number): { steps: LiveStep[]; days: number } {
  const rounds = [...new Set(arrivals.filter(({ round }) => round > 0).map(({ round }) => round))]
  const known = rounds.length >= FEWEST_DAYS ? rounds : []
  const aged = arrivals.map((one) => ({ ...one, age: ageOf(one.bin) }))
  const sides = Array.from({ length: count }, (_, step) => {
    const of = (round: number) => byAge(aged.filter((one) => one.step === step && one.round === round))
    return { now: of(0), days: known.map(of) }
  })
  const changes = judge(sides.slice(0, -1).map(({ now, days }) => againstDays(now, days)))
  const steps = sides.map(({ now, days }, i): LiveStep => {
    const all = total(now)
    const alike = atSameAge(now, together(days))
    const last = i === count - 1
    const enough = alike.now.n >= FEW && alike.usual.n >= FEW
    return {
      arrived: all.n,
      usualArrived: oneMoreDay(days.map((day) => total(day).n)),
      went: last ? null : wilson(all.k, all.n),
      usualWent: last ? null : { ...wilson(alike.usual.k, alike.usual.n), n: total(together(days)).n },
      change: last || !enough ? null : changes[i]!,
      extraLost: last ? 0 : extraLost(alike),
    }
  })
  return { steps, days: known.length }
}

/**
 * A share beside the same share of several days, among people who had been there as long. Days differ by more than chance within a day: both
 * sides are held to be as many people fewer as the days vary more than a binomial would (Pearson's X² ÷ (days − 1), 1 at least; Williams 1982).
 */
export function againstDays(now: ByAge, days: readonly ByAge[]) {
  const spread = dispersion(days.map(total))
  const less = ({ k, n }: Part): Part => ({ k: k / spread, n: n / spread })
  const alike = atSameAge(now, together(days))
  return compareParts(less(alike.now), less(alike.usual))
}

/** How much more days vary than a binomial: 1 or more. */
export function dispersion(days: readonly Part[]): number {
  const seen = days.filter(({ n }) => n > 0)
  const { k, n } = total(seen)
  const share = k / n
  if (seen.length < 2 || share === 0 || share === 1) return 1
  const x2 = seen.reduce((total, day) => total + (day.k - day.n * share) ** 2 / (day.n * share * (1 - share)), 0)
  return Math.max(1, x2 / (seen.length - 1))
}

/**
 * A typical day's count, and the 95 % interval in which one more day lies (Student's t prediction interval, on the scale of log(1 + count):
 * days differ by factors, and none is below nought).
 */
export function oneMoreDay(counts: readonly number[]): Estimate {
  const n = counts.length
  if (n < 2) return NOTHING
  const logs = counts.map(Math.log1p)
  const mean = logs.reduce((all, one) => all + one, 0) / n
  const variance = logs.reduce((all, one) => all + (one - mean) ** 2, 0) / (n - 1)
  const half = tQuantile(0.975, n - 1) * Math.sqrt(variance * (1 + 1 / n))
  return { value: Math.expm1(mean), low: Math.max(0, Math.expm1(mean - half)), high: Math.expm1(mean + half), n }
}
