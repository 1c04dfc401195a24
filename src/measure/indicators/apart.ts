import { type Change, FEW } from '../../core/estimate.ts'
import { falseDiscovery } from '../../core/false-discovery.ts'
import { meanP } from '../../core/mean.ts'
import { normalP, Z95 } from '../../core/statistics.ts'
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
 * means. For medians the p at which the interval of their difference would just reach nought, were its ends a normal's.
 */
export function pApart({ interval, change }: Tested, one: Tally, other: Tally): number {
  if (interval === 't') return meanP(sums(one), sums(other))
  if (interval !== 'order_statistics') return normalP(tallyZ(one, other))
  const apart = change(one, other)
  if (!apart || apart.high === apart.low) return apart && apart.value !== 0 ? 0 : 1
  const arm = apart.value > 0 ? apart.value - apart.low : apart.high - apart.value
  return arm === 0 ? 1 : normalP((Z95 * apart.value) / arm)
}

const sums = ({ n, sum = 0, squares = 0 }: Tally) => ({ n, sum, squares })

/**
 * Each group against all the others together; null for a group with fewer than 30 answers on either side, which is not tried either.
 * The groups must not overlap. Medians do not add up, so that theirs are tried by `compare.ts` alone.
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
