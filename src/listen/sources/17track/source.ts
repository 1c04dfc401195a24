import { createHash } from 'node:crypto'
import type { EventName } from '../../../core/event-names.ts'
import { fail, ok, type Result } from '../../../core/result.ts'
import { isObject, type JsonObject, objectAt, objectsAt, textAt } from '../../decode/fields.ts'
import { timeAt } from '../../decode/times.ts'
import { parseTime } from '../../decode/values.ts'
import { joined } from '../../happenings/happened.ts'
import { parcelNode } from '../../happenings/shipment.ts'
import { because } from '../../reasons/reason.ts'
import type { Item, ReadContext } from '../../source/item.ts'
import { defineJsonSource } from '../../source/json-source.ts'
import { leave, mapped } from '../../source/mapping.ts'
import { invalid, missing, sameText } from '../../source/signatures.ts'
import type { Delivery } from '../../source/source.ts'

const stages: Record<string, EventName> = {
  InfoReceived: 'shipment_created',
  PickedUp: 'shipment_collected',
  Departure: 'shipment_in_transit',
  Arrival: 'shipment_in_transit',
  InTransit: 'shipment_in_transit',
  AvailableForPickup: 'shipment_available_for_pickup',
  OutForDelivery: 'shipment_out_for_delivery',
  DeliveryFailure: 'shipment_delivery_attempted',
  Delivered: 'shipment_delivered',
  Exception: 'shipment_exception',
  Expired: 'shipment_exception',
  Returning: 'shipment_returning',
  Returned: 'shipment_returned',
}

export const seventeenTrack = defineJsonSource({
  id: '17track',
  zh: '17TRACK',
  en: '17TRACK',
  shelf: 'logistics',
  describe: {
    zh: '17TRACK v2 与 v1 的推送与查询回答。v1 的时间不带时区，按所选时区读。每个轨迹节点成为一个物流事件；没有阶段的节点按描述判断，判断不出记为运输中。重复推送不会增加。',
    en: 'Pushes and answers of 17TRACK v2 and v1. Times of v1 carry no zone and are read in the chosen one. Each station becomes an event; one without a stage is judged by its description, else counted as in transit. A push sent again adds nothing.',
  },
  requires: ['number', 'tracking|track_info|track|carrier|latest_status'],
  mapping: mapped({
    'event.props.waybill': 'number',
    'event.props.carrier': [
      'tracking.providers[].provider.name',
      'track_info.tracking.providers[].provider.name',
      'carrier',
    ],
    'event.at': ['time_iso', 'time_utc', 'time_raw'].flatMap((time) => [
      `tracking.providers[].events[].${time}`,
      `track_info.tracking.providers[].events[].${time}`,
    ]),
    'event.props.status_raw': ['stage', 'sub_status'].flatMap((name) => [
      `tracking.providers[].events[].${name}`,
      `track_info.tracking.providers[].events[].${name}`,
    ]),
    'event.props.description': [
      'track.**',
      'tracking.providers[].events[].description',
      'track_info.tracking.providers[].events[].description',
    ],
    'event.props.place': [
      'tracking.providers[].events[].location',
      'track_info.tracking.providers[].events[].location',
    ],
    'event.orderId': ['order_no', 'param'],
  }),
  leftOut: [
    ...leave(
      '由节点可知，或是汇总',
      'known from the stations, or sums',
      'latest_status.**',
      'latest_event.**',
      'time_metrics.**',
      'milestone[].**',
      'track_info.**',
      'tracking.**',
      'tag',
      'lang',
    ),
    ...leave(
      '地址、重量与客户号',
      'addresses, weights and customer numbers',
      'misc_info.**',
      'shipping_info.**',
      'recipient_address.**',
      'remark',
      'order_time',
    ),
  ],
  unwrap,
  read,
  webhook: {
    secretHint: {
      zh: '17TRACK 后台「设置 → 安全 → 访问密钥」。',
      en: 'The access key at 17TRACK → Settings → Security.',
    },
    verify,
    read: (payload, context) =>
      isObject(payload) && objectAt(payload, 'data')
        ? ok(unwrap(payload).flatMap((one) => (textAt(one, 'number') ? read(one, context) : [])))
        : fail({
            code: 'payload_unknown',
            message: 'The push holds no data.',
            remedy: 'Choose version 2 of the push.',
          }),
  },
})

