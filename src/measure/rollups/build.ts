import type { TenantId } from '../../core/tenant.ts'
import { type Analytics, removeRows } from '../../store/clickhouse/analytics.ts'
import { type DayMark, isClean, type MarkedTable, markedTables, readMarks } from '../../store/clickhouse/marks.ts'
import { day, join, type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'
import { rolledDimensions, rollings, rollingVersion } from './measures.ts'

/** Days that are added up in one statement. */
const PORTION = 30

/**
 * Adds up the days of a tenant that have changed since they were added up, a build a portion. Safe at any moment and in several processes: a
 * build counts for a day only as long as nothing was written to it after the build began. Answers how many days were added up.
 */
export async function rollUp(
  analytics: Analytics,
  tenant: TenantId,
  now: number,
  signal?: AbortSignal,
): Promise<number> {
  let built = 0
  for (const source of markedTables) {
    const due = await dueDays(analytics, tenant, source)
    for (let from = 0; from < due.length && !signal?.aborted; from += PORTION) {
      await build(analytics, { tenant, source, days: due.slice(from, from + PORTION), now })
      built += Math.min(PORTION, due.length - from)
    }
  }
  return built
}

/** The days that have rows and whose sums are not true, with the marks that are there before the rows are counted. */
async function dueDays(analytics: Analytics, tenant: TenantId, source: MarkedTable): Promise<DayMark[]> {
  const rows = await analytics.query<{ day: string }>(
    sql`SELECT day FROM ${trusted(source)} WHERE tenant = ${tenant} GROUP BY day ORDER BY day`,
  )
  const [first, last] = [rows[0]?.day, rows.at(-1)?.day]
  if (!first || !last) return []
  const markOf = await readMarks(analytics, { tenant, source, within: { from: first, to: last } })
  return rows.map(({ day: local }) => markOf(local)).filter((mark) => mark.open === 0 && !isClean(mark, rollingVersion))
}

interface Portion {
  tenant: TenantId
  source: MarkedTable
  days: readonly DayMark[]
  now: number
}

async function build(analytics: Analytics, { tenant, source, days, now }: Portion): Promise<void> {
  // Later builds have greater numbers; what is left to chance tells two processes apart.
  const number = now * 1000 + Math.floor(Math.random() * 1000)
  const theseDays = days.map((one) => day(one.day))
  const mine = rollings.filter(({ table }) => table === source)
  const sums = mine.map(
    (rolling) => sql`
        SELECT ${rolling.id} AS measure, along.1 AS dimension, along.2 AS key, day, item, count() AS n, sum(up) AS plus, sum(down) AS minus
        FROM (
          SELECT day, toString(${rolling.item}) AS item, toInt64(${rolling.plus}) AS up, toInt64(${rolling.minus}) AS down, arrayJoin(${alongs}) AS along
          FROM ${trusted(source)} WHERE tenant = ${tenant} AND day IN ${theseDays} AND ${rolling.rows}
        )
        GROUP BY day, dimension, key, item`,
  )
  await analytics.command(
    sql`INSERT INTO tallies (tenant, measure, dimension, key, day, build, item, n, plus, minus)
      SELECT ${tenant} AS tenant, measure, dimension, key, day, ${number} AS build, item, n, plus, minus
      FROM (${join(sums, sql` UNION ALL `)})`,
    { maxSeconds: 300 },
  )
  await analytics.insert(
    'day_builds',
    days.map((one) => ({ tenant, source, day: one.day, build: number, counted: one.touches, version: rollingVersion })),
  )
  const measures = mine.map(({ id }) => id)
  await removeRows(
    analytics,
    'tallies',
    sql`tenant = ${tenant} AND measure IN ${measures} AND day IN ${theseDays} AND build < ${number}`,
  )
}

const alongs: Sql = sql`[${join([
  sql`('', '')`,
  ...Object.entries(rolledDimensions).map(([name, column]) => sql`(${name}, toString(${trusted(column)}))`),
])}]`
