import { type Kysely, sql as pgSql } from 'kysely'
import type { TenantId } from '../../core/tenant.ts'
import type { Database } from '../../store/postgres/tables.ts'
import { minorOf, wholeNumber } from '../decode/money.ts'
import type { Kept } from '../kinds.ts'
import { PAID, type ReturnWord } from './join.ts'

/** A word of a return as it is kept beside its order's id, until and after the order comes. */
interface KeptWord extends Omit<ReturnWord, 'id' | 'refundMinor'> {
  refundMinor: number | null
  /** What was paid back in major units, of an event that does not know the currency. */
  amount: string
  /** Empty where the event names none. */
  currency: string
  simulated: boolean
}

const names = new Set([...PAID, 'return_received', 'return_requested', 'item_returned'])

/**
 * What an event says of a return: one that was received, or that its sender calls one (`goods_back`), or money paid back. A request alone
 * is no return yet.
 */
function returnWordOf(event: Kept<'events'>): KeptWord | undefined {
  const { name, at, props } = event
  if (!names.has(name) || event.orderId === undefined || props.itemised === true) return undefined
  const back = name === 'return_received' || name === 'item_returned' || props.goods_back === true
  const refund = typeof props.refundMinor === 'number' ? props.refundMinor : null
  const amount = refund === null && typeof props.amount === 'string' ? props.amount : ''
  const paysBack = (refund ?? 0) > 0 || amount !== ''
  if (!back && !(PAID.includes(name) && paysBack)) return undefined
  return {
    ...{ name, at, back, amount },
    productId: event.productId ?? '',
    lineId: typeof props.line_id === 'string' && props.line_id !== '' ? props.line_id.slice(0, 200) : undefined,
    quantity: typeof props.quantity === 'number' && props.quantity >= 1 ? Math.floor(props.quantity) : 1,
    reason: textOf(props.reason_code) || textOf(props.note),
    refundMinor: refund,
    currency: typeof props.currency === 'string' ? props.currency : '',
    simulated: event.simulated === true,
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 500) : '')

/** Money in another currency than the order's is not counted; an amount without one is in the order's. */
function inOrder(
  { refundMinor, amount, currency, simulated: _, ...word }: KeptWord,
  of: string,
): Omit<ReturnWord, 'id'> {
  if (currency !== '' && currency !== of) return { ...word, refundMinor: 0 }
  const minor = refundMinor ?? (amount === '' ? 0 : (wholeNumber(minorOf(amount, of)) ?? 0))
  return { ...word, refundMinor: Math.max(0, minor) }
}

const PORTION = 1_000

/** Keeps what these events say, and answers which orders they speak of. An event that came before adds nothing. */
export async function keepReturnWords(
  db: Kysely<Database>,
  tenant: TenantId,
  events: readonly Kept<'events'>[],
): Promise<Set<string>> {
  const rows = events.flatMap((event) => {
    const word = returnWordOf(event)
    return word ? [{ tenant, order_id: event.orderId!, event_id: event.id, word: JSON.stringify(word) }] : []
  })
  for (let from = 0; from < rows.length; from += PORTION)
    await db
      .insertInto('order_returns')
      .values(rows.slice(from, from + PORTION))
      .onConflict((conflict) => conflict.columns(['tenant', 'order_id', 'event_id']).doNothing())
      .execute()
  return new Set(rows.map((row) => row.order_id))
}

/** What was ever said of one order's returns. */
export type WordsOf = (order: { id: string; currency: string; simulated: boolean }) => ReturnWord[]

/** What was ever said of returns of these orders. */
export async function returnWordsOf(
  db: Kysely<Database>,
  tenant: TenantId,
  orders: readonly string[],
): Promise<WordsOf> {
  const rows =
    orders.length === 0
      ? []
      : await db
          .selectFrom('order_returns')
          .select(['order_id', 'event_id', 'word'])
          .where('tenant', '=', tenant)
          .where(pgSql<boolean>`order_id = any(${[...orders]}::text[])`)
          .execute()
  const kept = rows.map((row) => ({ ...row, word: row.word as KeptWord }))
  const byOrder = Map.groupBy(kept, (row) => row.order_id)
  return ({ id, currency, simulated }) =>
    (byOrder.get(id) ?? [])
      .filter(({ word }) => word.simulated === simulated)
      .map(({ event_id, word }) => ({ id: event_id, ...inOrder(word, currency) }))
}
