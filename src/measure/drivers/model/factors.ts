import { type Candidate, candidateId } from '../candidate.ts'
import { AT } from '../case-row.ts'
import { type Compared, sameFactor } from '../compare.ts'
import { findOperation } from '../operations.ts'
import type { Outcome } from '../outcomes.ts'
import { rank } from '../rank.ts'
import { isComplaint, type Names } from '../sentences.ts'
import { type Comparison, noCases, type Stratum, withoutMoments } from '../strata.ts'
import { isNarrow, supersede } from '../supersede.ts'
import { traitOf } from '../traits.ts'
import { type Case, complaintKey, newcomer, stateKey } from './case.ts'

/** A predictor of a model: a candidate that was compared. */
export interface Factor {
  id: string
  candidate: Candidate
  compared: Compared
  /** It is among the findings: more than chance, for the worse, and told at this place. */
  certain: boolean
  /** Parts of it that are predictors of their own (an aspect in a scene, or of new customers; aspects of a touchpoint): it is the rest. */
  inner: Candidate[]
  /** Compared among comparable cases; null where too few of its own are left outside those parts. */
  comparison: Comparison | null
  /** Its cases, and those without it. */
  all: Stratum
}

/** As many as one can still tell apart, and read. */
const MOST = 20

/**
 * The predictors for an outcome: all findings, then the most frequent of the other candidates, whatever they go with. Every mention is
 * in one predictor: of an aspect with a scene among the findings, the aspect stands for what is outside that scene. Merchants and
 * attributes are none: within a product, which is held constant, they do not vary.
 */
export function chooseFactors(
  compared: readonly Compared[],
  harms: readonly Compared[],
  outcome: Outcome,
  names: Pick<Names, 'aspects'>,
): Factor[] {
  const mine = compared.filter((one) => one.outcome.id === outcome.id && isPredictor(one))
  const kept = rank(
    supersede(
      mine.filter((one) => harms.includes(one)),
      names,
    ),
  )
  const isTold = ({ tabled: { candidate } }: Compared) =>
    kept.some(({ tabled: { candidate: other } }) => isPartOf(candidate, other, names))
  const others = mine
    .filter((one) => !kept.includes(one) && isWhole(one, mine, kept) && !isTold(one))
    .sort((one, other) => other.comparison.exposed.n - one.comparison.exposed.n)
  const chosen = [...kept, ...others].slice(0, MOST)
  return chosen.map((one) => {
    const { candidate } = one.tabled
    const parts = chosen.filter(({ tabled }) => isPartOf(tabled.candidate, candidate, names))
    return {
      id: candidateId(candidate),
      candidate,
      compared: one,
      certain: kept.includes(one),
      inner: parts.map(({ tabled }) => tabled.candidate),
      ...outside(one, parts),
    }
  })
}

/** Whether a complaint is part of another: an aspect in a scene of the aspect, an aspect of its touchpoint. */
function isPartOf(part: Candidate, whole: Candidate, names: Pick<Names, 'aspects'>): boolean {
  if (part.factor !== 'aspect' || part.category !== whole.category) return false
  if (whole.factor === 'touchpoint') return names.aspects.get(part.aspect)?.touchpoint === whole.value
  return whole.factor === 'aspect' && part.aspect === whole.aspect && isNarrow(part) && !isNarrow(whole)
}

/** The figures of a complaint without its parts. One part knows its outside by strata; several leave only the levels. */
function outside(one: Compared, parts: readonly Compared[]): Pick<Factor, 'comparison' | 'all'> {
  const { all, candidate } = one.tabled
  if (parts.length === 0) return { comparison: one.comparison, all }
  // Who complains of two aspects of a touchpoint would be taken off twice.
  if (candidate.factor === 'touchpoint') return { comparison: null, all }
  const exposed = parts.reduce((rest, { tabled }) => withoutMoments(rest, tabled.all.exposed), all.exposed)
  return {
    comparison: parts.length === 1 ? parts[0]!.outside : null,
    all: { exposed: exposed.n > 0 ? exposed : noCases, control: all.control },
  }
}

const isPredictor = ({ tabled: { candidate } }: Compared): boolean =>
  isComplaint(candidate) || findOperation(candidate.factor) !== undefined || traitOf(candidate, []) !== undefined

/** An aspect as a whole; of a fact of the operation, and of being new, the one place where it speaks. */
function isWhole(one: Compared, all: readonly Compared[], kept: readonly Compared[]): boolean {
  const { candidate } = one.tabled
  if (isComplaint(candidate)) return candidate.factor === 'aspect' && !isNarrow(candidate)
  // Of traits with many values those alone that are findings; known customers are those that are not new.
  if (!findOperation(candidate.factor) && !(candidate.factor === 'customer' && candidate.value === 'new')) return false
  if (kept.some(({ tabled }) => tabled.candidate.factor === candidate.factor)) return false
  const everywhere = all.some(
    ({ tabled }) => sameFactor(tabled.candidate, candidate) && tabled.candidate.category === '',
  )
  return candidate.category === '' || !everywhere
}

/** Whether a case has it. */
export const holds = ({ candidate, inner }: Factor, one: Case): boolean =>
  hasIt(candidate, one) && !inner.some((part) => hasIt(part, one))

function hasIt(candidate: Candidate, one: Case): boolean {
  const { category, factor, aspect, scene, value } = candidate
  if (category !== '' && category !== one.category) return false
  if (factor === 'touchpoint') return one.said.has(complaintKey(AT + value, ''))
  if (factor !== 'aspect') return one.states[stateKey(candidate)] === 2
  return one.said.has(complaintKey(aspect, scene)) && (value === undefined || one.states[stateKey(newcomer)] === 2)
}
