import type { Estimate } from '../../core/estimate.ts'
import { wilson } from '../../core/share.ts'
import { chiSquareP } from '../../core/statistics.ts'
import { countBy, type Profile, REST } from './weights.ts'

interface BiasRow {
  group: string
  invited: number
  answered: number
  /** How many of the invited answered. */
  rate: Estimate
}

export interface Bias {
  dimension: string
  rows: BiasRow[]
  /** Pearson's χ² over answered and not, groups with an expected count under 5 left out; null where two groups are not left. */
  p: number | null
}

const SHOWN = 8

/** Who answered against who was invited, by one dimension. The largest groups, the others as one. */
export function biasBy(invited: readonly Profile[], answered: readonly Profile[], dimension: string): Bias {
  const asked = countBy(invited, dimension)
  const told = countBy(answered, dimension)
  const sorted = [...asked].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
  const rows = sorted.slice(0, SHOWN).map(([group, n]) => rowOf(group, n, told.get(group) ?? 0))
  const rest = sorted.slice(SHOWN)
  if (rest.length > 0) {
    const sum = (counts: ReadonlyMap<string, number>) => rest.reduce((n, [group]) => n + (counts.get(group) ?? 0), 0)
    rows.push(rowOf(REST, sum(asked), sum(told)))
  }
  return { dimension, rows, p: differs(rows) }
}

const rowOf = (group: string, invited: number, answered: number): BiasRow => ({
  group,
  invited,
  answered,
  rate: wilson(answered, invited),
})

/** Whether the rates differ by more than chance: χ² of the table group × answered (Pearson 1900). */
function differs(rows: readonly BiasRow[]): number | null {
  const total = rows.reduce((sum, { invited }) => sum + invited, 0)
  const share = rows.reduce((sum, { answered }) => sum + answered, 0) / Math.max(1, total)
  const usable = rows.filter(({ invited }) => invited * Math.min(share, 1 - share) >= 5)
  if (usable.length < 2) return null
  const n = usable.reduce((sum, { invited }) => sum + invited, 0)
  const rate = usable.reduce((sum, { answered }) => sum + answered, 0) / n
  if (rate === 0 || rate === 1) return null
  const x = usable.reduce(
    (sum, { invited, answered }) => sum + (answered - invited * rate) ** 2 / (invited * rate * (1 - rate)),
    0,
  )
  return chiSquareP(x, usable.length - 1)
}
