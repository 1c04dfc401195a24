import { addDays } from '../../core/clock.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { type DayMark, isClean, type MarkedTable, readMarks } from '../../store/clickhouse/marks.ts'
import { day, join, type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'
import { filtered, lengthInDays, type Slice, wholeSlice, within } from '../slice.ts'
import { rollingVersion } from './measures.ts'
import { none, type RolledDimension, type Rolling, rolledDimensions } from './rolling.ts'

/** One sum: of a group, an item and a day, as far as they were asked for. */
export interface RolledRow {
  key: string
  item: string
  day: string
  n: number
  plus: number
  minus: number
}

export interface RolledQuestion {
  slice: Slice
  rolling: Rolling
  /** What is told apart; what is not is '' in the answer. */
  by?: RolledDimension | 'day' | 'week' | 'item'
  /** Days from this one on are told apart from those before: `day` is SINCE or ''. Not with `day` or `week`. */
  since?: string
}

export const SINCE = 'since'

const filters = ['category', 'merchant', 'product', 'city'] as const

/** What is known of each day of a table at the moment of asking (`marks.ts`). */
export type MarksOf = (source: MarkedTable) => Promise<(local: string) => DayMark>

/** The marks of a period, read once a table for all questions within it that are asked together. */
export function marksWithin(analytics: Analytics, { tenant, from, to }: Slice): MarksOf {
  const read = new Map<MarkedTable, ReturnType<MarksOf>>()
  return (source) => {
    const known = read.get(source) ?? readMarks(analytics, { tenant, source, within: { from, to } })
    read.set(source, known)
    return known
  }
}

/**
 * A question over days: from the day sums where they are still true, from the rows themselves for all other days, and where the slice or
 * the grouping is not one that was added up (two filters at once). The figures are the same either way.
 */
export async function askRolled(
  analytics: Analytics,
  question: RolledQuestion,
  marksOf: MarksOf = marksWithin(analytics, question.slice),
): Promise<RolledRow[]> {
  const { slice } = question
  const dimension = dimensionOf(question)
  const builds = new Map<string, number>()
  const rest: string[] = []
  const markOf = dimension === null ? null : await marksOf(question.rolling.table)
  for (let each = slice.from; each <= slice.to; each = addDays(each, 1)) {
    const mark = markOf?.(each)
    if (mark && isClean(mark, rollingVersion)) builds.set(each, mark.build)
    else rest.push(each)
  }
  const parts: Sql[] = []
  if (dimension !== null && builds.size > 0) parts.push(fromTallies(question, dimension, builds))
  if (rest.length > 0) parts.push(fromRows(question, rest))
  return analytics.query<RolledRow>(sql`
    SELECT a_key AS key, an_item AS item, a_day AS day, sum(counted) AS n, sum(up) AS plus, sum(down) AS minus
    FROM (${join(parts, sql` UNION ALL `)})
    GROUP BY a_key, an_item, a_day`)
}

/** The dimension whose sums answer the question: the one that is filtered or asked for; '' for neither, null for several or one not added up. */
function dimensionOf({ slice, rolling, by }: RolledQuestion): RolledDimension | '' | null {
  const named = new Set<RolledDimension>(filters.filter((name) => slice[name].length > 0))
  if (by && by in rolledDimensions) named.add(by as RolledDimension)
  const [only] = named
  if (named.size > 1 || (only && !rolling.along.includes(only))) return null
  return only ?? ''
}

function dayKey({ by, since }: RolledQuestion): Sql {
  if (since !== undefined) return sql`if(day >= ${day(since)}, ${SINCE}, '')`
  return by === 'day' ? sql`day` : by === 'week' ? sql`toMonday(day)` : none
}

function fromTallies(question: RolledQuestion, dimension: string, builds: ReadonlyMap<string, number>): Sql {
  const { slice, rolling, by } = question
  const keys = dimension === '' ? [] : (slice[dimension as (typeof filters)[number]] ?? [])
  const days = [...builds.keys()].sort()
  const conditions = [
    sql`tenant = ${slice.tenant} AND measure = ${rolling.id} AND dimension = ${dimension}`,
    sql`day >= ${day(days[0]!)} AND day <= ${day(days.at(-1)!)}`,
    sql`(day, build) IN ${[...builds].map(([local, build]) => sql`(${day(local)}, ${build})`)}`,
    ...(keys.length > 0 ? [sql`key IN ${keys}`] : []),
  ]
  return sql`
    SELECT ${by !== undefined && by in rolledDimensions ? sql`key` : none} AS a_key, ${by === 'item' ? sql`item` : none} AS an_item, toString(${dayKey(question)}) AS a_day,
      n AS counted, plus AS up, minus AS down
    FROM tallies WHERE ${join(conditions, sql` AND `)}`
}

/** Columns are grouped as they are kept and become text afterwards: a dictionary's numbers are quicker to group than its words. */
function fromRows(question: RolledQuestion, days: readonly string[]): Sql {
  const { slice, rolling, by } = question
  const key = by && by in rolledDimensions ? trusted(rolledDimensions[by as RolledDimension]) : none
  const inDays = days.length === lengthInDays(slice) ? sql`1` : sql`day IN ${days.map(day)}`
  const asked = within(wholeSlice(slice.tenant, slice.from, slice.to), rolling.table)
  const scope = { days: sql`${asked} AND ${inDays}`, filter: filtered(slice) }
  return sql`
    SELECT toString(k) AS a_key, toString(i) AS an_item, toString(d) AS a_day, toInt64(counted) AS counted, toInt64(up) AS up, toInt64(down) AS down
    FROM (${rolling.counted({ key, day: dayKey(question), itemised: by === 'item' }, scope)})`
}
