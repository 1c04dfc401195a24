import { medianRanks } from '../../core/order-statistics.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { type Sql, sql } from '../../store/clickhouse/sql.ts'
import { recordsReturns } from '../returns.ts'
import { rollingFor } from '../rollups/measures.ts'
import { askRolled, type RolledQuestion } from '../rollups/read.ts'
import type { Slice } from '../slice.ts'
import { casesOf } from './cases.ts'
import type { Asking, Counting, Dimension, Indicator, Tally } from './define.ts'

export interface KeyedTally extends Tally {
  key: string
}

/** Above this many values a median's ranks are taken in the engine, by the approximation. */
const EXACT = 1_000

/** What a counting comes to, by a key over its cases (`cases.ts`). */
export async function sumCases(
  analytics: Analytics,
  { counting, interval }: { counting: Counting; interval: Indicator['interval'] },
  key: Sql,
  slice: Slice,
  asking: Asking,
): Promise<KeyedTally[]> {
  const sorted = sql`arraySort(groupArray(v))`
  const middle = sql`(s[intDiv(n + 1, 2)] + s[intDiv(n, 2) + 1]) / 2`
  const low = sql`toUInt64(greatest(1, floor((n + 1) / 2 - 0.98 * sqrt(n))))`
  const values =
    interval === 'order_statistics'
      ? sql`${sorted} AS s, if(n <= ${EXACT}, s, [s[${low}], ${middle}, s[n + 1 - ${low}]]) AS picked`
      : sql`0 AS s, [] AS picked`
  const rows = await analytics.query<KeyedTally & { picked: number[] }>(sql`
    SELECT key, n, plus, minus, total AS sum, squares, picked FROM (
      SELECT ${key} AS key, count() AS n, countIf(up) AS plus, countIf(down) AS minus, sum(v) AS total, sum(v * v) AS squares, ${values}
      FROM (${casesOf(counting, slice, asking)})
      GROUP BY key
    )`)
  return rows.map(({ picked, ...row }) =>
    interval === 'order_statistics' ? { ...row, ordered: pick(picked, row.n) } : row,
  )
}

/** The values at the lower rank, in the middle and at the upper rank. */
function pick(values: readonly number[], n: number): readonly number[] {
  if (n > EXACT) return values
  const ranks = medianRanks(n)
  const at = (rank: number) => values[rank - 1]!
  const middle = (at(Math.floor((n + 1) / 2)) + at(Math.ceil((n + 1) / 2))) / 2
  return ranks ? [at(ranks.low), middle, at(ranks.high)] : [middle, middle, middle]
}

type RolledBy = Extract<RolledQuestion['by'], string>
const rolledBy: Partial<Record<Dimension | 'day', RolledBy>> = {
  day: 'day',
  week: 'week',
  category: 'category',
  merchant: 'merchant',
  product: 'product',
  city: 'city',
  channel: 'channel',
  aspect: 'item',
  scene: 'item',
}

/** The same from the days' sums (`rollups`), where what is asked for was added up; null elsewhere. */
export async function sumRolled(
  analytics: Analytics,
  id: string,
  counting: Counting,
  by: Dimension | 'day',
  slice: Slice,
): Promise<KeyedTally[] | null> {
  const rolling = rollingFor(id, counting, by)
  const grouped = rolledBy[by]
  if (!rolling || !grouped) return null
  const rows = await askRolled(analytics, { slice, rolling, by: grouped })
  const named = grouped === 'item' ? 'item' : grouped === 'day' || grouped === 'week' ? 'day' : 'key'
  return rows.map((row) => ({ key: row[named], n: row.n, plus: row.plus, minus: row.minus }))
}

/** Where a tenant's orders never tell of a return, its rate is unknown rather than nought. */
export async function isSilent(
  analytics: Analytics,
  indicator: Indicator,
  slice: Slice,
  rows: readonly Tally[],
): Promise<boolean> {
  if (indicator.id !== 'return_rate' || rows.some(({ plus }) => plus > 0)) return false
  return !(await recordsReturns(analytics, slice.tenant))
}
