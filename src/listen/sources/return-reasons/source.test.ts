import { describe, expect, test } from 'vitest'
import { readFile } from '../read-file.ts'
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
        { reason_code: '质量问题', refundMinor: 1250, currency: 'CNY' },
      ],
      [
        'return_reason-5-refunded',
        'order_refunded',
        Date.parse('2026-03-02T10:00+08:00'),
        { reason_code: '质量问题', refundMinor: 1250, currency: 'CNY' },
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
})
