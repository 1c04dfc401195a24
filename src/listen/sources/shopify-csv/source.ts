import { countCell, moneyCell, NO_CURRENCY, personCell, plainCell, timeOf, wholeMoney } from '../../cells/cells.ts'
import { currencyOf, wholeNumber } from '../../decode/money.ts'
import { happened } from '../../happenings/happened.ts'
import type { Item, ReadContext } from '../../source/item.ts'
import { leave, mapped } from '../../source/mapping.ts'
import { defineTableSource, type Row } from '../../source/table-source.ts'

/** Shopify's own export of orders: one row a line item; the order's fields stand in its first row only. */
export const shopifyCsv = defineTableSource({
  id: 'shopify-csv',
  zh: 'Shopify 订单导出（CSV）',
  en: 'Shopify orders export (CSV)',
  shelf: 'shop',
  describe: {
    zh: 'Shopify 后台“导出订单”的 CSV：每行一个商品，订单信息只在首行。商品以 SKU 为编号。已退款金额记为事实：没有说明是否退货。',
    en: 'The CSV of Shopify’s “Export orders”: one row a line item, the order’s fields in its first row. Products are known by their SKU. The refunded amount is a fact of the order: the file does not say whether goods came back.',
  },
  requires: ['Name', 'Lineitem name', 'Lineitem price', 'Created at'],
  togetherBy: ['Name'],
  mapping: mapped({
    'order.id': ['Id', 'Name'],
    'order.currency': 'Currency',
    'order.customerRef': 'Email',
    'order.orderedAt': 'Created at',
    'order.cancelledAt': 'Cancelled at',
    'order.shippedAt': 'Fulfilled at',
    'order.city': 'Shipping City',
    'order.channel': 'Source',
    'order.lines[].productId': 'Lineitem sku',
    'order.lines[].quantity': 'Lineitem quantity',
    'order.lines[].amountMinor': ['Lineitem price', 'Lineitem discount'],
    'order.facts.name': 'Name',
    'order.facts.financial_status': 'Financial Status',
    'order.facts.fulfillment_status': 'Fulfillment Status',
    'order.facts.total_minor': 'Total',
    'order.facts.shipping_minor': 'Shipping',
    'order.facts.tax_minor': 'Taxes',
    'order.facts.discount_minor': 'Discount Amount',
    'order.facts.refund_minor': 'Refunded Amount',
    'order.facts.discount_codes': 'Discount Code',
    'order.facts.tags': 'Tags',
    'order.facts.country': 'Shipping Country',
    'order.facts.shipping_method': 'Shipping Method',
    'product.title': 'Lineitem name',
    'product.attributes.vendor': 'Vendor',
    'event.at': 'Paid at',
  }),
  leftOut: [
    ...leave(
      '个人信息',
      'personal data',
      'Phone',
      ...['Billing', 'Shipping'].flatMap((side) =>
        ['Name', 'Street', 'Address1', 'Address2', 'Company', 'Zip', 'Province', 'Phone', 'Province Name'].map(
          (name) => `${side} ${name}`,
        ),
      ),
      'Billing City',
      'Billing Country',
    ),
    ...leave('下单留言与店员备注', 'wishes and staff remarks', 'Notes', 'Note Attributes'),
    ...leave(
      '内部编号、支付与营销许可',
      'internal numbers, payment and consent',
      'Accepts Marketing',
      'Subtotal',
      'Payment Method',
      'Payment Reference',
      'Payment References',
      'Payment ID',
      'Payment Terms Name',
      'Next Payment Due At',
      'Outstanding Balance',
      'Employee',
      'Location',
      'Device ID',
      'Risk Level',
      'Receipt Number',
      'Duties',
      'Lineitem compare at price',
      'Lineitem requires shipping',
      'Lineitem taxable',
      'Lineitem fulfillment status',
      ...[1, 2, 3, 4, 5].flatMap((n) => [`Tax ${n} Name`, `Tax ${n} Value`]),
    ),
  ],
  read,
})

function read(first: Row, { zone, settings }: ReadContext, rows: readonly Row[]): Item[] {
  const text = (name: string) => plainCell(first(name))
  const currency = currencyOf(text('Currency')) ?? currencyOf(settings?.['order.currency'])
  if (currency === undefined) return [{ dead: NO_CURRENCY }]
  const fact = (name: string) => text(name)?.slice(0, 200)
  const amount = (name: string) => wholeMoney(first(name), currency)
  const id = text('Id') ?? text('Name')
  const customerRef = personCell(first('Email'))
  const paidAt = timeOf(first('Paid at'), zone)
  return [
    ...rows.flatMap(productOf),
    {
      order: {
        id,
        currency,
        customerRef,
        orderedAt: timeOf(first('Created at'), zone),
        cancelledAt: timeOf(first('Cancelled at'), zone),
        shippedAt: timeOf(first('Fulfilled at'), zone),
        city: text('Shipping City')?.slice(0, 80),
        channel: text('Source')?.slice(0, 40),
        lines: rows.map((row) => lineOf(row, currency)),
        facts: {
          name: fact('Name'),
          financial_status: fact('Financial Status'),
          fulfillment_status: fact('Fulfillment Status'),
          total_minor: amount('Total'),
          shipping_minor: amount('Shipping'),
          tax_minor: amount('Taxes'),
          discount_minor: amount('Discount Amount'),
          refund_minor: Math.abs(amount('Refunded Amount') ?? 0) || undefined,
          discount_codes: fact('Discount Code'),
          tags: fact('Tags'),
          country: fact('Shipping Country'),
          shipping_method: fact('Shipping Method'),
        },
      },
    },
    ...(paidAt === undefined
      ? []
      : [
          {
            event: {
              ...happened('payment_succeeded'),
              id: id && `shopify-paid-${id}`,
              at: paidAt,
              orderId: id,
              customerRef,
            },
          },
        ]),
  ]
}

function lineOf(row: Row, currency: string) {
  const quantity = countCell(row('Lineitem quantity'))
  const price = moneyCell(row('Lineitem price'), currency)
  const off = wholeNumber(moneyCell(row('Lineitem discount'), currency)) ?? 0
  return {
    productId: plainCell(row('Lineitem sku')),
    quantity,
    amountMinor: typeof price === 'number' && typeof quantity === 'number' ? price * quantity - off : price,
  }
}

function productOf(row: Row): Item[] {
  const id = plainCell(row('Lineitem sku'))
  const title = plainCell(row('Lineitem name'))
  return id && title
    ? [{ product: { id, title: title.slice(0, 300), attributes: { vendor: plainCell(row('Vendor')) } } }]
    : []
}
