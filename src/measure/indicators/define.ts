import type { Change, Estimate } from '../../core/estimate.ts'
import type { Promotion } from '../../core/promotions.ts'
import type { TenantId } from '../../core/tenant.ts'
import type { Sql } from '../../store/clickhouse/sql.ts'
import type { Slice } from '../slice.ts'
import type { CaseColumn } from './columns.ts'

/** The counts that every indicator is made from. They add up, so a period is the sum of its days (all but `ordered`). */
export interface Tally {
  n: number
  plus: number
  minus: number
  /** For a mean: the sum of the values and of their squares. */
  sum?: number
  squares?: number
  /** For a median or another percentile: the values, in order, at its lower rank, its middle and its upper rank (`core/order-statistics.ts`). */
  ordered?: readonly number[]
}

export const noTally: Tally = { n: 0, plus: 0, minus: 0 }

export const addTallies = (one: Tally, other: Tally): Tally => ({
  n: one.n + other.n,
  plus: one.plus + other.plus,
  minus: one.minus + other.minus,
  sum: (one.sum ?? 0) + (other.sum ?? 0),
  squares: (one.squares ?? 0) + (other.squares ?? 0),
})

/** When the question is asked, and how long an order can come back. */
export interface Asking {
  /** Epoch milliseconds. Orders whose return window is still open then are left out of return rates. */
  asOf: number
  returnWindowDays: number
  /** The tenant's zone, for hours of the day; Asia/Shanghai where it is not said. */
  zone?: string
  /** Whose cases are counted; filled in where they are asked for. */
  tenant?: TenantId
  /** The tenant's promotion calendar; the usual one where it is not said. */
  promotions?: readonly Promotion[]
}

/** By what an indicator can be divided, in the order in which it is offered. */
export const dimensions = [
  'category',
  'merchant',
  'product',
  'city',
  'kind',
  'channel',
  'customer',
  'tier',
  'aspect',
  'scene',
  'week',
  'month',
  'weekday',
  'hour',
  'promotion',
] as const
export type Dimension = (typeof dimensions)[number]

/** Where an indicator counts: its cases are rows of one table that satisfy a condition; those that count up, those that count down. */
export interface Counting {
  table: 'voices' | 'mentions' | 'orders' | 'events'
  /** Where a case is made of several rows: a sub-select that gives each as one row with those columns of cases. */
  cases?(slice: Slice, asking: Asking, columns: readonly CaseColumn[]): Sql
  /** The same where each case lies within one local day, so that days add up: of the rows under a condition on tenant and day. */
  daily?(days: Sql, columns: readonly CaseColumn[]): Sql
  /** True where a case is what happened over the whole period, so that a period is not the sum of its days. */
  wholePeriod?: boolean
  /** Where a tenant's orders never tell of a return, what is counted here is unknown rather than nought. */
  needsReturns?: true
  rows(asking: Asking): Sql
  plus?(asking: Asking): Sql
  minus?(asking: Asking): Sql
  /** The number of which the mean, the median or another percentile is taken. */
  value?(asking: Asking): Sql
  /** Where every value is a multiple of one part of this number: their sums are whole, so that days of a mean can be added up (`rollups`). */
  parts?: number
}

/** `amount`: in the currency of the orders; `count`: so many of something. */
const units = ['points', 'share', 'score', 'minutes', 'days', 'amount', 'count'] as const
export type Unit = (typeof units)[number]

/** How the interval is made, for those who want to check it. */
const intervalMethods = ['wilson', 'exact', 'net', 't', 'order_statistics'] as const
export type IntervalMethod = (typeof intervalMethods)[number]

/** `own`: put together by the tenant. */
const indicatorGroups = ['experience', 'service', 'order', 'behaviour', 'own'] as const
type IndicatorGroup = (typeof indicatorGroups)[number]

export interface Indicator {
  id: string
  zh: string
  en: string
  group: IndicatorGroup
  unit: Unit
  interval: IntervalMethod
  /** Which interval a figure has, where that depends on what was counted. */
  intervalOf?(tally: Tally): IntervalMethod
  /** Of an indicator by order statistics: 50 for a median, 90 for a 90th percentile. */
  percent?: number
  /** The indicator that is shown beside this one: the 90th percentile of what this is the median of. */
  beside?: string
  higherIsBetter: boolean
  /** What becomes of a case is known so many days after it; it is left out until then. */
  knownAfterDays?: number
  /** One sentence that a person can check the figure by, in English and in Chinese. */
  formula: string
  formulaZh: string
  counting: Counting
  /** How the indicator is counted by aspect or scene, where it can be. */
  byMention?: Counting
  estimate(tally: Tally): Estimate
  change(now: Tally, before: Tally): Change | null
}

/** Makes an indicator: a plain object in its own folder, with one line in `list.ts`. */
export const defineIndicator = <const I extends Indicator>(indicator: I): I => indicator
