import { type Sql, sql } from '../../store/clickhouse/sql.ts'
import { type CaseColumn, groupedColumns, whatRowsShare } from '../indicators/columns.ts'
import type { Counting } from '../indicators/define.ts'
import { filtered, type Slice, wholeSlice, within } from '../slice.ts'
import { isKnown, shownVisitor, visitor } from '../visitor.ts'
import { heldUpVisits } from './held.ts'
import { onThePath, perVisit } from './walked.ts'

/** A visit as a case: its session, or its customer (masked) where there is none, and what happened last in it. */
const ofVisit: Readonly<Partial<Record<CaseColumn, Sql>>> = {
  ...whatRowsShare,
  day: sql`day`,
  at: sql`min(at)`,
  id: sql`any(${shownVisitor})`,
  said: sql`argMax(toString(name), at)`,
}

/** Visits on the click path that are counted (`of`), and of them those that count up, both told of `perVisit`. */
export const visitsWalked = ({ of, up }: { of: Sql; up: Sql }): Counting => ({
  table: 'events',
  cases: (slice, _, columns) => {
    const { grouping, outside } = groupedColumns(columns, ofVisit)
    return sql`
      SELECT ${outside}, ${up} AS fell
      FROM (SELECT ${grouping}, ${perVisit} FROM events WHERE ${within(slice, 'events')} AND ${onThePath} GROUP BY ${visitor}, day)
      WHERE ${of}`
  },
  rows: () => sql`1`,
  plus: () => sql`fell`,
})

/** Visits seen at a touchpoint, and those that were held up there. */
export const heldUpAt = (touchpoint: string): Counting => ({
  table: 'events',
  cases: (slice, _, columns) => {
    const { grouping, outside } = groupedColumns(columns, ofVisit)
    return sql`
      SELECT ${outside}, fell
      FROM (
        SELECT ${grouping}, ${visitor} AS who, (who, day) GLOBAL IN (${heldUpVisits(touchpoint, scopeOf(slice))}) AS fell
        FROM events WHERE ${within(slice, 'events')} AND touchpoint = ${touchpoint} AND ${isKnown} GROUP BY ${visitor}, day
      )`
  },
  rows: () => sql`1`,
  plus: () => sql`fell`,
})

const scopeOf = (slice: Slice): { days: Sql; filter: Sql } => ({
  days: within(wholeSlice(slice.tenant, slice.from, slice.to), 'events'),
  filter: filtered(slice),
})
