import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { segment } from './source.ts'

const real = {
  calls: sample('rudderstack_segment/ecommerce_track_calls.jsonl'),
  script: sample('rudderstack_segment/segment_order_completed_call.js'),
}
const call = (event: string, properties: object, more: object = {}) => ({
  type: 'track',
  event,
  messageId: 'm',
  timestamp: '2026-03-01T10:00:00Z',
  properties,
  ...more,
})
const read = (value: unknown) => readFile(segment, JSON.stringify(value))

describe('Segment', () => {
  test('a completed order is an event and an order; total and revenue stay apart', async () => {
    const { events, orders } = await read(
      call('ORDER COMPLETED', {
        order_id: 'o',
        currency: 'eur',
        total: 27.5,
        revenue: 25,
        products: [{ product_id: 'a', price: '19', quantity: '2' }],
      }),
    )
    expect(events[0]).toMatchObject({
      name: 'order_completed',
      orderId: 'o',
      productId: 'a',
      props: { total_minor: 2750, revenue_minor: 2500, currency: 'EUR', quantity: 2 },
    })
    expect(orders).toMatchObject([
      { id: 'o', currency: 'EUR', lines: [{ productId: 'a', quantity: 2, amountMinor: 3800 }] },
    ])
  })

  test('without a currency there is an event, but no order', async () => {
    const { events, orders } = await read(
      call('Order Completed', { order_id: 'o', total: 27.5, products: [{ product_id: 'a', price: 1 }] }),
    )
    expect([events.length, orders, events[0]!.props]).toEqual([1, [], { total: 27.5, event_raw: 'Order Completed' }])
  })

  test('a refund is an event with what was paid back, and no new order', async () => {
    const { events, orders } = await read(call('Order Refunded', { order_id: 'o', currency: 'USD', total: 5 }))
    expect([events[0]!.name, events[0]!.props, orders]).toEqual([
      'order_refunded',
      expect.objectContaining({ refundMinor: 500 }),
      [],
    ])
  })

  test('calls of one batch come in one by one, with offsets minded', async () => {
    const { events, voices } = await read({
      batch: [
        call(
          'Products Searched',
          { query: 'lamp' },
          { timestamp: undefined, originalTimestamp: '2026-03-01T10:00:00+05:30' },
        ),
        { type: 'identify', userId: 'u', traits: { email: 'x@y.z' }, timestamp: '2026-03-01T10:00:00Z' },
      ],
    })
    expect(events.map(({ name, at }) => [name, at])).toEqual([
      ['searched', Date.parse('2026-03-01T04:30:00Z')],
      ['identified', Date.parse('2026-03-01T10:00:00Z')],
    ])
    expect(voices).toMatchObject([{ kind: 'search_term', text: 'lamp' }])
    expect(JSON.stringify(events)).not.toContain('x@y.z')
  })

  test('a webhook is signed with SHA-1', () => {
    const body = Buffer.from('{}')
    const ok = (given?: string) => segment.webhook!.verify({ header: () => given, body, receivedAt: 0 }, 's').ok
    expect([ok(createHmac('sha1', 's').update(body).digest('hex')), ok('00'), ok()]).toEqual([true, false, false])
  })

  test('whatever a call holds, nothing breaks', async () => {
    const value = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.constant([]),
      fc.constant([{ product_id: 'a', price: 'x', quantity: [] }]),
      fc.constant('USD'),
    )
    const properties = fc.dictionary(
      fc.constantFrom('products', 'currency', 'order_id', 'total', 'query', 'rating', 'product_id', 'x y'),
      value,
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('Order Completed', 'product reviewed', 'searched', '', '商品'),
        properties,
        value,
        async (event, props, timestamp) => {
          const { problem, items, voices, events, orders, products, dead, skipped } = await read({
            type: 'track',
            event,
            properties: props,
            timestamp,
          })
          expect(problem).toBeUndefined()
          expect(voices.length + events.length + orders.length + products.length + dead.length + skipped.length).toBe(
            items.length,
          )
        },
      ),
      { numRuns: 200 },
    )
  })

  test.skipIf(!real.calls)('a real file of the e-commerce calls', async () => {
    const { events, orders, voices, dead, skipped, notes } = await readFile(segment, real.calls!)
    expect([events.length, orders.length, voices.length, dead, skipped]).toEqual([18, 1, 2, [], []])
    expect(notes.filter((note) => /not used/.test(note))).toEqual([])
    expect(events.map(({ name }) => name)).toEqual([
      'searched',
      'product_list_viewed',
      'promotion_viewed',
      'promotion_clicked',
      'product_clicked',
      'product_viewed',
      'product_added',
      'product_removed',
      'cart_viewed',
      'checkout_started',
      'payment_info_entered',
      'checkout_step_completed',
      'order_completed',
      'order_refunded',
      'wishlist_product_added',
      'product_shared',
      'cart_shared',
      'searched',
    ])
    expect(orders[0]).toMatchObject({
      id: 'T_12345',
      currency: 'USD',
      customerRef: 'default-user-id',
      lines: [{ quantity: 2, amountMinor: 3800 }],
      facts: { total_minor: 1221, shipping_minor: 333 },
    })
    expect(events[13]).toMatchObject({ orderId: 'T_12345', props: { refundMinor: 1221, currency: 'USD' } })
  })

  test.skipIf(!real.script)('a page’s JavaScript is refused with what to do', async () => {
    const { problem, items } = await readFile(segment, real.script!)
    expect([items, problem]).toEqual([
      [],
      expect.objectContaining({ code: 'format', remedy: expect.stringContaining('JSON') }),
    ])
  })
})
