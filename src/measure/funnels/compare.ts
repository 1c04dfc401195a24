import { gSquared, gSquaredP } from '../../core/association.ts'
import type { Change } from '../../core/estimate.ts'
import { falseDiscovery } from '../../core/false-discovery.ts'
import { shareChange, wilson } from '../../core/share.ts'

/** So many of so many. */
export interface Part {
  k: number
  n: number
}

export interface Compared {
  /** One share less the other, with Newcombe's interval; null where a side is empty. */
  change: Change | null
  /** Of the log-likelihood ratio test that both shares are the same (`core/association.ts`). */
  p: number
}

/** Two independent shares beside each other. */
export function compareParts(one: Part, other: Part): Compared {
  const change = shareChange(wilson(one.k, one.n), wilson(other.k, other.n))
  const g2 = gSquared({ both: one.k, one: one.n, other: one.k + other.k, total: one.n + other.n })
  return { change, p: change === null ? 1 : gSquaredP(g2) }
}

/** How many would have gone on, had it been as usual, and did not. */
export const extraLost = ({ now, usual }: { now: Part; usual: Part }): number =>
  usual.n === 0 ? 0 : (usual.k / usual.n) * now.n - now.k

/**
 * Many comparisons that were asked at once: a change is more than chance where it stays so after false-discovery control over all of them,
 * and where its own interval leaves zero out.
 */
export function judge(compared: readonly Compared[]): (Change | null)[] {
  const adjusted = falseDiscovery(compared.map(({ p }) => p))
  return compared.map(
    ({ change }, i) => change && { ...change, moreThanChance: change.moreThanChance && adjusted[i]! <= 0.05 },
  )
}
