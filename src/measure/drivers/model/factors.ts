import type { Candidate } from '../candidate.ts'
import { candidateId } from '../candidate.ts'
import { type Compared, sameFactor } from '../compare.ts'
import { findOperation } from '../operations.ts'
import type { Outcome } from '../outcomes.ts'
import { rank } from '../rank.ts'
import { type Comparison, noCases, type Stratum, withoutMoments } from '../strata.ts'
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
  /** Compared among comparable cases; null where too few of its own are left outside those scenes. */
  comparison: Comparison | null
  /** Its cases, and those without it. */
  all: Stratum
}

/** As many as one can still tell apart, and read. */
const MOST = 20

/**
 * The predictors for an outcome: all findings, then the most frequent of the other candidates, whatever they go with. Every mention is
 * in one predictor: of an aspect with a scene among the findings, the aspect stands for what is outside that scene.
 */
export function chooseFactors(compared: readonly Compared[], harms: readonly Compared[], outcome: Outcome): Factor[] {
  const mine = compared.filter((one) => one.outcome.id === outcome.id && isPredictor(one))
  const kept = rank(supersede(mine.filter((one) => harms.includes(one))))
  const others = mine
    .filter((one) => !kept.includes(one) && isWhole(one, mine, kept))
    .sort((one, other) => other.comparison.exposed.n - one.comparison.exposed.n)
  const chosen = [...kept, ...others].slice(0, MOST)
  return chosen.map((one) => {
    const scenes = one.tabled.candidate.scene === '' ? scenesOf(one, chosen) : []
    return {
      id: candidateId(one.tabled.candidate),
      candidate: one.tabled.candidate,
      compared: one,
      certain: kept.includes(one),
      without: scenes.map(({ tabled }) => tabled.candidate.scene),
      ...outside(one, scenes),
    }
  })
}

/** The figures of an aspect without what is told of its scenes. One scene knows its outside by strata; several leave only the levels. */
function outside(one: Compared, scenes: readonly Compared[]): Pick<Factor, 'comparison' | 'all'> {
  const { all } = one.tabled
  if (scenes.length === 0) return { comparison: one.comparison, all }
  const exposed = scenes.reduce((rest, { tabled }) => withoutMoments(rest, tabled.all.exposed), all.exposed)
  return {
    comparison: scenes.length === 1 ? scenes[0]!.outside : null,
    all: { exposed: exposed.n > 0 ? exposed : noCases, control: all.control },
  }
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

const scenesOf = ({ tabled: { candidate } }: Compared, chosen: readonly Compared[]): Compared[] =>
  chosen.filter(({ tabled: { candidate: other } }) => {
    const isScene = other.scene !== '' && other.category === candidate.category
    return isScene && sameFactor(other, candidate)
  })

/** Whether a case has it. */
export function holds({ candidate, without }: Factor, one: Case): boolean {
  if (candidate.category !== '' && candidate.category !== one.category) return false
  if (candidate.factor !== 'aspect') return one.states[candidate.factor] === 2
  const { aspect, scene } = candidate
  return (
    one.said.has(complaintKey(aspect, scene)) && !without.some((other) => one.said.has(complaintKey(aspect, other)))
  )
}
