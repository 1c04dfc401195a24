import { Z95 } from '../../core/statistics.ts'
import type { OverlapRow } from './cases.ts'
import { type Compared, harm } from './compare.ts'
import { type Moments, noCases, withoutMoments } from './strata.ts'

/** Fewer cases than this beside the other complaint tell nothing of their own. */
const LEAST_ALONE = 10

/**
 * Who complains of one thing often complains of another in the same breath. A complaint that goes with an outcome only through cases that
 * carry a more harmful complaint too gives way to that one: its cases without the other must still fare worse than cases without either,
 * by more than chance.
 */
export function withoutCompanions(harms: readonly Compared[], rows: readonly OverlapRow[]): Compared[] {
  const index = new Map(rows.map((row) => [keyOf(row.category, row.metric, row.aspect, row.other), row]))
  return harms.filter((one) => {
    const { candidate } = one.tabled
    if (candidate.factor !== 'aspect') return true
    return !harms.some((other) => {
      const lead = other.tabled.candidate
      if (lead.factor !== 'aspect' || lead.aspect === candidate.aspect) return false
      if (lead.category !== candidate.category || lead.outcome !== candidate.outcome) return false
      if (harm(other) <= harm(one)) return false
      const metric = one.outcome.cases === 'orders' ? '' : one.outcome.cases
      const both = index.get(keyOf(candidate.category, metric, candidate.aspect, lead.aspect))
      return both !== undefined && !staysAlone(one, one.outcome.moments(both))
    })
  })
}

const keyOf = (...parts: string[]) => JSON.stringify(parts)

function staysAlone({ outcome, tabled }: Compared, both: Moments): boolean {
  const { exposed, control } = tabled.all
  // A complaint in a scene shares at most as many cases with the other as the complaint as a whole does.
  if (both.n === 0) return true
  const alone = both.n < exposed.n ? withoutMoments(exposed, both) : noCases
  if (alone.n < LEAST_ALONE) return false
  const difference = (alone.sum / alone.n - control.sum / control.n) * outcome.worse
  return difference > Z95 * Math.hypot(errorOf(alone, exposed), errorOf(control, control))
}

/** Of few cases, the spread of the larger group that they are part of. */
function errorOf({ n }: Moments, group: Moments): number {
  const mean = group.sum / group.n
  return Math.sqrt(Math.max(0, group.squares / group.n - mean * mean) / n)
}
