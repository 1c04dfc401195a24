import { addDays } from '../../core/clock.ts'
import { type Change, type Estimate, FEW } from '../../core/estimate.ts'
import { ok, type Result } from '../../core/result.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { day, sql } from '../../store/clickhouse/sql.ts'
import { mondayOf, previousSlice, type Slice } from '../slice.ts'
import { countingFor, keyOf } from './cases.ts'
import { type Asking, addTallies, type Dimension, type Indicator, noTally, type Tally } from './define.ts'
import { isSilent, type KeyedTally, sumCases, sumRolled } from './sums.ts'

export interface IndicatorSummary {
  id: string
  estimate: Estimate
  previous: Estimate
  change: Change | null
  series: { day: string; estimate: Estimate }[]
}

export interface IndicatorBreakdown {
  id: string
  by: string
  groups: { key: string; label: string; estimate: Estimate }[]
}

/**
 * An indicator over a slice, over the period of the same length before it, and by day or week. What adds up is asked in one pass, and
 * periods are sums of days; a median is asked for each period by itself. Steps without any answer are there with nothing in them, so
 * that a line shows the gap.
 */
export async function measureIndicator(
  analytics: Analytics,
  indicator: Indicator,
  slice: Slice,
  asking: Asking & { step?: 'day' | 'week' },
): Promise<IndicatorSummary> {
  const before = previousSlice(slice)
  const steps = stepsOf(slice, asking.step ?? 'day')
  const measured =
    indicator.interval === 'order_statistics' || indicator.counting.wholePeriod
      ? await byPeriods(analytics, indicator, slice, asking)
      : await byDays(analytics, indicator, { ...slice, from: before.from }, asking)
  const [now, then] = [measured.over(slice), measured.over(before)]
  return {
    id: indicator.id,
    estimate: indicator.estimate(now),
    previous: indicator.estimate(then),
    // With few answers on either side a difference says little, however its interval turns out.
    change: now.n >= FEW && then.n >= FEW ? indicator.change(now, then) : null,
    series: steps.map(({ day, last }) => ({
      day,
      estimate: indicator.estimate(measured.over({ from: day, to: last })),
    })),
  }
}

interface Measured {
  over(period: { from: string; to: string }): Tally
}

async function byDays(analytics: Analytics, indicator: Indicator, slice: Slice, asking: Asking): Promise<Measured> {
  const { counting } = indicator
  const days =
    (await sumRolled(analytics, indicator.id, counting, 'day', slice)) ??
    (await sumCases(analytics, indicator, sql`toString(day)`, slice, asking))
  const known = (await isSilent(analytics, indicator, slice, days)) ? [] : days
  return {
    over: ({ from, to }) => known.filter(({ key }) => key >= from && key <= to).reduce<Tally>(addTallies, noTally),
  }
}

async function byPeriods(
  analytics: Analytics,
  indicator: Indicator,
  slice: Slice,
  asking: Asking & { step?: 'day' | 'week' },
): Promise<Measured> {
  const step = asking.step === 'week' ? sql`toString(greatest(toMonday(day), ${day(slice.from)}))` : sql`toString(day)`
  const [now, then, steps] = await Promise.all([
    sumCases(analytics, indicator, sql`''`, slice, asking),
    sumCases(analytics, indicator, sql`''`, previousSlice(slice), asking),
    sumCases(analytics, indicator, step, slice, asking),
  ])
  const stepOf = new Map(steps.map((one) => [one.key, one]))
  const whole = (rows: readonly Tally[]) => rows[0] ?? noTally
  return {
    over: ({ from, to }) =>
      to < slice.from
        ? whole(then)
        : from === slice.from && to === slice.to
          ? whole(now)
          : (stepOf.get(from) ?? noTally),
  }
}

/** The days or weeks (Monday to Sunday, cut at the slice's ends) of a slice. */
function stepsOf(slice: Slice, step: 'day' | 'week'): { day: string; last: string }[] {
  const steps: { day: string; last: string }[] = []
  for (let first = slice.from; first <= slice.to; ) {
    const end = step === 'day' ? first : addDays(mondayOf(first), 6)
    const last = [end, slice.to].sort()[0]!
    steps.push({ day: first, last })
    first = addDays(last, 1)
  }
  return steps
}

const ordered: ReadonlySet<Dimension> = new Set(['week', 'month', 'weekday', 'hour'])

/** An indicator divided along a dimension, most answers first (times in order). Cases that lack the dimension are left out. */
export async function breakDown(
  analytics: Analytics,
  indicator: Indicator,
  by: Dimension,
  slice: Slice,
  asking: Asking & { label?: (key: string) => string },
): Promise<Result<IndicatorBreakdown>> {
  const tallied = await tallyBy(analytics, indicator, by, slice, asking)
  if (!tallied.ok) return tallied
  const label = asking.label ?? ((key: string) => key)
  const groups = tallied.value.map((row) => ({
    key: row.key,
    label: label(row.key),
    estimate: indicator.estimate(row),
  }))
  return ok({ id: indicator.id, by, groups })
}

/** What is behind a breakdown: the tally of each group. */
export async function tallyBy(
  analytics: Analytics,
  indicator: Indicator,
  by: Dimension,
  slice: Slice,
  asking: Asking,
): Promise<Result<KeyedTally[]>> {
  const counting = countingFor(indicator, by)
  if (!counting.ok) return counting
  const rows =
    (await sumRolled(analytics, indicator.id, counting.value, by, slice)) ??
    (await sumCases(analytics, { ...indicator, counting: counting.value }, keyOf(by, slice, asking), slice, asking))
  if (await isSilent(analytics, indicator, slice, rows)) return ok([])
  const named = rows.filter(({ key }) => key !== '')
  named.sort((one, other) =>
    ordered.has(by)
      ? Number(one.key) - Number(other.key) || one.key.localeCompare(other.key)
      : other.n - one.n || one.key.localeCompare(other.key),
  )
  return ok(named)
}
