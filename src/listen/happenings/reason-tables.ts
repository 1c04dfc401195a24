import type { Words } from '../../core/words.ts'
import {
  countCell,
  currencyOfRow,
  isRounded,
  paidBackCell,
  personCell,
  plainCell,
  ROUNDED,
  timeOf,
} from '../cells/cells.ts'
import { wholeNumber } from '../decode/money.ts'
import { because } from '../reasons/reason.ts'
import type { Item, ReadContext } from '../source/item.ts'
import { leave, mapped } from '../source/mapping.ts'
import { defineTableSource, type Row } from '../source/table-source.ts'
import { ticketNumbers } from '../talk/tickets.ts'
import { happened } from './happened.ts'

const shared = {
  id: ['id', '退款编号', '售后编号', '售后单号', '退货单号', '服务单号', 'refund_id', 'return_id', 'rma', 'case_id'],
  orderId: ['orderId', '订单编号', '订单号', '主订单编号', 'order_id', 'order id', 'order number', 'order_no'],
  words: [
    'text',
    '买家退款说明',
    '退款说明',
    '退货说明',
    '问题描述',
    '买家说明',
    '详细说明',
    '说明',
    '描述',
    '留言',
    'comment',
    'comments',
    'customer_comments',
    'description',
    'note',
    'details',
  ],
  category: ['category', '原因分类', '原因类型', '一级原因', '分类', 'reason_category', 'reason_type'],
  productId: ['productId', '商品id', '商品编号', '商品编码', '宝贝id', 'product_id', 'product id', 'sku'],
  customerRef: ['customerRef', '买家会员名', '买家id', '用户id', '客户账号', 'customer_id', 'user_id'],
  quantity: ['quantity', '退货数量', '数量', 'qty'],
  refund: ['refund', '退款金额', '买家退款金额', '实退金额', 'refund_amount', 'refund amount'],
  currency: ['currency', '币种', 'currency_code'],
  by: ['by', '取消方', '发起方', '申请方', '取消人', 'cancelled_by', 'initiated_by'],
  merchantId: ['merchantId', '店铺', '店铺名称', 'merchant_id', 'shop_id'],
} as const

interface Reasons extends Words {
  id: string
  describe: Words
  kind: 'cancel_reason' | 'return_reason'
  event: 'order_cancelled' | 'return_requested'
  reason: readonly string[]
  time: readonly string[]
  /** Columns of the moment at which the money was paid back. */
  refundedAt: readonly string[]
  /** Whether it is about goods or money alone, and how far it is. */
  type: readonly string[]
  status: readonly string[]
}

const han = /\p{Script=Han}/u
const chineseColumns = Object.values(shared)
  .flat()
  .filter((name) => han.test(name))

/** A table of why orders were cancelled or goods sent back: each row an event, and a voice where the customer gave a reason. */
export const defineReasons = ({ kind, event, reason, time, refundedAt, type, status, ...source }: Reasons) =>
  defineTableSource({
    ...source,
    shelf: 'table',
    broad: 0.7,
    // Amazon's report of returns: amazon-returns knows its columns.
    excludes: ['license_plate_number', 'fnsku', ...ticketNumbers],
    requires: [shared.orderId.join('|'), [...reason, ...shared.words].join('|')],
    mapping: mapped({
      'voice.id': shared.id,
      'voice.orderId': shared.orderId,
      'voice.text': [...shared.words, ...reason],
      'voice.at': time,
      'voice.productId': shared.productId,
      'voice.customerRef': shared.customerRef,
      'voice.merchantId': shared.merchantId,
      'voice.facts.reason_category': shared.category,
      'event.props.reason_code': reason,
      'event.props.quantity': shared.quantity,
      'event.props.refundMinor': shared.refund,
      'event.props.currency': shared.currency,
      'event.props.by': shared.by,
      'event.props.type': type,
      'event.props.status_raw': status,
      ...(refundedAt.length > 0 && { 'event.at': refundedAt }),
    }),
    leftOut: leave(
      '姓名、电话、地址属于个人信息',
      'names, phones and addresses are personal data',
      '收货人',
      '收货人姓名',
      '联系电话',
      '手机',
      '收货地址',
      'name',
      'phone',
      'email',
      'address',
    ),
    read: (row, context) => readReason(row, context, { kind, event, reason, time, refundedAt, type, status }),
  })

