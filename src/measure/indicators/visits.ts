import { join, type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'
import { visit } from '../visitor.ts'
import { type CaseColumn, groupedColumns, whatRowsShare, withColumns } from './columns.ts'

/**
 * Visits, one row each, with the columns that are asked for and what else is asked of a visit's events (`marks`: an aggregate of each
 * name). A visit is what one session does on one local day, so that days add up. Steps are told by touchpoint rather than by name
 * where possible, so that it reads whatever names a shop's systems use.
 */
export function visits(days: Sql, marks: Readonly<Record<string, Sql>>, columns: readonly CaseColumn[]): Sql {
  const names = Object.keys(marks).map(trusted)
  const { grouping, outside } = groupedColumns(withColumns(columns, 'day'), ofVisit)
  const asked = Object.entries(marks).map(([name, mark]) => sql`${mark} AS ${trusted(name)}`)
  return sql`
    SELECT ${outside}, ${join(names)}
    FROM (SELECT ${grouping}, ${join(asked)} FROM events WHERE ${days} AND session != '' GROUP BY ${visit})`
}

const ofVisit: Readonly<Partial<Record<CaseColumn, Sql>>> = {
  day: sql`any(day)`,
  at: sql`min(at)`,
  id: sql`any(session)`,
  said: sql`argMax(name, at)`,
  ...whatRowsShare,
  facts: sql`argMin(props, at)`,
}

/** When a visit was first at a touchpoint, and when last; 0 where it never was. */
export const firstAt = (touchpoint: string): Sql => sql`minIf(at, touchpoint = ${touchpoint})`
export const lastAt = (touchpoint: string): Sql =>
  sql`maxIf(at, touchpoint = ${touchpoint} AND name != 'product_removed')`