/** A push (`{event, data}`), an answer (`{data: {accepted: []}}`), or a bare parcel. */
function unwrap(document: JsonObject): JsonObject[] {
  const data = objectAt(document, 'data')
  if (!data) return [document]
  return 'accepted' in data ? objectsAt(data, 'accepted') : [data]
}

function read(parcel: JsonObject, context: ReadContext): Item[] {
  if (isObject(parcel.track)) return firstVersion(parcel, context)
  const tracking = objectAt(parcel, 'tracking') ?? objectAt(parcel, 'track_info.tracking')
  const providers = objectsAt(tracking, 'providers')
  const items = providers.flatMap((provider) =>
    objectsAt(provider, 'events').map((station) => {
      const stage = textAt(station, 'stage')
      const status = stage ?? textAt(station, 'sub_status')
      return parcelNode('17track', {
        waybill: textAt(parcel, 'number'),
        carrier: textAt(provider, 'provider.name') ?? textAt(parcel, 'carrier'),
        at: timeAt(station, 'time_iso', 'UTC') ?? timeAt(station, 'time_utc', 'UTC') ?? rawTime(station, context.zone),
        status,
        name: stages[stage ?? ''] ?? stages[textAt(station, 'sub_status')?.split('_')[0] ?? ''],
        description: textAt(station, 'description'),
        place: textAt(station, 'location'),
        orderId: textAt(parcel, 'order_no') ?? textAt(parcel, 'param'),
      })
    }),
  )
  return items.length > 0 ? items : [{ skipped: because('no_station') }]
}

/** What the carrier wrote, where 17TRACK made no moment of it: a day and an hour, now and then with their offset. */
function rawTime(station: JsonObject, zone: string): unknown {
  const [date, time, offset] = ['date', 'time', 'timezone'].map((part) => textAt(station, `time_raw.${part}`))
  if (date === undefined) return undefined
  const written = `${date} ${time ?? '00:00:00'}${/^[+-]\d\d:?\d\d$/.test(offset ?? '') ? offset : ''}`
  return parseTime(written, zone) ?? written
}

/** Version 1: lists of stations by carrier (`z1`, `z2`, `z9`), each with its time, places and words under a letter; `e` is the state of the whole. */
function firstVersion(parcel: JsonObject, { zone }: ReadContext): Item[] {
  const stations = ['z1', 'z2', 'z9'].flatMap((list) => objectsAt(parcel, `track.${list}`))
  const items = stations.map((station) =>
    parcelNode('17track', {
      waybill: textAt(parcel, 'number'),
      carrier: textAt(parcel, 'track.w1') ?? textAt(parcel, 'carrier'),
      at: timeAt(station, 'a', zone),
      description: textAt(station, 'z'),
      place: joined([textAt(station, 'c'), textAt(station, 'd')])?.replaceAll('、', ', '),
      orderId: textAt(parcel, 'order_no') ?? textAt(parcel, 'param'),
    }),
  )
  return items.length > 0 ? items : [{ skipped: because('no_station') }]
}

/** sign = SHA-256 of the body, a slash and the key, in hex. */
function verify(delivery: Delivery, key: string): Result<void> {
  const given = delivery.header('sign')?.trim().toLowerCase()
  if (!given) return missing('sign')
  return sameText(given, createHash('sha256').update(delivery.body).update(`/${key}`).digest('hex'))
    ? ok(undefined)
    : invalid('sign')
}
