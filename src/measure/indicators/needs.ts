import type { Words } from '../../core/words.ts'
import type { IndicatorId } from './list.ts'

const promise: Words = {
  zh: '订单里的承诺送达时间 promisedAt 与送达时间 deliveredAt',
  en: 'promisedAt and deliveredAt with each order',
}
const delivery: Words = { zh: '订单里的送达时间 deliveredAt', en: 'deliveredAt with each order' }
const chats: Words = {
  zh: '客服对话的每一句（voice），带 conversation 与 speaker',
  en: 'every message of a service chat (voice) with conversation and speaker',
}
const customers: Words = { zh: '带顾客标识 customerRef 的订单', en: 'orders with customerRef' }
const ratings: Words = { zh: '带打分 rating 的评价', en: 'reviews with a rating' }
const pages: Words = {
  zh: '网页或 App 的浏览事件，带会话 session（如 product_viewed、product_added、payment_succeeded）',
  en: 'events of the website or app with their session, such as product_viewed, product_added and payment_succeeded',
}
const returns: Words = { zh: '订单行里的退货时间 returnedAt', en: 'returnedAt with each order line' }

/** What to send, by indicator, where a tenant's data tell nothing of it: fields and events as docs/records.md names them. */
export const needs = {
  nps: { zh: '推荐意愿问卷的回答（metric 为 nps）', en: 'answers to the NPS question (metric nps)' },
  csat: { zh: '满意度问卷的回答（metric 为 csat）', en: 'answers to a satisfaction survey (metric csat)' },
  ces: { zh: '费力度问卷的回答（metric 为 ces）', en: 'answers to the effort question (metric ces)' },
  rating: ratings,
  bad_review_rate: ratings,
  positive_share: { zh: '评价、客服对话或问卷里的文字', en: 'reviews, chats or survey answers with words' },
  answer_rate: chats,
  first_answer_time: chats,
  first_answer_p90: chats,
  handling_time: chats,
  handling_p90: chats,
  first_contact_resolution: {
    zh: `${chats.zh}，以及顾客标识 customerRef`,
    en: `${chats.en}, and customerRef`,
  },
  contact_rate: { zh: `${chats.zh}，并带订单号 orderId`, en: `${chats.en}, and orderId` },
  complaint_rate: {
    zh: '投诉（voice，kind 为 complaint）并带订单号 orderId',
    en: 'complaints (voice, kind complaint) with their orderId',
  },
  on_time_rate: promise,
  experience_delay_rate: promise,
  delivery_time: delivery,
  delivery_p90: delivery,
  return_rate: returns,
  refund_rate: { zh: '订单行里的退款额 refundMinor', en: 'refundMinor with each order line' },
  cancel_rate: { zh: '订单里的取消时间 cancelledAt', en: 'cancelledAt with each order' },
  average_order_value: { zh: '订单行里的金额 amountMinor', en: 'amountMinor with each order line' },
  repurchase_rate: customers,
  lapse_rate: customers,
  conversion: pages,
  search_to_view: pages,
  view_to_cart: pages,
  payment_success: {
    zh: '事件 payment_succeeded 与 payment_failed',
    en: 'the events payment_succeeded and payment_failed',
  },
  zero_result_rate: {
    zh: '事件 searched，并带结果数 props.results',
    en: 'the event searched with props.results, how many products were found',
  },
  recommended_click_rate: {
    zh: '事件 product_list_viewed 与 product_clicked，props.list 为 recommended',
    en: 'the events product_list_viewed and product_clicked with props.list recommended',
  },
} as const satisfies Readonly<Record<IndicatorId, Words>>

/** Of an indicator that the tenant put together. */
const ownNeeds: Words = { zh: '符合它的定义的记录', en: 'records that fit its definition' }

export const needsOf = (id: string): Words => (needs as Readonly<Record<string, Words>>)[id] ?? ownNeeds
