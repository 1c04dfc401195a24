import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { easypost } from './source.ts'

const real = { tracker: sample('easypost/tracker.json'), events: sample('easypost/event.json') }

describe('EasyPost', () => {
  test('a webhook’s event and the tracker alone give the same stations', async () => {
    const tracker = {
      object: 'Tracker',
      tracking_code: 'E1',
      carrier: 'USPS',
      tracking_details: [{ status: 'delivered', message: 'Delivered, Front Door', datetime: '2026-03-04T10:00:00Z' }],
    }
    const alone = await readFile(easypost, JSON.stringify(tracker))
    const sent = await readFile(
      easypost,
      JSON.stringify({ object: 'Event', description: 'tracker.updated', result: tracker }),
    )
    expect(alone.events).toMatchObject([{ name: 'shipment_delivered', props: { waybill: 'E1', carrier: 'USPS' } }])
    expect(sent.events).toEqual(alone.events)
  })

  test('is believed with its signature only', () => {
    const body = Buffer.from('{"id":"evt_1"}')
    const ok = (given?: string) => easypost.webhook!.verify({ header: () => given, body, receivedAt: 0 }, 'sécret').ok
    const hex = createHmac('sha256', 'sécret'.normalize('NFKD')).update(body).digest('hex')
    expect([ok(`hmac-sha256-hex=${hex}`), ok(hex), ok('hmac-sha256-hex='), ok()]).toEqual([true, false, false, false])
    expect(easypost.webhook!.deliveryId!({ header: () => undefined, body, receivedAt: 0 }, { id: 'evt_1' })).toBe(
      'evt_1',
    )
  })

  test.skipIf(!real.tracker)('real files: a tracker of two stations, a list of events without objects', async () => {
    const { events, dead, notes } = await readFile(easypost, real.tracker!)
    expect([dead, notes.filter((note) => /not used/.test(note))]).toEqual([[], []])
    expect(events).toMatchObject([
      {
        name: 'shipment_created',
        at: Date.parse('2025-02-06T19:48:26Z'),
        props: { description: 'Pre-Shipment Info Sent to USPS' },
      },
      { name: 'shipment_created', at: Date.parse('2025-02-07T08:25:26Z'), props: { place: 'HOUSTON, TX' } },
    ])
    const list = await readFile(easypost, real.events!)
    expect([list.events, list.dead, list.skipped.length]).toEqual([[], [], 5])
  })
})
