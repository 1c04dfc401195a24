import { describe, expect, test } from 'vitest'
import { parseJson } from '../../decode/json.ts'
import { readFile, sample } from '../../source/read-file.ts'
import { columns } from './columns.ts'
import { snowplow } from './source.ts'

const real = { tsv: sample('snowplow/enriched_event.tsv'), json: sample('snowplow/enriched_event.expected.json') }
const line = (cells: Record<string, string>) => `${columns.map((column) => cells[column] ?? '').join('\t')}\n`

describe('Snowplow', () => {
  test('has 131 columns by their places; another number is refused', async () => {
    expect(columns.length).toBe(131)
    expect((await readFile(snowplow, 'a\tb\n')).dead).toEqual([expect.stringContaining('has 2 cells')])
  })

  test('the event’s own name counts, and the truest of its times', async () => {
    const { events } = await readFile(
      snowplow,
      line({
        event_id: 'e',
        event: 'page_view',
        event_name: 'link_click',
        collector_tstamp: '2026-03-01 10:00:09',
        derived_tstamp: '2026-03-01 10:00:01.5',
      }),
    )
    expect(events).toMatchObject([
      { id: 'e', name: 'clicked', at: Date.parse('2026-03-01T10:00:01.500Z'), props: { event_raw: 'link_click' } },
    ])
  })

  test('a transaction has its amount in the currency’s minor unit', async () => {
    const { events } = await readFile(
      snowplow,
      line({
        event_id: 'e',
        event: 'transaction',
        event_name: 'transaction',
        collector_tstamp: '2026-03-01 10:00:00',
        tr_orderid: 'o',
        tr_total: '1500',
        tr_currency: 'JPY',
      }),
    )
    expect(events).toMatchObject([
      { name: 'order_completed', orderId: 'o', props: { total_minor: 1500, currency: 'JPY' } },
    ])
  })

  test.skipIf(!real.tsv)('a real line has the values that the system’s own reader gives', async () => {
    const { events, dead } = await readFile(snowplow, real.tsv!)
    const expected = parseJson(real.json!.toString()) as Record<string, string>
    expect(dead).toEqual([])
    expect(events).toMatchObject([
      {
        id: expected.event_id,
        customerRef: expected.user_id,
        session: expected.domain_sessionid,
        city: expected.geo_city,
        props: {
          app_id: expected.app_id,
          platform: expected.platform,
          page_title: expected.page_title,
          page_urlhost: expected.page_urlhost,
          page_urlpath: expected.page_urlpath,
          target_url: 'http://www.example.com',
          element_id: 'exampleLink',
        },
      },
    ])
    expect(Math.floor((events[0]!.at as number) / 1000)).toBe(Math.floor(Date.parse(expected.true_tstamp!) / 1000))
    const cells = real.tsv!.toString().split('\n')[0]!.split('\t')
    for (const column of [
      'app_id',
      'geo_city',
      'page_urlpath',
      'domain_sessionid',
      'event_fingerprint',
      'event_version',
    ])
      expect(cells[columns.indexOf(column)]).toBe(expected[column])
  })
})
