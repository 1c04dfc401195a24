import { type Estimate, FEW, NOTHING } from '../../core/estimate.ts'
import { falseDiscovery } from '../../core/false-discovery.ts'
import { wilson } from '../../core/share.ts'
import { Z95 } from '../../core/statistics.ts'
import type { Candidate } from './candidate.ts'
import { clusteredMean } from './clustered.ts'
import { mantelHaenszel } from './mantel-haenszel.ts'
import type { Outcome } from './outcomes.ts'
import { type Comparison, comparable, type Moments, type Stratum } from './strata.ts'
import { stratifiedMean } from './stratified-mean.ts'
import type { Tabled } from './tabled.ts'
import { findTrait } from './traits.ts'
import { type Fifths, trendOver } from './trend.ts'

/** A candidate that was compared, with its p adjusted over all that were. */
export interface Compared {
  outcome: Outcome
  tabled: Tabled
  comparison: Comparison
  /** The same aspect outside the scene, where it says anything. */
  outside: Comparison | null
  q: number
}

/** Nothing is called certain beyond this share of expected false ones. */
const MAX_Q = 0.05

/** One comparison over strata: by Mantel and Haenszel for shares, by stratified means for scores and points. */
export const compareStrata = (outcome: Outcome, strata: readonly Stratum[]): Comparison | null =>
  outcome.unit === 'share' ? mantelHaenszel(strata) : stratifiedMean(strata)

/**
 * Compares every candidate that has at least 30 exposed cases beside comparable ones, and adjusts over all of them at once. Complaints and
 * facts of the operation share four fifths of the control's weight, the many traits the rest (weighted Benjamini–Hochberg; Genovese,
 * Roeder and Wasserman 2006): the weights were fixed beforehand and average one, so the expected share of false ones is what it was.
 */
export function compareAll(tabled: readonly { outcome: Outcome; tabled: Tabled }[]): Compared[] {
  const compared = tabled.flatMap(({ outcome, tabled }) => {
    const comparison = compareOne(outcome, tabled)
    return comparison ? [{ outcome, tabled, comparison, outside: compareStrata(outcome, tabled.outside) }] : []
  })
  const traits = compared.filter(({ tabled }) => findTrait(tabled.candidate.factor)).length
  const others = compared.length - traits
  const weightOf = (isOne: boolean) => {
    if (traits === 0 || others === 0) return 1
    return isOne ? (TRAITS_WEIGHT * compared.length) / traits : ((1 - TRAITS_WEIGHT) * compared.length) / others
  }
  const ps = compared.map(({ comparison, tabled }) =>
    Math.min(1, comparison.p / weightOf(findTrait(tabled.candidate.factor) !== undefined)),
  )
  const adjusted = falseDiscovery(ps)
  return compared.map((one, place) => ({ ...one, q: adjusted[place]! }))
}

const TRAITS_WEIGHT = 0.2

/** Within products where they say it: where more than half of the exposed cases stand in products without the other side, across products. */
export function compareOne(outcome: Outcome, tabled: Tabled): Comparison | null {
  const { all, clusters, fifths } = tabled
  if (all.exposed.n < FEW) return null
  const { strata } = tabled
  const inside = comparable(strata).reduce((sum, stratum) => sum + stratum.exposed.n, 0)
  if (clusters && inside < all.exposed.n / 2) return clusteredMean(clusters())
  const comparison = inside >= FEW ? compareStrata(outcome, strata) : null
  return comparison && fifths ? withTrend(comparison, fifths) : comparison
}

/** The end of a number counts where the whole rises or falls that way too: the less sure of both is its p. */
function withTrend(comparison: Comparison, fifths: readonly Fifths[]): Comparison {
  const trend = trendOver(fifths)
  return { ...comparison, p: trend ? Math.max(comparison.p, trend.p) : 1 }
}

/** More than chance, and for the worse. */
export const isHarm = ({ outcome, comparison, q }: Compared): boolean =>
  q <= MAX_Q && comparison.value * outcome.worse > 0

/** How many bad outcomes go with it, at the cautious end of the interval; sizes are shares of the outcome's whole span. */
export function harm({ outcome, comparison }: Pick<Compared, 'outcome' | 'comparison'>): number {
  const cautious = outcome.worse === 1 ? comparison.low : -comparison.high
  return (Math.max(0, cautious) / outcome.span) * comparison.exposed.n
}

export const sameFactor = (one: Candidate, other: Candidate): boolean =>
  one.factor === other.factor &&
  one.aspect === other.aspect &&
  one.value === other.value &&
  one.outcome === other.outcome

/** The level of an outcome over cases, unadjusted. */
export function level(outcome: Outcome, { n, sum, squares }: Moments): Estimate {
  if (n === 0) return NOTHING
  if (outcome.unit === 'share') return wilson(sum, n)
  const value = sum / n
  if (n === 1) return { value, low: null, high: null, n }
  const half = Z95 * Math.sqrt(Math.max(0, squares - n * value * value) / (n - 1) / n)
  return { value, low: value - half, high: value + half, n }
}
