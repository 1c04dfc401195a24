import {
  countCell,
  currencyOfRow,
  isRounded,
  moneyCell,
  NO_CURRENCY,
  paidBackCell,
  personCell,
  plainCell,
  ROUNDED,
  timeOf,
  wholeMoney,
} from '../../cells/cells.ts'
import { joined } from '../../happenings/happened.ts'
import type { Item, ReadContext } from '../../source/item.ts'
import { leave, mapped } from '../../source/mapping.ts'
import { defineTableSource, type Row } from '../../source/table-source.ts'
import { ticketNumbers } from '../../talk/tickets.ts'
import { columns } from './columns.ts'

type Field = keyof typeof columns

export const ordersTable = defineTableSource({
  id: 'orders-table',
  zh: '订单表（淘宝、天猫、京东、抖店、拼多多等导出）',
  en: 'Orders as a table (exports of Taobao, Tmall, JD, Douyin, Pinduoduo and others)',
  shelf: 'table',
  broad: 0.75,
  describe: {
    zh: '按列名识别中英文订单表，认不出的列可用 --map orderedAt=列名 指定。同一订单的多行须相邻。中文列名按人民币读；英文表须有币种列或 --set order.currency=USD。“买家实际支付金额 + 退款金额 = 总金额”的表，实付按退款前还原。退款不等于退货：没有退货时间就不算退货。',
    en: 'Columns are known by their names in Chinese and English; others are given by --map orderedAt=COLUMN. Rows of one order must stand together. Chinese columns mean CNY; English tables need a currency column or --set order.currency=USD. Where paid + refunded = total, what was paid is taken as before the refund. A refund is no return: that needs a return time.',
  },
  requires: [columns.id.join('|'), columns.orderedAt.join('|')],
  // Shopify repeats an order's own fields in its first line only: shopify-csv knows that.
  excludes: ['lineitem name', ...ticketNumbers],
  togetherBy: columns.id,
  mapping: mapped({
    'order.id': columns.id,
    'order.orderedAt': columns.orderedAt,
    'order.promisedAt': columns.promisedAt,
    'order.shippedAt': columns.shippedAt,
    'order.deliveredAt': columns.deliveredAt,
    'order.cancelledAt': columns.cancelledAt,
    'order.updatedAt': columns.updatedAt,
    'order.currency': columns.currency,
    'order.customerRef': columns.customerRef,
    'order.merchantId': columns.merchantId,
    'order.city': columns.city,
    'order.channel': columns.channel,
    'order.lines[].productId': columns.productId,
    'order.lines[].category': columns.category,
    'order.lines[].quantity': columns.quantity,
    'order.lines[].amountMinor': [...columns.lineAmount, ...columns.paid, ...columns.price],
    'order.lines[].refundMinor': columns.refund,
    'order.lines[].returnedAt': columns.returnedAt,
    'order.lines[].returnReason': columns.returnReason,
    'order.facts.paid': columns.paidAt,
    'order.facts.total_minor': columns.total,
    'order.facts.freight_minor': columns.freight,
    'order.facts.discount_minor': columns.discount,
    'order.facts.status': columns.status,
    'order.facts.after_sale': columns.afterSale,
    'order.facts.close_reason': columns.closeReason,
    'order.facts.province': [...columns.province, ...columns.address],
    'order.facts.carrier': columns.carrier,
    'order.facts.waybill': columns.waybill,
    'order.facts.variant': columns.variant,
    'product.title': columns.title,
  }),
  leftOut: [
    ...leave(
      '姓名、电话、账号与详细地址属于个人信息',
      'names, phones, accounts and addresses are personal data',
      '收货人姓名',
      '联系电话',
      '联系手机',
      '买家支付宝账号',
      '客户姓名',
      '客户地址',
      '收件人',
      '收件人手机号',
      '收货人',
      '手机',
      '详细地址',
      '街道',
      '区',
      '身份证号',
      '身份证姓名',
    ),
    ...leave(
      '下单时的留言与店员备注，不是反馈',
      'wishes and staff remarks, not feedback',
      '买家留言',
      '订单备注',
      '商家备注',
      '备注',
      '旗帜颜色',
    ),
    ...leave(
      '买家确认或系统自动完成，晚于送达',
      'the buyer’s or the system’s confirmation, days after delivery',
      '确认收货时间',
      '订单完成时间',
      '交易成功时间',
    ),
    ...leave(
      '积分、红包、发票与结算明细',
      'points, vouchers, invoices and settlement',
      '买家支付积分',
      '返点积分',
      '买家实际支付积分',
      '买家应付货款',
      '卖家服务费',
      '买家服务费',
      '发票抬头',
      '打款商家金额',
      '天猫卡券抵扣',
      '集分宝抵扣',
      '商家实收金额(元)',
      '平台优惠折扣(元)',
      '支付方式',
      '余额支付',
      '承诺发货时间',
      '子订单编号',
      '订单类型',
      '宝贝种类',
      '运送方式',
      '样式id',
    ),
  ],
  read,
})

