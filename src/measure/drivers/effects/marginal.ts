import { addLower, cholesky, lowerOf, rowAt, solveLower } from '../matrix.ts'
import { bootstrapInterval, breath, drawGroups, type Pattern } from '../pattern.ts'
import type { Interval } from '../strata.ts'
import { expected, type Fit, newtonStep, predictor, type Slopes, slopes } from './fit.ts'

/**
 * The average marginal effect of each of some indicators: over the cases that have it, how much more of the outcome is expected with
 * it than the same cases would have without it, all else as it is (Bartus 2005; "average effect among the exposed"). A difference of
 * shares, or of points for scores. Null where no case has it. `times` says how often each group counts.
 */
export function marginalEffects(
  { family, coefficients }: Pick<Fit, 'family' | 'coefficients'>,
  patterns: readonly Pattern[],
  indicators: readonly number[],
  times?: readonly number[],
): (number | null)[] {
  // By indicator, from 1: nought is none of them.
  const place = new Int32Array(coefficients.length)
  for (const [at, indicator] of indicators.entries()) place[indicator] = at + 1
  const cases = new Array<number>(indicators.length).fill(0)
  const sums = new Array<number>(indicators.length).fill(0)
  for (const { on, n, group } of patterns) {
    const weight = times ? n * times[group]! : n
    if (weight === 0) continue
    let eta: number | undefined
    for (const indicator of on) {
      const at = place[indicator]! - 1
      if (at < 0) continue
      eta ??= predictor(coefficients, on)
      const without = expected(family, eta - coefficients[indicator + 1]!)
      cases[at] = cases[at]! + weight
      sums[at] = sums[at]! + weight * (expected(family, eta) - without)
    }
  }
  return sums.map((sum, at) => (cases[at]! > 0 ? sum / cases[at]! : null))
}

/** One round of a bootstrap: how often each group is drawn, and the coefficients that go with that. */
export interface Round {
  times: number[]
  coefficients: number[]
}

/**
 * Rounds of a bootstrap by groups of customers. Each takes one Newton step from the fit to all cases instead of fitting anew: the
 * one-step bootstrap of Moulton and Zeger (1991), which needs the derivatives of each group only once.
 */
export async function bootstrapFit(
  fitted: Fit,
  patterns: readonly Pattern[],
  rounds: number,
  random: () => number,
): Promise<Round[]> {
  const groups = slopesByGroup(fitted, patterns)
  const drawn: Round[] = []
  for (let round = 0; round < rounds; round++) {
    if (round % 5 === 4) await breath()
    const times = drawGroups(groups.length, random)
    const { score, information } = addSlopes(groups, times)
    const step = newtonStep(score, information, fitted.coefficients, fitted.penalty)
    drawn.push({ times, coefficients: fitted.coefficients.map((value, place) => value + step[place]!) })
  }
  return drawn
}

function slopesByGroup({ family, coefficients }: Fit, patterns: readonly Pattern[]): Slopes[] {
  const groups: Pattern[][] = []
  for (const pattern of patterns) {
    while (groups.length <= pattern.group) groups.push([])
    groups[pattern.group]!.push(pattern)
  }
  return groups.map((group) => slopes(family, group, coefficients))
}

function addSlopes(groups: readonly Slopes[], times: readonly number[]): Slopes {
  const size = groups[0]!.score.length
  const total: Slopes = { score: new Array<number>(size).fill(0), information: lowerOf(size) }
  groups.forEach(({ score, information }, place) => {
    const weight = times[place]!
    if (weight === 0) return
    for (let i = 0; i < size; i++) total.score[i] = total.score[i]! + weight * score[i]!
    addLower(total.information, information, weight)
  })
  return total
}

/** Average marginal effects with their bootstrap intervals. */
export async function effectsWithIntervals(
  fitted: Fit,
  patterns: readonly Pattern[],
  indicators: readonly number[],
  rounds: readonly Round[],
): Promise<(Interval | null)[]> {
  const values = marginalEffects(fitted, patterns, indicators)
  const wanted = new Set(indicators)
  const having = patterns.filter(({ on }) => on.some((indicator) => wanted.has(indicator)))
  const again: (number | null)[][] = []
  for (const [round, { times, coefficients }] of rounds.entries()) {
    if (round % 5 === 4) await breath()
    again.push(marginalEffects({ family: fitted.family, coefficients }, having, indicators, times))
  }
  return values.map((value, at) => {
    const mine = again.flatMap((all) => (all[at] === null ? [] : [all[at]!]))
    return value === null || mine.length === 0 ? null : bootstrapInterval(value, mine)
  })
}

/**
 * How much a predictor is told by the others: the variance inflation factor 1 ÷ (1 − R² of it on them), from the covariance matrix of
 * all predictors. 1 = nothing in common; above 5 its effect can hardly be told from theirs; infinite for a copy.
 */
export function inflation(covariances: readonly (readonly number[])[]): number[] {
  const spread = covariances.map((row, i) => Math.sqrt(row[i]!))
  const correlations = lowerOf(spread.length)
  for (const [i, row] of covariances.entries())
    for (let j = 0; j <= i; j++) {
      const both = spread[i]! * spread[j]!
      correlations[rowAt(i) + j] = i === j ? 1 + 1e-9 : both > 0 ? row[j]! / both : 0
    }
  const lower = cholesky(correlations, spread.length)
  if (!lower) return covariances.map(() => Infinity)
  return covariances.map((_, place) => {
    const unit = covariances.map((__, at) => (at === place ? 1 : 0))
    const inflated = solveLower(lower, unit)[place]!
    return inflated > 1e6 ? Infinity : Math.max(1, inflated)
  })
}
