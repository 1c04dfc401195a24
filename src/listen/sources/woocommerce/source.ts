import { ok } from '../../../core/result.ts'
import { isObject, type JsonObject, objectAt, objectsAt } from '../../decode/fields.ts'
import { because } from '../../reasons/reason.ts'
import { defineJsonSource } from '../../source/json-source.ts'
import { verifyHmac } from '../../source/signatures.ts'
import { leftOut, mapping } from './mapping.ts'
import { readObject } from './read.ts'

export const woocommerce = defineJsonSource({
  id: 'woocommerce',
  zh: 'WooCommerce',
  en: 'WooCommerce',
  shelf: 'shop',
  describe: {
    zh: 'REST v1–v3 与旧版 API 的订单、退款、商品评价与商品（单个、列表或每行一个），也可由 Webhook 送来。时间取 *_gmt 字段（UTC）。WooCommerce 不记取消时间：已取消订单取其最后修改时间，它不早于取消。退款里没有币种：用 --set order.currency=USD 给出，否则只保留原文金额。',
    en: 'Orders, refunds, product reviews and products of REST v1 to v3 and of the legacy API (one, a list or one a line), also by webhook. Times are the *_gmt fields (UTC). WooCommerce keeps no time of a cancellation: of a cancelled order it is its last change, which is never earlier. A refund names no currency: give it by --set order.currency=USD, else only its amount as written is kept.',
  },
  requires: ['id'],
  mapping,
  leftOut,
  unwrap,
  read: readObject,
  webhook: {
    secretHint: {
      zh: 'WooCommerce「设置 → 高级 → Webhooks」里该 Webhook 的“密钥”。',
      en: 'The webhook’s “Secret” at WooCommerce → Settings → Advanced → Webhooks.',
    },
    verify: (delivery, secret) =>
      verifyHmac(delivery, secret, { header: 'X-WC-Webhook-Signature', algorithm: 'sha256', encoding: 'base64' }),
    deliveryId: (delivery) => delivery.header('X-WC-Webhook-Delivery-ID'),
    read(payload, context) {
      const topic = context.delivery?.header('X-WC-Webhook-Topic') ?? ''
      if (/\.deleted$/.test(topic)) return ok([{ skipped: because('deleted') }])
      // Sent once when the webhook is made, to see whether somebody is there.
      if (isObject(payload) && 'webhook_id' in payload && !('id' in payload))
        return ok([{ skipped: because('greeting') }])
      return ok(
        isObject(payload)
          ? unwrap(payload).flatMap((one) => readObject(one, context))
          : [{ skipped: because('not_object') }],
      )
    },
  },
})

const wrappers = ['order', 'order_refund', 'product_review', 'product']

/** The legacy API names what it answers with: `{"order": …}`, `{"orders": […]}`. */
function unwrap(document: JsonObject): JsonObject[] {
  if ('id' in document) return [document]
  for (const name of wrappers) {
    const one = objectAt(document, name)
    if (one) return [one]
    if (Array.isArray(document[`${name}s`])) return objectsAt(document, `${name}s`)
  }
  return [document]
}
