import type { Words } from '../../../core/words.ts'
import { type Sql, sql } from '../../../store/clickhouse/sql.ts'
import { mainCurrency } from '../../money.ts'
import { REFUND_DAYS, refundKnown, windowClosed } from '../../returns.ts'
import type { Asking } from '../define.ts'
import { isDue, isRipe } from '../ripe.ts'
import { namesIn, type OwnDefinition } from './definition.ts'

/** What a definition must leave out so that its figure is one: said in its formula, and part of every question. */
interface Restriction extends Words {
  id: 'returns' | 'refunds' | 'promise' | 'settled' | 'currency'
  rows(asking: Asking): Sql
}

/** An order that can still come back has not been kept: whatever tells of returns waits until the window has closed. */
const returns: Restriction = {
  id: 'returns',
  zh: '只计已送达且退货期已过的订单行',
  en: 'only lines that were delivered and whose return window has closed',
  rows: (asking) => windowClosed(asking),
}

/** Money goes back some days after the goods. */
const refunds: Restriction = {
  id: 'refunds',
  zh: `只计已送达且退货期已过 ${REFUND_DAYS} 天的订单行`,
  en: `only lines that were delivered and whose return window has been closed for ${REFUND_DAYS} days`,
  rows: refundKnown,
}

const promise: Restriction = {
  id: 'promise',
  zh: '只计约定日已过且此前未取消的订单行，没有送达记录的算未准时',
  en: 'only lines whose promised day has passed and that were not cancelled before it; without a record of delivery they are not on time',
  rows: isDue,
}

/** What becomes of an order is taken to show within so many days. */
export const SETTLED_DAYS = 14

/** Of the latest orders only what goes fast is known: counted with the others they would all seem to come soon and to be kept. */
const settled: Restriction = {
  id: 'settled',
  zh: `只计下单已满 ${SETTLED_DAYS} 天的订单行`,
  en: `only lines ordered at least ${SETTLED_DAYS} days ago`,
  rows: (asking) => isRipe(sql`ordered_at`, SETTLED_DAYS, asking),
}

const currency: Restriction = {
  id: 'currency',
  zh: '只计多数订单所用的货币',
  en: 'only lines in the currency of most orders',
  rows: ({ tenant }) => sql`toString(currency) = ${mainCurrency(tenant!)}`,
}

const any = (names: ReadonlySet<string>, wanted: readonly string[]) => wanted.some((one) => names.has(one))

export function restrictions(definition: OwnDefinition): Restriction[] {
  if (definition.table !== 'orders') return []
  const { fields, states, numbers } = namesIn(definition)
  const found: Restriction[] = []
  if (any(states, ['refunded']) || any(numbers, ['refund'])) found.push(refunds)
  else if (fields.has('return_reason') || any(states, ['returned']) || any(numbers, ['days_to_return']))
    found.push(returns)
  if (any(states, ['on_time', 'late'])) found.push(promise)
  if (any(states, ['delivered', 'cancelled']) || any(numbers, ['delivery_days', 'days_late', 'days_to_cancel']))
    found.push(settled)
  if (any(numbers, ['amount', 'refund'])) found.push(currency)
  return found
}