type Way = Pick<Reasons, 'kind' | 'event' | 'reason' | 'time' | 'refundedAt' | 'type' | 'status'>

function readReason(row: Row, context: ReadContext, way: Way): Item[] {
  const text = (names: readonly string[]) => plainCell(row(...names))
  const orderId = text(shared.orderId)
  if (isRounded(orderId)) return [{ dead: ROUNDED }]
  const own = text(shared.id)
  const id = own && `${way.kind}-${own}`
  const reason = text(way.reason)
  const words = text(shared.words) ?? reason
  const about = {
    at: timeOf(row(...way.time), context.zone),
    orderId,
    productId: text(shared.productId),
    customerRef: personCell(row(...shared.customerRef)),
    merchantId: text(shared.merchantId),
  }
  const currency = currencyOfRow(text(shared.currency), context, row(...chineseColumns) !== undefined)
  const props = {
    reason_code: reason,
    reason_category: text(shared.category),
    quantity: countCell(row(...shared.quantity)),
    by: text(shared.by),
    type: text(way.type),
    status_raw: text(way.status),
    refundMinor: wholeNumber(paidBackCell(text(shared.refund), currency)),
    currency: text(shared.refund) === undefined ? undefined : currency,
  }
  const refundedAt = timeOf(row(...way.refundedAt), context.zone)
  const back = way.kind === 'return_reason' && goodsCameBack(row, way, text) ? { goods_back: true } : {}
  return [
    { event: { ...about, ...happened(way.event), id, props: { ...props, ...back } } },
    ...(refundedAt === undefined
      ? []
      : [
          {
            event: {
              ...about,
              ...happened('order_refunded'),
              at: refundedAt,
              id: id && `${id}-refunded`,
              props: { ...props, ...back },
            },
          },
        ]),
    ...(words === undefined
      ? [{ skipped: because('no_reason') }]
      : [
          {
            voice: {
              ...about,
              id,
              kind: way.kind,
              speaker: speakerOf(text(shared.by), words),
              text: words,
              facts: { reason_code: reason === words ? undefined : reason, reason_category: text(shared.category) },
            },
          },
        ]),
  ]
}

const MONEY_ONLY = /仅退款|只退款|不退货|refund.?only|换货|维修|补发|exchange|replace|repair|warranty/i
const STILL_OPEN = /未|待|处理中|申请中|pending|open|request/i
const DONE = /成功|完成|完结|已退|complete|done|refunded|received|success/i
const CAME_TO_NOTHING = /关闭|撤销|撤回|取消|拒绝|驳回|失败|close|cancel|declin|reject|denied|fail|withdraw/i
const ASKED_FOR = /申请|request/i

/**
 * Whether a row tells of goods that came back: not where it is about money or an exchange alone, not where it was withdrawn, refused or is
 * still open. Where neither a status nor a time of the refund says so, a row that only tells when it was asked for is not there yet.
 */
function goodsCameBack(row: Row, way: Way, text: (names: readonly string[]) => string | undefined): boolean {
  if (MONEY_ONLY.test(text(way.type) ?? '')) return false
  const status = text(way.status) ?? ''
  if (STILL_OPEN.test(status)) return false
  if (plainCell(row(...way.refundedAt)) !== undefined || DONE.test(status)) return true
  const returned = way.time.filter((name) => !ASKED_FOR.test(name))
  return !CAME_TO_NOTHING.test(status) && plainCell(row(...returned)) !== undefined
}

/** What a shop's system writes where nobody gave a reason. */
const BY_ITSELF =
  /系统(?:自动)?(?:取消|关闭|退款)|(?:超时|逾期).{0,6}(?:未支付|未付款|未支付|关闭|取消)|自动(?:取消|关闭)|^(?:未付款|未支付)$|auto(?:matically)?[ -]?cancel|payment (?:timed? ?out|expired|timeout)/i

/** Who cancelled says whose words the reason are. */
function speakerOf(by: string | undefined, words: string): 'customer' | 'agent' | 'system' {
  if (by === undefined) return BY_ITSELF.test(words) ? 'system' : 'customer'
  if (/系统|平台|超时|system|auto|platform/i.test(by)) return 'system'
  return /商家|卖家|店铺|客服|仓|seller|merchant|shop|agent|staff/i.test(by) ? 'agent' : 'customer'
}
