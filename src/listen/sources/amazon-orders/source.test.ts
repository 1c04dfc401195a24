import { describe, expect, test } from 'vitest'
import { readFile } from '../../source/read-file.ts'
import { amazonOrders } from './source.ts'

const table = (...rows: string[][]) =>
  [
    [
      'amazon-order-id',
      'purchase-date',
      'last-updated-date',
      'order-status',
      'sales-channel',
      'asin',
      'quantity',
      'currency',
      'item-price',
      'item-promotion-discount',
    ],
    ...rows,
  ]
    .map((row) => row.join('\t'))
    .join('\n')
const row = (id: string, ...rest: string[]) => [id, '2026-03-01T10:00:00+00:00', '2026-03-02T10:00:00+00:00', ...rest]

describe('Amazon’s order report', () => {
  test('joins the rows of an order; an item’s price is of all its units', async () => {
    const { orders } = await readFile(
      amazonOrders,
      table(
        row('1', 'Shipped', 'Amazon.com', 'B1', '2', 'USD', '40.00', '4.00'),
        row('1', 'Shipped', 'Amazon.com', 'B2', '1', 'USD', '9.99', ''),
      ),
    )
    expect(orders).toMatchObject([
      {
        id: '1',
        currency: 'USD',
        lines: [
          { productId: 'B1', quantity: 2, amountMinor: 3600 },
          { productId: 'B2', quantity: 1, amountMinor: 999 },
        ],
      },
    ])
  })

  test('a pending order has its marketplace’s currency; elsewhere none is made up', async () => {
    const pending = (channel: string) =>
      readFile(amazonOrders, table(row('1', 'Pending', channel, 'B1', '1', '', '', '')))
    expect((await pending('Amazon.co.jp')).orders).toMatchObject([{ currency: 'JPY', lines: [{ amountMinor: 0 }] }])
    expect((await pending('Non-Amazon')).dead).toEqual([
      '2: currency is missing: give it for all rows by --set order.currency=USD',
    ])
  })

  test('a cancelled order without quantities is an event at its last change', async () => {
    const { orders, events } = await readFile(
      amazonOrders,
      table(row('1', 'Cancelled', 'Amazon.com', 'B1', '0', '', '', '')),
    )
    expect(orders).toEqual([])
    expect(events).toMatchObject([{ name: 'order_cancelled', orderId: '1', at: Date.parse('2026-03-02T10:00:00Z') }])
  })
})
