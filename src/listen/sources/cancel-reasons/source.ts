import { defineReasons } from '../reasons.ts'

export const cancelReasons = defineReasons({
  id: 'cancel-reasons',
  zh: '取消订单原因表',
  en: 'Reasons of cancelled orders, as a table',
  describe: {
    zh: '每行一张被取消的订单：订单号、时间、原因（可另有说明、分类、取消方）。商家或系统取消的原因不算顾客的话。列名认不出时用 --map orderId=列名。',
    en: 'One cancelled order a row: order, time, reason (and words, category, who cancelled). What a shop or a system gives as reason is not the customer’s voice. Other columns: --map orderId=COLUMN.',
  },
  kind: 'cancel_reason',
  event: 'order_cancelled',
  reason: [
    'reason',
    '取消原因',
    '订单关闭原因',
    '关闭原因',
    '原因',
    'cancel_reason',
    'cancel reason',
    'cancellation_reason',
    'cancellation reason',
  ],
  time: [
    'at',
    '取消时间',
    '订单取消时间',
    '关闭时间',
    '时间',
    'cancelled_at',
    'canceled_at',
    'cancel_time',
    'time',
    'date',
    'created_at',
  ],
  refundedAt: [],
})
