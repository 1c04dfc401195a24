import { describe, expect, test } from 'vitest'
import { parse } from '../../../src/listen/parse.ts'
import { minorUnits, ofOrder, ofRefund, ofReview, type VendureOrder } from './map.ts'

const at = (day: number) => Date.UTC(2026, 2, day)
const form = { precision: 2 }
const order: VendureOrder = {
  id: 5,
  code: 'T3EPST',
  state: 'Delivered',
  currencyCode: 'EUR',
  orderPlacedAt: new Date(at(1)),
  customer: { id: 9 },
  shippingAddress: { city: 'Oslo', countryCode: 'NO' },
  totalWithTax: 5490,
  shippingWithTax: 490,
  couponCodes: ['SPRING'],
  lines: [
    {
      quantity: 2,
      proratedLinePriceWithTax: 5000,
      productVariant: { id: 31, productId: 3, name: 'Lamp white', sku: 'L' },
    },
    { quantity: 0, proratedLinePriceWithTax: 0, productVariant: { id: 32, productId: 4, name: 'Mat' } },
  ],
}

describe('what the plugin tells', () => {
  test('an order keeps the moments of its earlier states, and every record is one that Daystar takes', () => {
    const told = ofOrder(
      order,
      [
        { to: 'PaymentSettled', at: at(1) },
        { to: 'Shipped', at: at(2) },
      ],
      { to: 'Delivered', at: at(4) },
      form,
    )
    expect(told.map(({ kind }) => kind)).toEqual(['products', 'products', 'orders', 'events'])
    expect(told[2]!.record).toMatchObject({
      id: 'T3EPST',
      orderedAt: at(1),
      shippedAt: at(2),
      deliveredAt: at(4),
      customerRef: '9',
      lines: [{ productId: '3', quantity: 2, amountMinor: 5000 }],
    })
    expect(told[3]!.record).toMatchObject({ name: 'shipment_delivered', at: at(4), orderId: 'T3EPST' })
    for (const { kind, record } of told) expect(parse(kind, structuredClone(record))).toMatchObject({ ok: true })
  })

  test('an order that was cancelled as a whole, of which Vendure leaves no units, is what had been ordered', () => {
    const lines = order.lines.map((line) => ({
      ...line,
      ...{
        quantity: 0,
        proratedLinePriceWithTax: 0,
        orderPlacedQuantity: line.quantity,
        proratedUnitPriceWithTax: 2500,
      },
    }))
    const told = ofOrder({ ...order, state: 'Cancelled', lines }, [], { to: 'Cancelled', at: at(4) }, form)
    const { record } = told.find(({ kind }) => kind === 'orders')!
    expect(record).toMatchObject({ cancelledAt: at(4), lines: [{ productId: '3', quantity: 2, amountMinor: 5000 }] })
    expect(parse('orders', structuredClone(record))).toMatchObject({ ok: true })
  })

  test('a cart tells nothing', () => {
    expect(ofOrder({ ...order, orderPlacedAt: null }, [], { to: 'ArrangingPayment', at: at(1) }, form)).toEqual([])
  })

  test('the shop’s integers become the currency’s minor units', () => {
    expect([
      minorUnits(1234, 'EUR', form),
      minorUnits(150000, 'JPY', form),
      minorUnits(1234, 'KWD', form),
      minorUnits(-1250, 'JPY', form),
      minorUnits(1500, 'JPY', { precision: 0 }),
    ]).toEqual([1234, 1500, 12340, -13, 1500])
  })

  test('a refund that was settled is money back; one that waits is nothing yet', () => {
    const refund = { id: 7, total: 2500, reason: 'broken on arrival' }
    const [told] = ofRefund(refund, order, { to: 'Settled', at: at(9) }, form)
    expect(told!.record).toMatchObject({
      name: 'order_refunded',
      orderId: 'T3EPST',
      props: { refundMinor: 2500, currency: 'EUR', reason_code: 'broken on arrival' },
    })
    expect(parse('events', structuredClone(told!.record))).toMatchObject({ ok: true })
    expect(ofRefund(refund, order, { to: 'Pending', at: at(9) }, form)).toEqual([])
  })

  test('a review is a voice; an empty one is not', () => {
    const [told] = ofReview({
      id: 1,
      summary: 'Warm',
      body: 'Light is soft',
      rating: 5,
      createdAt: new Date(at(3)),
      productId: 3,
    })
    expect(parse('voices', structuredClone(told!.record))).toMatchObject({
      ok: true,
      record: { text: 'Warm\nLight is soft', rating: 5, productId: '3' },
    })
    expect(ofReview({ id: 2, body: ' ', createdAt: new Date(at(3)) })).toEqual([])
  })
})
