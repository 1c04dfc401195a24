import { expect, test } from 'vitest'
import { parcelNode, stateOf } from './shipment.ts'

test('the words of carriers name the state of a parcel', () => {
  const states = [
    '快件已揽收',
    '到达【济南转运中心】',
    '派件中',
    '已签收',
    '客户拒收',
    '退回途中',
    '退回签收',
    '疑难件',
    '请到驿站取件',
    '清关中',
    'Out for delivery',
    'DELIVERED',
    'Delivery attempted',
    '???',
  ]
  expect(states.map(stateOf)).toEqual([
    'shipment_collected',
    'shipment_in_transit',
    'shipment_out_for_delivery',
    'shipment_delivered',
    'shipment_refused',
    'shipment_returning',
    'shipment_returned',
    'shipment_exception',
    'shipment_available_for_pickup',
    'shipment_customs',
    'shipment_out_for_delivery',
    'shipment_delivered',
    'shipment_delivery_attempted',
    undefined,
  ])
})

test('the same station is the same event, another text is another', () => {
  const id = (description: string) =>
    (parcelNode('x', { waybill: 'W', at: 1, description }) as { event: { id: string } }).event.id
  const ids = ['a', 'a', 'b'].map(id)
  expect([ids[0] === ids[1], ids[0] === ids[2]]).toEqual([true, false])
})
