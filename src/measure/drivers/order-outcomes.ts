import { type Sql, sql } from '../../store/clickhouse/sql.ts'
import { CANCEL_DAYS } from '../indicators/cancel_rate/cancel_rate.ts'
import type { Asking } from '../indicators/define.ts'
import { happenedWithin, isRipe } from '../indicators/ripe.ts'
import { cameBack, windowClosed } from '../returns.ts'
import { lateness } from './lateness.ts'

const DAY_MS = 86_400_000
/** No further order within so many days is what "does not come back" means; orders younger than that say nothing yet. */
const COMES_BACK_DAYS = 30

/**
 * What becomes of an order line, from its own records alone. What becomes of the order as a whole is counted at its first line. Over rows of `orders` with `times`, the moments at which the same customer
 * ever placed an order.
 */
export interface OrderOutcome {
  /** Whether it is known yet; lines of which it is not are left out, not counted as spared. Never NULL. */
  known(asking: Asking): Sql
  /** Whether it happened. Never NULL. */
  hit(asking: Asking): Sql
  /** The moment after which a voice no longer counts as said before it. */
  until(asking: Asking): Sql
}

// Not arrayMin, which ClickHouse 18.16 does not know.
const next = sql`arrayReduce('min', arrayFilter(t -> t > ordered_at, times))`
const within = COMES_BACK_DAYS * DAY_MS
// A customer who orders every week would else be many cases that all fare alike.
const hadBefore = sql`arrayExists(t -> t < ordered_at AND t >= ordered_at - ${within}, times)`
const hasNext = sql`arrayExists(t -> t > ordered_at AND t <= ordered_at + ${within}, times)`

export const orderOutcomes = {
  return: {
    known: (asking) => windowClosed(asking),
    hit: (asking) => cameBack(asking),
    until: ({ returnWindowDays }) => sql`ifNull(returned_at, ifNull(delivered_at, 0) + ${returnWindowDays * DAY_MS})`,
  },
  /** Money back and the goods kept. */
  refund: {
    known: (asking) => windowClosed(asking),
    hit: () => sql`(ifNull(refund_minor, 0) > 0 AND returned_at IS NULL)`,
    until: ({ returnWindowDays }) => sql`ifNull(delivered_at, 0) + ${returnWindowDays * DAY_MS}`,
  },
  cancel: {
    // Of the latest orders cancellations are known at once, that they are kept only later.
    known: (asking) => sql`(line = 0 AND ${isRipe(sql`ordered_at`, CANCEL_DAYS, asking)})`,
    hit: () => happenedWithin(sql`cancelled_at`, CANCEL_DAYS, sql`ordered_at`),
    until: () => sql`coalesce(cancelled_at, shipped_at, delivered_at, ordered_at + ${CANCEL_DAYS * DAY_MS})`,
  },
  churn: {
    known: ({ asOf }) =>
      sql`(line = 0 AND customer_ref != '' AND cancelled_at IS NULL AND ordered_at <= ${asOf - COMES_BACK_DAYS * DAY_MS} AND NOT ${hadBefore})`,
    hit: () => sql`(NOT ${hasNext})`,
    until: () => sql`if(${hasNext}, ${next}, ordered_at + ${within})`,
  },
  late: {
    known: () => sql`(line = 0 AND ${lateness} > 0)`,
    hit: () => sql`(${lateness} = 2)`,
    until: () => sql`ordered_at`,
  },
} satisfies Record<string, OrderOutcome>

export type OrderOutcomeId = keyof typeof orderOutcomes
export const orderOutcomeIds = Object.keys(orderOutcomes) as OrderOutcomeId[]
