import type { Words } from '../../../core/words.ts'
import { type Sql, sql } from '../../../store/clickhouse/sql.ts'
import { mainCurrency } from '../../money.ts'
import { windowClosed } from '../../returns.ts'
import type { Asking } from '../define.ts'
import { namesIn, type OwnDefinition } from './definition.ts'

/** What a definition must leave out so that its figure is one: said in its formula, and part of every question. */
interface Restriction extends Words {
  id: 'returns' | 'promise' | 'currency'
  rows(asking: Asking): Sql
}

/** An order that can still come back has not been kept: whatever tells of returns waits until the window has closed. */
const returns: Restriction = {
  id: 'returns',
  zh: '只计已送达且退货期已过的订单行',
  en: 'only lines that were delivered and whose return window has closed',
  rows: (asking) => windowClosed(asking),
}

const promise: Restriction = {
  id: 'promise',
  zh: '只计未取消且约定日已过的订单行，没有送达记录的算未准时',
  en: 'only lines not cancelled whose promised day has passed; without a record of delivery they are not on time',
  rows: ({ asOf }) => sql`promised_day IS NOT NULL AND cancelled_at IS NULL AND ifNull(promised_at, 0) < ${asOf}`,
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
  if (
    fields.has('return_reason') ||
    any(states, ['returned', 'refunded']) ||
    any(numbers, ['refund', 'days_to_return'])
  )
    found.push(returns)
  if (any(states, ['on_time', 'late'])) found.push(promise)
  if (any(numbers, ['amount', 'refund'])) found.push(currency)
  return found
}
