import { addDays } from '../../core/clock.ts'
import { type Change, type Estimate, FEW } from '../../core/estimate.ts'
import { fail, ok, type Result } from '../../core/result.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { sql, trusted } from '../../store/clickhouse/sql.ts'
import { recordsReturns } from '../returns.ts'
import { rollingFor } from '../rollups/measures.ts'
import { askRolled } from '../rollups/read.ts'
import { mondayOf, previousSlice, type Slice, within } from '../slice.ts'
import { type Apart, groupsApart } from './apart.ts'
import {
  type Asking,
  addTallies,
  type Counting,
  type Dimension,
  type Indicator,
  noTally,
  type Tally,
} from './define.ts'

export interface IndicatorSummary {
  id: string
  estimate: Estimate
  previous: Estimate
  change: Change | null
  series: { day: string; estimate: Estimate }[]
  /** The steps of the period before, from its first day on. */
  previousSeries: { day: string; estimate: Estimate }[]
}

export interface IndicatorBreakdown {
  id: string
  by: string
  groups: { key: string; label: string; estimate: Estimate; apart: Apart | null }[]
}

interface KeyedTally extends Tally {
  key: string
}

/**
 * An indicator over a slice, over the period of the same length before it, and by day or week. One pass over the table: periods are
 * sums of days. Steps without any answer are there with nothing in them, so that a line shows the gap.
 */
export async function measureIndicator(
  analytics: Analytics,
  indicator: Indicator,
  slice: Slice,
  asking: Asking & { step?: Step },
): Promise<IndicatorSummary> {
  const before = previousSlice(slice)
  const both = { ...slice, from: before.from }
  const days = await tallies(analytics, indicator, both, asking, 'day')
  const sum = (from: string, to: string) =>
    days.filter(({ key }) => key >= from && key <= to).reduce<Tally>(addTallies, noTally)
  const run = (of: Pick<Slice, 'from' | 'to'>) =>
    stepsOf(of, asking.step ?? 'day').map(({ day, last }) => ({ day, estimate: indicator.estimate(sum(day, last)) }))
  const now = sum(slice.from, slice.to)
  const then = sum(before.from, before.to)
  return {
    id: indicator.id,
    estimate: indicator.estimate(now),
    previous: indicator.estimate(then),
    // With few answers on either side a difference says little, however its interval turns out.
    change: now.n >= FEW && then.n >= FEW ? indicator.change(now, then) : null,
    series: run(slice),
    previousSeries: run(before),
  }
}

export type Step = 'day' | 'week' | 'month'

/** The last day of the calendar month. */
const monthEnd = (day: string) => addDays(`${addDays(`${day.slice(0, 7)}-28`, 4).slice(0, 7)}-01`, -1)

/** The days, weeks (Monday to Sunday) or calendar months of a slice, cut at its ends. */
function stepsOf(slice: Pick<Slice, 'from' | 'to'>, step: Step): { day: string; last: string }[] {
  const ends = { day: (day: string) => day, week: (day: string) => addDays(mondayOf(day), 6), month: monthEnd }
  const steps: { day: string; last: string }[] = []
  for (let day = slice.from; day <= slice.to; ) {
    const end = ends[step](day)
    const last = [end, slice.to].sort()[0]!
    steps.push({ day, last })
    day = addDays(last, 1)
  }
  return steps
}

const keys: Record<Exclude<Dimension, 'week'>, string> = {
  category: 'category',
  merchant: 'merchant_id',
  product: 'product_id',
  city: 'city',
  kind: 'kind',
  channel: 'channel',
  aspect: 'aspect',
  scene: 'scene',
}

/** An indicator divided along a dimension, most answers first (weeks in order). Rows that lack the dimension are left out. */
export async function breakDown(
  analytics: Analytics,
  indicator: Indicator,
  by: Dimension,
  slice: Slice,
  asking: Asking & { label?: (key: string) => string },
): Promise<Result<IndicatorBreakdown>> {
  const ofMention = by === 'aspect' || by === 'scene'
  const counting = ofMention ? indicator.byMention : indicator.counting
  if (!counting || (by === 'kind' && counting.table === 'orders')) {
    return fail({
      code: 'no-such-dimension',
      message: `${indicator.id} cannot be divided by ${by}`,
      remedy: 'Ask for another dimension, such as category or product.',
      where: 'dimension',
    })
  }
  const rows = (await tallies(analytics, indicator, slice, asking, by)).filter(({ key }) => key !== '')
  rows.sort((one, other) =>
    by === 'week' ? one.key.localeCompare(other.key) : other.n - one.n || one.key.localeCompare(other.key),
  )
  const label = asking.label ?? ((key: string) => key)
  // A voice may speak of several aspects: those groups overlap, and what is not said of one is no rest.
  const apart = ofMention ? rows.map(() => null) : groupsApart(indicator, rows)
  const groups = rows.map((row, i) => ({
    key: row.key,
    label: label(row.key),
    estimate: indicator.estimate(row),
    apart: apart[i]!,
  }))
  return ok({ id: indicator.id, by, groups })
}

/** What an indicator counts, by a key: by the days' sums where what is asked for was added up (`rollups`), else from the rows. */
async function tallies(
  analytics: Analytics,
  indicator: Indicator,
  slice: Slice,
  asking: Asking,
  by: Dimension | 'day',
): Promise<KeyedTally[]> {
  const counting = (by === 'aspect' || by === 'scene' ? indicator.byMention : indicator.counting)!
  const rolling = rollingFor(indicator.id, counting, by)
  if (rolling && by !== 'kind') {
    const grouped = by === 'aspect' || by === 'scene' ? 'item' : by
    const rows = await askRolled(analytics, { slice, rolling, by: grouped })
    const named = grouped === 'item' ? 'item' : grouped === 'day' || grouped === 'week' ? 'day' : 'key'
    return rows.map((row) => ({ key: row[named], n: row.n, plus: row.plus, minus: row.minus }))
  }
  const key = trusted(columnOf(by, counting.table))
  const table = trusted(counting.table === 'orders' ? 'orders FINAL' : counting.table)
  const minus = counting.minus ? sql`countIf(${counting.minus(asking)})` : sql`0`
  const counted = await analytics.query<KeyedTally>(sql`
    SELECT toString(${key}) AS key, count() AS n, countIf(${counting.plus(asking)}) AS plus, ${minus} AS minus
    FROM ${table}
    WHERE ${within(slice, counting.table)} AND ${counting.rows(asking)}
    GROUP BY key`)
  const silent = counting.table === 'orders' && counted.every(({ plus }) => plus === 0)
  return silent && !(await recordsReturns(analytics, slice.tenant)) ? [] : counted
}

function columnOf(by: Dimension | 'day', table: Counting['table']): string {
  const local = table === 'orders' ? 'ordered_day' : 'day'
  if (by === 'day') return local
  return by === 'week' ? `toMonday(${local})` : keys[by]
}
