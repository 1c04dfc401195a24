import { type ClusterSums, designEffect } from '../../core/clusters.ts'
import type { Change, Estimate } from '../../core/estimate.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { sql } from '../../store/clickhouse/sql.ts'
import { previousSlice, type Slice } from '../slice.ts'
import { casesOf } from './cases.ts'
import type { Asking, Indicator, Tally } from './define.ts'
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

type Sums = ClusterSums & Tally & { repeated: number }

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
  const now = await clusterSums(analytics, indicator, slice, asking)
  if (!now || now.repeated === 0) return null
  const then = await clusterSums(analytics, indicator, previousSlice(slice), asking)
  const change = then ? indicator.change(thinned(now), thinned(then)) : null
  return {
    customers: now.clusters,
    repeated: now.repeated,
    designEffect: designEffect(now),
    estimate: { ...indicator.estimate(thinned(now)), value: indicator.estimate(now).value, n: now.n },
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

/** The tally of as many independent cases as these are worth. */
function thinned(sums: Sums): Tally {
  const effect = designEffect(sums)
  const part = (of: number) => of / effect
  return {
    n: part(sums.n),
    plus: part(sums.plus),
    minus: part(sums.minus),
    sum: part(sums.sum),
    squares: part(sums.squares),
  }
}

/** Each period by itself: both at once would want a place in memory for the customers of both. */
async function clusterSums(
  analytics: Analytics,
  { counting, interval }: Indicator,
  slice: Slice,
  asking: Asking,
): Promise<Sums | null> {
  // By a hash of 64 bits, as voices are told apart elsewhere: among ten million customers the chance that any two are taken for one is below 10⁻⁵.
  const customer = sql`if(customer_ref = '', cityHash64(id, ''), cityHash64(customer_ref))`
  const value = interval === 't' ? sql`v` : sql`toFloat64(if(up, 1, 0) - if(down, 1, 0))`
  const [row] = await analytics.query<Omit<Sums, 'sum'> & { total: number }>(sql`
    SELECT count() AS clusters, countIf(m > 1) AS repeated, sum(m) AS n, sum(y) AS total, sum(own) AS squares, sum(ups) AS plus,
      sum(downs) AS minus, sum(y * y) AS sumSquares, sum(y * m) AS sumCases, sum(m * m) AS caseSquares
    FROM (
      SELECT count() AS m, sum(${value}) AS y, sum(${value} * ${value}) AS own, countIf(up) AS ups, countIf(down) AS downs
      FROM (${casesOf(counting, slice, asking, customer)}) GROUP BY ${customer}
    )`)
  if (!row || row.clusters === 0) return null
  const { total, ...sums } = row
  return { ...sums, sum: total }
}

/** Against a period before the data nothing is told. */
export const asCovered = (found: ByCustomer, covered: boolean): ByCustomer => ({
  ...found,
  change: covered ? found.change : null,
})
