import type { Change, Estimate } from '../../core/estimate.ts'
import { ok, type Result } from '../../core/result.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { sql } from '../../store/clickhouse/sql.ts'
import type { Slice } from '../slice.ts'
import { abovePeriods, aboveRest, type Ranked } from './above.ts'
import { type Pair, restsOf, tryPairs, worthOf } from './apart.ts'
import { countingFor, keyOf } from './cases.ts'
import { type Asking, type Counting, type Dimension, type Indicator, noTally, type Tally } from './define.ts'
import { effectsOfGroups, effectsOfPeriods } from './effects.ts'
import { overlapping, tallyBy, tallyOver } from './measure.ts'
import { type KeyedTally, sumCases } from './sums.ts'

/** `cannot_tell`: fewer than 30 cases on a side, or nothing to compare. */
export type Judgement = 'more_than_chance' | 'within_chance' | 'cannot_tell'

/** Two independent sets of cases of one indicator. */
export interface Comparison {
  key: string
  label: string
  one: Estimate
  other: Estimate
  /** `one` less `other`. */
  change: Change | null
  /** How often chance alone gives as much; `q` adjusts it over everything compared in the same answer (Benjamini and Hochberg 1995). */
  p: number | null
  q: number | null
  judgement: Judgement
  /**
   * By how much the variance is larger, on the side where it is most, than that of as many independent cases: several may be one customer's,
   * and the intervals, p and q know it. Null where cases are taken as independent: percentiles, what counts customers already, and where
   * the customers are too many for the engine's memory.
   */
  designEffect: number | null
}

/** At most this share of the changes that are called more than chance is expected to be chance. */
export const DISCOVERY_RATE = 0.05

/** So many groups, the largest, are tried where each needs a question of its own. */
const MOST_ASKED = 24

interface KeyedPair extends Pair {
  key: string
}

/** An indicator over one period against the same over another; both may be divided along a dimension. */
export async function comparePeriods(
  analytics: Analytics,
  indicator: Indicator,
  periods: readonly [Slice, Slice],
  asking: Asking & { by?: Dimension; label?: (key: string) => string },
): Promise<Result<Comparison[]>> {
  const { by, label } = asking
  const counting = by ? countingFor(indicator, by) : ok(indicator.counting)
  if (!counting.ok) return counting
  const tallies = (slice: Slice): Promise<Result<KeyedTally[]>> =>
    by
      ? tallyBy(analytics, indicator, by, slice, asking)
      : tallyOver(analytics, indicator, slice, asking).then((tally) => ok([{ key: '', ...tally }]))
  const ranked = rankedBy(indicator, counting.value, by)
  const [now, then, above, effects] = await Promise.all([
    tallies(periods[0]),
    tallies(periods[1]),
    ranked && abovePeriods(analytics, ranked, periods, asking),
    effectsOfPeriods(analytics, { ...indicator, counting: counting.value }, periods, { ...asking, by }),
  ])
  if (!now.ok) return now
  if (!then.ok) return then
  const before = new Map(then.value.map((row) => [row.key, row]))
  const pairs = now.value.map((one) => ({
    key: one.key,
    one,
    other: before.get(one.key) ?? noTally,
    above: above?.get(one.key),
    effects: effects?.get(one.key),
  }))
  return ok(judge(indicator, pairs, label))
}

/** Every group of a dimension against all the others together. Groups that share cases, such as aspects, have no others. */
export async function compareGroups(
  analytics: Analytics,
  indicator: Indicator,
  by: Dimension,
  slice: Slice,
  asking: Asking & { label?: (key: string) => string },
): Promise<Result<Comparison[]>> {
  const counting = countingFor(indicator, by)
  if (!counting.ok) return counting
  const tallied = await tallyBy(analytics, indicator, by, slice, asking)
  if (!tallied.ok) return tallied
  const groups = tallied.value
  const ranked = rankedBy(indicator, counting.value, by)
  if (ranked && !overlapping(by)) {
    const largest = groups.slice(0, MOST_ASKED)
    const [rests, above] = await Promise.all([
      Promise.all(
        largest.map(({ key }) =>
          restOf(analytics, { ...indicator, counting: counting.value }, { by, key }, slice, asking),
        ),
      ),
      aboveRest(analytics, { ...ranked, by }, slice, asking),
    ])
    const pairs = largest.map((one, place) => ({ key: one.key, one, other: rests[place]!, above: above.get(one.key) }))
    return ok(judge(indicator, pairs, asking.label))
  }
  const rests = overlapping(by) ? groups.map(() => noTally) : restsOf(groups)
  const effects = overlapping(by)
    ? null
    : await effectsOfGroups(analytics, { ...indicator, counting: counting.value }, slice, { ...asking, by })
  const pairs = groups.map((one, place) => ({
    key: one.key,
    one,
    other: rests[place]!,
    effects: effects?.get(one.key),
  }))
  return ok(judge(indicator, pairs, asking.label))
}

/** Percentiles do not add up: all cases but a group's are asked for by themselves. */
async function restOf(
  analytics: Analytics,
  indicator: Pick<Indicator, 'counting' | 'interval' | 'percent'>,
  group: { by: Dimension; key: string },
  slice: Slice,
  asking: Asking,
): Promise<Tally> {
  const key = keyOf(group.by, slice, asking)
  const side = sql`multiIf(${key} = '', '', ${key} = ${group.key}, 'one', 'other')`
  const sides = await sumCases(analytics, { indicator, key: side, slice }, asking)
  return sides.find((each) => each.key === 'other') ?? noTally
}

const rankedBy = ({ interval, percent = 50 }: Indicator, counting: Counting, by?: Dimension): Ranked | null =>
  interval === 'order_statistics' ? { counting, percent, by } : null

function judge(indicator: Indicator, pairs: readonly KeyedPair[], label = (key: string) => key): Comparison[] {
  const tried = tryPairs(indicator, pairs)
  const estimate = (tally: Tally, of: Tally) => ({
    ...indicator.estimate(of),
    value: indicator.estimate(tally).value,
    n: tally.n,
  })
  return pairs.map((pair, at) => {
    const { key, one, other, effects } = pair
    const [found, worth] = [tried[at] ?? null, worthOf(pair)]
    return {
      key,
      label: label(key),
      one: estimate(one, worth.one),
      other: estimate(other, worth.other),
      change: found?.change ?? null,
      p: found?.p ?? null,
      q: found?.q ?? null,
      judgement: found === null ? 'cannot_tell' : found.q <= DISCOVERY_RATE ? 'more_than_chance' : 'within_chance',
      designEffect: effects ? Math.max(...effects) : null,
    }
  })
}
