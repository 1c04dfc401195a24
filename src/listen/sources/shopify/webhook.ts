import { ok, type Result } from '../../../core/result.ts'
import { isObject, type JsonObject, objectAt } from '../../decode/fields.ts'
import type { Json } from '../../decode/json.ts'
import { parseTime } from '../../decode/values.ts'
import { because } from '../../reasons/reason.ts'
import type { Item } from '../../source/item.ts'
import { verifyHmac } from '../../source/signatures.ts'
import type { Webhook } from '../../source/source.ts'
import { objectsOf, readObject } from './read.ts'

/** Shopify signs the exact bytes of the body with the app's secret. */
export const webhook: Webhook = {
  secretHint: {
    zh: 'Shopify 后台「设置 → 通知 → Webhook」页底部的签名密钥；自建应用则是应用的 Client secret。',
    en: 'The signing secret below the list at Settings → Notifications → Webhooks; for an app of your own, its client secret.',
  },
  verify: (delivery, secret) =>
    verifyHmac(delivery, secret, { header: 'X-Shopify-Hmac-Sha256', algorithm: 'sha256', encoding: 'base64' }),
  /** The event's id stays the same over all its deliveries; the webhook's id over one delivery's retries. */
  deliveryId: (delivery) => delivery.header('X-Shopify-Webhook-Id') ?? delivery.header('X-Shopify-Event-Id'),
  read(payload: Json, context): Result<Item[]> {
    if (!isObject(payload)) return ok([{ skipped: because('not_object') }])
    const { delivery } = context
    const triggered = delivery?.header('X-Shopify-Triggered-At')
    const sentAt = (triggered && parseTime(triggered.replace(/\.\d+(?=Z|[+-])/, ''), 'UTC')) || delivery?.receivedAt
    const topic = delivery?.header('X-Shopify-Topic') ?? ''
    return ok(objectsOf(payload).flatMap((object) => readTopic(topic, object, context, sentAt)))
  },
}

/** The topic decides where the body alone would not: a return that was declined or closed says so in its topic too. */
function readTopic(topic: string, object: JsonObject, context: { zone: string }, sentAt: number | undefined): Item[] {
  const declined: Record<string, string> = {
    'returns/request': 'requested',
    'returns/approve': 'open',
    'returns/decline': 'declined',
    'returns/cancel': 'canceled',
    'returns/close': 'closed',
  }
  const status = declined[topic]
  if (status === undefined) return readObject(object, context, sentAt)
  const inner = objectAt(object, 'return') ?? object
  return readObject({ return_line_items: [], ...inner, status }, context, sentAt)
}
