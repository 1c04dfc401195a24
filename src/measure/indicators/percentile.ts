import { percentile, percentileChange } from '../../core/order-statistics.ts'
import type { Tally, Unit } from './define.ts'

/** How an indicator that is a percentile of a number reads its tally. */
export const asPercentile = <U extends Unit>(unit: U, percent: number) => {
  const estimate = ({ ordered, n }: Tally) => percentile(ordered, n, percent)
  return {
    unit,
    interval: 'order_statistics',
    percent,
    estimate,
    change: (now: Tally, before: Tally) => percentileChange(estimate(now), estimate(before)),
  } as const
}

/** How an indicator that is a median reads its tally. */
export const asMedian = <U extends Unit>(unit: U) => asPercentile(unit, 50)
