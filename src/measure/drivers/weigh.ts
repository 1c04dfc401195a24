import type { Estimate } from '../../core/estimate.ts'
import type { Words } from '../../core/words.ts'
import type { Candidate } from './candidate.ts'
import { type Compared, level } from './compare.ts'
import { effectsWithIntervals } from './effects/marginal.ts'
import { crossedByGroup } from './importance/crossed.ts'
import { adjustedR2, type Importance, importance } from './importance/importance.ts'
import type { Confounder } from './model/design.ts'
import type { Factor } from './model/factors.ts'
import { type Model, ROUNDS, SEED } from './model/model.ts'
import { pointsAtStake } from './nps.ts'
import { repeatable } from './pattern.ts'
import { type Names, sentenceOf } from './sentences.ts'
import { addMoments, type Interval, interval, noCases } from './strata.ts'

/** One factor by every way of looking at it. */
interface WeighedFactor extends Candidate {
  id: string
  /** Among the findings: more than chance, and for the worse. */
  certain: boolean
  /** Parts of it that stand in rows of their own and are not in this one: scenes of an aspect, new customers, aspects of a touchpoint. */
  without: string[]
  q: number
  exposed: Estimate
  control: Estimate
  /** Among comparable cases: the same product in the same half of the period. */
  stratified: Interval | null
  /** In one model with all other factors and confounders; null where there is none. */
  adjusted: Interval | null
  /** Share of the outcome's variance (LMG), Johnson's weight of the same, and the variance inflation beside the other factors. */
  importance: Interval | null
  johnson: number | null
  inflation: number | null
  /** Points of the NPS of all who answered that go with it; null where too few of them have it. */
  nps: Interval | null
  sentence: Words
}

export interface Weighing {
  outcome: string
  unit: Compared['outcome']['unit']
  /** Cases in the model, and how many there are. */
  n: number
  population: number
  level: Estimate
  confounders: Confounder[]
  /** Share of the outcome's variance that confounders and factors tell together, and the confounders by themselves. */
  r2: Interval | null
  r2Confounders: number | null
  /** R² less what as many predictors of nothing would tell of as many cases. */
  r2Adjusted: number | null
  factors: WeighedFactor[]
}

/** All factors of an outcome side by side, the most important first. */
export async function weighDrivers(model: Model, names: Names): Promise<Weighing> {
  const { outcome, factors, design, fitted, cases, population } = model
  const places = factors.map((_, place) => design.confounders + place)
  const weights = fitted
    ? await importance(crossedByGroup(design.patterns, design.size), design.confounders, ROUNDS, repeatable(SEED))
    : null
  const effects = fitted ? await effectsWithIntervals(fitted.fit, design.patterns, places, fitted.rounds) : []
  const weighed = factors.map((factor, place) => ({
    ...described(factor, model, names),
    adjusted: effects[place] ?? null,
    ...importanceOf(weights, place),
  }))
  return {
    outcome: outcome.id,
    unit: outcome.unit,
    n: cases.length,
    population,
    level: level(outcome, cases.map(({ counts }) => outcome.moments(counts)).reduce(addMoments, noCases)),
    confounders: design.held,
    r2: weights?.r2 ?? null,
    r2Confounders: weights?.confounders ?? null,
    r2Adjusted: weights ? adjustedR2(weights.r2.value, cases.length, weights.predictors) : null,
    factors: weighed.sort((one, other) => (other.importance?.value ?? 0) - (one.importance?.value ?? 0)),
  }
}

function described({ id, candidate, compared, certain, inner, comparison, all }: Factor, model: Model, names: Names) {
  return {
    id,
    ...candidate,
    certain,
    without: inner.map(partName),
    q: compared.q,
    exposed: level(model.outcome, all.exposed),
    control: level(model.outcome, all.control),
    stratified: comparison && interval(comparison),
    // Answers are not told apart by scene where scenes stand by themselves.
    nps: inner.length > 0 ? null : pointsAtStake(candidate, model),
    sentence: sentenceOf(candidate, model.outcome, compared.comparison.value, names),
  }
}

/** What a part of a complaint is told by: its scene, that it is of new customers, or its aspect. */
export const partName = ({ aspect, scene, value }: Candidate): string => scene || value || aspect

function importanceOf(weights: Importance | null, place: number) {
  if (!weights) return { importance: null, johnson: null, inflation: null }
  const inflation = weights.inflation[place]!
  return {
    importance: weights.shares[place]!,
    johnson: weights.weights[place]!,
    // Infinity is no number on the wire: a copy is said to be inflated a million times.
    inflation: Math.min(inflation, 1e6),
  }
}
