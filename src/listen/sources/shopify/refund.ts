import { type JsonObject, objectAt, objectsAt, textAt } from '../../decode/fields.ts'
import { currencyOf, moneyAt, wholeNumber } from '../../decode/money.ts'
import { timeAt } from '../../decode/times.ts'
import { happened, type Part, partsOf, theOnly } from '../../happenings/happened.ts'
import type { Item } from '../../source/item.ts'
import { bareId, idAt } from './ids.ts'

export interface RefundOrder {
  id?: string
  currency?: string
  customerRef?: string
}

/** Money that went back, with the reason in the customer's case as the shop wrote it down (`note`). */
export function readRefund(refund: JsonObject, order: RefundOrder = {}): Item[] {
  const id = idAt(refund)
  const orderId = textAt(refund, 'order_id') ?? order.id
  const at = timeAt(refund, 'created_at', 'UTC') ?? timeAt(refund, 'processed_at', 'UTC')
  const lines = objectsAt(refund, 'refund_line_items')
  const products = [...new Set(lines.map((line) => bareId(textAt(line, 'line_item.product_id'))).filter(Boolean))]
  const shared = {
    at,
    orderId,
    customerRef: order.customerRef,
    productId: products.length === 1 ? products[0] : undefined,
  }
  const note = textAt(refund, 'note')
  const eventId = id && `shopify-refund-${id}`
  const money = paidBack(refund, order.currency)
  const parts = partsOf('item_refunded', { ...shared, id: eventId }, partsIn(refund, money.currency))
  const restock =
    [...new Set(lines.map((line) => textAt(line, 'restock_type')).filter(Boolean))].join('、') || undefined
  return [
    {
      event: {
        ...shared,
        ...happened('order_refunded'),
        id: eventId,
        props: {
          ...money,
          quantity: lines.reduce((sum, line) => sum + (Number(textAt(line, 'quantity')) || 0), 0),
          sku: joined(lines, 'line_item.sku'),
          restock_type: restock,
          line_id: theOnly(lines.map(lineOf)),
          products: products.length > 1 ? products.join('、') : undefined,
          note: note?.slice(0, 500),
          goods_back: isReturn(refund) || undefined,
          itemised: parts.length > 0 || undefined,
        },
      },
    },
    ...parts,
    ...(note === undefined
      ? []
      : [
          {
            voice: {
              ...shared,
              id: id && `shopify-refund-note-${id}`,
              kind: 'return_reason' as const,
              text: note,
              facts: { sku: joined(lines, 'line_item.sku'), restock_type: restock },
            },
          },
        ]),
  ]
}

const partsIn = (refund: JsonObject, currency: string | undefined): Part[] =>
  objectsAt(refund, 'refund_line_items').map((line) => ({
    key: idAt(line) ?? textAt(line, 'line_item_id'),
    lineId: lineOf(line),
    productId: bareId(textAt(line, 'line_item.product_id')),
    quantity: Number(textAt(line, 'quantity')) || undefined,
    refundMinor: currency === undefined ? undefined : lineAmount(line, currency),
    currency,
    goodsBack: isReturn(refund, line),
    note: textAt(refund, 'note')?.slice(0, 500),
  }))

/** The line of the order that a line of a refund is about. */
const lineOf = (line: JsonObject): string | undefined =>
  idAt(objectAt(line, 'line_item')) ?? textAt(line, 'line_item_id')

const lineAmount = (line: JsonObject, currency: string): number | undefined =>
  wholeNumber(
    moneyAt(line, 'subtotal', currency) ?? moneyAt(objectAt(line, 'subtotal_set'), 'shop_money.amount', currency),
  )

const joined = (lines: readonly JsonObject[], path: string): string | undefined =>
  [...new Set(lines.map((line) => textAt(line, path)).filter(Boolean))].join('、').slice(0, 2_000) || undefined

/** What was really paid back: the refunding transactions that went through; never summed over two currencies. */
function paidBack(refund: JsonObject, orderCurrency: string | undefined) {
  const done = objectsAt(refund, 'transactions').filter(
    (one) => (textAt(one, 'kind') ?? 'refund') === 'refund' && (textAt(one, 'status') ?? 'success') === 'success',
  )
  const currencies = new Set(done.map((one) => currencyOf(textAt(one, 'currency')) ?? orderCurrency))
  const [currency] = currencies
  if (done.length === 0 || currencies.size > 1 || currency === undefined) return { currency: orderCurrency }
  const amounts = done.map((one) => wholeNumber(moneyAt(one, 'amount', currency)))
  if (amounts.some((amount) => amount === undefined)) return { currency }
  return { refundMinor: amounts.reduce((sum, amount) => sum! + amount!, 0), currency }
}

/** Goods came back only where a line says so; money back for a cancelled or kept item is no return. Old refunds say `restock: true` of all lines. */
const isReturn = (refund: JsonObject, line?: JsonObject): boolean => {
  const lines = line ? [line] : objectsAt(refund, 'refund_line_items')
  return lines.some((one) => {
    const type = textAt(one, 'restock_type')
    return type === undefined ? textAt(refund, 'restock') === 'true' : type === 'return' || type === 'legacy_restock'
  })
}

export interface LineRefund {
  returnedAt?: unknown
  returnReason?: string
  refundMinor?: number
}

/** What the refunds inside an order say of one of its lines. */
export function refundOfLine(refunds: readonly JsonObject[], lineId: string | undefined, currency: string): LineRefund {
  const found: LineRefund = {}
  for (const refund of refunds)
    for (const line of objectsAt(refund, 'refund_line_items')) {
      const of = lineOf(line)
      if (of === undefined || of !== lineId) continue
      const amount = lineAmount(line, currency)
      if (amount !== undefined) found.refundMinor = (found.refundMinor ?? 0) + amount
      if (!isReturn(refund, line)) continue
      found.returnedAt ??= timeAt(refund, 'created_at', 'UTC')
      found.returnReason ??= textAt(refund, 'note')?.slice(0, 500)
    }
  return found
}