const han = /\p{Script=Han}/u
const chinese = Object.values(columns)
  .flat()
  .filter((name) => han.test(name))

function read(first: Row, context: ReadContext, rows: readonly Row[]): Item[] {
  const text = (field: Field, row = first) => plainCell(row(...columns[field]))
  const id = text('id')
  if (isRounded(id)) return [{ dead: ROUNDED }]
  const currency = currencyOfRow(text('currency'), context, first(...chinese) !== undefined)
  if (currency === undefined) return [{ dead: NO_CURRENCY }]
  const time = (field: Field, row = first) => timeOf(row(...columns[field]), context.zone)
  const paidAt = time('paidAt')
  const fact = (field: Field) => text(field)?.slice(0, 200)
  return [
    ...rows.flatMap((row) => productOf(row)),
    {
      order: {
        id,
        currency,
        orderedAt: time('orderedAt'),
        promisedAt: time('promisedAt'),
        shippedAt: time('shippedAt'),
        deliveredAt: time('deliveredAt'),
        cancelledAt: time('cancelledAt'),
        updatedAt: time('updatedAt'),
        customerRef: personCell(text('customerRef')),
        merchantId: text('merchantId'),
        city: text('city')?.slice(0, 80),
        channel: text('channel')?.slice(0, 40),
        lines: rows.map((row) => lineOf(row, currency, context.zone, rows.length === 1)),
        facts: {
          ...(hasPaidColumn(first) && { paid: paidAt !== undefined }),
          total_minor: wholeMoney(text('total'), currency),
          freight_minor: wholeMoney(text('freight'), currency),
          discount_minor: wholeMoney(text('discount'), currency),
          status: fact('status'),
          after_sale: fact('afterSale'),
          close_reason: fact('closeReason'),
          province: fact('province') ?? provinceOf(text('address')),
          carrier: fact('carrier'),
          waybill: fact('waybill'),
          variant: joined(
            rows.map((row) => text('variant', row)),
            200,
          ),
        },
      },
    },
  ]
}

/** A table that has times of payment says of every row whether it was paid; a blank cell looks like no column, so an amount must stand there. */
const hasPaidColumn = (row: Row): boolean =>
  row(...columns.paidAt) !== undefined || row('买家实际支付金额') !== undefined

/** The line's own amount; an order of one row may give the order's; else price × quantity. An order's amount is never put on several lines. */
function lineOf(row: Row, currency: string, zone: string, alone: boolean) {
  const quantity = countCell(row(...columns.quantity)) ?? 1
  const price = moneyCell(row(...columns.price), currency)
  const whole = typeof price === 'number' && typeof quantity === 'number' ? price * quantity : price
  const refund = paidBackCell(row(...columns.refund), currency)
  return {
    productId: plainCell(row(...columns.productId)),
    category: plainCell(row(...columns.category))?.slice(0, 80),
    quantity,
    amountMinor:
      moneyCell(row(...columns.lineAmount), currency) ?? (alone ? paidFor(row, currency, refund) : undefined) ?? whole,
    refundMinor: refund === 0 ? undefined : refund,
    returnedAt: timeOf(row(...columns.returnedAt), zone),
    returnReason: plainCell(row(...columns.returnReason))?.slice(0, 500),
  }
}

/** Tmall's report gives what is left of the payment after refunds: where both come to the total, that was paid. */
function paidFor(row: Row, currency: string, refund: unknown): unknown {
  const paid = moneyCell(row(...columns.paid), currency)
  const total = moneyCell(row(...columns.total), currency)
  const both = typeof paid === 'number' && typeof refund === 'number' && refund > 0
  return both && paid + refund === total ? total : (paid ?? total)
}

function productOf(row: Row): Item[] {
  const id = plainCell(row(...columns.productId))
  const title = plainCell(row(...columns.title))
  const category = plainCell(row(...columns.category))?.slice(0, 80)
  return id && title ? [{ product: { id, title: title.slice(0, 300), category } }] : []
}

/** Of an address only the province or city at its beginning is kept. */
const provinceOf = (address: string | undefined): string | undefined =>
  address === undefined
    ? undefined
    : (/^(?:.{2,7}?(?:特别行政区|自治区|省)|(?:北京|天津|上海|重庆)市?)/.exec(address)?.[0] ??
      (/^\p{Script=Han}{2,8}$/u.test(address) ? address : undefined))
