import { countCell, moneyCell, NO_CURRENCY, plainCell, timeOf, wholeMoney } from '../../cells/cells.ts'
import { currencyOf, wholeNumber } from '../../decode/money.ts'
import { happened, joined } from '../../happenings/happened.ts'
import { because } from '../../reasons/reason.ts'
import type { Item, ReadContext } from '../../source/item.ts'
import { leave, mapped } from '../../source/mapping.ts'
import { defineTableSource, type Row } from '../../source/table-source.ts'

const ID = ['amazon-order-id', 'order-id']

export const amazonOrders = defineTableSource({
  id: 'amazon-orders',
  zh: '亚马逊订单报告（平面文件）',
  en: 'Amazon orders (flat-file report)',
  shelf: 'shop',
  describe: {
    zh: '卖家平台“所有订单”等以制表符分隔的报告，每行一个商品，同一订单的行须相邻。待付款订单没有币种与金额：币种按站点（如 Amazon.co.jp = JPY）补，金额为 0；数量全为 0 的已取消订单只成为事件。',
    en: 'Seller Central’s tab-separated order reports, one row an item; rows of an order stand together. Pending orders have neither currency nor amounts: the currency is then the marketplace’s (Amazon.co.jp = JPY), the amount 0. Cancelled orders with no quantity left become an event only.',
  },
  form: { quoted: 'commas' },
  requires: [ID.join('|'), 'purchase-date', 'sku|asin'],
  togetherBy: ID,
  mapping: mapped({
    'order.id': ID,
    'order.orderedAt': 'purchase-date',
    'order.updatedAt': 'last-updated-date',
    'order.currency': ['currency', 'sales-channel'],
    'order.city': 'ship-city',
    'order.channel': 'sales-channel',
    'order.lines[].productId': ['asin', 'sku'],
    'order.lines[].quantity': ['quantity', 'quantity-purchased'],
    'order.lines[].amountMinor': ['item-price', 'item-promotion-discount'],
    'order.facts.status': 'order-status',
    'order.facts.fulfilment': ['fulfillment-channel', 'fulfilment-channel'],
    'order.facts.ship_level': 'ship-service-level',
    'order.facts.country': 'ship-country',
    'order.facts.state': 'ship-state',
    'order.facts.shipping_minor': 'shipping-price',
    'order.facts.tax_minor': 'item-tax',
    'order.facts.skus': 'sku',
    'order.facts.business': 'is-business-order',
    'product.title': 'product-name',
    'event.props.status_raw': 'item-status',
  }),
  leftOut: [
    ...leave(
      '个人信息',
      'personal data',
      'ship-postal-code',
      'buyer-email',
      'buyer-name',
      'buyer-phone-number',
      'recipient-name',
      'ship-address-1',
      'ship-address-2',
      'ship-address-3',
      'ship-phone-number',
      'buyer-company-name',
      'buyer-tax-registration-id',
      'cpf',
    ),
    ...leave(
      '内部编号与税务明细',
      'internal numbers and taxes',
      'merchant-order-id',
      'order-channel',
      'url',
      'shipping-tax',
      'gift-wrap-price',
      'gift-wrap-tax',
      'ship-promotion-discount',
      'promotion-ids',
      'purchase-order-number',
      'price-designation',
      'order-item-id',
      'payments-date',
      'signature-confirmation-recommended',
      'item-extensions-data',
      'is-heavy-or-bulky',
      'is-replacement-order',
      'original-order-id',
      'is-amazon-invoiced',
      'vat-exclusive-item-price',
      'vat-exclusive-shipping-price',
      'vat-exclusive-giftwrap-price',
      'is-sold-by-ab',
      'licensee-name',
      'license-number',
      'license-state',
      'license-expiration-date',
      'is-exchange-order',
      'is-transparency',
      'default-ship-from-address-name',
      'is-iba',
      'fulfilled-by',
      'address-type',
      'is-buyer-requested-cancellation',
      'buyer-requested-cancel-reason',
      'tax-collection-model',
      'tax-collection-responsible-party',
      'number-of-items',
      'delivery-start-date',
      'delivery-end-date',
      'delivery-time-zone',
      'delivery-instructions',
      'shipment-status',
      'reporting-date',
      'promise-date',
      'days-past-promise',
      'quantity-shipped',
      'quantity-to-ship',
    ),
  ],
  read,
})

