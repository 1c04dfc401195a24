import { hash } from 'node:crypto'
import type { EventName } from '../../../core/event-names.ts'
import { fail, ok, type Result } from '../../../core/result.ts'
import { isObject, type JsonObject, objectAt, objectsAt, textAt } from '../../decode/fields.ts'
import { type Json, parseJson } from '../../decode/json.ts'
import { timeAt } from '../../decode/times.ts'
import { parcelNode } from '../../happenings/shipment.ts'
import { because } from '../../reasons/reason.ts'
import type { Item } from '../../source/item.ts'
import { defineJsonSource } from '../../source/json-source.ts'
import { leave, mapped } from '../../source/mapping.ts'
import { invalid, missing, sameText } from '../../source/signatures.ts'
import type { Delivery } from '../../source/source.ts'

const ZONE = 'Asia/Shanghai'

/** 快递100's codes of states, and the finer ones that begin with them. */
const states: Record<string, EventName> = {
  '0': 'shipment_in_transit',
  '1': 'shipment_collected',
  '2': 'shipment_exception',
  '3': 'shipment_delivered',
  '4': 'shipment_refused',
  '5': 'shipment_out_for_delivery',
  '6': 'shipment_returning',
  '7': 'shipment_in_transit',
  '8': 'shipment_customs',
  '10': 'shipment_customs',
  '11': 'shipment_customs',
  '12': 'shipment_customs',
  '13': 'shipment_exception',
  '14': 'shipment_refused',
  '101': 'shipment_created',
  '102': 'shipment_created',
  '103': 'shipment_collected',
  '1001': 'shipment_in_transit',
  '1002': 'shipment_in_transit',
  '1003': 'shipment_in_transit',
  '501': 'shipment_available_for_pickup',
  '301': 'shipment_delivered',
  '302': 'shipment_delivered',
  '303': 'shipment_delivered',
  '304': 'shipment_delivered',
  '401': 'shipment_cancelled',
  '203': 'shipment_refused',
  '204': 'shipment_delivery_attempted',
  '205': 'shipment_exception',
  '206': 'shipment_delivery_attempted',
  '210': 'shipment_cancelled',
}

/** The answers that hold the lists: bare, or as a push wraps them; abroad another carrier goes on with the parcel (`destResult`). */
function resultsOf(document: JsonObject): JsonObject[] {
  const push = objectAt(document, 'param') ?? document
  const here = objectAt(push, 'lastResult')
  const abroad = objectAt(push, 'destResult')
  return here ? [here, ...(abroad && textAt(abroad, 'nu') !== undefined ? [abroad] : [])] : [document]
}

export const kuaidi100 = defineJsonSource({
  id: 'kuaidi100',
  zh: '快递100',
  en: 'Kuaidi100',
  shelf: 'logistics',
  describe: {
    zh: '实时查询的回答与订阅推送（lastResult）。每个节点成为一个物流事件；时间按北京时间读；重复推送不会增加。轨迹文字里的电话由入口统一打码。',
    en: 'Answers of the real-time query and subscription pushes (lastResult). Each station becomes an event; times are Beijing time; a push sent again adds nothing. Phones in the texts are masked at the door.',
  },
  requires: ['nu', 'data'],
  mapping: mapped({
    'event.props.waybill': 'nu',
    'event.props.carrier': 'com',
    'event.at': ['data[].ftime', 'data[].time'],
    'event.props.status_raw': ['data[].status', 'data[].statusCode', 'state'],
    'event.props.description': 'data[].context',
    'event.props.place': ['data[].areaName', 'data[].location'],
    'event.orderId': 'orderId',
  }),
  leftOut: [
    ...leave(
      '回答自身的状态，不是包裹的',
      'the state of the answer, not of the parcel',
      'message',
      'status',
      'ischeck',
      'condition',
      'returnCode',
      'result',
      'isLoop',
      'comOld',
      'comNew',
      'autoCheck',
    ),
    ...leave(
      '起讫地、预计与经纬度',
      'origin, estimates and coordinates',
      'routeInfo.**',
      'arrivalTime',
      'totalTime',
      'remainTime',
      'predictedRoute[].**',
      'data[].areaCode',
      'data[].areaCenter',
      'data[].areaPinYin',
      'trailUrl',
    ),
  ],
  unwrap: resultsOf,
  read,
  webhook: {
    secretHint: { zh: '订阅快递时传给快递100的 salt。', en: 'The salt that you give to Kuaidi100 when subscribing.' },
    verify,
    read(payload, { delivery }) {
      const found = pushOf(payload, delivery)
      if (found === undefined)
        return fail({
          code: 'payload_unknown',
          message: 'The push holds no list of stations (param.lastResult).',
          remedy: 'Subscribe with resultv2 and JSON.',
        })
      return ok(
        found.flatMap((one) => ('data' in one && 'nu' in one ? read(one) : [{ skipped: because('no_station') }])),
      )
    },
  },
})

function read(answer: JsonObject): Item[] {
  const nodes = objectsAt(answer, 'data')
  if (nodes.length === 0) return [{ skipped: because('no_station') }]
  const moments = nodes.map((node) => timeAt(node, 'ftime', ZONE) ?? timeAt(node, 'time', ZONE))
  // The state of the whole is that of its newest station, wherever the list has it.
  const newest = moments.indexOf(Math.max(...moments.filter((at) => typeof at === 'number')))
  return nodes.map((node, place) => {
    const code =
      textAt(node, 'statusCode') ??
      (place === newest && textAt(node, 'status') === undefined ? textAt(answer, 'state') : undefined)
    return parcelNode('kuaidi100', {
      waybill: textAt(answer, 'nu'),
      carrier: textAt(answer, 'com'),
      at: moments[place],
      status: textAt(node, 'status') ?? code,
      name: code === undefined ? undefined : states[code],
      description: textAt(node, 'context')?.trim(),
      place: textAt(node, 'areaName') ?? textAt(node, 'location'),
      orderId: textAt(answer, 'orderId'),
    })
  })
}

/** A push is a form: `sign=…&param={…}`; some relays turn it into JSON. */
function formOf(body: Uint8Array): { sign?: string; param?: string } {
  const text = Buffer.from(body).toString()
  const form = new URLSearchParams(text)
  const param = form.get('param')
  if (param !== null) return { param, sign: form.get('sign') ?? undefined }
  try {
    const json = parseJson(text)
    return { sign: textAt(json, 'sign'), param: textAt(json, 'param') }
  } catch {
    return {}
  }
}

/** sign = MD5(param + salt), in capitals. */
function verify({ body }: Delivery, salt: string): Result<void> {
  const { sign, param } = formOf(body)
  if (sign === undefined || param === undefined) return missing('sign')
  return sameText(sign.toUpperCase(), hash('md5', param + salt).toUpperCase()) ? ok(undefined) : invalid('sign')
}

function pushOf(payload: Json, delivery: Delivery | undefined): JsonObject[] | undefined {
  const text = isObject(payload) ? textAt(payload, 'param') : undefined
  const param = text ?? (delivery && !isObject(payload) ? formOf(delivery.body).param : undefined)
  try {
    const value = param === undefined ? payload : parseJson(param)
    return isObject(value) ? resultsOf(value) : undefined
  } catch {
    return undefined
  }
}
