import { describe, expect, test } from 'vitest'
import { readFile } from '../../source/read-file.ts'
import { returnReasons } from './source.ts'

describe('reasons of returns', () => {
  test('are a request, the refund where it was paid, and the customer’s words', async () => {
    const { events, voices } = await readFile(
      returnReasons,
      '退款编号,订单编号,申请时间,退款原因,退款说明,退款金额,退款完结时间\n5,7,2026-03-01 10:00,质量问题,充不进电,12.50,2026-03-02 10:00\n',
    )
    expect(events.map(({ id, name, at, props }) => [id, name, at, props])).toEqual([
      [
        'return_reason-5',
        'return_requested',
        Date.parse('2026-03-01T10:00+08:00'),
        { reason_code: '质量问题', refundMinor: 1250, currency: 'CNY', goods_back: true },
      ],
      [
        'return_reason-5-refunded',
        'order_refunded',
        Date.parse('2026-03-02T10:00+08:00'),
        { reason_code: '质量问题', refundMinor: 1250, currency: 'CNY', goods_back: true },
      ],
    ])
    expect(voices).toMatchObject([
      { kind: 'return_reason', text: '充不进电', orderId: '7', facts: { reason_code: '质量问题' } },
    ])
  })

  test('a row without any reason is an event and no voice; without a time it is refused', async () => {
    const silent = await readFile(returnReasons, 'order_id,requested_at,return_reason\n7,2026-03-01T10:00:00Z,\n')
    expect([silent.events.length, silent.voices, silent.skipped]).toEqual([1, [], ['2: no reason is given']])
    expect((await readFile(returnReasons, 'order_id,return_reason\n7,broken\n')).dead).toEqual([
      '2: at is missing',
      '2: at is missing',
    ])
  })

  test.each([
    ['a list of what came back', 'order_id,return_date,reason\n7,2026-03-01,loud\n', [true]],
    ['what was only asked for', '订单编号,申请时间,退款原因\n7,2026-03-01 10:00,太吵\n', [undefined]],
    ['done', '订单编号,申请时间,退款原因,退款状态\n7,2026-03-01 10:00,太吵,退款成功\n', [true]],
    ['money alone', '订单编号,退货时间,退款原因,售后类型\n7,2026-03-01 10:00,太吵,仅退款\n', [undefined]],
    ['withdrawn', 'order_id,return_date,reason,return_status\n7,2026-03-01,loud,Cancelled\n', [undefined]],
    ['not done yet', '订单编号,退货时间,退款原因,退款状态\n7,2026-03-01 10:00,太吵,待商家收货\n', [undefined]],
  ])('a row says whether goods came back: %s', async (_, file, back) => {
    const { events } = await readFile(returnReasons, file)
    expect(events.map(({ props }) => (props as { goods_back?: boolean }).goods_back)).toEqual(back)
  })
})
