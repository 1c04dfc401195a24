import { Z95 } from '../../core/statistics.ts'
import { type Compared, sameFactor } from './compare.ts'

/**
 * Says each thing at the place where it is. Of an aspect and the same aspect in a scene:
 * - the scene stays only where it is sharper: clearly worse than the same aspect outside it;
 * - the aspect as a whole gives way where the sharper scenes hold most of its excess.
 *
 * Of a fact of the operation in all categories and in each: where one category holds most of the exposed cases, that one speaks;
 * else the whole does.
 */
export function supersede(harms: readonly Compared[]): Compared[] {
  const sharp = harms.filter((one) => one.tabled.candidate.scene === '' || isSharper(one))
  const aspects = sharp.filter((one) => one.tabled.candidate.factor === 'aspect')
  const facts = sharp.filter((one) => one.tabled.candidate.factor !== 'aspect')
  return [
    ...aspects.filter((one) => !isHeldByScenes(one, aspects)),
    ...facts.filter((one) => speaksForFact(one, facts)),
  ]
}

/** Clearly worse than outside the scene. With nothing outside to compare, the aspect as a whole says the same. */
function isSharper({ outcome, comparison, outside }: Compared): boolean {
  if (!outside) return false
  const difference = (comparison.value - outside.value) * outcome.worse
  return difference > Z95 * Math.hypot(comparison.se, outside.se)
}

const excess = ({ outcome, comparison }: Compared) => comparison.value * outcome.worse * comparison.exposed.n

function isHeldByScenes(one: Compared, all: readonly Compared[]): boolean {
  const { candidate } = one.tabled
  if (candidate.scene !== '') return false
  const scenes = all.filter(
    ({ tabled: { candidate: other } }) =>
      other.scene !== '' && other.category === candidate.category && sameFactor(other, candidate),
  )
  return scenes.reduce((sum, scene) => sum + excess(scene), 0) >= excess(one) / 2
}

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
