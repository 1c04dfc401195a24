import { type Compared, harm } from './compare.ts'
import { findTrait } from './traits.ts'

/**
 * The order in which to act: by the bad outcomes that go with a thing at the cautious end of the interval, by that outcome of it with
 * which most go. Of one thing what costs refunds is told first, since it can be added up; its other outcomes follow when every thing has
 * been told once.
 *
 * What says the matter itself (a complaint, a fact of the operation) comes before what says only where or to whom: a touchpoint, where
 * many complaints add up, and then traits.
 */
export function rank(compared: readonly Compared[]): Compared[] {
  const most = new Map<string, number>()
  for (const one of compared) most.set(thingOf(one), Math.max(most.get(thingOf(one)) ?? 0, harm(one)))
  const sorted = [...compared].sort(
    (one, other) =>
      vagueness(one) - vagueness(other) ||
      most.get(thingOf(other))! - most.get(thingOf(one))! ||
      Number(costs(other)) - Number(costs(one)) ||
      harm(other) - harm(one),
  )
  const said = new Set<string>()
  const first: Compared[] = []
  const again: Compared[] = []
  for (const one of sorted) {
    const thing = thingOf(one)
    ;(said.has(thing) ? again : first).push(one)
    said.add(thing)
  }
  return [...first, ...again]
}

/** What is told, whatever the outcome. */
const thingOf = ({ tabled }: Compared): string => {
  const { category, factor, aspect, scene, value } = tabled.candidate
  return JSON.stringify([category, factor, aspect, scene, value])
}

const costs = ({ outcome }: Compared): boolean => outcome.id === 'return' || outcome.id === 'refund'

function vagueness({ tabled }: Compared): number {
  const { factor } = tabled.candidate
  if (findTrait(factor)) return 2
  return factor === 'touchpoint' ? 1 : 0
}
