import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { woocommerce } from './source.ts'

const real = {
  order: sample('woocommerce/order.json'),
  refund: sample('woocommerce/order_refund.json'),
  review: sample('woocommerce/product_review.json'),
}
const read = (value: unknown) => readFile(woocommerce, JSON.stringify(value))

describe('WooCommerce', () => {
  test('times are the GMT fields, whatever the shop’s zone', async () => {
    const { voices } = await read({
      id: 3,
      product_id: 9,
      review: 'Fine',
      rating: 4,
      date_created: '2026-03-01T22:00:00',
      date_created_gmt: '2026-03-02T01:00:00',
    })
    expect(voices).toMatchObject([{ at: Date.parse('2026-03-02T01:00:00Z'), rating: 4, productId: '9' }])
  })

  test('a review without stars has no rating, and spam is no voice', async () => {
    const review = { id: 3, product_id: 9, review: '<b>Nice</b>', rating: 0, date_created_gmt: '2026-03-02T01:00:00' }
    const { voices } = await read(review)
    expect([voices[0]!.text, voices[0]!.rating]).toEqual(['Nice', undefined])
    expect((await read({ ...review, status: 'spam' })).skipped).toEqual(['1: a review that the shop marked as spam'])
  })

  test('a refund’s order is in its link; without a currency its amount stays as written', async () => {
    const refund = {
      id: 7,
      date_created_gmt: '2026-03-02T01:00:00',
      amount: '1500',
      reason: 'cup was cracked',
      line_items: [],
      _links: { up: [{ href: 'https://s.example/wp-json/wc/v3/orders/723' }] },
    }
    const plain = await read(refund)
    expect(plain.events).toMatchObject([{ name: 'order_refunded', orderId: '723', props: { amount: '1500' } }])
    expect(plain.events[0]!.props).not.toHaveProperty('refundMinor')
    expect(plain.voices).toMatchObject([{ kind: 'return_reason', text: 'cup was cracked', orderId: '723' }])
    const set = await readFile(woocommerce, JSON.stringify(refund), { set: { 'order.currency': 'JPY' } })
    expect(set.events[0]!.props).toMatchObject({ refundMinor: 1500, currency: 'JPY' })
  })

  test('a guest is known by a pseudonym of the address at most, never as customer 0', async () => {
    const order = {
      id: 1,
      currency: 'EUR',
      customer_id: 0,
      date_created_gmt: '2026-03-02T01:00:00',
      line_items: [{ product_id: 0, quantity: 1, total: '2.50' }],
    }
    const { orders } = await read(order)
    expect(orders[0]!.customerRef).toBeUndefined()
    expect(orders[0]!.lines).toEqual([{ quantity: 1, amountMinor: 250 }])
  })

  test('a cancelled order was cancelled by its last change; no other order was', async () => {
    const order = {
      id: 1,
      currency: 'EUR',
      date_created_gmt: '2026-03-02T01:00:00',
      date_modified_gmt: '2026-03-03T02:00:00',
      line_items: [{ product_id: 9, quantity: 1, total: '2.50' }],
    }
    const cancelled = await read({ ...order, status: 'cancelled' })
    expect(cancelled.orders).toMatchObject([{ cancelledAt: Date.parse('2026-03-03T02:00:00Z') }])
    for (const status of ['completed', 'refunded', 'failed', 'pending'])
      expect((await read({ ...order, status })).orders[0]!.cancelledAt).toBeUndefined()
  })

  test('a webhook is proven by its signature, and known by its delivery', () => {
    const body = Buffer.from('{"id":1}')
    const headers: Record<string, string> = {
      'X-WC-Webhook-Signature': createHmac('sha256', 's').update(body).digest('base64'),
      'X-WC-Webhook-Delivery-ID': 'd1',
    }
    const delivery = { header: (name: string) => headers[name], body, receivedAt: 0 }
    expect([woocommerce.webhook!.verify(delivery, 's').ok, woocommerce.webhook!.verify(delivery, 't').ok]).toEqual([
      true,
      false,
    ])
    expect(woocommerce.webhook!.deliveryId!(delivery, {})).toBe('d1')
  })

  test.skipIf(!real.order)('real files all come in', async () => {
    const order = await readFile(woocommerce, real.order!)
    expect(order.orders).toMatchObject([
      {
        id: '727',
        currency: 'USD',
        orderedAt: Date.parse('2017-03-22T19:28:02Z'),
        city: 'San Francisco',
        lines: [
          { productId: '93', quantity: 2, amountMinor: 600 },
          { productId: '22', quantity: 1, amountMinor: 1200 },
        ],
      },
    ])
    expect(order.products.map(({ title }) => title)).toEqual([
      'Woo Single #1',
      'Ship Your Idea – Color: Black, Size: M Test',
    ])
    expect((await readFile(woocommerce, real.refund!)).events).toMatchObject([
      { orderId: '723', at: Date.parse('2017-03-21T20:07:11Z'), props: { amount: '10.00' } },
    ])
    expect((await readFile(woocommerce, real.review!)).voices).toMatchObject([
      { text: 'Nice album!', rating: 5, at: Date.parse('2018-10-18T20:59:17Z') },
    ])
    for (const file of Object.values(real)) {
      const { dead, notes } = await readFile(woocommerce, file!)
      expect([dead, notes.filter((note) => /not used/.test(note))]).toEqual([[], []])
    }
  })
})
