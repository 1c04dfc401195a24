import { type JsonObject, numberAt, objectAt, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import { currencyOf, minorOf, wholeNumber } from '../../decode/money.ts'
import { timeAt } from '../../decode/times.ts'
import { happened, joined, type Part, partsOf, pieces, theOnly } from '../../happenings/happened.ts'
import { because } from '../../reasons/reason.ts'
import type { Item } from '../../source/item.ts'

type Money = (value: unknown) => unknown

/**
 * An order of either generation. Version 1 counts in cents, version 2 in whole units with decimals, under the same names: the generation is
 * told by fields that only one of them has. Where that cannot be told, no amount is guessed.
 */
export function readOrder(order: JsonObject): Item[] {
  const currency = currencyOf(textAt(order, 'currency_code'))
  if (currency === undefined) return [{ dead: { field: 'currency_code', reason: because('no_currency_of_amounts') } }]
  const version = generationOf(order)
  if (version === undefined) return [{ dead: { field: 'total', reason: because('cents_or_units') } }]
  const money: Money = (value) => {
    if (value === null || value === undefined) return undefined
    if (version === 1) return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value
    return typeof value === 'number' || typeof value === 'string' ? minorOf(value, currency) : value
  }
  return [...productsOf(order), { order: orderOf(order, currency, money) }, ...eventsOf(order, currency, money)]
}

const ones = [
  'tax_rate',
  'refundable_amount',
  'refunded_total',
  'swaps',
  'claims',
  'gift_cards',
  'discounts',
  'gift_card_total',
  'draft_order_id',
]
const lineOnes = [
  'variant',
  'allow_discounts',
  'should_merge',
  'swap_id',
  'claim_order_id',
  'fulfilled_quantity',
  'is_return',
]
const twos = [
  'summary',
  'version',
  'item_total',
  'item_subtotal',
  'original_item_total',
  'payment_collections',
  'is_draft_order',
]
const lineTwos = [
  'raw_unit_price',
  'detail',
  'product_title',
  'is_discountable',
  'is_tax_inclusive',
  'compare_at_unit_price',
  'variant_sku',
]

function generationOf(order: JsonObject): 1 | 2 | undefined {
  const lines = objectsAt(order, 'items')
  const has = (names: readonly string[], lineNames: readonly string[]) =>
    names.filter((name) => name in order).length + lineNames.filter((name) => lines.some((line) => name in line)).length
  const raw = Object.keys(order).some((name) => name.startsWith('raw_')) ? 5 : 0
  const one = has(ones, lineOnes)
  const two = has(twos, lineTwos) + raw
  return one === two ? undefined : one > two ? 1 : 2
}

function orderOf(order: JsonObject, currency: string, money: Money) {
  const parcels = objectsAt(order, 'fulfillments').filter((parcel) => textAt(parcel, 'canceled_at') === undefined)
  const shipped = parcels.map((parcel) => timeAt(parcel, 'shipped_at', 'UTC')).filter((at) => typeof at === 'number')
  const delivered = parcels
    .map((parcel) => timeAt(parcel, 'delivered_at', 'UTC'))
    .filter((at) => typeof at === 'number')
  return {
    id: textAt(order, 'id'),
    currency,
    customerRef: textAt(order, 'customer_id') ?? textAt(order, 'email'),
    orderedAt: timeAt(order, 'created_at', 'UTC'),
    updatedAt: timeAt(order, 'updated_at', 'UTC'),
    cancelledAt: timeAt(order, 'canceled_at', 'UTC'),
    shippedAt: shipped.length > 0 ? Math.min(...shipped) : undefined,
    // Delivered is what has arrived as a whole.
    deliveredAt: delivered.length > 0 && delivered.length === parcels.length ? Math.max(...delivered) : undefined,
    city: textAt(order, 'shipping_address.city')?.slice(0, 80),
    lines: objectsAt(order, 'items').map((line) => lineOf(line, order, money)),
    facts: factsOf(order, money),
  }
}

/** Unit price × quantity, less the line's own adjustments. An order's discount that no line names stays a fact of the order. */
function lineOf(line: JsonObject, order: JsonObject, money: Money) {
  const quantity = numberAt(line, 'quantity') ?? numberAt(line, 'detail.quantity')
  const price = money(valueAt(line, 'unit_price'))
  const off = objectsAt(line, 'adjustments').reduce(
    (sum, one) => sum + (wholeNumber(money(valueAt(one, 'amount'))) ?? 0),
    0,
  )
  const id = textAt(line, 'id')
  const back = objectsAt(order, 'returns').find(
    (one) =>
      timeAt(one, 'received_at', 'UTC') !== undefined &&
      objectsAt(one, 'items').some((item) => textAt(item, 'item_id') === id),
  )
  return {
    id,
    productId: productOf(line),
    quantity,
    amountMinor: typeof price === 'number' && typeof quantity === 'number' ? price * quantity - off : price,
    returnedAt: back && timeAt(back, 'received_at', 'UTC'),
  }
}

const productOf = (line: JsonObject): string | undefined =>
  textAt(line, 'variant.product_id') ?? textAt(line, 'product_id') ?? textAt(line, 'variant_id')

function factsOf(order: JsonObject, money: Money) {
  const amount = (path: string) => wholeNumber(money(valueAt(order, path)))
  const text = (path: string) => textAt(order, path)?.slice(0, 200)
  const codes = [...objectsAt(order, 'discounts'), ...objectsAt(order, 'promotions')].map((one) => textAt(one, 'code'))
  return {
    display_id: text('display_id'),
    status: text('status'),
    payment_status: text('payment_status'),
    fulfillment_status: text('fulfillment_status'),
    total_minor: amount('total'),
    shipping_minor: amount('shipping_total'),
    discount_minor: amount('discount_total'),
    tax_minor: amount('tax_total'),
    refund_minor: amount('refunded_total'),
    country: text('shipping_address.country_code'),
    codes: joined(codes, 200),
  }
}

function productsOf(order: JsonObject): Item[] {
  return objectsAt(order, 'items').flatMap((line) => {
    const id = productOf(line)
    const title = textAt(line, 'variant.product.title') ?? textAt(line, 'product_title') ?? textAt(line, 'title')
    return id && title ? [{ product: { id, title: title.slice(0, 300) } }] : []
  })
}

function eventsOf(order: JsonObject, currency: string, money: Money): Item[] {
  const orderId = textAt(order, 'id')
  const customerRef = textAt(order, 'customer_id') ?? textAt(order, 'email')
  const of = { orderId, customerRef }
  const cancelledAt = timeAt(order, 'canceled_at', 'UTC')
  return [
    ...(cancelledAt === undefined
      ? []
      : [{ event: { ...of, ...happened('order_cancelled'), id: `medusa-cancel-${orderId}`, at: cancelledAt } }]),
    ...refundsOf(order).flatMap((refund) => refundOf(refund, of, currency, money)),
    ...objectsAt(order, 'returns').flatMap((back) => returnOf(back, order, of, currency, money)),
  ]
}

interface Of {
  orderId?: string
  customerRef?: string
}

/** Version 1 keeps refunds with the order, version 2 with the payments. */
const refundsOf = (order: JsonObject): JsonObject[] => [
  ...objectsAt(order, 'refunds'),
  ...objectsAt(order, 'payment_collections').flatMap((one) =>
    objectsAt(one, 'payments').flatMap((payment) => objectsAt(payment, 'refunds')),
  ),
]

function refundOf(refund: JsonObject, of: Of, currency: string, money: Money): Item[] {
  const id = textAt(refund, 'id')
  const at = timeAt(refund, 'created_at', 'UTC')
  const note = textAt(refund, 'note')
  const props = {
    refundMinor: wholeNumber(money(valueAt(refund, 'amount'))),
    currency,
    reason_code: textAt(refund, 'reason'),
  }
  return [
    { event: { ...of, ...happened('order_refunded'), id: id && `medusa-${id}`, at, props } },
    ...(note === undefined
      ? []
      : [{ voice: { ...of, id: id && `medusa-note-${id}`, kind: 'return_reason' as const, text: note, at } }]),
  ]
}

/** A return names lines of its order. */
const partsIn = (items: readonly JsonObject[], order: JsonObject): Part[] =>
  items.map((item) => {
    const line = objectsAt(order, 'items').find((one) => textAt(one, 'id') === textAt(item, 'item_id'))
    return {
      key: textAt(item, 'item_id'),
      productId: line && productOf(line),
      lineId: textAt(item, 'item_id'),
      quantity: Number(textAt(item, 'quantity')) || undefined,
      reason_code: textAt(item, 'reason.value'),
    }
  })

function returnOf(back: JsonObject, order: JsonObject, of: Of, currency: string, money: Money): Item[] {
  const id = textAt(back, 'id')
  const lines = objectsAt(back, 'items')
  const props = {
    refundMinor: wholeNumber(money(valueAt(back, 'refund_amount'))),
    currency,
    reason_code: joined(lines.map((line) => textAt(line, 'reason.value') ?? textAt(line, 'reason.label'))),
    quantity: pieces(lines.map((line) => textAt(line, 'quantity'))),
    line_id: theOnly(lines.map((line) => textAt(line, 'item_id'))),
  }
  const at = timeAt(back, 'created_at', 'UTC')
  const receivedAt = timeAt(back, 'received_at', 'UTC')
  const event = (name: string, when: unknown, more = {}): Item => ({
    event: { ...of, ...happened(name), id: id && `medusa-${id}-${name}`, at: when, props: { ...props, ...more } },
  })
  const whole = { ...of, id: id && `medusa-${id}`, at: receivedAt }
  const parts = receivedAt === undefined ? [] : partsOf('item_returned', whole, partsIn(lines, order))
  return [
    event('return_requested', at),
    ...(receivedAt === undefined
      ? []
      : [event('return_received', receivedAt, { itemised: parts.length > 0 || undefined })]),
    ...parts,
    ...lines.flatMap((line, place) => {
      const text = textAt(line, 'note')
      if (text === undefined) return []
      const reason = textAt(objectAt(line, 'reason'), 'value')
      return [
        {
          voice: {
            ...of,
            id: id && `medusa-note-${id}-${place}`,
            kind: 'return_reason' as const,
            text,
            at,
            facts: { reason_code: reason },
          },
        },
      ]
    }),
  ]
}
