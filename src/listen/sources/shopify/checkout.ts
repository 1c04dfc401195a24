import { eventKindOf } from '../../../core/event-names.ts'
import { type JsonObject, objectsAt, textAt } from '../../decode/fields.ts'
import { currencyOf, moneyAt, wholeNumber } from '../../decode/money.ts'
import { timeAt } from '../../decode/times.ts'
import { happened, joined, pieces, theOnly } from '../../happenings/happened.ts'
import type { Item } from '../../source/item.ts'
import { bareId, idAt } from './ids.ts'
import { customerOf } from './order.ts'

/** A checkout that began; without `completed_at` it was abandoned, so far. */
export function readCheckout(checkout: JsonObject): Item[] {
  const id = textAt(checkout, 'token') ?? idAt(checkout)
  const currency = currencyOf(textAt(checkout, 'currency') ?? textAt(checkout, 'presentment_currency'))
  const lines = objectsAt(checkout, 'line_items')
  const products = [...new Set(lines.map((line) => bareId(textAt(line, 'product_id'))).filter(Boolean))]
  return [
    {
      event: {
        id: id && `shopify-checkout-${id}`,
        name: 'checkout_started',
        touchpoint: eventKindOf('checkout_started')?.touchpoint,
        at: timeAt(checkout, 'created_at', 'UTC'),
        customerRef: customerOf(checkout),
        city: textAt(checkout, 'shipping_address.city')?.slice(0, 80),
        channel: textAt(checkout, 'source_name')?.slice(0, 40),
        productId: products.length === 1 ? products[0] : undefined,
        props: {
          completed: timeAt(checkout, 'completed_at', 'UTC') !== undefined,
          currency,
          total_minor: wholeNumber(moneyAt(checkout, 'total_price', currency)),
          quantity: lines.reduce((sum, line) => sum + (Number(textAt(line, 'quantity')) || 0), 0),
          products: products.length > 1 ? products.join('、').slice(0, 2_000) : undefined,
        },
      },
    },
  ]
}

/** A cart that was changed; a webhook sends it without a customer and without a currency. */
export function readCart(cart: JsonObject): Item[] {
  const lines = objectsAt(cart, 'line_items')
  const products = lines.map((line) => bareId(textAt(line, 'product_id')))
  return [
    {
      event: {
        ...happened('cart_updated'),
        at: timeAt(cart, 'updated_at', 'UTC') ?? timeAt(cart, 'created_at', 'UTC'),
        session: textAt(cart, 'token'),
        productId: theOnly(products),
        props: {
          quantity: pieces(lines.map((line) => textAt(line, 'quantity'))) ?? 0,
          products: products.length > 1 ? joined(products) : undefined,
        },
      },
    },
  ]
}
