import type { Estimate } from '../../core/estimate.ts'
import { wilson } from '../../core/share.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'
import type { Asking } from '../indicators/define.ts'
import { type Slice, within } from '../slice.ts'
import type { Candidate } from './candidate.ts'
import { aboutOf, stateOf } from './factor.ts'
import { type Names, touchpointsOf } from './sentences.ts'

/** How often a factor is met at one place: `exposed` of the `n` cases there that could meet it. */
interface Place {
  exposed: number
  n: number
  /** `exposed` over `n`. */
  share: Estimate
}

export interface Places {
  /** The cities, and the merchants, in which it is most frequent at the cautious end of the interval first. */
  places: (Place & { city: string })[]
  merchants: (Place & { merchant: string })[]
}

const MOST = 20

/**
 * Where a factor is met. A complaint: customers' voices that carry it among all that could be read. A fact of the operation: orders
 * that have it among those that could. Cases without a place are left out; of the rest, the twenty places where it is surest.
 */
export async function placesOf(
  analytics: Analytics,
  slice: Slice,
  candidate: Candidate,
  asking: Asking & { names: Names },
): Promise<Places> {
  const [cities, merchants] = await Promise.all(
    ['city', 'merchant_id'].map((column) => analytics.query<Counted>(counted(slice, candidate, asking, column))),
  )
  return {
    places: surest(cities!).map(({ name, ...place }) => ({ city: name, ...place })),
    merchants: surest(merchants!).map(({ name, ...place }) => ({ merchant: name, ...place })),
  }
}

interface Counted {
  name: string
  exposed: number
  n: number
}

function counted(slice: Slice, candidate: Candidate, asking: Asking & { names: Names }, column: string): Sql {
  const place = trusted(column)
  const state = stateOf(candidate, asking, slice.tenant)
  if (state) {
    return sql`
      SELECT ${place} AS name, countIf(${state} = 2) AS exposed, countIf(${state} > 0) AS n
      FROM orders FINAL WHERE ${within(slice, 'orders')} AND ${place} != '' GROUP BY name`
  }
  return sql`
    SELECT ${place} AS name, count() AS n, countIf(id GLOBAL IN (
        SELECT voice_id FROM mentions
        WHERE ${within(slice, 'mentions')} AND polarity = 'negative' AND ${aboutOf(candidate, slice.tenant, touchpointsOf(asking.names))}
      )) AS exposed
    FROM voices WHERE ${within(slice, 'voices')} AND speaker = 'customer' AND read = 1 AND ${place} != '' GROUP BY name`
}

function surest(rows: readonly Counted[]): (Place & { name: string })[] {
  return rows
    .filter(({ n }) => n > 0)
    .map((row) => ({ ...row, share: wilson(row.exposed, row.n) }))
    .sort((one, other) => other.share.low! - one.share.low! || other.n - one.n || one.name.localeCompare(other.name))
    .slice(0, MOST)
}
