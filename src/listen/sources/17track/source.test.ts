import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { seventeenTrack } from './source.ts'

const real = sample('17track/push_tracking_updated.json')

describe('17TRACK', () => {
  test('stations come from either place, and one without a stage is judged by its words', async () => {
    const events = [
      { time_iso: '2026-03-04T16:00:00-07:00', description: 'Arrived at Facility', stage: null },
      { time_iso: '2026-03-04T17:00:00-07:00', description: 'x', stage: null, sub_status: 'Exception_Lost' },
    ]
    const tracking = { providers: [{ provider: { name: 'UPS' }, events }] }
    for (const data of [
      { number: 'W', tracking },
      { number: 'W', track_info: { tracking } },
      { accepted: [{ number: 'W', track_info: { tracking } }] },
    ]) {
      const found = await readFile(seventeenTrack, JSON.stringify({ event: 'TRACKING_UPDATED', data }))
      expect(found.events.map(({ name }) => name)).toEqual(['shipment_in_transit', 'shipment_exception'])
    }
  })

  test('a push is signed over its body and the key', () => {
    const body = Buffer.from('{"event":"TRACKING_UPDATED"}')
    const sign = createHash('sha256').update('{"event":"TRACKING_UPDATED"}/key').digest('hex')
    const ok = (given?: string) =>
      seventeenTrack.webhook!.verify({ header: () => given, body, receivedAt: 0 }, 'key').ok
    expect([ok(sign), ok(sign.slice(2)), ok()]).toEqual([true, false, false])
  })

  test.skipIf(!real)('a real push gives its five stations', async () => {
    const { events, dead, notes } = await readFile(seventeenTrack, real!)
    expect([dead, notes.filter((note) => /not used/.test(note))]).toEqual([[], []])
    expect(events.map(({ name }) => name)).toEqual([
      'shipment_delivered',
      'shipment_out_for_delivery',
      'shipment_in_transit',
      'shipment_in_transit',
      'shipment_created',
    ])
    expect(events[0]).toMatchObject({
      at: Date.parse('2022-04-04T23:35:22Z'),
      props: { waybill: '1Z0000V10000000000', carrier: 'UPS', place: 'GASQUET, CA, US' },
    })
  })
})
