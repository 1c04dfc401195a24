import { eventKindOf, snakeCase } from '../../../core/event-names.ts'
import { type JsonObject, objectAt, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import { currencyOf, moneyAt, wholeNumber } from '../../decode/money.ts'
import { timeAt } from '../../decode/times.ts'
import type { Item } from '../../source/item.ts'
import { bareId } from './ids.ts'

const names: Record<string, string> = {
  search_submitted: 'searched',
  collection_viewed: 'product_list_viewed',
  product_added_to_cart: 'product_added',
  product_removed_from_cart: 'product_removed',
  checkout_completed: 'order_completed',
  payment_info_submitted: 'payment_info_entered',
  checkout_address_info_submitted: 'checkout_step_completed',
  checkout_contact_info_submitted: 'checkout_step_completed',
  checkout_shipping_info_submitted: 'checkout_step_completed',
  alert_displayed: 'error_seen',
  ui_extension_errored: 'error_seen',
}

/** A customer event of a web pixel. A search's words are the customer's: they are a voice as well. */
export function readPixel(pixel: JsonObject): Item[] {
  const foreign = textAt(pixel, 'name') ?? ''
  const name = names[foreign] ?? snakeCase(foreign)
  const at = timeAt(pixel, 'timestamp', 'UTC')
  const query = textAt(pixel, 'data.searchResult.query')
  const id = textAt(pixel, 'id')
  const customerRef = bareId(textAt(pixel, 'data.checkout.order.customer.id') ?? textAt(pixel, 'init.data.customer.id'))
  const shared = { at, customerRef }
  const checkout = objectAt(pixel, 'data.checkout')
  return [
    {
      event: {
        ...shared,
        id,
        name,
        touchpoint: eventKindOf(name)?.touchpoint,
        session: textAt(pixel, 'clientId'),
        orderId: bareId(textAt(checkout, 'order.id')),
        productId: productOf(pixel),
        props: {
          event_raw: foreign === name ? undefined : foreign,
          query,
          results: query === undefined ? undefined : objectsAt(pixel, 'data.searchResult.productVariants').length,
          ...pricesOf(pixel, checkout),
          page: textAt(pixel, 'context.document.location.pathname')?.slice(0, 2_000),
          title: textAt(pixel, 'context.document.title')?.slice(0, 2_000),
          referrer: textAt(pixel, 'context.document.referrer')?.slice(0, 2_000),
          collection: textAt(pixel, 'data.collection.title'),
          alert: textAt(pixel, 'data.alert.message')?.slice(0, 2_000),
        },
      },
    },
    ...(query === undefined
      ? []
      : [{ voice: { ...shared, id: id && `${id}-words`, kind: 'search_term' as const, text: query } }]),
  ]
}

function productOf(pixel: JsonObject): string | undefined {
  for (const path of ['data.productVariant.product.id', 'data.cartLine.merchandise.product.id']) {
    const id = textAt(pixel, path)
    if (id !== undefined) return bareId(id)
  }
  const ids = new Set(objectsAt(pixel, 'data.checkout.lineItems').map((line) => textAt(line, 'variant.product.id')))
  return ids.size === 1 ? bareId([...ids][0]) : undefined
}

function pricesOf(pixel: JsonObject, checkout: JsonObject | undefined) {
  const money = checkout
    ? objectAt(checkout, 'totalPrice')
    : (['data.productVariant.price', 'data.cartLine.cost.totalAmount', 'data.cart.cost.totalAmount']
        .map((path) => objectAt(pixel, path))
        .find((found) => found !== undefined) as JsonObject | undefined)
  const currency = currencyOf(valueAt(money, 'currencyCode') ?? valueAt(checkout, 'currencyCode'))
  const lines = [...objectsAt(checkout, 'lineItems'), ...objectsAt(pixel, 'data.cart.lines')]
  return {
    currency,
    total_minor: wholeNumber(moneyAt(money, 'amount', currency)),
    quantity:
      lines.length > 0 ? lines.reduce((sum, line) => sum + (Number(textAt(line, 'quantity')) || 0), 0) : undefined,
    products:
      lines
        .map((line) => textAt(line, 'variant.product.id') ?? textAt(line, 'merchandise.product.id'))
        .filter(Boolean)
        .join('、')
        .slice(0, 2_000) || undefined,
  }
}
