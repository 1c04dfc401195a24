import type { Candidate } from './candidate.ts'
import { type Compared, sameFactor } from './compare.ts'
import { findOutcome } from './outcomes.ts'
import { isComplaint } from './sentences.ts'
import type { Interval } from './strata.ts'
import { type CaseTables, current } from './table.ts'

/**
 * Points of the NPS of all answers that go with a factor: how much lower it is among those who have it, times their share of the
 * answers. Negative where it is lower. Null where fewer than 30 comparable answers have it.
 */
export function pointsAtStake(
  candidate: Candidate,
  { compared, tables }: { compared: readonly Compared[]; tables: CaseTables },
): Interval | null {
  const nps = findOutcome('nps')!
  const same = compared.find(
    ({ tabled }) =>
      tabled.candidate.category === candidate.category &&
      tabled.candidate.scene === candidate.scene &&
      sameFactor({ ...tabled.candidate, outcome: candidate.outcome }, candidate) &&
      tabled.candidate.outcome === nps.id,
  )
  if (!same) return null
  const answers = (isComplaint(candidate) ? tables.ratedVoices : tables.ratedOrders)
    .filter((row) => row.metric === nps.cases && (current as readonly number[]).includes(row.part))
    .reduce((sum, row) => sum + row.n, 0)
  const share = same.tabled.all.exposed.n / answers
  const { value, low, high } = same.comparison
  return { value: value * share, low: low * share, high: high * share }
}
