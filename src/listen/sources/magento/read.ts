import { type JsonObject, numberAt, objectsAt, textAt } from '../../decode/fields.ts'
import { currencyOf, moneyAt, wholeNumber } from '../../decode/money.ts'
import { timeAt } from '../../decode/times.ts'
import { happened, joined, pieces, theOnly } from '../../happenings/happened.ts'
import { because } from '../../reasons/reason.ts'
import type { Item } from '../../source/item.ts'

/** What an object is, by its fields; all times are UTC without saying so. */
export function readObject(object: JsonObject): Item[] {
  const currency = currencyOf(textAt(object, 'order_currency_code') ?? textAt(object, 'store_currency_code'))
  if ('tracks' in object) return readShipment(object)
  if (currency === undefined)
    return [
      {
        dead: {
          field: 'order_currency_code',
          reason: because('amounts_unreadable'),
        },
      },
    ]
  if (!('order_id' in object)) return readOrder(object, currency)
  const credit = ['adjustment', 'adjustment_positive', 'creditmemo_status', 'invoice_id'].some((name) => name in object)
  return [moneyEvent(object, currency, credit)]
}

function readOrder(order: JsonObject, currency: string): Item[] {
  const id = textAt(order, 'entity_id')
  const text = (path: string) => textAt(order, path)?.slice(0, 200)
  const amount = (path: string) => wholeNumber(moneyAt(order, path, currency))
  const lines = countedLines(order, currency)
  return [
    ...productsOf(lines),
    {
      order: {
        id,
        currency,
        customerRef: textAt(order, 'customer_id') ?? textAt(order, 'customer_email'),
        orderedAt: timeAt(order, 'created_at', 'UTC'),
        updatedAt: timeAt(order, 'updated_at', 'UTC'),
        city: (
          textAt(order, 'extension_attributes.shipping_assignments.0.shipping.address.city') ??
          textAt(order, 'billing_address.city')
        )?.slice(0, 80),
        lines: lines.map((line) => lineOf(line, currency)),
        facts: {
          increment_id: text('increment_id'),
          state: text('state'),
          status: text('status'),
          store: text('store_name'),
          total_minor: amount('grand_total'),
          discount_minor: positive(amount('discount_amount')),
          shipping_minor: amount('shipping_amount'),
          tax_minor: amount('tax_amount'),
        },
      },
    },
  ]
}

const positive = (amount: number | undefined): number | undefined => amount && Math.abs(amount)

/** Row total less the line's discount, before tax. */
function lineOf(line: JsonObject, currency: string) {
  const total = moneyAt(line, 'row_total', currency)
  const off = Math.abs(wholeNumber(moneyAt(line, 'discount_amount', currency)) ?? 0)
  const refunded = wholeNumber(moneyAt(line, 'amount_refunded', currency))
  return {
    productId: textAt(line, 'product_id'),
    quantity: wholeQuantity(line),
    amountMinor: typeof total === 'number' ? total - off : total,
    refundMinor: refunded === 0 ? undefined : refunded,
  }
}

const wholeQuantity = (line: JsonObject): unknown => {
  const quantity = numberAt(line, 'qty_ordered') ?? numberAt(line, 'qty')
  // Sold by weight: one piece of it.
  return typeof quantity === 'number' && quantity > 0 && quantity < 1
    ? 1
    : typeof quantity === 'number'
      ? Math.round(quantity)
      : quantity
}

/**
 * The lines that make up the subtotal. A configurable product and a bundle come as a parent and its parts: either carries the money.
 * Where the parts do, the parent is left out, else the parts are. In invoices no line names its parent: one without a row total is
 * part of another. Where that does not meet the document's subtotal, parents alone may.
 */
function countedLines(document: JsonObject, currency: string): JsonObject[] {
  const lines = objectsAt(document, 'items')
  const total = (list: readonly JsonObject[]) =>
    list.reduce((sum, line) => sum + (wholeNumber(moneyAt(line, 'row_total', currency)) ?? 0), 0)
  const priced = lines.filter((line) => textAt(line, 'row_total') !== undefined)
  const partsOf = (line: JsonObject) => {
    const id = textAt(line, 'item_id')
    return id === undefined ? [] : lines.filter((one) => textAt(one, 'parent_item_id') === id)
  }
  const byParts = priced.filter((line) => {
    const parent = lines.find(
      (one) => textAt(one, 'item_id') !== undefined && textAt(one, 'item_id') === textAt(line, 'parent_item_id'),
    )
    return parent ? total(partsOf(parent)) > 0 : total(partsOf(line)) === 0
  })
  const subtotal = wholeNumber(moneyAt(document, 'subtotal', currency))
  const parents = priced.filter((line) => textAt(line, 'parent_item_id') === undefined)
  return subtotal !== undefined && total(byParts) !== subtotal && total(parents) === subtotal ? parents : byParts
}

function productsOf(lines: readonly JsonObject[]): Item[] {
  return lines.flatMap((line) => {
    const id = textAt(line, 'product_id')
    const title = textAt(line, 'name')
    return id && title ? [{ product: { id, title: title.slice(0, 300) } }] : []
  })
}

const PAID = '2'
const CANCELLED = '3'

/** An invoice says that the order was paid; a credit memo that money went back. */
function moneyEvent(document: JsonObject, currency: string, credit: boolean): Item {
  const state = textAt(document, 'state')
  if (!credit && state === CANCELLED) return { skipped: because('cancelled_invoice') }
  const lines = countedLines(document, currency)
  const id = textAt(document, 'entity_id')
  const total = wholeNumber(moneyAt(document, 'grand_total', currency))
  const name = credit
    ? 'order_refunded'
    : state === undefined || state === PAID
      ? 'payment_succeeded'
      : 'invoice_created'
  return {
    event: {
      ...happened(name),
      id: id && `magento-${credit ? 'creditmemo' : 'invoice'}-${id}`,
      at: timeAt(document, 'created_at', 'UTC'),
      orderId: textAt(document, 'order_id'),
      productId: theOnly(lines.map((line) => textAt(line, 'product_id'))),
      props: {
        ...(credit ? { refundMinor: total } : { total_minor: total }),
        currency,
        goods_minor: lines.reduce((sum, line) => sum + (wholeNumber(moneyAt(line, 'row_total', currency)) ?? 0), 0),
        shipping_minor: wholeNumber(moneyAt(document, 'shipping_amount', currency)),
        quantity: pieces(lines.map((line) => textAt(line, 'qty'))),
        sku: joined(lines.map((line) => textAt(line, 'sku'))),
        number: textAt(document, 'increment_id'),
      },
    },
  }
}

function readShipment(shipment: JsonObject): Item[] {
  const id = textAt(shipment, 'entity_id')
  const tracks = objectsAt(shipment, 'tracks')
  return [
    {
      event: {
        ...happened('shipment_shipped'),
        id: id && `magento-shipment-${id}`,
        at: timeAt(shipment, 'created_at', 'UTC'),
        orderId: textAt(shipment, 'order_id'),
        props: {
          waybill: joined(tracks.map((track) => textAt(track, 'track_number'))),
          carrier: joined(tracks.map((track) => textAt(track, 'title') ?? textAt(track, 'carrier_code'))),
          quantity: pieces([textAt(shipment, 'total_qty')]),
        },
      },
    },
  ]
}
