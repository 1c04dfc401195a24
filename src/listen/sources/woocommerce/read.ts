import { type JsonObject, numberAt, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import { textOfHtml } from '../../decode/html.ts'
import { currencyOf, moneyAt, wholeNumber } from '../../decode/money.ts'
import { timeAt } from '../../decode/times.ts'
import { happened, joined, partsOf, pieces, theOnly } from '../../happenings/happened.ts'
import { because } from '../../reasons/reason.ts'
import type { Item, ReadContext } from '../../source/item.ts'

/** What an object is, by its fields: REST answers do not name it. */
export function readObject(object: JsonObject, context: ReadContext): Item[] {
  if ('review' in object && 'rating' in object) return readReview(object, context)
  if ('amount' in object && ('refunded_by' in object || 'refunded_payment' in object || 'reason' in object))
    return readRefund(object, context)
  const isLegacy = 'total_line_items_quantity' in object
  if (
    'line_items' in object &&
    'currency' in object &&
    (isLegacy || 'date_created' in object || 'date_created_gmt' in object)
  )
    return readOrder(object, context)
  if ('regular_price' in object || 'categories' in object) return readProduct(object)
  return [
    {
      dead: {
        field: '',
        reason: because('unknown_object', { kinds: 'order, refund, product review or product', system: 'WooCommerce' }),
      },
    },
  ]
}

/** GMT fields are UTC without saying so; the others are the shop's local time. */
const momentAt = (object: JsonObject, name: string, { zone }: ReadContext): unknown =>
  timeAt(object, `${name}_gmt`, 'UTC') ?? timeAt(object, name, zone) ?? timeAt(object, legacyNames[name] ?? '', 'UTC')

/** The legacy API's names of the same moments, in UTC. */
const legacyNames: Record<string, string> = { date_created: 'created_at', date_modified: 'updated_at' }

const productOf = (line: JsonObject): string | undefined => realId(textAt(line, 'product_id'))
/** Zero stands for none: a guest, a product that was deleted. */
const realId = (id: string | undefined): string | undefined => (id === '0' ? undefined : id)

function readOrder(order: JsonObject, context: ReadContext): Item[] {
  const id = textAt(order, 'id')
  const currency = currencyOf(textAt(order, 'currency'))
  if (currency === undefined) return [{ dead: { field: 'currency', reason: because('no_currency_of_amounts') } }]
  const customerRef =
    realId(textAt(order, 'customer_id')) ?? textAt(order, 'billing.email') ?? textAt(order, 'billing_address.email')
  const paidAt = momentAt(order, 'date_paid', context)
  return [
    ...productsOf(order),
    {
      order: {
        id,
        currency,
        customerRef,
        orderedAt: momentAt(order, 'date_created', context),
        updatedAt: momentAt(order, 'date_modified', context),
        // WooCommerce keeps no time of it: the last change of a cancelled order is never before its cancellation, and mostly is it.
        cancelledAt: textAt(order, 'status') === 'cancelled' ? momentAt(order, 'date_modified', context) : undefined,
        city: (
          textAt(order, 'shipping.city') ??
          textAt(order, 'billing.city') ??
          textAt(order, 'shipping_address.city')
        )?.slice(0, 80),
        channel: textAt(order, 'created_via')?.slice(0, 40),
        lines: objectsAt(order, 'line_items').map((line) => ({
          id: textAt(line, 'id'),
          productId: productOf(line),
          quantity: numberAt(line, 'quantity'),
          amountMinor: moneyAt(line, 'total', currency),
        })),
        facts: factsOf(order, currency),
      },
    },
    ...(paidAt === undefined
      ? []
      : [
          {
            event: {
              ...happened('payment_succeeded'),
              id: id && `woocommerce-paid-${id}`,
              at: paidAt,
              orderId: id,
              customerRef,
            },
          },
        ]),
  ]
}

function factsOf(order: JsonObject, currency: string) {
  const amount = (path: string) => wholeNumber(moneyAt(order, path, currency))
  const refunds = objectsAt(order, 'refunds')
  const refunded = refunds.map((refund) => Math.abs(wholeNumber(moneyAt(refund, 'total', currency)) ?? 0))
  return {
    number: textAt(order, 'number')?.slice(0, 200),
    status: textAt(order, 'status')?.slice(0, 200),
    total_minor: amount('total'),
    discount_minor: amount('discount_total'),
    shipping_minor: amount('shipping_total'),
    tax_minor: amount('total_tax'),
    payment_method: textAt(order, 'payment_method')?.slice(0, 200),
    coupons: joined(
      objectsAt(order, 'coupon_lines').map((line) => textAt(line, 'code')),
      200,
    ),
    country: (textAt(order, 'shipping.country') ?? textAt(order, 'billing.country'))?.slice(0, 200),
    refund_minor: refunds.length > 0 ? refunded.reduce((sum, one) => sum + one, 0) : undefined,
    refund_reasons: joined(
      refunds.map((refund) => textAt(refund, 'reason')),
      200,
    ),
    completed_at: (textAt(order, 'date_completed_gmt') ?? textAt(order, 'date_completed'))?.slice(0, 200),
  }
}

function productsOf(order: JsonObject): Item[] {
  return objectsAt(order, 'line_items').flatMap((line) => {
    const id = productOf(line)
    const title = textAt(line, 'name')
    return id && title ? [{ product: { id, title: textOfHtml(title).slice(0, 300) } }] : []
  })
}

/** The order is not in a refund's body, only in the link to what lies above it. */
function readRefund(refund: JsonObject, context: ReadContext): Item[] {
  const id = textAt(refund, 'id')
  const above = textAt(refund, '_links.up.0.href') ?? textAt(refund, '_links.self.0.href')
  const orderId = /\/orders\/(\d+)/.exec(above ?? '')?.[1] ?? realId(textAt(refund, 'parent_id'))
  const currency = currencyOf(textAt(refund, 'currency') ?? context.settings?.['order.currency'])
  const lines = objectsAt(refund, 'line_items')
  const sku = joined(lines.map((line) => textAt(line, 'sku')))
  const shared = {
    at: momentAt(refund, 'date_created', context),
    orderId,
    productId: theOnly(lines.map(productOf)),
  }
  const reason = textAt(refund, 'reason')
  const eventId = id && `woocommerce-refund-${id}`
  const parts = partsOf(
    'item_refunded',
    { ...shared, id: eventId },
    lines.map((line) => ({
      key: textAt(line, 'id'),
      productId: productOf(line),
      lineId: refundedLine(line),
      quantity: Math.abs(numberOf(line, 'quantity')) || undefined,
      ...paidBack(line, 'total', currency),
      note: reason?.slice(0, 500),
    })),
  )
  return [
    {
      event: {
        ...shared,
        ...happened('order_refunded'),
        id: eventId,
        props: {
          ...paidBack(refund, 'amount', currency),
          note: reason?.slice(0, 500),
          itemised: parts.length > 0 || undefined,
          line_id: theOnly(lines.map(refundedLine)),
          quantity: pieces(lines.map((line) => textAt(line, 'quantity'))),
          sku,
        },
      },
    },
    ...parts,
    ...(reason === undefined
      ? []
      : [
          {
            voice: {
              ...shared,
              id: id && `woocommerce-refund-reason-${id}`,
              kind: 'return_reason' as const,
              text: reason,
              facts: { sku },
            },
          },
        ]),
  ]
}

/** A refund's line has a number of its own; that of the order's line stands among its further data. */
const refundedLine = (line: JsonObject): string | undefined =>
  textAt(
    objectsAt(line, 'meta_data').find((one) => textAt(one, 'key') === '_refunded_item_id'),
    'value',
  )

/** Refunds do not name their currency, and their lines' amounts are negative; without a currency they are kept as written. */
function paidBack(object: JsonObject, path: string, currency: string | undefined) {
  const minor = wholeNumber(moneyAt(object, path, currency))
  return {
    refundMinor: minor === undefined ? undefined : Math.abs(minor),
    currency,
    amount: textAt(object, path)?.replace(/^-/, ''),
  }
}

const numberOf = (object: JsonObject, path: string): number => Number(textAt(object, path)) || 0

function readReview(review: JsonObject, context: ReadContext): Item[] {
  const status = textAt(review, 'status')
  if (status === 'spam' || status === 'trash') return [{ skipped: because('marked_by_shop', { status }) }]
  const rating = numberAt(review, 'rating')
  const id = textAt(review, 'id')
  return [
    {
      voice: {
        id: id && `woocommerce-review-${id}`,
        productId: realId(textAt(review, 'product_id')),
        customerRef: textAt(review, 'reviewer_email') ?? textAt(review, 'email'),
        // Zero stars: none were given.
        rating: rating === 0 ? undefined : rating,
        text: textOfHtml(textAt(review, 'review') ?? ''),
        at: momentAt(review, 'date_created', context),
        facts: { verified: valueAt(review, 'verified') === true, status: status === 'approved' ? undefined : status },
      },
    },
  ]
}

function readProduct(product: JsonObject): Item[] {
  const title = textAt(product, 'name')
  return [
    {
      product: {
        id: textAt(product, 'id'),
        title: title && textOfHtml(title).slice(0, 300),
        category: textAt(product, 'categories.0.name')?.slice(0, 80),
        attributes: { sku: textAt(product, 'sku') },
      },
    },
  ]
}
