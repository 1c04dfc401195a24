import type { EventName } from '../../../core/event-names.ts'
import { ok } from '../../../core/result.ts'
import { isObject, type JsonObject, objectAt, objectsAt, textAt } from '../../decode/fields.ts'
import { timeAt } from '../../decode/times.ts'
import { joined } from '../../happenings/happened.ts'
import { parcelNode } from '../../happenings/shipment.ts'
import { because } from '../../reasons/reason.ts'
import type { Item } from '../../source/item.ts'
import { defineJsonSource } from '../../source/json-source.ts'
import { leave, mapped } from '../../source/mapping.ts'
import { verifyHmac } from '../../source/signatures.ts'

const states: Record<string, EventName> = {
  pre_transit: 'shipment_created',
  in_transit: 'shipment_in_transit',
  out_for_delivery: 'shipment_out_for_delivery',
  delivered: 'shipment_delivered',
  available_for_pickup: 'shipment_available_for_pickup',
  return_to_sender: 'shipment_returning',
  failure: 'shipment_exception',
  error: 'shipment_exception',
  cancelled: 'shipment_cancelled',
}

/** What else EasyPost hands out under `object`. */
const kinds = new Set([
  ...['Address', 'Batch', 'Claim', 'CustomsInfo', 'Insurance', 'Invoice', 'Order', 'Parcel', 'Payload', 'PaymentLog'],
  ...['Pickup', 'Rate', 'Refund', 'Report', 'ScanForm', 'Shipment', 'User'],
])

export const easypost = defineJsonSource({
  id: 'easypost',
  zh: 'EasyPost',
  en: 'EasyPost',
  shelf: 'logistics',
  describe: {
    zh: 'EasyPost 的 Tracker（单个或列表）与 tracker.* 事件（Webhook 同形）。每条轨迹成为一个物流事件。',
    en: 'EasyPost trackers (one or a list) and tracker.* events, as webhooks send them. Each tracking detail becomes an event.',
  },
  requires: ['object'],
  mapping: mapped({
    'event.props.waybill': 'tracking_code',
    'event.props.carrier': 'carrier',
    'event.at': 'tracking_details[].datetime',
    'event.props.status_raw': 'tracking_details[].status',
    'event.props.description': 'tracking_details[].message',
    'event.props.place': ['city', 'state', 'country'].map((part) => `tracking_details[].tracking_location.${part}`),
  }),
  leftOut: [
    ...leave(
      '信封、编号与测试标记',
      'envelope, numbers and marks',
      'object',
      'id',
      'mode',
      'finalized',
      'public_url',
      'user_id',
      'pending_urls[]',
      'completed_urls[]',
      'previous_attributes.**',
      'description',
      'shipment_id',
      'fees[].**',
      'is_return',
    ),
    ...leave(
      '由轨迹可知，或是预计',
      'known from the details, or an estimate',
      'status',
      'status_detail',
      'created_at',
      'updated_at',
      'est_delivery_date',
      'weight',
      'carrier_detail.**',
      'tracking_details[].**',
    ),
    ...leave('签收人姓名', 'the signer’s name', 'signed_by'),
  ],
  unwrap,
  read,
  webhook: {
    secretHint: {
      zh: '在 EasyPost 建立 Webhook 时填写的 webhook_secret。',
      en: 'The webhook_secret that you gave when creating the webhook at EasyPost.',
    },
    /** `X-Hmac-Signature: hmac-sha256-hex=…` over the body, with the secret in Unicode’s NFKD. */
    verify: (delivery, secret) =>
      verifyHmac(delivery, secret.normalize('NFKD'), {
        header: 'X-Hmac-Signature',
        algorithm: 'sha256',
        encoding: 'hex',
        prefix: 'hmac-sha256-hex=',
      }),
    deliveryId: (_delivery, payload) => textAt(payload, 'id'),
    read: (payload) =>
      isObject(payload) ? ok(unwrap(payload).flatMap(read)) : ok([{ skipped: because('not_object') }]),
  },
})

function unwrap(document: JsonObject): JsonObject[] {
  const list = [...objectsAt(document, 'trackers'), ...objectsAt(document, 'events')]
  const found = list.length > 0 || 'has_more' in document ? list : [document]
  return found.map((one) => objectAt(one, 'result') ?? one)
}

function read(object: JsonObject): Item[] {
  const kind = textAt(object, 'object')
  if (kind === 'Event') return [{ skipped: because('no_tracker', { what: textAt(object, 'description') ?? '' }) }]
  if (kind !== 'Tracker' && kinds.has(kind ?? '')) return [{ skipped: because('another_kind', { kind: kind ?? '' }) }]
  if (kind !== 'Tracker')
    return [
      {
        dead: { field: 'object', reason: because('unknown_object', { kinds: 'tracker or event', system: 'EasyPost' }) },
      },
    ]
  const details = objectsAt(object, 'tracking_details')
  if (details.length === 0) return [{ skipped: because('no_station') }]
  return details.map((detail) => {
    const status = textAt(detail, 'status')
    return parcelNode('easypost', {
      waybill: textAt(object, 'tracking_code'),
      carrier: textAt(object, 'carrier'),
      at: timeAt(detail, 'datetime', 'UTC'),
      status,
      name: states[status ?? ''],
      description: textAt(detail, 'message'),
      place: joined(
        ['city', 'state', 'country'].map((part) => textAt(detail, `tracking_location.${part}`)),
      )?.replaceAll('、', ', '),
    })
  })
}
