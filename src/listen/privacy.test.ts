import { describe, expect, test } from 'vitest'
import type { Kept } from './kinds.ts'
import { maskedText, maskRecord } from './privacy.ts'

/** What a shop system sends of an order, with fields that no schema of ours knows. Nobody in it exists. */
const payload = {
  id: 9_007_199_254_740_993n.toString(),
  order_number: 'R123456789012345',
  created_at: '2026-03-01T10:00:00Z',
  email: 'hua.li@example.com',
  phone: '+86 138 1234 6021',
  browser_ip: '203.0.113.9',
  note: '请打13812346021，放3栋2单元501',
  customer: {
    id: 700_123_456_789,
    name: 'Li Hua',
    first_name: 'Hua',
    default_address: { address1: '文三路90号', zip: '310012', city: 'Hangzhou' },
  },
  shipping_address: { name: '李华', phone: '0571-88001122', company: null, latitude: 30.27 },
  line_items: [{ product_id: 88_001, name: 'Mug', sku: '6901234567892', price: '19.90', quantity: 2 }],
  收货人: '李华',
  联系电话: '13812346021',
  收货地址: '杭州市西湖区文三路90号',
  mystery: '99887766554433',
  '13812346021': 'a key can be personal too',
  accepts_email: true,
}

describe('a refused record', () => {
  test('of a vendor’s own shape is listed without what is personal, by name and by form', () => {
    const text = maskedText(payload)
    const gone = [
      'hua.li',
      '13812346021',
      '138 1234',
      '203.0.113',
      '501',
      'Li Hua',
      'Hua',
      '李华',
      '文三路',
      '310012',
      '88001122',
      '30.27',
      '99887766554433',
    ]
    expect(gone.filter((one) => text.includes(one))).toEqual([])
  })

  test('keeps its ids, its times, what was bought and what is no text', () => {
    const kept = JSON.parse(maskedText(payload))
    expect(kept).toMatchObject({
      id: '9007199254740993',
      order_number: 'R123456789012345',
      created_at: '2026-03-01T10:00:00Z',
      customer: { id: 700_123_456_789 },
      line_items: [{ product_id: 88_001, name: 'Mug', sku: '6901234567892', price: '19.90', quantity: 2 }],
      accepts_email: true,
    })
  })

  test('has the pseudonym for a telephone that the customer reference has', () => {
    const { phone } = JSON.parse(maskedText({ phone: '138-1234-6021' }))
    const voice = maskRecord('voices', { text: '', customerRef: '13812346021' } as unknown as Kept)
    expect(phone).toBe((voice as Kept<'voices'>).customerRef)
    expect(JSON.parse(maskedText({ user_id: '13812346021' })).user_id).toBe(phone)
  })

  test('that is no JSON at all is masked by the names in it', () => {
    const text = maskedText(
      '{"id": "123456789012", "buyer_nick": "hua_88", phone=88001122, "text": "打13812346021", oops',
    )
    expect(text).toContain('123456789012')
    expect(['hua_88', '88001122', '13812346021'].filter((one) => text.includes(one))).toEqual([])
  })
})

test('an event keeps what was looked at, and loses who looked by another name than the reference', () => {
  const event = {
    id: 'e1',
    name: 'order_completed',
    at: 1,
    session: '13812346021',
    customerRef: 'hua.li@example.com',
    props: {
      name: 'Mug',
      email: 'hua.li@example.com',
      shipping_address: '文三路90号',
      revenue: 19.9,
      coupon: 'SPRING',
      note: '电话13812346021',
      cid: 13_812_346_021,
    },
  } as unknown as Kept<'events'>
  const { props, session, customerRef } = maskRecord('events', event) as Kept<'events'>
  expect(props).toMatchObject({
    name: 'Mug',
    email: customerRef,
    shipping_address: '***',
    revenue: 19.9,
    coupon: 'SPRING',
    note: '电话138****6021',
  })
  expect(JSON.stringify([props, session])).not.toContain('13812346021')
})
