import type { Candidate } from '../candidate.ts'
import { candidateId } from '../candidate.ts'
import { type Compared, isHarm, sameFactor } from '../compare.ts'
import { findOperation } from '../operations.ts'
import type { Outcome } from '../outcomes.ts'
import { rank } from '../rank.ts'
import { supersede } from '../supersede.ts'
import { type Case, complaintKey } from './ask.ts'

/** A predictor of a model: a candidate that was compared. */
export interface Factor {
  id: string
  candidate: Candidate
  compared: Compared
  /** It is among the findings: more than chance, for the worse, and told at this place. */
  certain: boolean
  /** Scenes of the same aspect that are predictors of their own: this one is the aspect outside them. */
  without: string[]
}

/** As many as one can still tell apart, and read. */
const MOST = 20

/**
 * The predictors for an outcome: all findings, then the most frequent of the other candidates, whatever they go with. Every mention is
 * in one predictor: of an aspect with a scene among the findings, the aspect stands for what is outside that scene.
 */
export function chooseFactors(compared: readonly Compared[], outcome: Outcome): Factor[] {
  const mine = compared.filter((one) => one.outcome.id === outcome.id && isPredictor(one))
  const kept = rank(supersede(mine.filter(isHarm)))
  const others = mine
    .filter((one) => !kept.includes(one) && isWhole(one, mine, kept))
    .sort((one, other) => other.comparison.exposed.n - one.comparison.exposed.n)
  const chosen = [...kept, ...others].slice(0, MOST)
  return chosen.map((one) => ({
    id: candidateId(one.tabled.candidate),
    candidate: one.tabled.candidate,
    compared: one,
    certain: kept.includes(one),
    without: one.tabled.candidate.scene === '' ? scenesOf(one, chosen) : [],
  }))
}

const isPredictor = ({ tabled: { candidate } }: Compared) =>
  candidate.factor === 'aspect' || findOperation(candidate.factor) !== undefined

/** An aspect without a scene; of a fact of the operation the one place where it speaks. */
function isWhole(one: Compared, all: readonly Compared[], kept: readonly Compared[]): boolean {
  const { candidate } = one.tabled
  if (candidate.factor === 'aspect') return candidate.scene === ''
  if (kept.some(({ tabled }) => sameFactor(tabled.candidate, candidate))) return false
  const everywhere = all.some(
    ({ tabled }) => sameFactor(tabled.candidate, candidate) && tabled.candidate.category === '',
  )
  return candidate.category === '' || !everywhere
}

const scenesOf = ({ tabled: { candidate } }: Compared, chosen: readonly Compared[]): string[] =>
  chosen
    .map(({ tabled }) => tabled.candidate)
    .filter((other) => other.scene !== '' && other.category === candidate.category && sameFactor(other, candidate))
    .map(({ scene }) => scene)

/** Whether a case has it. */
export function holds({ candidate, without }: Factor, one: Case): boolean {
  if (candidate.category !== '' && candidate.category !== one.category) return false
  if (candidate.factor !== 'aspect') return one.states[candidate.factor] === 2
  const { aspect, scene } = candidate
  return (
    one.said.has(complaintKey(aspect, scene)) && !without.some((other) => one.said.has(complaintKey(aspect, other)))
  )
}
