import { describe, expect, test } from 'vitest'
import { readFile, sample } from '../../source/read-file.ts'
import { ordersTable } from './source.ts'

const real = sample('tmall_orders/tmall_order_report.csv')

describe('a table of orders', () => {
  test('joins rows of one order that stand together, and refuses those that come back later', async () => {
    const { orders, dead } = await readFile(
      ordersTable,
      '订单号,下单时间,商品ID,数量,单价\n1,2026-03-01 10:00:00,a,2,9.90\n1,2026-03-01 10:00:00,b,1,5\n2,2026-03-01 11:00:00,a,1,9.90\n1,2026-03-01 10:00:00,c,1,1\n',
    )
    expect(orders.map(({ id, lines }) => [id, lines])).toEqual([
      [
        '1',
        [
          { productId: 'a', quantity: 2, amountMinor: 1980 },
          { productId: 'b', quantity: 1, amountMinor: 500 },
        ],
      ],
      ['2', [{ productId: 'a', quantity: 1, amountMinor: 990 }]],
    ])
    expect(dead).toEqual([expect.stringContaining('the rows of "1" do not stand together')])
  })

  test('never puts an order’s amount on several lines', async () => {
    const { orders } = await readFile(
      ordersTable,
      '订单号,下单时间,商品ID,应付金额\n1,2026-03-01 10:00:00,a,30\n1,2026-03-01 10:00:00,b,30\n',
    )
    expect(orders[0]!.lines).toEqual([
      { productId: 'a', quantity: 1, amountMinor: 0 },
      { productId: 'b', quantity: 1, amountMinor: 0 },
    ])
  })

  test('of another language needs its currency said', async () => {
    const table = 'order_id,order_date,sku,qty,unit_price\n7,2026-03-01 10:00,x,1,1500\n'
    expect((await readFile(ordersTable, table)).dead).toEqual([
      '2: currency is missing: give it for all rows by --set order.currency=USD',
    ])
    expect((await readFile(ordersTable, table, { set: { 'order.currency': 'JPY' } })).orders[0]).toMatchObject({
      currency: 'JPY',
      lines: [{ amountMinor: 1500 }],
    })
  })

  test('takes columns of any name by the user’s word', async () => {
    const { orders, notes } = await readFile(ordersTable, '单据,建单,金额元\nA,2026-03-01 10:00,12.5\n', {
      map: { id: '单据', orderedAt: '建单', lineAmount: '金额元' },
      set: { 'order.currency': 'CNY' },
    })
    expect(orders).toMatchObject([{ id: 'A', lines: [{ amountMinor: 1250 }] }])
    expect(notes).toEqual(['columns used: 单据, 建单, 金额元'])
  })

  test('refuses ids that a spreadsheet rounded, and keeps long ones', async () => {
    const { orders, dead } = await readFile(
      ordersTable,
      '订单号,下单时间\n1.23457E+17,2026-03-01 10:00\n"=""4023458712345678901""",2026-03-01 10:00\n',
    )
    expect(orders.map(({ id }) => id)).toEqual(['4023458712345678901'])
    expect(dead[0]).toMatch(/2: id was rounded/)
  })

  test('a masked buyer is nobody; of an address only the province is kept', async () => {
    const { orders } = await readFile(
      ordersTable,
      '订单号,下单时间,买家会员名,收货地址\n1,2026-03-01 10:00,t**1,浙江省杭州市某路12号\n',
    )
    expect(orders[0]!.customerRef).toBeUndefined()
    expect(orders[0]!.facts).toEqual({ province: '浙江省' })
  })

  test.skipIf(!real)('a real report: unpaid orders cost nothing, refunded ones what was paid before', async () => {
    const { orders, dead, skipped, notes } = await readFile(ordersTable, real!)
    expect([orders.length, dead, skipped]).toEqual([120, [], []])
    expect(notes).toEqual([
      'columns used: 订单编号, 总金额, 买家实际支付金额, 收货地址, 订单创建时间, 订单付款时间, 退款金额',
    ])
    expect(orders.filter(({ facts }) => (facts as { paid: boolean }).paid === false).length).toBe(14)
    expect(orders[0]).toMatchObject({
      id: '1',
      currency: 'CNY',
      orderedAt: Date.parse('2020-02-21T00:00:00+08:00'),
      lines: [{ quantity: 1, amountMinor: 0 }],
      facts: { paid: false, total_minor: 17880, province: '上海' },
    })
    expect(orders[5]!.lines).toEqual([{ quantity: 1, amountMinor: 32770, refundMinor: 17880 }])
    const lines = orders.flatMap((order) => order.lines as { refundMinor?: number; returnedAt?: number }[])
    expect([
      lines.filter(({ refundMinor }) => refundMinor).length,
      lines.filter(({ returnedAt }) => returnedAt).length,
    ]).toEqual([26, 0])
  })
})
