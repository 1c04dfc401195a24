import { describe, expect, test } from 'vitest'
import { readFile } from '../../source/read-file.ts'
import { shopifyCsv } from './source.ts'

describe('Shopify’s export of orders', () => {
  test('is one order of several rows, whose first carries the order’s fields', async () => {
    const { orders, events, dead } = await readFile(
      shopifyCsv,
      'Name,Currency,Created at,Paid at,Total,Refunded Amount,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Lineitem discount\n#1,JPY,2026-03-01 10:00:00 +0900,2026-03-01 10:02:00 +0900,3500,500,2,Cup,1500,C,500\n#1,,2026-03-01 10:00:00 +0900,,,,1,Bowl,1000,,0\n#2,JPY,2026-03-01 11:00:00 +0900,,900,0,1,Spoon,900,S,0\n',
    )
    expect(dead).toEqual([])
    expect(orders.map(({ id, lines, facts, orderedAt }) => [id, orderedAt, lines, facts])).toEqual([
      [
        '#1',
        Date.parse('2026-03-01T01:00:00Z'),
        [
          { productId: 'C', quantity: 2, amountMinor: 2500 },
          { quantity: 1, amountMinor: 1000 },
        ],
        { name: '#1', total_minor: 3500, refund_minor: 500 },
      ],
      [
        '#2',
        Date.parse('2026-03-01T02:00:00Z'),
        [{ productId: 'S', quantity: 1, amountMinor: 900 }],
        { name: '#2', total_minor: 900 },
      ],
    ])
    expect(events).toMatchObject([{ name: 'payment_succeeded', orderId: '#1' }])
  })
})
