import { isObject, type JsonObject, objectAt, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import type { Json } from '../../decode/json.ts'
import { because } from '../../reasons/reason.ts'
import type { Item, ReadContext } from '../../source/item.ts'
import { readCart, readCheckout } from './checkout.ts'
import { readFulfillment } from './fulfillment.ts'
import { restOrder } from './graphql-order.ts'
import { bareId, idAt } from './ids.ts'
import { readOrder } from './order.ts'
import { readPixel } from './pixel.ts'
import { readRefund } from './refund.ts'
import { readReturn } from './return.ts'

const wrappers = ['order', 'refund', 'customer', 'checkout', 'fulfillment', 'return', 'product']

/** The objects of one document: unwrapped (`{"order": …}`), out of a list (`{"orders": […]}`), or out of a GraphQL answer. */
export function objectsOf(document: JsonObject): JsonObject[] {
  const flat = flatten(document) as JsonObject
  const data = flat.data
  if (isObject(data) && flat.clientId === undefined) return graphqlObjects(data)
  if ('id' in flat || 'admin_graphql_api_id' in flat) return [flat]
  for (const name of wrappers) {
    const inner = flat[name]
    const list = flat[`${name}s`]
    if (isObject(inner)) return [inner]
    if (Array.isArray(list)) return list.filter(isObject)
  }
  return [flat]
}

/** GraphQL's lists (`{edges: [{node}]}` or `{nodes: []}`) as plain lists. */
function flatten(value: Json): Json {
  if (Array.isArray(value)) return value.map(flatten)
  if (!isObject(value)) return value
  if (Array.isArray(value.edges)) return value.edges.map((edge) => flatten(isObject(edge) ? (edge.node ?? null) : edge))
  if (Array.isArray(value.nodes)) return value.nodes.map(flatten)
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, flatten(inner)]))
}

const isOrder = (one: JsonObject): boolean =>
  'lineItems' in one &&
  ('totalPriceSet' in one || 'currencyCode' in one || 'createdAt' in one) &&
  !('returnLineItems' in one)

/** Orders and returns, wherever a query found them: alone, in a list, or below their order (whose id they then get). */
function graphqlObjects(data: JsonObject): JsonObject[] {
  return Object.entries(data).flatMap(([name, value]): JsonObject[] => {
    const found = Array.isArray(value) ? value.filter(isObject) : isObject(value) ? [value] : []
    return found.flatMap((one) => {
      const orders = [...objectsAt(one, 'orders'), ...(isOrder(one) ? [one] : [])].map(restOrder)
      if (orders.length > 0)
        return [...orders, ...objectsAt(one, 'returns').map((inner) => ({ order: { id: one.id ?? null }, ...inner }))]
      const returns = objectsAt(one, 'returns')
      if (returns.length > 0) return returns.map((inner) => ({ order: { id: one.id ?? null }, ...inner }))
      if (name === 'returns' || name === 'return' || 'returnLineItems' in one) return [one]
      const inside = objectAt(one, 'return')
      return [inside ?? one]
    })
  })
}

/** What an object is, by its fields: neither files nor lists name it. `sentAt`: when a webhook was triggered. */
export function readObject(object: JsonObject, context: ReadContext, sentAt?: number): Item[] {
  if ('clientId' in object && 'name' in object) return readPixel(object)
  if ('returnLineItems' in object || 'return_line_items' in object) return readReturn(object, context, sentAt)
  if ('refund_line_items' in object) return readRefund(object)
  if ('tracking_number' in object || 'tracking_numbers' in object || 'tracking_company' in object)
    return readFulfillment(object)
  if ('abandoned_checkout_url' in object || ('completed_at' in object && 'cart_token' in object))
    return readCheckout(object)
  if ('line_items' in object && ('financial_status' in object || 'order_number' in object || 'total_price' in object))
    return readOrder(object)
  if ('line_items' in object && 'token' in object && 'updated_at' in object) return readCart(object)
  if ('variants' in object && 'title' in object) return readProduct(object)
  if ('orders_count' in object || 'verified_email' in object || 'default_address' in object)
    return [{ skipped: because('customer_card') }]
  return [
    {
      dead: {
        field: '',
        reason: because('unknown_object', {
          kinds: 'order, refund, return, fulfilment, checkout, product or pixel event',
          system: 'Shopify',
        }),
      },
    },
  ]
}

function readProduct(product: JsonObject): Item[] {
  return [
    {
      product: {
        id: bareId(idAt(product)),
        title: textAt(product, 'title')?.slice(0, 300),
        category: (textAt(product, 'product_type') ?? textAt(product, 'category.name'))?.slice(0, 80),
        attributes: { vendor: textAt(product, 'vendor'), tags: tagsOf(valueAt(product, 'tags')) },
      },
    },
  ]
}

const tagsOf = (tags: unknown): string | undefined =>
  Array.isArray(tags) ? tags.join('、').slice(0, 2_000) : typeof tags === 'string' && tags !== '' ? tags : undefined
