import { localDay } from '../../core/clock.ts'
import { day, type Sql, sql } from '../../store/clickhouse/sql.ts'
import type { Asking } from './define.ts'

/*
 * What may still happen to a case is counted over a fixed time after it, and only of cases whose time is over. Counted "so far", the latest
 * days would look better than those before them for no reason but that they are young.
 */

const DAY_MS = 86_400_000

/** Whether so many days have passed since a moment when the question is asked. */
export const isRipe = (since: Sql, days: number, { asOf }: Pick<Asking, 'asOf'>): Sql =>
  sql`${since} <= ${asOf - days * DAY_MS}`

/** Whether a local day was over when the question is asked: a promise of a day holds until it ends. Never NULL. */
export const isOver = (promised: Sql, { asOf, zone = 'Asia/Shanghai' }: Pick<Asking, 'asOf' | 'zone'>): Sql =>
  sql`ifNull(${promised} < ${day(localDay(asOf, zone))}, 0)`

/**
 * Lines of which it is known whether a promise of a day was kept: the day is over, and they were not called off before. Who calls off after
 * waiting longer was kept waiting.
 */
export const isDue = (asking: Pick<Asking, 'asOf' | 'zone'>): Sql =>
  sql`${isOver(sql`promised_day`, asking)} AND NOT ifNull(cancelled_at <= promised_at, 0)`

/** Whether it was delivered on the promised local day or before; what was never delivered was not. Never NULL. */
export const isOnTime: Sql = sql`ifNull(delivered_day <= promised_day, 0)`

/** Whether something happened at most so many days after a moment. Never NULL. */
export const happenedWithin = (happened: Sql, days: number, since: Sql): Sql =>
  sql`ifNull(${happened} <= ${since} + ${days * DAY_MS}, 0)`
