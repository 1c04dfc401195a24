import type { Change, Estimate } from '../../core/estimate.ts'
import type { Sql } from '../../store/clickhouse/sql.ts'

/** The counts that every indicator is made from. They add up, so a period is the sum of its days. */
export interface Tally {
  n: number
  plus: number
  minus: number
}

export const noTally: Tally = { n: 0, plus: 0, minus: 0 }

export const addTallies = (one: Tally, other: Tally): Tally => ({
  n: one.n + other.n,
  plus: one.plus + other.plus,
  minus: one.minus + other.minus,
})

/** When the question is asked, and how long an order can come back. */
export interface Asking {
  /** Epoch milliseconds. Orders whose return window is still open then are left out of return rates. */
  asOf: number
  returnWindowDays: number
}

export const dimensions = [
  'category',
  'merchant',
  'product',
  'city',
  'kind',
  'channel',
  'week',
  'aspect',
  'scene',
] as const
export type Dimension = (typeof dimensions)[number]

/** Where an indicator counts: rows of one table that satisfy a condition, those that count up, those that count down. */
export interface Counting {
  table: 'voices' | 'mentions' | 'orders'
  rows(asking: Asking): Sql
  plus(asking: Asking): Sql
  minus?(asking: Asking): Sql
}

export interface Indicator {
  id: string
  zh: string
  en: string
  unit: 'points' | 'share'
  higherIsBetter: boolean
  /** One sentence that a person can check the figure by. */
  formula: string
  counting: Counting
  /** How the indicator is counted by aspect or scene, where it can be. */
  byMention?: Counting
  estimate(tally: Tally): Estimate
  change(now: Tally, before: Tally): Change | null
}

/** Makes an indicator: a plain object in its own folder, with one line in `list.ts`. */
export const defineIndicator = <const I extends Indicator>(indicator: I): I => indicator
