import { day, type Sql, sql } from '../../store/clickhouse/sql.ts'
import { type CaseColumn, groupedColumns, whatRowsShare } from '../indicators/columns.ts'
import type { Asking, Counting } from '../indicators/define.ts'
import { type Slice, withBefore, within } from '../slice.ts'
import { perOrder, sinceOrdered } from './orders.ts'
import { REFUND_WITHIN_DAYS, RESOLVED_AFTER_DAYS } from './path.ts'
import { contacts, isContactOf, isSentBack, paidAt } from './served.ts'
import { withAfter } from './support.ts'

const DAY_MS = 86_400_000

const withDay = (columns: readonly CaseColumn[]): CaseColumn[] => ['day', ...columns.filter((name) => name !== 'day')]

/** An order as a case: `order_id` is a column of all its rows. */
const ofOrder = (more: Readonly<Partial<Record<CaseColumn, Sql>>>): Readonly<Partial<Record<CaseColumn, Sql>>> => ({
  ...whatRowsShare,
  id: sql`order_id`,
  said: sql`max(product_id)`,
  ...more,
})

/** Orders that are counted (`of`), by the day on which they were placed, and of them those that count up: both told of what became of an order. */
export const ordersFrom = ({ of, up }: { of: Sql; up: Sql }): Counting => ({
  table: 'orders',
  cases: (slice, asking, columns) => {
    const made = ofOrder({ day: sql`min(ordered_day)`, at: sql`min(ordered_at)` })
    const { grouping, outside } = groupedColumns(withDay(columns), made)
    return sql`
      SELECT ${outside}, ${up} AS fell
      FROM (
        SELECT ${grouping}, ${perOrder(slice.tenant, asking)}, order_id GLOBAL IN (${cameToSupport(slice, asking)}) AS contacted
        FROM orders FINAL WHERE ${within(withBefore(slice), 'orders')} GROUP BY order_id
      )
      WHERE c_day >= ${day(slice.from)} AND ${of}`
  },
  rows: () => sql`1`,
  plus: () => sql`fell`,
})

const cameToSupport = (slice: Slice, asking: Asking): Sql =>
  sql`SELECT order_id FROM events WHERE ${within(sinceOrdered(slice, asking), 'events')} AND ${isContactOf}`

/** Orders of which a return was asked for in the period, long enough ago that the money should be there. */
export const refundedOrders = (up: Sql): Counting =>
  ordersOfEvents({
    rows: isSentBack,
    first: sql`touchpoint = 'aftersale.return'`,
    more: sql`${paidAt} AS paid_at`,
    waitMs: REFUND_WITHIN_DAYS * DAY_MS,
    up,
  })

/** Orders with a contact of after-sale support in the period, and those that one contact settled. */
export const settledOrders: Counting = ordersOfEvents({
  rows: isContactOf,
  first: sql`name IN ${contacts}`,
  more: sql`arrayElement(arraySort(groupArrayIf(at, name IN ${contacts})), 2) AS second_at`,
  waitMs: RESOLVED_AFTER_DAYS * DAY_MS,
  up: sql`(second_at = 0 OR second_at > asked_at + ${RESOLVED_AFTER_DAYS * DAY_MS})`,
})

interface OfEvents {
  /** Which events tell of the orders. */
  rows: Sql
  /** Which of them begin a case: the first one's day and moment are the order's. */
  first: Sql
  more: Sql
  /** How long ago it must have begun. */
  waitMs: number
  up: Sql
}

function ordersOfEvents({ rows, first, more, waitMs, up }: OfEvents): Counting {
  return {
    table: 'orders',
    cases: (slice, { asOf }, columns) => {
      const made = ofOrder({ day: sql`minIf(day, ${first})`, at: sql`minIf(at, ${first})` })
      const { grouping, outside } = groupedColumns(withDay(columns), made)
      return sql`
        SELECT ${outside}, ${up} AS fell
        FROM (
          SELECT ${grouping}, minIf(at, ${first}) AS asked_at, ${more}
          FROM events WHERE ${within(withAfter(slice), 'events')} AND ${rows} GROUP BY order_id
        )
        WHERE asked_at > 0 AND asked_at <= ${asOf - waitMs} AND c_day >= ${day(slice.from)} AND c_day <= ${day(slice.to)}`
    },
    rows: () => sql`1`,
    plus: () => sql`fell`,
  }
}
