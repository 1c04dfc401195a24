import { designEffect } from '../../core/clusters.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { limitReached } from '../../store/clickhouse/limit.ts'
import { type Sql, sql } from '../../store/clickhouse/sql.ts'
import type { Slice } from '../slice.ts'
import { keyOf } from './cases.ts'
import { customerSums, customerSumsAndRests } from './customer-sums.ts'
import type { Asking, Dimension, Indicator } from './define.ts'
import { addsUp } from './measure.ts'

/** By group, the design effects of the group and of what it is compared with. */
type Effects = ReadonlyMap<string, readonly [one: number, other: number]>

type AskingBy = Asking & { by?: Dimension | undefined }

/** The key of what is not divided. */
const WHOLE = ''

/**
 * How much less than independent ones the cases of two periods are worth, since several may be one customer's. One period after the other:
 * each holds its customers in memory. A customer of both counts as two.
 */
export function effectsOfPeriods(
  analytics: Analytics,
  indicator: Indicator,
  periods: readonly [Slice, Slice],
  asking: AskingBy,
): Promise<Effects | null> {
  return whereTold(indicator, async () => {
    const byPeriod: ReadonlyMap<string, number>[] = []
    for (const slice of periods) {
      const rows = await customerSums(analytics, { indicator, key: keyIn(slice, asking), slice }, asking)
      byPeriod.push(new Map(rows.map((row) => [asking.by ? row.key : WHOLE, designEffect(row)])))
    }
    const [now, then] = byPeriod as [ReadonlyMap<string, number>, ReadonlyMap<string, number>]
    return new Map([...now].map(([key, effect]) => [key, [effect, then.get(key) ?? 1]]))
  })
}

/** The same of each group of a dimension and of all its other groups together. */
export function effectsOfGroups(
  analytics: Analytics,
  indicator: Indicator,
  slice: Slice,
  asking: AskingBy,
): Promise<Effects | null> {
  return whereTold(indicator, async () => {
    const rows = await customerSumsAndRests(analytics, { indicator, key: keyIn(slice, asking), slice }, asking)
    return new Map(rows.map(({ key, one, rest }) => [key, [designEffect(one), designEffect(rest)]]))
  })
}

const keyIn = (slice: Slice, { by, ...asking }: AskingBy): Sql => (by ? keyOf(by, slice, asking) : sql`'all'`)

/** Not of percentiles nor of what counts customers; and not where the customers are more than the engine's memory holds. */
async function whereTold(indicator: Indicator, ask: () => Promise<Effects>): Promise<Effects | null> {
  if (!addsUp(indicator)) return null
  try {
    return await ask()
  } catch (error) {
    if (limitReached(error) !== 'memory') throw error
    return null
  }
}
