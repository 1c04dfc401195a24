import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readFile } from '../../source/read-file.ts'
import { ga4 } from './source.ts'

describe('GA4 in BigQuery', () => {
  test('microseconds, parameters, an order and a search’s words', async () => {
    const { events, orders, voices } = await readFile(ga4, readFileSync(new URL('./fixture.jsonl', import.meta.url)))
    expect(events).toMatchObject([
      {
        name: 'order_completed',
        at: 1772359200123,
        session: '11.22.77',
        customerRef: 'u-1',
        orderId: 'G-1',
        productId: 'p-1',
        city: 'Oslo',
        props: { total_minor: 2990, currency: 'EUR', quantity: 2, page_title: 'Thanks', device: 'mobile' },
      },
      { name: 'searched', at: 1772359100000, session: '11.22', props: { search_term: 'quiet lamp' } },
    ])
    expect(orders).toMatchObject([
      { id: 'G-1', currency: 'EUR', lines: [{ productId: 'p-1', quantity: 2, amountMinor: 2990 }] },
    ])
    expect(voices).toMatchObject([{ kind: 'search_term', text: 'quiet lamp' }])
  })

  test('a purchase without a currency, or whose number is not set, is no order', async () => {
    const purchase = {
      event_name: 'purchase',
      event_timestamp: 1772359200123456,
      items: [{ item_id: 'p', price: 1 }],
      ecommerce: { transaction_id: '(not set)' },
    }
    const { events, orders } = await readFile(
      ga4,
      JSON.stringify({ ...purchase, event_params: [{ key: 'currency', value: { string_value: 'EUR' } }] }),
    )
    expect([events.length, events[0]!.orderId, orders]).toEqual([1, undefined, []])
    expect((await readFile(ga4, JSON.stringify({ ...purchase, ecommerce: { transaction_id: 'G' } }))).orders).toEqual(
      [],
    )
  })
})
