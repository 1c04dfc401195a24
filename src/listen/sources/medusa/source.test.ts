import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { fail, ok } from '../../../core/result.ts'
import { readFile, sample } from '../../source/read-file.ts'
import { medusa } from './source.ts'

const real = sample('medusa/order_v1.json')
const order = { id: 'order_1', currency_code: 'usd', created_at: '2026-03-01T10:00:00Z' }
const read = (value: unknown) => readFile(medusa, JSON.stringify(value))
const zone = 'Asia/Shanghai'

describe('Medusa', () => {
  test('counts in cents in version 1 and in units in version 2', async () => {
    const one = await read({
      ...order,
      tax_rate: 0,
      total: 8200,
      items: [{ unit_price: 8000, quantity: 2, variant_id: 'v' }],
    })
    const two = await read({
      ...order,
      summary: {},
      total: 82.1,
      items: [{ unit_price: 80.05, quantity: 2, product_id: 'p', is_tax_inclusive: false }],
    })
    expect([one.orders[0]!.lines, one.orders[0]!.facts]).toEqual([
      [{ productId: 'v', quantity: 2, amountMinor: 16000 }],
      { total_minor: 8200 },
    ])
    expect([two.orders[0]!.lines, two.orders[0]!.facts]).toEqual([
      [{ productId: 'p', quantity: 2, amountMinor: 16010 }],
      { total_minor: 8210 },
    ])
  })

  test('an order that tells neither version is refused', async () => {
    const { orders, dead } = await read({ ...order, items: [{ unit_price: 80, quantity: 1 }] })
    expect([orders, dead]).toEqual([
      [],
      ['1: total may be cents (Medusa 1) or whole units (Medusa 2): no field tells which'],
    ])
  })

  test('refunds of version 2 lie with its payments', async () => {
    const refunds = [{ id: 'ref_1', amount: 12.5, note: 'came late', created_at: '2026-03-05T10:00:00Z' }]
    const { events, voices } = await read({
      ...order,
      summary: {},
      items: [{ unit_price: 80, quantity: 1, detail: {} }],
      payment_collections: [{ payments: [{ refunds }] }],
    })
    expect(events).toMatchObject([
      { name: 'order_refunded', orderId: 'order_1', props: { refundMinor: 1250, currency: 'USD' } },
    ])
    expect(voices).toMatchObject([{ kind: 'return_reason', text: 'came late' }])
  })

  test('an event fetches its order; where that fails the sender shall send again', async () => {
    const event = { name: 'order.placed', data: { id: 'order_1' } }
    const asked: string[] = []
    const ask = async (path: string) => {
      asked.push(path)
      return ok(answer)
    }
    const answer = { order: { ...order, tax_rate: 0, items: [{ unit_price: 100, quantity: 1 }] } }
    const got = await medusa.webhook!.read(event, { zone, ask })
    expect(asked).toEqual(['/admin/orders/order_1'])
    expect(got).toMatchObject({ ok: true, value: [{ order: { id: 'order_1', currency: 'USD' } }] })
    const away = { code: 'unreachable', message: 'away' }
    expect(await medusa.webhook!.read(event, { zone, ask: async () => fail(away) })).toEqual({
      ok: false,
      problem: away,
    })
    expect(await medusa.webhook!.read(event, { zone })).toMatchObject({ ok: false, problem: { code: 'ask_missing' } })
    expect(await medusa.webhook!.read({ name: 'product.updated', data: { id: 'prod_1' } }, { zone })).toMatchObject({
      ok: true,
      value: [{ skipped: expect.any(String) }],
    })
  })

  test('is believed with its signature only', () => {
    const body = Buffer.from('{}')
    const given = createHmac('sha256', 's').update(body).digest('hex')
    const code = (value?: string) => {
      const result = medusa.webhook!.verify({ header: () => value, body, receivedAt: 0 }, 's')
      return result.ok ? 'ok' : result.problem.code
    }
    expect([code(given), code(given.slice(1)), code()]).toEqual(['ok', 'signature_invalid', 'signature_missing'])
  })

  test.skipIf(!real)('a real order of version 1 is in cents', async () => {
    const { orders, dead, notes } = await readFile(medusa, real!)
    expect([dead, notes.filter((note) => /not used/.test(note))]).toEqual([[], []])
    expect(orders).toMatchObject([
      {
        id: 'order_01F0YET7CZ741ECWG1J3N34RXF',
        currency: 'USD',
        lines: [{ productId: 'prod_01F0YET7BA4AQ8WEK687BNWP3N', quantity: 1, amountMinor: 8000 }],
        facts: { total_minor: 8200, discount_minor: 800, shipping_minor: 1000 },
      },
    ])
  })
})
