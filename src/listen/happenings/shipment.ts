import { hash } from 'node:crypto'
import { type EventName, eventKindOf } from '../../core/event-names.ts'
import type { Item } from '../source/item.ts'

/** What carriers' words for a parcel's state mean; the first that fits counts, so the narrower ones come first. */
const words: readonly (readonly [RegExp, EventName])[] = [
  [/退回签收|已退回|退签完成|return(ed)? to (sender|shipper)|returned/i, 'shipment_returned'],
  [/拒收|拒签|退签|refus/i, 'shipment_refused'],
  [/退回|退件|返回发件|returning|return in transit/i, 'shipment_returning'],
  [/销单|取消|cancel/i, 'shipment_cancelled'],
  [/清关|报关|海关|customs|clearance/i, 'shipment_customs'],
  [/派送失败|投递失败|未妥投|派件异常|无法联系|attempt|undelivered|not delivered/i, 'shipment_delivery_attempted'],
  [/疑难|异常|问题件|滞留|破损|丢失|超时|exception|fail|delay|lost|damaged|alert/i, 'shipment_exception'],
  [
    /待取|自提|代收|驿站|快递柜|投柜|pick-?\s?up point|ready for pick-?\s?up|available for pick-?\s?up/i,
    'shipment_available_for_pickup',
  ],
  [/签收|妥投|已送达|送达|delivered/i, 'shipment_delivered'],
  [/派件|派送|投递中|配送中|out for delivery|with courier/i, 'shipment_out_for_delivery'],
  [/揽收|揽件|收件|已取件|picked up|collected|accepted/i, 'shipment_collected'],
  [/下单|待揽|制单|运单创建|label|info(rmation)? received|pre-?\s?transit|created/i, 'shipment_created'],
  [/发货|出库|shipped|dispatched/i, 'shipment_shipped'],
  [
    /在途|运输|到达|离开|发往|发出|中转|转投|转寄|收入|干线|transit|arriv|depart|en route|facility/i,
    'shipment_in_transit',
  ],
]

/** The event that a carrier's words stand for; undefined where they say nothing known. */
export const stateOf = (text: string | undefined): EventName | undefined =>
  text === undefined ? undefined : words.find(([pattern]) => pattern.test(text))?.[1]

export interface ParcelNode {
  waybill?: string
  carrier?: string
  at: unknown
  /** The carrier's state, as it is written. */
  status?: string
  description?: string
  place?: string
  orderId?: string
  name?: EventName
}

/**
 * One station of a parcel as an event. Its id comes from what it says, so that the same station pushed again, in a longer list, is the same.
 * Without a known state it is a parcel on its way.
 */
export function parcelNode(source: string, { name, orderId, ...node }: ParcelNode): Item {
  const event = name ?? stateOf(node.status) ?? stateOf(node.description) ?? 'shipment_in_transit'
  const said = [node.waybill, String(node.at), node.status ?? '', node.description ?? ''].join('\n')
  return {
    event: {
      id: node.waybill && `${source}-${hash('sha256', said, 'base64url').slice(0, 22)}`,
      name: event,
      touchpoint: eventKindOf(event)?.touchpoint,
      at: node.at,
      orderId,
      props: {
        waybill: node.waybill,
        carrier: node.carrier,
        status_raw: node.status,
        description: node.description?.slice(0, 2_000),
        place: node.place,
      },
    },
  }
}
