import { Z95 } from '../../core/statistics.ts'
import type { Candidate } from './candidate.ts'
import { type Compared, sameFactor } from './compare.ts'
import type { Names } from './sentences.ts'

/**
 * Says each thing at the place where it is. Of an aspect and the same aspect more narrowly (in a scene, or of new customers):
 * - the narrower one stays only where it is sharper: clearly worse than the same aspect outside it;
 * - the aspect as a whole gives way where the sharper ones hold most of its excess.
 *
 * A touchpoint speaks where many complaints add up: it gives way where those told by themselves hold most of its excess.
 *
 * Of a fact of the operation in all categories and in each: where one category holds most of the exposed cases, that one speaks;
 * else the whole does.
 */
export function supersede(harms: readonly Compared[], names: Pick<Names, 'aspects'>): Compared[] {
  const sharp = harms.filter((one) => !isNarrow(one.tabled.candidate) || isSharper(one))
  const [aspects, touchpoints] = ['aspect', 'touchpoint'].map((factor) =>
    sharp.filter(({ tabled }) => tabled.candidate.factor === factor),
  ) as [Compared[], Compared[]]
  const facts = sharp.filter(({ tabled: { candidate } }) => !['aspect', 'touchpoint'].includes(candidate.factor))
  return [
    ...aspects.filter((one) => isNarrow(one.tabled.candidate) || !isHeldBy(one, narrowerThan(one, aspects))),
    ...touchpoints.filter((one) => !isHeldBy(one, aspectsOf(one, aspects, names))),
    ...facts.filter((one) => speaksForFact(one, facts)),
  ]
}

/** Part of a complaint: in a scene, or of new customers. */
export const isNarrow = ({ factor, scene, value }: Candidate): boolean =>
  factor === 'aspect' && (scene !== '' || value !== undefined)

/** Clearly worse than outside the scene (or than customers who are not new). With nothing outside to compare, the whole says the same. */
function isSharper({ outcome, comparison, outside }: Compared): boolean {
  if (!outside) return false
  const difference = (comparison.value - outside.value) * outcome.worse
  return difference > Z95 * Math.hypot(comparison.se, outside.se)
}

const excess = ({ outcome, comparison }: Compared) => comparison.value * outcome.worse * comparison.exposed.n

const isHeldBy = (one: Compared, others: readonly Compared[]): boolean =>
  others.length > 0 && others.reduce((sum, other) => sum + excess(other), 0) >= excess(one) / 2

const sharesPlace = (one: Candidate, other: Candidate): boolean =>
  one.category === other.category && one.outcome === other.outcome

const narrowerThan = ({ tabled: { candidate } }: Compared, all: readonly Compared[]): Compared[] =>
  all.filter(({ tabled: { candidate: other } }) => {
    const same = other.factor === candidate.factor && other.aspect === candidate.aspect
    return same && isNarrow(other) && sharesPlace(other, candidate)
  })

const aspectsOf = (
  { tabled: { candidate } }: Compared,
  aspects: readonly Compared[],
  names: Pick<Names, 'aspects'>,
): Compared[] =>
  aspects.filter(({ tabled: { candidate: other } }) => {
    return sharesPlace(other, candidate) && names.aspects.get(other.aspect)?.touchpoint === candidate.value
  })

const MOST = 0.6

function speaksForFact(one: Compared, all: readonly Compared[]): boolean {
  const { candidate } = one.tabled
  const same = all.filter(({ tabled }) => sameFactor(tabled.candidate, candidate))
  const whole = same.find(({ tabled }) => tabled.candidate.category === '')
  if (!whole) return true
  const leader = same.find(
    ({ tabled, comparison }) =>
      tabled.candidate.category !== '' && comparison.exposed.n >= MOST * whole.comparison.exposed.n,
  )
  return one === (leader ?? whole)
}
