import { type Change, FEW } from '../../core/estimate.ts'
import { falseDiscovery } from '../../core/false-discovery.ts'
import { normalP } from '../../core/statistics.ts'
import { addTallies, type Indicator, noTally, type Tally } from './define.ts'

/** How far a group lies from all other groups together, and how sure that is after all groups were compared. */
export interface Apart extends Change {
  /** False-discovery adjusted over all groups that were compared (Benjamini and Hochberg 1995). */
  q: number
}

/**
 * The statistic of a score test that two groups answer alike: every answer is +1 (`plus`), −1 (`minus`) or 0, the difference of the means
 * is divided by its standard error under the pooled answers. Without `minus` it is the z of two proportions, its square Pearson's χ² of
 * the two-by-two table. 0 where all answers are alike.
 *
 * @example tallyZ({ n: 11034, plus: 189, minus: 0 }, { n: 11037, plus: 104, minus: 0 }) ** 2 // 25.01, Agresti's aspirin study
 */
export function tallyZ(one: Tally, other: Tally): number {
  const { n, plus, minus } = addTallies(one, other)
  const variance = (plus + minus) / n - ((plus - minus) / n) ** 2
  if (!(variance > 0)) return 0
  const difference = (one.plus - one.minus) / one.n - (other.plus - other.minus) / other.n
  return difference / Math.sqrt(variance * (1 / one.n + 1 / other.n))
}

/**
 * Each group against all the others together; null for a group with fewer than 30 answers on either side, which is not tried either.
 * The groups must not overlap.
 */
export function groupsApart(indicator: Pick<Indicator, 'change'>, groups: readonly Tally[]): (Apart | null)[] {
  const whole = groups.reduce(addTallies, noTally)
  const tried = groups.map((group) => {
    const rest = { n: whole.n - group.n, plus: whole.plus - group.plus, minus: whole.minus - group.minus }
    const change = group.n >= FEW && rest.n >= FEW ? indicator.change(group, rest) : null
    return change && { change, p: normalP(tallyZ(group, rest)) }
  })
  const qs = falseDiscovery(tried.flatMap((one) => (one ? [one.p] : [])))
  let place = 0
  return tried.map((one) => one && { ...one.change, q: qs[place++]! })
}
