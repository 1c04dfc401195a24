import { stages } from '../../core/touchpoint.ts'
import { join, type Sql, sql } from '../../store/clickhouse/sql.ts'
import type { Names } from './sentences.ts'

/** Kinds that are written because goods go back: they tell of the return, they do not come before it. */
const kinds = ['return_reason', 'after_sale_form', 'cancel_reason'] as const

/** Words by which a customer announces a return. Whoever says so has decided: the words are part of the return, not before it. */
const announcement =
  '退货|退款|退了|退掉|退回|想退|要退|给退|能退|申请退|(?i)refund|(?i)send (it|this) back|(?i)return(ed|ing)? (it|this|the)'

/** Aspects whose touchpoint is giving goods back. */
export function aspectsOfReturns(names: Names): string[] {
  const about = [`${stages[3]}.return`, `${stages[3]}.refund`]
  return [...names.aspects].filter(([, { touchpoint }]) => about.includes(touchpoint)).map(([id]) => id)
}

/**
 * A condition on `mentions`: said by a customer with an order, and not about giving it back. Only such words may predict returns.
 * `where` bounds the voices that are looked through; it must hold for `voices` as for `mentions`.
 */
export function notAboutReturns(where: Sql, returnAspects: readonly string[]): Sql {
  const speaksOfReturns = returnAspects.length === 0 ? sql`0` : sql`hasAny(aspects, [${join(returnAspects)}])`
  return sql`order_id != '' AND kind NOT IN ${kinds} AND voice_id GLOBAL NOT IN (
    SELECT id FROM voices WHERE ${where} AND order_id != '' AND (${speaksOfReturns} OR match(text, ${announcement})))`
}
