import { eventKindOf } from '../../../core/event-names.ts'
import { type JsonObject, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import { timeAt } from '../../decode/times.ts'
import { because } from '../../reasons/reason.ts'
import type { Item } from '../../source/item.ts'
import { idAt } from './ids.ts'

const byShipmentStatus: Record<string, string> = {
  label_printed: 'shipment_created',
  label_purchased: 'shipment_created',
  confirmed: 'shipment_created',
  ready_for_pickup: 'shipment_available_for_pickup',
  picked_up: 'shipment_collected',
  in_transit: 'shipment_in_transit',
  delayed: 'shipment_exception',
  out_for_delivery: 'shipment_out_for_delivery',
  attempted_delivery: 'shipment_delivery_attempted',
  delivered: 'shipment_delivered',
  failure: 'shipment_exception',
  not_delivered: 'shipment_exception',
}

/** A parcel on its way: one event a state, so that the same state sent twice is one. */
export function readFulfillment(parcel: JsonObject): Item[] {
  const status = textAt(parcel, 'status')?.toLowerCase()
  const shipment = textAt(parcel, 'shipment_status')?.toLowerCase()
  const name = shipment ? (byShipmentStatus[shipment] ?? 'shipment_in_transit') : byStatus(status)
  const state = shipment ?? status
  if (name === undefined) return [{ skipped: because('fulfilment_state', { status: status ?? 'without a status' }) }]
  const id = idAt(parcel)
  return [
    {
      event: {
        id: id && `shopify-fulfillment-${id}-${state}`,
        name,
        touchpoint: eventKindOf(name)?.touchpoint,
        // A new parcel began when it was made; a later state began with the latest change.
        at: timeAt(parcel, name === 'shipment_shipped' ? 'created_at' : 'updated_at', 'UTC'),
        orderId: textAt(parcel, 'order_id'),
        props: {
          waybill: textAt(parcel, 'tracking_number') ?? textAt(parcel, 'tracking_numbers.0'),
          carrier: textAt(parcel, 'tracking_company'),
          status_raw: state,
          waybills: several(valueAt(parcel, 'tracking_numbers')),
          quantity: objectsAt(parcel, 'line_items').reduce(
            (sum, line) => sum + (Number(textAt(line, 'quantity')) || 0),
            0,
          ),
        },
      },
    },
  ]
}

function byStatus(status: string | undefined): string | undefined {
  if (status === 'success' || status === 'open' || status === 'pending') return 'shipment_shipped'
  if (status === 'cancelled') return 'shipment_cancelled'
  if (status === 'failure' || status === 'error') return 'shipment_exception'
}

const several = (list: unknown): string | undefined =>
  Array.isArray(list) && list.length > 1 ? list.join('、').slice(0, 2_000) : undefined

/** When the first parcel that went out was made; failed and cancelled ones never left. */
export function shippedAt(parcels: readonly JsonObject[]): unknown {
  const times = parcels
    .filter((parcel) => ['success', 'open', 'pending'].includes(textAt(parcel, 'status') ?? ''))
    .map((parcel) => timeAt(parcel, 'created_at', 'UTC'))
    .filter((time) => typeof time === 'number')
  return times.length > 0 ? Math.min(...times) : undefined
}
