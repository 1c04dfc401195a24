import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { klaviyo } from './source.ts'

const real = sample('klaviyo/events_page.json')

describe('Klaviyo', () => {
  test('events have the names of their metrics; addresses stay out', async () => {
    const { events } = await readFile(klaviyo, readFileSync(new URL('./fixture.json', import.meta.url)))
    expect(events).toMatchObject([
      {
        id: 'kv1',
        name: 'order_placed',
        orderId: 'K-1',
        customerRef: 'P1',
        props: { total_minor: 2990, currency: 'EUR', items: 'Lamp、Mat', event_raw: 'Placed Order' },
      },
    ])
    expect(JSON.stringify(events)).not.toContain('example.org')
  })

  test('without the metric’s name an event is refused', async () => {
    const { dead, events } = await readFile(
      klaviyo,
      '{"data":[{"type":"event","id":"1","attributes":{"datetime":"2026-03-01T10:00:00Z"},"relationships":{"metric":{"data":{"id":"M"}}}}]}',
    )
    expect([events, dead]).toEqual([[], ['1: metric has no name: ask for the events with include=metric']])
  })

  test.skipIf(!real)('a real page', async () => {
    const { events, dead, notes } = await readFile(klaviyo, real!)
    expect([dead, notes.filter((note) => /not used/.test(note))]).toEqual([[], []])
    expect(events.map(({ id, name, customerRef, at }) => [id, name, customerRef, at])).toEqual([
      [
        '7fxmgKdAMfk',
        'subscribed_to_email_marketing',
        '01KWFX5CBH8X8N0JMDN5KJ1S3A',
        Date.parse('2026-07-02T04:27:15Z'),
      ],
      ['7fxuAJWpwMB', 'merged_profile', '01KWFX5B2R2JJMQTH7J23ZZ0S1', Date.parse('2026-07-02T04:48:42Z')],
      ['7fxvb3KeaAm', 'merged_profile', '01KWFX5B2R2JJMQTH7J23ZZ0S1', Date.parse('2026-07-02T04:50:57Z')],
    ])
    expect(JSON.stringify(events)).not.toMatch(/nangotest/)
  })
})
