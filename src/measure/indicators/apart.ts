import { type Change, FEW } from '../../core/estimate.ts'
import { falseDiscovery } from '../../core/false-discovery.ts'
import { meanP } from '../../core/mean.ts'
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

type Tested = Pick<Indicator, 'interval' | 'change'>

/**
 * How often chance alone sets two independent groups so far apart, two-sided: a score test for shares and net scores, Welch's test for
 * means. Medians are tried by their cases above the median of both together (Mood 1954), which `plus` then counts.
 */
export function pApart({ interval }: Pick<Indicator, 'interval'>, one: Tally, other: Tally): number {
  return interval === 't' ? meanP(sums(one), sums(other)) : normalP(tallyZ(one, other))
}

const sums = ({ n, sum = 0, squares = 0 }: Tally) => ({ n, sum, squares })

/**
 * Each group against all the others together; null for a group with fewer than 30 answers on either side, which is not tried either.
 * The groups must not overlap. Medians do not add up, so that theirs are not tried.
 */
export function groupsApart(indicator: Tested, groups: readonly Tally[]): (Apart | null)[] {
  const tried = restsOf(groups).map((rest, place) => {
    const group = groups[place]!
    if (indicator.interval === 'order_statistics' || group.n < FEW || rest.n < FEW) return null
    const change = indicator.change(group, rest)
    return change && { change, p: pApart(indicator, group, rest) }
  })
  const qs = falseDiscovery(tried.flatMap((one) => (one ? [one.p] : [])))
  let place = 0
  return tried.map((one) => one && { ...one.change, q: qs[place++]! })
}

/** For each group, all the others together. */
function restsOf(groups: readonly Tally[]): Tally[] {
  const whole = groups.reduce(addTallies, noTally)
  return groups.map((group) => ({
    n: whole.n - group.n,
    plus: whole.plus - group.plus,
    minus: whole.minus - group.minus,
    sum: (whole.sum ?? 0) - (group.sum ?? 0),
    squares: (whole.squares ?? 0) - (group.squares ?? 0),
  }))
}
