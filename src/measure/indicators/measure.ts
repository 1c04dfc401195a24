import { addDays } from '../../core/clock.ts'
import { type Change, type Estimate, FEW } from '../../core/estimate.ts'
import { ok, type Result } from '../../core/result.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { day as dayLiteral, type Sql, sql } from '../../store/clickhouse/sql.ts'
import { mondayOf, previousSlice, type Slice, withBefore } from '../slice.ts'
import { countingFor, keyOf } from './cases.ts'
import {
  type Asking,
  addTallies,
  type Dimension,
  type Indicator,
  type IntervalMethod,
  noTally,
  type Tally,
} from './define.ts'
import { type CasesQuestion, isSilent, type KeyedTally, sumCases, sumRolled, sumSeveral, sumsRolled } from './sums.ts'

export interface IndicatorSummary {
  id: string
  estimate: Estimate
  /** How the interval of the whole period was made. */
  interval: IntervalMethod
  previous: Estimate
  change: Change | null
  series: { day: string; estimate: Estimate }[]
  /** The steps of the period before, from its first day on. */
  previousSeries: { day: string; estimate: Estimate }[]
}

export interface IndicatorBreakdown {
  id: string
  by: string
  groups: { key: string; label: string; estimate: Estimate }[]
}

interface IndicatorQuestion {
  indicator: Indicator
  slice: Slice
}

/** A summary with the tallies of both periods, for those who try the change together with others. */
export interface Tallied {
  summary: IndicatorSummary
  now: Tally
  then: Tally
}

type Stepped = Asking & { step?: Step }

/** An indicator over a slice, over the period of the same length before it, and by day, week or month. */
export const measureIndicator = async (
  analytics: Analytics,
  indicator: Indicator,
  slice: Slice,
  asking: Stepped,
): Promise<IndicatorSummary> => (await measureTogether(analytics, [{ indicator, slice }], asking))[0]!.summary

/**
 * Several indicators, a few in a statement. What adds up is asked by day, and periods are sums of days; a median is asked for each period
 * by itself. Steps without any answer are there with nothing in them, so that a line shows the gap.
 */
export async function measureTogether(
  analytics: Analytics,
  questions: readonly IndicatorQuestion[],
  asking: Stepped,
): Promise<Tallied[]> {
  const step = asking.step ?? 'day'
  const rolled = await sumsRolled(
    analytics,
    questions.map(({ indicator, slice }) =>
      addsUp(indicator) ? { indicator, counting: indicator.counting, by: 'day', slice: withBefore(slice) } : null,
    ),
  )
  const plans = questions.map((question, place) => (rolled[place] ? [] : casesFor(question, step)))
  const lengths = plans.map(({ length }) => length)
  const answers = cut(await sumSeveral(analytics, plans.flat(), asking), lengths)
  return Promise.all(
    questions.map(async (question, place) => {
      const rows = rolled[place] ?? answers[place]!.flat()
      const silent = addsUp(question.indicator) && (await isSilent(analytics, question.indicator, question.slice, rows))
      return told(question, step, measuredFrom(question.indicator, silent ? [] : rows))
    }),
  )
}

/** Cuts a list into pieces of the given lengths, in order. */
function cut<T>(all: readonly T[], lengths: readonly number[]): T[][] {
  const ends = lengths.map((_, place) => lengths.slice(0, place + 1).reduce((sum, length) => sum + length, 0))
  return ends.map((end, place) => all.slice(end - lengths[place]!, end))
}

function told({ indicator, slice }: IndicatorQuestion, step: Step, measured: Measured): Tallied {
  const before = previousSlice(slice)
  const run = (of: Slice) =>
    stepsOf(of, step).map(({ day, last }) => ({
      day,
      estimate: indicator.estimate(measured.step({ from: day, to: last })),
    }))
  const [now, then] = [measured.whole(slice), measured.whole(before)]
  const summary = {
    id: indicator.id,
    estimate: indicator.estimate(now),
    interval: indicator.intervalOf?.(now) ?? indicator.interval,
    previous: indicator.estimate(then),
    // With few answers on either side a difference says little, however its interval turns out.
    change: now.n >= FEW && then.n >= FEW ? indicator.change(now, then) : null,
    series: run(slice),
    previousSeries: run(before),
  }
  return { summary, now, then }
}