/** Currencies of Amazon’s marketplaces. */
const marketplaces: Record<string, string> = {
  com: 'USD',
  ca: 'CAD',
  'com.mx': 'MXN',
  'com.br': 'BRL',
  'co.uk': 'GBP',
  de: 'EUR',
  fr: 'EUR',
  it: 'EUR',
  es: 'EUR',
  nl: 'EUR',
  ie: 'EUR',
  'com.be': 'EUR',
  se: 'SEK',
  pl: 'PLN',
  'com.tr': 'TRY',
  ae: 'AED',
  sa: 'SAR',
  eg: 'EGP',
  in: 'INR',
  'co.jp': 'JPY',
  'com.au': 'AUD',
  sg: 'SGD',
  'co.za': 'ZAR',
}

function read(first: Row, context: ReadContext, rows: readonly Row[]): Item[] {
  const text = (name: string) => plainCell(first(name))
  const id = plainCell(first(...ID))
  const channel = text('sales-channel')
  const counts = rows.map((row) => countCell(row('quantity', 'quantity-purchased')))
  if (counts.every((count) => count === 0)) return cancelled(first, id, context)
  const currency =
    rows.map((row) => currencyOf(plainCell(row('currency')))).find((code) => code !== undefined) ??
    currencyOf(context.settings?.['order.currency']) ??
    marketplaces[/^amazon\.(.+)$/i.exec(channel ?? '')?.[1]?.toLowerCase() ?? '']
  if (currency === undefined) return [{ dead: NO_CURRENCY }]
  const sum = (name: string) => {
    const amounts = rows.map((row) => wholeMoney(row(name), currency)).filter((amount) => amount !== undefined)
    return amounts.length > 0 ? amounts.reduce((total, amount) => total + amount, 0) : undefined
  }
  return [
    ...rows.flatMap(productOf),
    {
      order: {
        id,
        currency,
        orderedAt: timeOf(first('purchase-date'), context.zone),
        updatedAt: timeOf(first('last-updated-date'), context.zone),
        city: text('ship-city')?.slice(0, 80),
        channel: channel?.slice(0, 40),
        lines: rows.filter((_, place) => counts[place] !== 0).map((row) => lineOf(row, currency)),
        facts: {
          status: text('order-status'),
          fulfilment: plainCell(first('fulfillment-channel', 'fulfilment-channel')),
          ship_level: text('ship-service-level'),
          country: text('ship-country'),
          state: text('ship-state'),
          shipping_minor: sum('shipping-price'),
          tax_minor: sum('item-tax'),
          skus: joined(
            rows.map((row) => plainCell(row('sku'))),
            200,
          ),
          business: text('is-business-order')?.toLowerCase() === 'true' || undefined,
        },
      },
    },
  ]
}

/** The item's price is of all units together; the promotion is what was taken off it. */
function lineOf(row: Row, currency: string) {
  const price = moneyCell(row('item-price'), currency)
  const off = Math.abs(wholeNumber(moneyCell(row('item-promotion-discount'), currency)) ?? 0)
  return {
    productId: plainCell(row('asin', 'sku')),
    quantity: countCell(row('quantity', 'quantity-purchased')),
    amountMinor: typeof price === 'number' ? price - off : price,
  }
}

function productOf(row: Row): Item[] {
  const id = plainCell(row('asin', 'sku'))
  const title = plainCell(row('product-name'))
  return id && title ? [{ product: { id, title: title.slice(0, 300) } }] : []
}

function cancelled(row: Row, orderId: string | undefined, { zone }: ReadContext): Item[] {
  if (!/^cancel/i.test(plainCell(row('order-status')) ?? ''))
    return [{ dead: { field: 'quantity', reason: because('nothing_ordered') } }]
  return [
    {
      event: {
        ...happened('order_cancelled'),
        id: orderId && `amazon-cancel-${orderId}`,
        at: timeOf(row('last-updated-date', 'purchase-date'), zone),
        orderId,
        productId: plainCell(row('asin', 'sku')),
        props: { status_raw: plainCell(row('item-status', 'order-status')) },
      },
    },
  ]
}
