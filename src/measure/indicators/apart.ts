import { type Change, FEW } from '../../core/estimate.ts'
import { falseDiscovery } from '../../core/false-discovery.ts'
import { meanP } from '../../core/mean.ts'
import { type Above, percentileP } from '../../core/order-statistics.ts'
import { normalP } from '../../core/statistics.ts'
import { thinned } from './customer-sums.ts'
import { addTallies, type Indicator, noTally, type Tally } from './define.ts'

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

/** Two independent sets of cases; `above` counts, of a percentile, the values above that of both together (`above.ts`). */
export interface Pair {
  one: Tally
  other: Tally
  above?: readonly [Above, Above]
  /** By how much the variance of either side is larger than that of independent cases (`effects.ts`). */
  effects?: readonly [one: number, other: number]
}

/** The tallies of as many independent cases as those of either side are worth. */
export const worthOf = ({ one, other, effects: [ones, others] = [1, 1] }: Pair): { one: Tally; other: Tally } => ({
  one: thinned(one, ones),
  other: thinned(other, others),
})

export interface Tried {
  change: Change
  /** How often chance alone gives as much, two-sided. */
  p: number
  q: number
}

/**
 * Pairs, each tried and all of them adjusted together (Benjamini and Hochberg 1995); null for one with fewer than 30 answers on either
 * side, which is not tried. A score test for shares and net scores, Welch's test for means, Mood's test for medians and other percentiles.
 */
export function tryPairs(indicator: Tested, pairs: readonly Pair[]): (Tried | null)[] {
  const tried = pairs.map((pair) => {
    if (pair.one.n < FEW || pair.other.n < FEW) return null
    const worth = worthOf(pair)
    const change = indicator.change(worth.one, worth.other)
    return change && { change, p: pOf(indicator, { ...worth, above: pair.above }) }
  })
  const qs = falseDiscovery(tried.flatMap((one) => (one ? [one.p] : [])))
  let place = 0
  return tried.map((one) => one && { ...one, q: qs[place++]! })
}

function pOf({ interval }: Tested, { one, other, above }: Pair): number {
  if (above) return percentileP(...above)
  return interval === 't' ? meanP(sums(one), sums(other)) : normalP(tallyZ(one, other))
}

const sums = ({ n, sum = 0, squares = 0 }: Tally) => ({ n, sum, squares })

/** For each group, all the others together. */
export function restsOf(groups: readonly Tally[]): Tally[] {
  const whole = groups.reduce(addTallies, noTally)
  return groups.map((group) => ({
    n: whole.n - group.n,
    plus: whole.plus - group.plus,
    minus: whole.minus - group.minus,
    sum: (whole.sum ?? 0) - (group.sum ?? 0),
    squares: (whole.squares ?? 0) - (group.squares ?? 0),
  }))
}