/** An indicator over one period. */
export async function tallyOver(
  analytics: Analytics,
  indicator: Indicator,
  slice: Slice,
  asking: Asking,
): Promise<Tally> {
  if (!addsUp(indicator)) return (await sumCases(analytics, { indicator, key: sql`''`, slice }, asking))[0] ?? noTally
  const days =
    (await sumRolled(analytics, { indicator, counting: indicator.counting, by: 'day', slice })) ??
    (await sumCases(analytics, byDay(indicator, slice), asking))
  return (await isSilent(analytics, indicator, slice, days)) ? noTally : days.reduce<Tally>(addTallies, noTally)
}

/** Whether a period is the sum of its days. */
export const addsUp = ({ interval, counting }: Indicator): boolean =>
  interval !== 'order_statistics' && counting.wholePeriod !== true

type Period = Pick<Slice, 'from' | 'to'>

interface Measured {
  whole(period: Period): Tally
  step(period: Period): Tally
}

const byDay = (indicator: Indicator, slice: Slice): CasesQuestion => ({ indicator, key: sql`toString(day)`, slice })

/** What is asked of an indicator's cases: its days, or each period as a whole (under the key `wholeOf`) beside its steps. */
function casesFor({ indicator, slice }: IndicatorQuestion, step: Step): CasesQuestion[] {
  if (addsUp(indicator)) return [byDay(indicator, withBefore(slice))]
  const before = previousSlice(slice)
  const keys = (of: Slice) => sql`[${wholeOf(of)}, ${firstDay[step](of)}]`
  if (indicator.counting.wholePeriod)
    return [slice, before].map((of) => ({ indicator, key: sql`arrayJoin(${keys(of)})`, slice: of }))
  const key = sql`arrayJoin(if(day >= ${dayLiteral(slice.from)}, ${keys(slice)}, ${keys(before)}))`
  return [{ indicator, key, slice: withBefore(slice) }]
}

const wholeOf = ({ from }: Period): string => `whole ${from}`

function measuredFrom(indicator: Indicator, rows: readonly KeyedTally[]): Measured {
  if (addsUp(indicator)) {
    const over = ({ from, to }: Period) =>
      rows.filter(({ key }) => key >= from && key <= to).reduce<Tally>(addTallies, noTally)
    return { whole: over, step: over }
  }
  const tallies = new Map<string, Tally>(rows.map((row) => [row.key, row]))
  const at = (key: string) => tallies.get(key) ?? noTally
  return { whole: (period) => at(wholeOf(period)), step: ({ from }) => at(from) }
}

/** The first day of a case's step within the slice. */
const firstDay: Record<Step, (slice: Slice) => Sql> = {
  day: () => sql`toString(day)`,
  week: ({ from }) => sql`toString(greatest(toMonday(day), ${dayLiteral(from)}))`,
  month: ({ from }) => sql`toString(greatest(toStartOfMonth(day), ${dayLiteral(from)}))`,
}

export type Step = 'day' | 'week' | 'month'

/** The last day of the calendar month. */
const monthEnd = (day: string) => addDays(`${addDays(`${day.slice(0, 7)}-28`, 4).slice(0, 7)}-01`, -1)

/** The days, weeks (Monday to Sunday) or calendar months of a slice, cut at its ends. */
function stepsOf(slice: Period, step: Step): { day: string; last: string }[] {
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

/** Dimensions whose groups share cases. */
export const overlapping = (by: Dimension): boolean => by === 'aspect' || by === 'scene'

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
    (await sumRolled(analytics, { indicator, counting: counting.value, by, slice })) ??
    (await sumCases(
      analytics,
      { indicator: { ...indicator, counting: counting.value }, key: keyOf(by, slice, asking), slice },
      asking,
    ))
  if (await isSilent(analytics, indicator, slice, rows)) return ok([])
  const named = rows.filter(({ key }) => key !== '')
  named.sort((one, other) =>
    ordered.has(by)
      ? Number(one.key) - Number(other.key) || one.key.localeCompare(other.key)
      : other.n - one.n || one.key.localeCompare(other.key),
  )
  return ok(named)
}
