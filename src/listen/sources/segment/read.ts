import { scalarsOf } from '../../cells/scalars.ts'
import { type JsonObject, numberAt, objectAt, objectsAt, textAt } from '../../decode/fields.ts'
import { currencyOf, moneyAt, wholeNumber } from '../../decode/money.ts'
import { timeAt } from '../../decode/times.ts'
import { joined, OLDEST_STATE, pieces, theOnly } from '../../happenings/happened.ts'
import { namedAs } from '../../happenings/names.ts'
import { because } from '../../reasons/reason.ts'
import type { Item } from '../../source/item.ts'

/** Fields that the record holds elsewhere, or that are lists of their own. */
const elsewhere = new Set(['products', 'order_id', 'orderId', 'product_id', 'productId', 'currency'])

/** One call: track, page, screen or identify; an event each, and an order where a completed one is whole. */
export function readCall(call: JsonObject): Item[] {
  const type = (textAt(call, 'type') ?? '').toLowerCase()
  if (type === 'group' || type === 'alias' || type === 'delete') return [{ skipped: because('who_not_what', { type }) }]
  const written = writtenName(type, call)
  if (written === undefined)
    return [
      {
        dead: { field: type === 'track' ? 'event' : 'type', reason: because('says_nothing_happened') },
      },
    ]
  const properties = objectAt(call, 'properties')
  const { name, touchpoint, raw } = namedAs(written)
  const products = productsIn(properties)
  const currency = currencyOf(textAt(properties, 'currency') ?? theOnly(products.map((one) => textAt(one, 'currency'))))
  const id = textAt(call, 'messageId') ?? textAt(call, 'message_id')
  const about = {
    at: momentOf(call),
    orderId: textAt(properties, 'order_id') ?? textAt(properties, 'orderId'),
    productId: theOnly(products.map(idOf)),
    customerRef: textAt(call, 'userId') ?? textAt(call, 'user_id'),
  }
  return [
    ...products.flatMap(productOf),
    {
      event: {
        ...about,
        id,
        name,
        touchpoint,
        session:
          textAt(call, 'context.sessionId') ??
          textAt(call, 'context.session_id') ??
          textAt(call, 'properties.sessionId') ??
          textAt(call, 'anonymousId') ??
          textAt(call, 'anonymous_id'),
        channel: textAt(call, 'channel')?.slice(0, 40),
        props: {
          ...(type !== 'identify' && scalarsOf(properties, elsewhere)),
          ...pageOf(call, type),
          currency,
          ...amountsOf(properties, currency, name),
          event_raw: raw,
          products: products.length > 1 ? joined(products.map(idOf)) : undefined,
          quantity: pieces(products.map((one) => textAt(one, 'quantity'))),
        },
      },
    },
    ...orderIn(name, properties, products, currency, about),
    ...wordsIn(name, properties, about, id),
  ]
}

function writtenName(type: string, call: JsonObject): string | undefined {
  if (type === 'track') return textAt(call, 'event')
  if (type === 'page') return 'page_viewed'
  if (type === 'screen') return 'screen_viewed'
  return type === 'identify' ? 'identified' : undefined
}

/** `timestamp` is put right for the clock of the device; then what the device said. */
function momentOf(call: JsonObject): unknown {
  for (const field of ['timestamp', 'originalTimestamp', 'original_timestamp', 'sentAt', 'receivedAt']) {
    const at = timeAt(call, field, 'UTC')
    if (at !== undefined) return at
  }
}

/** The products of a call: its list, or the one that the call itself describes. */
function productsIn(properties: JsonObject | undefined): JsonObject[] {
  const list = objectsAt(properties, 'products')
  if (list.length > 0 || !properties) return list
  return idOf(properties) === undefined ? [] : [properties]
}

const idOf = (product: JsonObject): string | undefined =>
  textAt(product, 'product_id') ?? textAt(product, 'productId') ?? textAt(product, 'sku') ?? textAt(product, 'id')

function productOf(product: JsonObject): Item[] {
  const id = idOf(product)
  const title = textAt(product, 'name') ?? textAt(product, 'title')
  if (id === undefined || title === undefined) return []
  return [
    {
      product: {
        id,
        title: title.slice(0, 300),
        category: textAt(product, 'category')?.slice(0, 80),
        attributes: { brand: textAt(product, 'brand') },
      },
    },
  ]
}

/** The total is what was paid; the revenue is without shipping and tax: they are kept apart. */
function amountsOf(properties: JsonObject | undefined, currency: string | undefined, name: string) {
  const amount = (path: string) => wholeNumber(moneyAt(properties, path, currency))
  const total = amount('total') ?? amount('value')
  return {
    total_minor: total,
    revenue_minor: amount('revenue'),
    shipping_minor: amount('shipping'),
    tax_minor: amount('tax'),
    refundMinor: name === 'order_refunded' ? total : undefined,
  }
}

function pageOf(call: JsonObject, type: string) {
  const text = (path: string) => textAt(call, path)?.slice(0, 2_000)
  return {
    path: text('properties.path') ?? text('context.page.path'),
    title: text('properties.title') ?? text('context.page.title'),
    referrer: text('properties.referrer') ?? text('context.page.referrer'),
    page_name: type === 'page' || type === 'screen' ? text('name') : undefined,
  }
}

interface About {
  at: unknown
  orderId?: string
  productId?: string
  customerRef?: string
}

/** A completed order that names itself, its currency and its lines is an order. It never replaces a later state that the shop itself gave. */
function orderIn(
  name: string,
  properties: JsonObject | undefined,
  products: readonly JsonObject[],
  currency: string | undefined,
  about: About,
): Item[] {
  const list = objectsAt(properties, 'products')
  if (name !== 'order_completed' || about.orderId === undefined || currency === undefined || list.length === 0)
    return []
  const amount = (path: string) => wholeNumber(moneyAt(properties, path, currency))
  return [
    {
      order: {
        id: about.orderId,
        currency,
        orderedAt: about.at,
        updatedAt: OLDEST_STATE,
        customerRef: about.customerRef,
        lines: products.map((product) => {
          const quantity = numberAt(product, 'quantity') ?? 1
          const price = moneyAt(product, 'price', currency)
          return {
            productId: idOf(product),
            category: textAt(product, 'category')?.slice(0, 80),
            quantity,
            amountMinor: typeof price === 'number' && typeof quantity === 'number' ? price * quantity : price,
          }
        }),
        facts: {
          total_minor: amount('total'),
          revenue_minor: amount('revenue'),
          shipping_minor: amount('shipping'),
          tax_minor: amount('tax'),
          discount_minor: amount('discount'),
          coupon: textAt(properties, 'coupon')?.slice(0, 200),
        },
      },
    },
  ]
}

/** What people type into a search, and reviews that a shop tracks, are voices. */
function wordsIn(name: string, properties: JsonObject | undefined, about: About, id: string | undefined): Item[] {
  const query = name === 'searched' ? (textAt(properties, 'query') ?? textAt(properties, 'search_term')) : undefined
  if (query !== undefined)
    return [
      {
        voice: {
          at: about.at,
          customerRef: about.customerRef,
          id: id && `${id}-words`,
          kind: 'search_term',
          text: query,
        },
      },
    ]
  const review = textAt(properties, 'review_body')
  const rating = numberAt(properties, 'rating')
  if (name !== 'product_reviewed' || (review === undefined && rating === undefined)) return []
  return [{ voice: { ...about, id: textAt(properties, 'review_id') ?? (id && `${id}-words`), text: review, rating } }]
}
