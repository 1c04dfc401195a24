import { type ClusterSums, designEffect } from '../../core/clusters.ts'
import type { Change, Estimate } from '../../core/estimate.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { day, sql } from '../../store/clickhouse/sql.ts'
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

type Sums = ClusterSums & Tally & { repeated: number; period: 'now' | 'then' }

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
  const sums = await clusterSums(analytics, indicator, slice, asking)
  const now = sums.find(({ period }) => period === 'now')
  const then = sums.find(({ period }) => period === 'then')
  if (!now || now.repeated === 0) return null
  const change = then ? indicator.change(thinned(now), thinned(then)) : null
  return {
    customers: now.clusters,
    repeated: now.repeated,
    designEffect: designEffect(now),
    estimate: { ...indicator.estimate(thinned(now)), n: now.n },
    change,
  }
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

async function clusterSums(
  analytics: Analytics,
  { counting, interval }: Indicator,
  slice: Slice,
  asking: Asking,
): Promise<Sums[]> {
  const customer = sql`customer_ref, if(customer_ref = '', id, '')`
  const value = interval === 't' ? sql`v` : sql`toFloat64(if(up, 1, 0) - if(down, 1, 0))`
  const both = { ...slice, from: previousSlice(slice).from }
  const period = sql`if(day >= ${day(slice.from)}, 'now', 'then')`
  const rows = await analytics.query<Omit<Sums, 'sum'> & { total: number }>(sql`
    SELECT period, count() AS clusters, countIf(m > 1) AS repeated, sum(m) AS n, sum(y) AS total, sum(own) AS squares, sum(ups) AS plus,
      sum(downs) AS minus, sum(y * y) AS sumSquares, sum(y * m) AS sumCases, sum(m * m) AS caseSquares
    FROM (
      SELECT ${period} AS period, count() AS m, sum(${value}) AS y, sum(${value} * ${value}) AS own,
        countIf(up) AS ups, countIf(down) AS downs
      FROM (${casesOf(counting, both, asking, period, customer)}) GROUP BY period, ${customer}
    )
    GROUP BY period`)
  return rows.map(({ total, ...row }) => ({ ...row, sum: total }))
}
