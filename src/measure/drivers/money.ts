import { lengthInDays } from '../slice.ts'
import type { CaseRow } from './case-row.ts'
import type { Interval } from './strata.ts'
import { current } from './table.ts'
import type { Money } from './tabled.ts'

export const DAYS_A_MONTH = 365.25 / 12

/**
 * Refunds that go with a driver of returns, a month, in minor units: extra returns among the exposed lines, times their mean refund,
 * over the days whose orders are counted. In the currency of most of them; currencies are never added. Null where no refund is known.
 */
export function moneyAtStake(
  effect: Interval,
  money: ReadonlyMap<string, Money>,
  closed: readonly CaseRow[],
): (Interval & { currency: string }) | null {
  const [most] = [...money].sort(([, one], [, other]) => other.n - one.n)
  if (!most || most[1].refunded === 0) return null
  const [currency, { n, refund, refunded }] = most
  const days = countedDays(closed)
  const each = (share: number) => Math.round((share * n * (refund / refunded) * DAYS_A_MONTH) / days)
  return { value: each(effect.value), low: each(effect.low), high: each(effect.high), currency }
}

/** From the first to the last day of order of the period's closed cohort: the latest days, still open, are not in it. Rows without a closed line have no days. */
export function countedDays(closed: readonly CaseRow[]): number {
  const rows = closed.filter((row) => row.n > 0 && (current as readonly number[]).includes(row.part))
  const from = rows.map((row) => row.firstDay).sort()[0]!
  const to = rows
    .map((row) => row.lastDay)
    .sort()
    .at(-1)!
  return lengthInDays({ from, to })
}
