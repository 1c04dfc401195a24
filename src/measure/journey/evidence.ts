import type { ShownFigure } from '../../core/touchpoint.ts'
import { day, type Sql, sql, trusted } from '../../store/clickhouse/sql.ts'
import { groupedColumns, whatRowsShare } from '../indicators/columns.ts'
import type { Counting } from '../indicators/define.ts'
import { filtered, type Slice, wholeSlice, withBefore, within } from '../slice.ts'
import { isKnown, visitor } from '../visitor.ts'
import { heldUpVisits } from './held.ts'
import { perOrder } from './orders.ts'
import { isTimedAnswer, minutesToAnswer } from './served.ts'

interface Place {
  id: string
  /** Aspects that belong to the touchpoint. */
  aspects: readonly string[]
  answerWithinMinutes: number
}

/**
 * How the cases behind a figure of the map are counted, so that they can be read one by one: as many as the figure's n, with those that
 * count against the customer (held up, late) or for the touchpoint (praise) counting up. Null where the map counts what has no rows of its own.
 */
export function countingOf(figure: ShownFigure, { id, aspects, answerWithinMinutes }: Place): Counting | null {
  if (figure === 'sentiment') return mentionsOf(aspects)
  switch (id) {
    case 'fulfil.ship':
      return lateOrders('dispatchDue', 'dispatchLate')
    case 'fulfil.deliver':
      return lateOrders('deliveryPromised', 'deliveryLate')
    case 'fulfil.install':
      return lateOrders('fittingPromised', 'fittingLate')
    case 'aftersale.refund':
      return null
    case 'browse.enquiry':
    case 'aftersale.service':
      return lateAnswers(id, answerWithinMinutes)
    default:
      return visitsAt(id)
  }
}

const mentionsOf = (aspects: readonly string[]): Counting => ({
  table: 'mentions',
  rows: () => (aspects.length > 0 ? sql`aspect IN ${aspects}` : sql`0`),
  plus: () => sql`polarity = 'positive'`,
  minus: () => sql`polarity = 'negative'`,
})

const lateAnswers = (touchpoint: string, minutes: number): Counting => ({
  table: 'events',
  rows: () => sql`${isTimedAnswer} AND touchpoint = ${touchpoint}`,
  plus: () => sql`${minutesToAnswer} > ${minutes}`,
})

const caseOf: Parameters<typeof groupedColumns>[1] = { ...whatRowsShare, day: sql`min(day)`, at: sql`min(at)` }

/** Orders of which something was promised, and those where it came late. */
const lateOrders = (due: string, late: string): Counting => ({
  table: 'orders',
  cases: (slice, asking, columns) => {
    const ordered = { ...caseOf, day: sql`min(ordered_day)`, at: sql`min(ordered_at)`, id: sql`order_id` }
    const { grouping, outside } = groupedColumns(['day', ...columns.filter((name) => name !== 'day')], {
      ...ordered,
      said: sql`max(product_id)`,
    })
    return sql`
      SELECT ${outside}, ${trusted(late)} AS fell
      FROM (
        SELECT ${grouping}, ${perOrder(slice.tenant, asking)} FROM orders FINAL WHERE ${within(withBefore(slice), 'orders')} GROUP BY order_id
      )
      WHERE c_day >= ${day(slice.from)} AND ${trusted(due)}`
  },
  rows: () => sql`1`,
  plus: () => sql`fell`,
})

/** Visits seen at a touchpoint, and those that were held up there. */
const visitsAt = (touchpoint: string): Counting => ({
  table: 'events',
  cases: (slice, _, columns) => {
    const { grouping, outside } = groupedColumns(columns, {
      ...caseOf,
      day: sql`day`,
      id: sql`any(if(session = '', customer_ref, session))`,
      said: sql`argMax(toString(name), at)`,
    })
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
