import { type Compared, harm } from './compare.ts'

/**
 * The order in which to act. What costs refunds comes first, since it can be added up; then by the bad outcomes that go with it at
 * the cautious end of the interval. The list says one thing once before it says it by another outcome.
 */
export function rank(compared: readonly Compared[]): Compared[] {
  const sorted = [...compared].sort(
    (one, other) =>
      Number(other.outcome.cases === 'orders') - Number(one.outcome.cases === 'orders') || harm(other) - harm(one),
  )
  const said = new Set<string>()
  const first: Compared[] = []
  const again: Compared[] = []
  for (const one of sorted) {
    const { category, factor, aspect, scene } = one.tabled.candidate
    const key = JSON.stringify([category, factor, aspect, scene])
    ;(said.has(key) ? again : first).push(one)
    said.add(key)
  }
  return [...first, ...again]
}
