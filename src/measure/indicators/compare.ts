import { type Change, type Estimate, FEW } from '../../core/estimate.ts'
import { falseDiscovery } from '../../core/false-discovery.ts'
import { ok, type Result } from '../../core/result.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { sql } from '../../store/clickhouse/sql.ts'
import type { Slice } from '../slice.ts'
import { pApart } from './apart.ts'
import { countingFor, keyOf } from './cases.ts'
import { type Asking, addTallies, type Dimension, type Indicator, noTally, type Tally } from './define.ts'
import { overlapping, tallyBy, tallyOver } from './measure.ts'
import { sumCases } from './sums.ts'

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
}

/** At most this share of the changes that are called more than chance is expected to be chance. */
export const DISCOVERY_RATE = 0.05

/** So many groups, the largest, are tried where each needs a question of its own. */
const MOST_ASKED = 24

interface Pair {
  key: string
  one: Tally
  other: Tally
}

/** An indicator over one period against the same over another; both may be divided along a dimension. */
export async function comparePeriods(
  analytics: Analytics,
  indicator: Indicator,
  [slice, other]: readonly [Slice, Slice],
  asking: Asking & { by?: Dimension; label?: (key: string) => string },
): Promise<Result<Comparison[]>> {
  if (!asking.by) {
    const [now, then] = await Promise.all([slice, other].map((each) => tallyOver(analytics, indicator, each, asking)))
    return ok(judge(indicator, [{ key: '', one: now!, other: then! }]))
  }
  const [now, then] = await Promise.all([
    tallyBy(analytics, indicator, asking.by, slice, asking),
    tallyBy(analytics, indicator, asking.by, other, asking),
  ])
  if (!now.ok) return now
  if (!then.ok) return then
  const before = new Map(then.value.map((row) => [row.key, row]))
  const pairs = now.value.map((row) => ({ key: row.key, one: row, other: before.get(row.key) ?? noTally }))
  return ok(judge(indicator, pairs, asking.label))
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
  if (overlapping(by))
    return ok(
      judge(
        indicator,
        groups.map((one) => ({ key: one.key, one, other: noTally })),
        asking.label,
      ),
    )
  if (indicator.interval !== 'order_statistics') {
    const pairs = groups.map((one) => ({
      key: one.key,
      one,
      other: groups.reduce<Tally>((sum, each) => (each === one ? sum : addTallies(sum, each)), noTally),
    }))
    return ok(judge(indicator, pairs, asking.label))
  }
  const key = keyOf(by, slice, asking)
  const rests = groups.slice(0, MOST_ASKED).map(async (one) => {
    const side = sql`multiIf(${key} = '', '', ${key} = ${one.key}, 'one', 'other')`
    const sides = await sumCases(analytics, { ...indicator, counting: counting.value }, side, slice, asking)
    return { key: one.key, one, other: sides.find((each) => each.key === 'other') ?? noTally }
  })
  return ok(judge(indicator, await Promise.all(rests), asking.label))
}

function judge(indicator: Indicator, pairs: readonly Pair[], label = (key: string) => key): Comparison[] {
  const tried = pairs.map(({ one, other }) => {
    const change = one.n >= FEW && other.n >= FEW ? indicator.change(one, other) : null
    return change && { change, p: pApart(indicator, one, other) }
  })
  const qs = falseDiscovery(tried.flatMap((each) => (each ? [each.p] : [])))
  let place = 0
  return pairs.map(({ key, one, other }, at) => {
    const found = tried[at] ?? null
    const q = found ? qs[place++]! : null
    return {
      key,
      label: label(key),
      one: indicator.estimate(one),
      other: indicator.estimate(other),
      change: found?.change ?? null,
      p: found?.p ?? null,
      q,
      judgement: q === null ? 'cannot_tell' : q <= DISCOVERY_RATE ? 'more_than_chance' : 'within_chance',
    }
  })
}
