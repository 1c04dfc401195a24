import { fail, ok, type Result } from '../../../core/result.ts'
import { isObject, type JsonObject, objectAt, objectsAt, textAt } from '../../decode/fields.ts'
import type { Json } from '../../decode/json.ts'
import { because } from '../../reasons/reason.ts'
import type { Item } from '../../source/item.ts'
import { defineJsonSource } from '../../source/json-source.ts'
import { verifyHmac } from '../../source/signatures.ts'
import type { WebhookContext } from '../../source/source.ts'
import { leftOut, mapping } from './mapping.ts'
import { readOrder } from './read.ts'

export const medusa = defineJsonSource({
  id: 'medusa',
  zh: 'Medusa',
  en: 'Medusa',
  shelf: 'shop',
  describe: {
    zh: 'Medusa 1 与 2 的订单（含退款、退货）。1 代金额以分计，2 代为带小数的元，按字段自动分辨；分不清就拒收。事件只带编号：收到后到 /admin/orders/{id} 取回订单。',
    en: 'Orders of Medusa 1 and 2 with their refunds and returns. Version 1 counts in cents, version 2 in units with decimals; fields tell which, and where none does the order is refused. Events carry ids only: the order is then fetched from /admin/orders/{id}.',
  },
  requires: ['id', 'currency_code', 'items'],
  mapping,
  leftOut,
  unwrap: (document) => {
    const one = objectAt(document, 'order')
    if (one) return [one]
    return Array.isArray(document.orders) ? objectsAt(document, 'orders') : [document]
  },
  read: readOrder,
  webhook: {
    secretHint: {
      zh: '在 Medusa 的订阅者（subscriber）里自设；用它对请求体做 HMAC-SHA256，十六进制放进 X-Medusa-Signature。',
      en: 'Your own, kept in the Medusa subscriber that sends the events: HMAC-SHA256 of the body with it, in hex, goes into X-Medusa-Signature.',
    },
    verify: (delivery, secret) =>
      verifyHmac(delivery, secret, { header: 'X-Medusa-Signature', algorithm: 'sha256', encoding: 'hex' }),
    settings: [
      {
        id: 'baseUrl',
        zh: 'Medusa 服务器地址',
        en: 'Address of the Medusa server',
        hint: { zh: '如 https://shop.example.com', en: 'such as https://shop.example.com' },
      },
      { id: 'token', zh: '管理端 API 密钥', en: 'Secret API key of the admin', secret: true },
    ],
    // Version 1 takes the key in a header of its own, version 2 as the name of a basic login.
    credentials: ({ token = '' }) => ({
      'x-medusa-access-token': token,
      authorization: `Basic ${Buffer.from(`${token}:`).toString('base64')}`,
    }),
    read: readEvent,
  },
})

/** `{"name": "order.placed", "data": {"id": "order_…"}}`: names and ids only; what the order is must be asked for. */
async function readEvent(payload: Json, { ask }: WebhookContext): Promise<Result<Item[]>> {
  if (!isObject(payload)) return ok([{ skipped: because('not_object') }])
  const whole = [payload, objectAt(payload, 'data'), objectAt(payload, 'order')].find((one) => one && 'items' in one)
  if (whole) return ok(readOrder(whole))
  const name = textAt(payload, 'name') ?? textAt(payload, 'event') ?? textAt(payload, 'type') ?? ''
  const data: JsonObject = objectAt(payload, 'data') ?? payload
  const id =
    textAt(data, 'order_id') ??
    (/^order\b/.test(name) || /^order_/.test(textAt(data, 'id') ?? '') ? textAt(data, 'id') : undefined)
  if (id === undefined) return ok([{ skipped: because('no_order_named', { event: name || '?' }) }])
  if (ask === undefined)
    return fail({
      code: 'ask_missing',
      message: `The event names the order ${id} only, and the connection has no address to ask for it.`,
      remedy: 'Give the connection the address of the Medusa server and an API token.',
      where: 'settings.baseUrl',
    })
  const answer = await ask(`/admin/orders/${encodeURIComponent(id)}`)
  if (!answer.ok) return answer
  const order = isObject(answer.value) ? (objectAt(answer.value, 'order') ?? answer.value) : undefined
  return order && 'items' in order
    ? ok(readOrder(order))
    : fail({
        code: 'answer_unknown',
        message: `The Medusa server’s answer for ${id} is no order.`,
        remedy: 'Look at the address of the connection.',
      })
}
