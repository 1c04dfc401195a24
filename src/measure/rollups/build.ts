import type { TenantId } from '../../core/tenant.ts'
import { type Analytics, removeRows } from '../../store/clickhouse/analytics.ts'
import {
  type DayMark,
  EVERY_DAY,
  isClean,
  type MarkedTable,
  type Marks,
  markedTables,
  readMarks,
} from '../../store/clickhouse/marks.ts'
import { day, join, type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'
import { rollings, rollingVersion } from './measures.ts'
import { keysAlong, type Rolling, type Scope } from './rolling.ts'

/** Rows that are added up in one statement: more would want more memory than the engine may have. A day is never divided. */
const PORTION = 500_000

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
    const marks = await readMarks(analytics, { tenant, from: EVERY_DAY, to: LAST_DAY }, [source])
    for (const days of inPortions(await dueDays(analytics, { tenant, source, marks }))) {
      if (signal?.aborted) return built
      await build(analytics, { tenant, source, days, now })
      built += days.length
    }
    // From now on a day of which nothing is known has no rows.
    const all = marks(source, EVERY_DAY)
    if (!isClean(all, rollingVersion)) await putOnRecord(analytics, { tenant, source, days: [all], now }, now * 1000)
  }
  return built
}

interface DueDay extends DayMark {
  rows: number
}

function inPortions(due: readonly DueDay[]): DueDay[][] {
  const portions: DueDay[][] = []
  let rows = Number.POSITIVE_INFINITY
  for (const one of due) {
    if (rows + one.rows > PORTION) {
      portions.push([])
      rows = 0
    }
    portions.at(-1)!.push(one)
    rows += one.rows
  }
  return portions
}

/** The last day that the engine knows. */
const LAST_DAY = '2149-06-06'

/** The days that have rows and whose sums are not true, with the marks that were there before the rows are counted. */
async function dueDays(
  analytics: Analytics,
  { tenant, source, marks }: { tenant: TenantId; source: MarkedTable; marks: Marks },
): Promise<DueDay[]> {
  const found = await analytics.query<{ day: string; rows: number }>(
    sql`SELECT day, count() AS rows FROM ${trusted(source)} WHERE tenant = ${tenant} GROUP BY day ORDER BY day`,
  )
  return found
    .map(({ day: local, rows }) => ({ ...marks(source, local), rows }))
    .filter((mark) => mark.open === 0 && !isClean(mark, rollingVersion))
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
  const scope = { days: sql`tenant = ${tenant} AND day IN ${theseDays}`, filter: sql`1` }
  for (const together of inStatements(mine))
    await analytics.command(
      sql`INSERT INTO tallies (tenant, measure, dimension, key, day, build, item, n, plus, minus)
        SELECT ${tenant} AS tenant, measure, dimension, key, day, ${number} AS build, item, n, plus, minus
        FROM (${join(
          together.map((rolling) => sumsOf(rolling, scope)),
          sql` UNION ALL `,
        )})`,
      { maxSeconds: 300 },
    )
  await putOnRecord(analytics, { tenant, source, days, now }, number)
  if (!days.some((one) => one.build > 0)) return
  const measures = mine.map(({ id }) => id)
  await removeRows(
    analytics,
    'tallies',
    sql`tenant = ${tenant} AND measure IN ${measures} AND day IN ${theseDays} AND build < ${number}`,
  )
}

const putOnRecord = (analytics: Analytics, { tenant, source, days }: Portion, number: number): Promise<void> =>
  analytics.insert(
    'day_builds',
    days.map((one) => ({ tenant, source, day: one.day, build: number, counted: one.touches, version: rollingVersion })),
  )

/** All in one statement but for those that want much memory, which have one each. */
const inStatements = (mine: readonly Rolling[]): Rolling[][] =>
  [mine.filter(({ heavy }) => !heavy), ...mine.filter(({ heavy }) => heavy).map((one) => [one])].filter(
    (one) => one.length > 0,
  )

/** The sums of the whole and of each dimension, in one pass: each row counts once in each of them. */
function sumsOf(rolling: Rolling, scope: Scope): Sql {
  const key = sql`arrayJoin(arrayConcat(${join([sql`[('', '')]`, ...rolling.along.map(keysAlong)])}))`
  return sql`
    SELECT ${rolling.id} AS measure, k.1 AS dimension, k.2 AS key, d AS day, toString(i) AS item, toInt64(counted) AS n, toInt64(up) AS plus,
      toInt64(down) AS minus
    FROM (${(rolling.added ?? rolling.counted)({ key, day: sql`day`, itemised: true }, scope)})`
}
