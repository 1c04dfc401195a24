import { Z95 } from '../../core/statistics.ts'
import { AT } from './case-row.ts'
import { type Compared, harm } from './compare.ts'
import type { OverlapRow } from './overlaps.ts'
import { type Moments, noCases, withoutMoments } from './strata.ts'

/** Fewer cases than this beside the other complaint tell nothing of their own. */
const LEAST_ALONE = 10

/**
 * Who complains of one thing often complains of another in the same breath. A complaint that goes with an outcome only through cases that
 * carry a more harmful complaint too gives way to that one: its cases without the other must still fare worse than cases without either,
 * by more than chance. A touchpoint gives way in the same manner to the complaints told of it, and they never to it.
 */
export function withoutCompanions(harms: readonly Compared[], rows: readonly OverlapRow[]): Compared[] {
  const index = new Map(rows.map((row) => [keyOf(row.category, row.metric, row.aspect, row.other), row]))
  return harms.filter((one) => {
    const told = toldAs(one)
    if (told === null) return true
    return !harms.some((other) => {
      if (!mayLead(other, one)) return false
      const metric = one.outcome.cases === 'orders' ? '' : one.outcome.cases
      const { category, aspect } = other.tabled.candidate
      const both = index.get(keyOf(category, metric, told, aspect))
      return both !== undefined && !staysAlone(one, one.outcome.moments(both))
    })
  })
}

/** Whether any of them could be another's companion: else nobody need ask who complained of two things. */
export const mayBeCompanions = (harms: readonly Compared[]): boolean =>
  harms.some((one) => toldAs(one) !== null && harms.some((other) => mayLead(other, one)))

/** What the cases of a complaint are told under; null for what is no complaint. */
function toldAs({ tabled: { candidate } }: Compared): string | null {
  if (candidate.factor === 'touchpoint') return AT + candidate.value
  return candidate.factor === 'aspect' ? candidate.aspect : null
}

/** A more harmful complaint of something else in the same place; of a touchpoint, any complaint that is more harmful than the rest of it. */
function mayLead(other: Compared, one: Compared): boolean {
  const [lead, candidate] = [other.tabled.candidate, one.tabled.candidate]
  if (lead.factor !== 'aspect' || lead.aspect === candidate.aspect) return false
  if (lead.category !== candidate.category || lead.outcome !== candidate.outcome) return false
  return candidate.factor === 'touchpoint' || harm(other) > harm(one)
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
