import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { magento } from './source.ts'

const real = sample('magento/invoice.json')
const document = { entity_id: 1, order_currency_code: 'USD', created_at: '2026-03-01 10:00:00' }
const linesOf = async (more: object) =>
  (await readFile(magento, JSON.stringify({ ...document, ...more }))).orders[0]?.lines

describe('Magento', () => {
  test('a configurable product and its variant count once, at the parent', async () => {
    expect(
      await linesOf({
        subtotal: 52,
        items: [
          { item_id: 1, product_id: 67, qty_ordered: 1, row_total: 52 },
          { item_id: 2, parent_item_id: 1, product_id: 56, qty_ordered: 1, row_total: 0 },
        ],
      }),
    ).toEqual([{ productId: '67', quantity: 1, amountMinor: 5200 }])
  })

  test('a bundle counts by its parts where these carry the money, else as a whole', async () => {
    const bundle = (parts: number[], whole: number) => ({
      subtotal: 36,
      items: [
        { item_id: 3, product_id: 51, qty_ordered: 1, row_total: whole },
        ...parts.map((row_total, place) => ({
          item_id: 4 + place,
          parent_item_id: 3,
          product_id: 20 + place,
          qty_ordered: 1,
          row_total,
        })),
      ],
    })
    const amounts = async (parts: number[], whole: number) =>
      ((await linesOf(bundle(parts, whole))) as { amountMinor: number }[]).map(({ amountMinor }) => amountMinor)
    expect([await amounts([30, 6], 36), await amounts([30, 6], 0), await amounts([0, 0], 36)]).toEqual([
      [3000, 600],
      [3000, 600],
      [3600],
    ])
  })

  test('a credit memo is money back, an open invoice no payment', async () => {
    const name = async (more: object) =>
      (await readFile(magento, JSON.stringify({ ...document, order_id: 9, items: [], grand_total: 5, ...more })))
        .events[0]
    expect(await name({ adjustment: 0 })).toMatchObject({
      name: 'order_refunded',
      orderId: '9',
      props: { refundMinor: 500 },
    })
    expect((await name({ state: 1 }))!.name).toBe('invoice_created')
    expect(await name({ state: 2 })).toMatchObject({
      name: 'payment_succeeded',
      at: Date.parse('2026-03-01T10:00:00Z'),
    })
  })

  test('other JSON is refused', async () => {
    const { dead, orders, events } = await readFile(magento, '{"entity_id":1,"name":"x"}')
    expect([orders, events, dead.length]).toEqual([[], [], 1])
  })

  test.skipIf(!real)('a real invoice comes to its true subtotal of 160, not 228', async () => {
    const { events, dead, notes } = await readFile(magento, real!)
    expect([dead, notes.filter((note) => /not used/.test(note))]).toEqual([[], []])
    expect(events).toMatchObject([
      {
        name: 'payment_succeeded',
        orderId: '3',
        at: Date.parse('2017-08-21T22:36:02Z'),
        props: { goods_minor: 16000, total_minor: 16500, quantity: 7 },
      },
    ])
  })
})
