import { expect, test } from 'vitest'
import { readFile } from '../../source/read-file.ts'
import { logisticsTable } from './source.ts'

test('stations of parcels become events with one set of names, in local time', async () => {
  const { events } = await readFile(
    logisticsTable,
    'tracking_number,order_id,time,status,location\nW1,7,2026-03-02 09:00,Picked up,Reno\nW1,7,2026-03-03 09:00,Delivered,Austin\nW1,7,2026-03-03 10:00,XQ-17,\n',
    { zone: 'America/Chicago' },
  )
  expect(events.map(({ name, at, orderId }) => [name, at, orderId])).toEqual([
    ['shipment_collected', Date.parse('2026-03-02T15:00:00Z'), '7'],
    ['shipment_delivered', Date.parse('2026-03-03T15:00:00Z'), '7'],
    ['shipment_in_transit', Date.parse('2026-03-03T16:00:00Z'), '7'],
  ])
  expect(events[1]!.props).toEqual({ waybill: 'W1', status_raw: 'Delivered', place: 'Austin' })
})
