import { eventKindOf } from '../../../core/event-names.ts'
import { type JsonObject, objectAt, objectsAt, textAt } from '../../decode/fields.ts'
import { currencyOf, moneyAt, wholeNumber } from '../../decode/money.ts'
import { timeAt } from '../../decode/times.ts'
import { because } from '../../reasons/reason.ts'
import type { Item } from '../../source/item.ts'
import { readFulfillment, shippedAt } from './fulfillment.ts'
import { bareId, idAt } from './ids.ts'
import { readRefund, refundOfLine } from './refund.ts'

/** An order as the Admin REST API and webhooks have it, with the parcels and refunds inside. Amounts are the shop's currency. */
export function readOrder(order: JsonObject): Item[] {
  const id = idAt(order)
  const currency = currencyOf(textAt(order, 'currency'))
  if (currency === undefined) return [{ dead: { field: 'currency', reason: because('no_currency_of_amounts') } }]
  const customerRef = customerOf(order)
  const parcels = objectsAt(order, 'fulfillments')
  const refunds = objectsAt(order, 'refunds')
  return [
    ...productsOf(order),
    {
      order: {
        id,
        currency,
        customerRef,
        orderedAt: timeAt(order, 'created_at', 'UTC') ?? timeAt(order, 'processed_at', 'UTC'),
        updatedAt: timeAt(order, 'updated_at', 'UTC'),
        cancelledAt: timeAt(order, 'cancelled_at', 'UTC'),
        shippedAt: shippedAt(parcels),
        city: textAt(order, 'shipping_address.city')?.slice(0, 80),
        channel: textAt(order, 'source_name')?.slice(0, 40),
        lines: objectsAt(order, 'line_items')
          .filter((line) => textAt(line, 'quantity') !== '0')
          .map((line) => lineOf(line, refunds, currency)),
        facts: factsOf(order, currency),
      },
    },
    ...cancelled(order, id, customerRef),
    ...parcels.flatMap((parcel) => readFulfillment({ order_id: id ?? null, ...parcel })),
    ...refunds.flatMap((refund) => readRefund(refund, { id, currency, customerRef })),
  ]
}

/** A guest has no id, but an address: the door keeps only a pseudonym of it. */
export const customerOf = (object: JsonObject): string | undefined =>
  idAt(objectAt(object, 'customer')) ?? textAt(object, 'email') ?? textAt(object, 'contact_email')

/** Price × quantity, less what was taken off: before tax (unless prices hold it) and shipping. */
function lineOf(line: JsonObject, refunds: readonly JsonObject[], currency: string) {
  const quantity = Number(textAt(line, 'quantity') ?? 1)
  const price = moneyAt(line, 'price', currency)
  const off = wholeNumber(discountOf(line, currency)) ?? 0
  return {
    id: idAt(line),
    productId: bareId(textAt(line, 'product_id')),
    quantity,
    amountMinor: typeof price === 'number' ? price * quantity - off : price,
    ...refundOfLine(refunds, idAt(line), currency),
  }
}

function discountOf(line: JsonObject, currency: string): unknown {
  const allocations = objectsAt(line, 'discount_allocations')
  if (allocations.length === 0) return moneyAt(line, 'total_discount', currency)
  const amounts = allocations.map((one) => wholeNumber(moneyAt(one, 'amount', currency)) ?? 0)
  return amounts.reduce((sum, amount) => sum + amount, 0)
}

function factsOf(order: JsonObject, currency: string) {
  const amount = (path: string) => wholeNumber(moneyAt(order, path, currency))
  const text = (path: string) => textAt(order, path)?.slice(0, 200)
  return {
    name: text('name'),
    total_minor: amount('total_price'),
    current_total_minor: amount('current_total_price'),
    discount_minor: amount('total_discounts'),
    tax_minor: amount('total_tax'),
    shipping_minor: amount('total_shipping_price_set.shop_money.amount') ?? shippingOf(order, currency),
    financial_status: text('financial_status'),
    fulfillment_status: text('fulfillment_status'),
    cancel_reason: text('cancel_reason'),
    tags: text('tags'),
    discount_codes:
      objectsAt(order, 'discount_codes')
        .map((code) => textAt(code, 'code'))
        .join('、')
        .slice(0, 200) || undefined,
    country: text('shipping_address.country_code'),
    ...(textAt(order, 'test') === 'true' && { test: true }),
  }
}

function shippingOf(order: JsonObject, currency: string): number | undefined {
  const lines = objectsAt(order, 'shipping_lines')
  if (lines.length === 0) return undefined
  return lines.reduce((sum, line) => sum + (wholeNumber(moneyAt(line, 'price', currency)) ?? 0), 0)
}

function productsOf(order: JsonObject): Item[] {
  const products = new Map<string, Item>()
  for (const line of objectsAt(order, 'line_items')) {
    const id = bareId(textAt(line, 'product_id'))
    const title = textAt(line, 'title')?.slice(0, 300)
    if (id !== undefined && title !== undefined)
      products.set(id, { product: { id, title, attributes: { vendor: textAt(line, 'vendor') } } })
  }
  return [...products.values()]
}

/** Who cancelled is a code. An order's note is what was written when it was placed, or by the staff: no reason of a cancellation. */
function cancelled(order: JsonObject, orderId: string | undefined, customerRef: string | undefined): Item[] {
  const at = timeAt(order, 'cancelled_at', 'UTC')
  if (at === undefined) return []
  return [
    {
      event: {
        at,
        orderId,
        customerRef,
        id: orderId && `shopify-cancel-${orderId}`,
        name: 'order_cancelled',
        touchpoint: eventKindOf('order_cancelled')?.touchpoint,
        props: { reason_code: textAt(order, 'cancel_reason') },
      },
    },
  ]
}
