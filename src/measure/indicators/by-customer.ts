import { designEffect } from '../../core/clusters.ts'
import type { Change, Estimate } from '../../core/estimate.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { sql } from '../../store/clickhouse/sql.ts'
import { previousSlice, type Slice } from '../slice.ts'
import { customerSums, thinned } from './customer-sums.ts'
import type { Asking, Indicator } from './define.ts'
import { addsUp } from './measure.ts'

/** A figure whose interval knows that several cases may be one customer's. */
export interface ByCustomer {
  customers: number
  /** Customers with more than one case. */
  repeated: number
  /** By how much the variance is larger than that of as many independent cases. */
  designEffect: number
  /** The figure itself is the same; its interval is not. */
  estimate: Estimate
  /** Against the period before, as for the plain figure. */
  change: Change | null
}

/**
 * An indicator by customers: cases of one customer are a cluster, and cases of nobody known are each their own. The tally is divided by the
 * design effect (the effective sample of Rao and Scott 1992) and read by the indicator's own interval. Null where no customer has two cases,
 * and where cases are customers already.
 */
export async function measureByCustomer(
  analytics: Analytics,
  indicator: Indicator,
  slice: Slice,
  asking: Asking,
): Promise<ByCustomer | null> {
  // What does not add up is a percentile, or counts customers already.
  if (!addsUp(indicator)) return null
  const now = await sumsOf(analytics, indicator, slice, asking)
  if (!now || now.repeated === 0) return null
  const then = await sumsOf(analytics, indicator, previousSlice(slice), asking)
  const worth = thinned(now, designEffect(now))
  const change = then ? indicator.change(worth, thinned(then, designEffect(then))) : null
  return {
    customers: now.clusters,
    repeated: now.repeated,
    designEffect: designEffect(now),
    estimate: { ...indicator.estimate(worth), value: indicator.estimate(now).value, n: now.n },
    change,
  }
}

/** The same of several, one after the other: each holds every customer of its period in memory. */
export async function measureEachByCustomer(
  analytics: Analytics,
  questions: readonly { indicator: Indicator; slice: Slice }[],
  asking: Asking,
): Promise<(ByCustomer | null)[]> {
  const found: (ByCustomer | null)[] = []
  for (const { indicator, slice } of questions) found.push(await measureByCustomer(analytics, indicator, slice, asking))
  return found
}

/** Each period by itself: both at once would want a place in memory for the customers of both. */
const sumsOf = async (analytics: Analytics, indicator: Indicator, slice: Slice, asking: Asking) =>
  (await customerSums(analytics, { indicator, key: sql`'all'`, slice }, asking))[0]

/** Against a period before the data nothing is told. */
export const asCovered = (found: ByCustomer, covered: boolean): ByCustomer => ({
  ...found,
  change: covered ? found.change : null,
})
