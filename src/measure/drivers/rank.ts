import { type Compared, harm } from './compare.ts'
import { findTrait } from './traits.ts'

/**
 * The order in which to act. Complaints and facts of the operation come before traits, which say where and to whom, not what. Then what
 * costs refunds, since it can be added up; then by the bad outcomes that go with it at the cautious end of the interval. The list says
 * one thing once before it says it by another outcome.
 */
export function rank(compared: readonly Compared[]): Compared[] {
  const sorted = [...compared].sort(
    (one, other) =>
      Number(isTrait(one)) - Number(isTrait(other)) ||
      Number(costs(other)) - Number(costs(one)) ||
      harm(other) - harm(one),
  )
  const said = new Set<string>()
  const first: Compared[] = []
  const again: Compared[] = []
  for (const one of sorted) {
    const { category, factor, aspect, scene, value } = one.tabled.candidate
    const key = JSON.stringify([category, factor, aspect, scene, value])
    ;(said.has(key) ? again : first).push(one)
    said.add(key)
  }
  return [...first, ...again]
}

const costs = ({ outcome }: Compared): boolean => outcome.id === 'return' || outcome.id === 'refund'
const isTrait = ({ tabled }: Compared): boolean => findTrait(tabled.candidate.factor) !== undefined
