import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseJson } from '../../decode/json.ts'
import { readFile, sample } from '../../source/read-file.ts'
import type { Delivery } from '../../source/source.ts'
import { shopify } from './source.ts'

const read = (value: unknown) => readFile(shopify, typeof value === 'string' ? value : JSON.stringify(value))
const order = { created_at: '2026-03-02T10:00:00-05:00', currency: 'USD', financial_status: 'paid' }
const webhook = shopify.webhook!

function delivery(body: string, headers: Record<string, string>): Delivery {
  const lower = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
  return { header: (name) => lower.get(name.toLowerCase()), body: Buffer.from(body), receivedAt: 1_800_000_000_000 }
}

describe('Shopify', () => {
  test('ids that JavaScript rounded are taken from their exact form', async () => {
    const { orders } = await read({
      ...order,
      id: 820982911946154500,
      admin_graphql_api_id: 'gid://shopify/Order/820982911946154508',
      line_items: [{ id: 1, product_id: 5, quantity: 1, price: '10.00' }],
    })
    expect(orders[0]).toMatchObject({ id: '820982911946154508', orderedAt: Date.parse('2026-03-02T15:00:00Z') })
  })

  test('a line costs its price times its quantity, less what was taken off', async () => {
    const { orders } = await read({
      ...order,
      currency: 'KWD',
      id: 1,
      line_items: [
        {
          id: 1,
          product_id: 5,
          quantity: 2,
          price: '10.250',
          total_discount: '0.000',
          discount_allocations: [{ amount: '0.500' }],
        },
        { id: 2, product_id: 6, quantity: 1, price: '1.000', total_discount: '0.250' },
      ],
    })
    expect(orders[0]!.lines).toEqual([
      { id: '1', productId: '5', quantity: 2, amountMinor: 20000 },
      { id: '2', productId: '6', quantity: 1, amountMinor: 750 },
    ])
  })

  test('a refund is a return only where goods came back', async () => {
    const refund = (type: string) => ({
      id: 7,
      created_at: '2026-03-05T00:00:00Z',
      note: 'too loud',
      refund_line_items: [{ line_item_id: 1, quantity: 1, restock_type: type, subtotal: 10 }],
    })
    const of = async (type: string) =>
      (await read({ ...order, id: 1, line_items: [{ id: 1, quantity: 1, price: '10' }], refunds: [refund(type)] }))
        .orders[0]!.lines
    expect(await of('return')).toEqual([
      {
        id: '1',
        quantity: 1,
        amountMinor: 1000,
        refundMinor: 1000,
        returnedAt: Date.parse('2026-03-05T00:00:00Z'),
        returnReason: 'too loud',
      },
    ])
    for (const type of ['cancel', 'no_restock'])
      expect(await of(type)).toEqual([{ id: '1', quantity: 1, amountMinor: 1000, refundMinor: 1000 }])
  })

  test('a failed refund pays nothing back, and two currencies are not added up', async () => {
    const of = async (transactions: object[]) =>
      (await read({ id: 1, order_id: 2, created_at: '2026-03-05T00:00:00Z', refund_line_items: [], transactions }))
        .events[0]!.props
    expect(await of([{ kind: 'refund', status: 'failure', amount: '5.00', currency: 'USD' }])).toEqual({ quantity: 0 })
    expect(
      await of([
        { kind: 'refund', status: 'success', amount: '5.00', currency: 'USD' },
        { kind: 'refund', status: 'success', amount: '5.00', currency: 'CAD' },
      ]),
    ).toEqual({ quantity: 0 })
  })

  test('a cancellation has its code; what was written when the order was placed is no reason of it', async () => {
    const cancelled = { ...order, id: 1, cancelled_at: '2026-03-03T00:00:00Z', line_items: [{ id: 1, price: '1' }] }
    const { voices, events } = await read({ ...cancelled, cancel_reason: 'customer', note: 'ring twice' })
    expect(voices).toEqual([])
    expect(events).toMatchObject([{ name: 'order_cancelled', props: { reason_code: 'customer' } }])
  })

  test('a return that names lines and no products is an event for each line, which the order’s record numbers alike', async () => {
    const back = (id: number, line: number) => ({
      id,
      quantity: 1,
      return_reason: 'defective',
      fulfillment_line_item: {
        id: line * 10,
        line_item: { id: line, admin_graphql_api_id: `gid://shopify/LineItem/${line}` },
      },
    })
    const body = { id: 7, order_id: 1, name: '#1-R1', status: 'closed', closed_at: '2026-03-09T00:00:00Z' }
    const { events } = await read({ ...body, return_line_items: [back(71, 11), back(72, 12)] })
    expect(events.map(({ name, props }) => [name, (props as Record<string, unknown>).line_id])).toEqual([
      ['return_received', undefined],
      ['item_returned', '11'],
      ['item_returned', '12'],
    ])
    const alone = await read({ ...body, return_line_items: [back(71, 11)] })
    expect(alone.events).toMatchObject([{ name: 'return_received', props: { line_id: '11' } }])
    const items = [11, 12].map((id) => ({ id, product_id: 5, quantity: 1, price: '10' }))
    const { orders } = await read({ ...order, id: 1, line_items: items })
    expect((orders[0]!.lines as { id: string }[]).map(({ id }) => id)).toEqual(['11', '12'])
  })

  test('an order without a currency is refused: none is made up', async () => {
    const { orders, dead } = await read({
      id: 1,
      created_at: order.created_at,
      total_price: '1',
      line_items: [{ price: '1' }],
    })
    expect([orders, dead]).toEqual([[], ['1: currency is missing: the amounts cannot be read']])
  })

  test('GraphQL returns come alone, below orders, and with nodes or edges', async () => {
    const one = { id: 'gid://shopify/Return/1', status: 'REQUESTED', createdAt: '2026-03-01T00:00:00Z' }
    const line = {
      id: 'gid://shopify/ReturnLineItem/9',
      quantity: 2,
      returnReason: 'SIZE_TOO_SMALL',
      customerNote: 'runs small',
    }
    const { voices, events } = await read({
      data: {
        orders: {
          nodes: [
            { id: 'gid://shopify/Order/77', returns: { nodes: [{ ...one, returnLineItems: { nodes: [line] } }] } },
          ],
        },
      },
    })
    expect(events).toMatchObject([
      { name: 'return_requested', orderId: '77', props: { reason_code: 'size_too_small', quantity: 2 } },
    ])
    expect(voices).toMatchObject([{ kind: 'return_reason', text: 'runs small', orderId: '77' }])
  })

  test('orders of GraphQL are read as those of REST', async () => {
    const money = (amount: string) => ({ shopMoney: { amount, currencyCode: 'JPY' } })
    const node = {
      id: 'gid://shopify/Order/77',
      name: '#77',
      createdAt: '2026-03-01T00:00:00Z',
      cancelledAt: null,
      displayFinancialStatus: 'PAID',
      totalPriceSet: money('2500.0'),
      fulfillments: [
        {
          id: 'gid://shopify/Fulfillment/8',
          status: 'SUCCESS',
          createdAt: '2026-03-02T00:00:00Z',
          updatedAt: '2026-03-02T00:00:00Z',
          trackingInfo: [{ number: 'T1', company: 'Yamato' }],
        },
      ],
      refunds: [
        {
          id: 'gid://shopify/Refund/9',
          createdAt: '2026-03-09T00:00:00Z',
          note: 'chipped',
          totalRefundedSet: money('1000.0'),
          refundLineItems: {
            nodes: [
              {
                quantity: 1,
                restockType: 'RETURN',
                subtotalSet: money('1000.0'),
                lineItem: { id: 'gid://shopify/LineItem/1' },
              },
            ],
          },
        },
      ],
      customer: { id: 'gid://shopify/Customer/5' },
      shippingAddress: { city: 'Kobe', countryCodeV2: 'JP' },
      lineItems: {
        nodes: [
          {
            id: 'gid://shopify/LineItem/1',
            title: 'Cup',
            quantity: 2,
            product: { id: 'gid://shopify/Product/3' },
            originalUnitPriceSet: money('1500.0'),
            discountAllocations: [{ allocatedAmountSet: money('500.0') }],
          },
        ],
      },
    }
    const { orders, events, voices, products, dead, notes } = await read({ data: { orders: { edges: [{ node }] } } })
    expect([dead, notes.filter((note) => /not used/.test(note))]).toEqual([[], []])
    expect(orders).toMatchObject([
      {
        id: '77',
        currency: 'JPY',
        customerRef: '5',
        city: 'Kobe',
        lines: [{ productId: '3', quantity: 2, amountMinor: 2500 }],
        facts: { total_minor: 2500, financial_status: 'paid' },
      },
    ])
    expect(orders[0]).toMatchObject({
      shippedAt: Date.parse('2026-03-02T00:00:00Z'),
      lines: [{ refundMinor: 1000, returnedAt: Date.parse('2026-03-09T00:00:00Z'), returnReason: 'chipped' }],
    })
    expect(events).toMatchObject([
      { name: 'shipment_shipped', props: { waybill: 'T1' } },
      { name: 'order_refunded', orderId: '77', props: { refundMinor: 1000, currency: 'JPY' } },
    ])
    expect(voices).toMatchObject([{ kind: 'return_reason', text: 'chipped', orderId: '77' }])
    expect(products).toMatchObject([{ id: '3', title: 'Cup' }])
  })

  test('what the shop says when it declines a return is not the customer’s voice', async () => {
    const { voices } = await readFile(
      shopify,
      (await import('node:fs')).readFileSync(new URL('./fixture.jsonl', import.meta.url)),
    )
    expect(voices.filter(({ speaker }) => speaker === 'agent').map(({ text }) => text)).toEqual([
      'The thirty days are over.',
    ])
  })

  test('another system’s JSON is refused', async () => {
    const { dead, voices, events, orders } = await read({ review_id: 'x', stars: 5, text: 'good' })
    expect([voices, events, orders, dead.length]).toEqual([[], [], [], 1])
  })

  test('a webhook is taken with its signature over the exact bytes only', () => {
    const body = '{"id":1}'
    const signature = createHmac('sha256', 'hush').update(body).digest('base64')
    const code = (sent: string, header?: string) => {
      const result = webhook.verify(
        delivery(sent, header === undefined ? {} : { 'x-shopify-hmac-sha256': header }),
        'hush',
      )
      return result.ok ? 'ok' : result.problem.code
    }
    expect([
      code(body, signature),
      code(`${body} `, signature),
      code(body, 'x'),
      code(body, signature + signature),
      code(body),
    ]).toEqual(['ok', 'signature_invalid', 'signature_invalid', 'signature_invalid', 'signature_missing'])
  })

  test('a return by webhook has the time of its trigger, and its topic says what became of it', async () => {
    const body = {
      id: 5,
      admin_graphql_api_id: 'gid://shopify/Return/5',
      order: { id: 9 },
      return_line_items: [{ id: 6, quantity: 1, return_reason: 'color', customer_note: 'not blue' }],
    }
    const sent = delivery('', {
      'X-Shopify-Topic': 'returns/request',
      'X-Shopify-Triggered-At': '2026-03-04T05:06:07.123456789Z',
      'X-Shopify-Webhook-Id': 'w1',
    })
    const result = await webhook.read(body, { zone: 'Asia/Shanghai', delivery: sent })
    const at = Date.parse('2026-03-04T05:06:07Z')
    expect(result).toMatchObject({
      ok: true,
      value: [{ event: { name: 'return_requested', at, orderId: '9' } }, { voice: { text: 'not blue', at } }],
    })
    expect(webhook.deliveryId!(sent, body)).toBe('w1')
  })

  test('whatever the fields hold, nothing breaks', async () => {
    const value = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.constant([]),
      fc.constant([{ quantity: 'x', price: [] }]),
    )
    const keys = [
      'id',
      'created_at',
      'currency',
      'line_items',
      'refund_line_items',
      'financial_status',
      'clientId',
      'name',
      'returnLineItems',
      'transactions',
      'tracking_number',
      'status',
      'data',
      'cancelled_at',
      'order',
      'refunds',
      'fulfillments',
    ]
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.constantFrom(...keys), value, { maxKeys: 9 }), async (object) => {
        const { items, problem, voices, events, orders, products, dead, skipped } = await read(object)
        expect(problem).toBeUndefined()
        expect(voices.length + events.length + orders.length + products.length + dead.length + skipped.length).toBe(
          items.length,
        )
      }),
      { numRuns: 300 },
    )
  })

  const real = {
    vectors: sample('shopify/hmac_vectors.json'),
    order: sample('shopify/order.json'),
    refund: sample('shopify/refund.json'),
    hook: sample('shopify/webhook_orders_partially_fulfilled.json'),
    back: sample('shopify/graphql_return.json'),
  }

  test.skipIf(!real.vectors)('the published vectors of signatures hold', () => {
    const { secret, vectors } = parseJson(real.vectors!.toString()) as {
      secret: string
      vectors: { hmac: string; raw_body: string; valid: boolean }[]
    }
    for (const { hmac, raw_body, valid } of vectors)
      expect(webhook.verify(delivery(raw_body, { 'X-Shopify-Hmac-Sha256': hmac }), secret).ok).toBe(valid)
  })

  test.skipIf(!real.order)('of real files all comes in', async () => {
    const one = await readFile(shopify, real.order!)
    expect([one.orders.length, one.products.length, one.events.map(({ name }) => name), one.dead]).toEqual([
      1,
      1,
      ['shipment_exception'],
      [],
    ])
    expect(one.orders[0]).toMatchObject({
      id: '450789469',
      currency: 'USD',
      facts: { total_minor: 40994, tax_minor: 1194 },
    })
    expect(one.orders[0]!.shippedAt).toBeUndefined()
    expect(one.notes.filter((note) => /not used/.test(note))).toEqual([])
    const back = await readFile(shopify, real.refund!)
    expect(back.voices).toMatchObject([
      { kind: 'return_reason', text: 'it broke during shipping', orderId: '450789469' },
    ])
    expect(back.events[0]!.props).toMatchObject({ refundMinor: 20900, currency: 'USD', quantity: 2 })
    const hook = await readFile(shopify, real.hook!)
    expect(hook.orders[0]).toMatchObject({ id: '820982911946154508', customerRef: '115310627314723954' })
  })

  test.skipIf(!real.back)('a return without any time is refused until its day is given', async () => {
    expect((await readFile(shopify, real.back!)).dead).toEqual(['1: at is missing', '1: at is missing'])
    const dated = await readFile(shopify, real.back!, { set: { at: '2025-05-01', 'event.at': '2025-05-01' } })
    expect(dated.voices).toMatchObject([
      { text: 'Test return', kind: 'return_reason', facts: { reason_code: 'other' } },
    ])
  })
})
