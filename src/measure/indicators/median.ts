import { median, medianChange } from '../../core/order-statistics.ts'
import type { Tally, Unit } from './define.ts'

const estimate = ({ ordered, n }: Tally) => median(ordered, n)

/** How an indicator that is a median reads its tally. */
export const asMedian = <U extends Unit>(unit: U) =>
  ({
    unit,
    interval: 'order_statistics',
    estimate,
    change: (now: Tally, before: Tally) => medianChange(estimate(now), estimate(before)),
  }) as const
