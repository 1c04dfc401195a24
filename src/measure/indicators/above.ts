import type { Above } from '../../core/order-statistics.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { type Sql, sql } from '../../store/clickhouse/sql.ts'
import type { Slice } from '../slice.ts'
import { casesOf, keyOf } from './cases.ts'
import type { Asking, Counting, Dimension } from './define.ts'
import { rankOf } from './sums.ts'

/** What is counted, and of which percentile. */
export interface Ranked {
  counting: Counting
  percent: number
  by?: Dimension
}

/** For each group, how many values of either period lie above the percentile of both periods together. */
export async function abovePeriods(
  analytics: Analytics,
  { counting, percent, by }: Ranked,
  [slice, other]: readonly [Slice, Slice],
  asking: Asking,
): Promise<ReadonlyMap<string, readonly [Above, Above]>> {
  const side = (of: Slice, number: number) => {
    const key = keyed(by, of, asking)
    return sql`SELECT ${key} AS key, v, ${number} AS side FROM (${casesOf(counting, of, asking, key)})`
  }
  // `common` stands outside the lambda too, since ClickHouse 18.16 forgets a column that only a lambda asks for.
  const rows = await analytics.query<{ key: string; n1: number; n2: number; up1: number; up2: number }>(sql`
    SELECT key, n1, n2, common, arrayCount(x -> x > common, a) AS up1, arrayCount(x -> x > common, b) AS up2 FROM (
      SELECT key, a, b, length(a) AS n1, length(b) AS n2, arraySort(arrayConcat(a, b)) AS s, s[${rankOf(percent, sql`length(s)`)}] AS common
      FROM (
        SELECT key, groupArrayIf(v, side = 1) AS a, groupArrayIf(v, side = 2) AS b
        FROM (${side(slice, 1)} UNION ALL ${side(other, 2)}) GROUP BY key
      )
    )`)
  return new Map(
    rows.map(
      ({ key, n1, n2, up1, up2 }) =>
        [
          key,
          [
            { n: n1, above: up1 },
            { n: n2, above: up2 },
          ],
        ] as const,
    ),
  )
}

/** For each group, how many of its values and how many of all other groups' lie above the percentile of all groups together. */
export async function aboveRest(
  analytics: Analytics,
  { counting, percent, by }: Ranked & { by: Dimension },
  slice: Slice,
  asking: Asking,
): Promise<ReadonlyMap<string, readonly [Above, Above]>> {
  const named = keyed(by, slice, asking)
  const cases = sql`SELECT ${named} AS key, v FROM (${casesOf(counting, slice, asking, named)}) WHERE key != ''`
  const rows = await analytics.query<{ key: string; n: number; above: number }>(sql`
    SELECT key, count() AS n, countIf(v > (SELECT s[${rankOf(percent, sql`length(s)`)}] FROM (SELECT arraySort(groupArray(v)) AS s FROM (${cases})))) AS above
    FROM (${cases}) GROUP BY key`)
  const whole = rows.reduce((sum, row) => ({ n: sum.n + row.n, above: sum.above + row.above }), { n: 0, above: 0 })
  return new Map(
    rows.map(
      ({ key, n, above }) =>
        [
          key,
          [
            { n, above },
            { n: whole.n - n, above: whole.above - above },
          ],
        ] as const,
    ),
  )
}

const keyed = (by: Dimension | undefined, slice: Slice, asking: Asking): Sql =>
  by ? keyOf(by, slice, asking) : sql`''`
