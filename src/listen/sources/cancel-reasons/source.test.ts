import { describe, expect, test } from 'vitest'
import { readFile } from '../../source/read-file.ts'
import { cancelReasons } from './source.ts'

describe('reasons of cancelled orders', () => {
  test('are events, and voices in the customer’s words', async () => {
    const { events, voices } = await readFile(
      cancelReasons,
      '订单号,时间,取消原因,说明\n7,2026-03-01 10:00,不想要了,颜色拍错\n8,2026-03-01 11:00,拍多了,\n',
    )
    expect(events.map(({ name, orderId, props }) => [name, orderId, props])).toEqual([
      ['order_cancelled', '7', { reason_code: '不想要了' }],
      ['order_cancelled', '8', { reason_code: '拍多了' }],
    ])
    expect(voices.map(({ kind, text, at }) => [kind, text, at])).toEqual([
      ['cancel_reason', '颜色拍错', Date.parse('2026-03-01T10:00+08:00')],
      ['cancel_reason', '拍多了', Date.parse('2026-03-01T11:00+08:00')],
    ])
  })

  test('what the shop or a system gives as reason is not the customer’s voice', async () => {
    const { voices } = await readFile(
      cancelReasons,
      'order_id,cancelled_at,cancel_reason,cancelled_by\n7,2026-03-01T10:00:00Z,out of stock,seller\n8,2026-03-01T10:00:00Z,unpaid,system\n',
    )
    expect(voices.map(({ speaker }) => speaker)).toEqual(['agent', 'system'])
  })

  test('another table is refused', async () => {
    expect((await readFile(cancelReasons, '标题,正文\na,b\n')).problem).toMatchObject({ code: 'columns_unknown' })
  })
})
