import { COMPLAINT_DAYS } from '../../indicators/complaint_rate/complaint_rate.ts'
import { RESOLVED_DAYS } from '../../indicators/conversations.ts'
import { defineModule, praise } from '../define.ts'

const chats = {
  zh: '客服对话：每条消息带 conversation、speaker 和时间',
  en: 'service chats: every message with conversation, speaker and time',
}

export const support = defineModule({
  id: 'support',
  zh: '客户服务',
  en: 'Customer support',
  about: {
    zh: '问得到人、答得快、一次说清，退换与退款不费劲',
    en: 'Reached at once, answered fast, settled in one go; returning and refunds without effort',
  },
  department: 'customer-service',
  touchpoints: ['browse.enquiry', 'aftersale.service', 'aftersale.return', 'aftersale.refund'],
  kpis: [
    { id: 'answer_rate', by: ['merchant', 'category', 'hour', 'weekday'], send: chats },
    { id: 'first_answer_time', by: ['merchant', 'category', 'hour', 'weekday'], send: chats },
    {
      id: 'first_contact_resolution',
      by: ['merchant', 'category', 'city'],
      knownAfterDays: RESOLVED_DAYS,
      send: { zh: `${chats.zh}，以及顾客标识 customerRef`, en: `${chats.en}, and customerRef` },
    },
    { id: 'handling_time', by: ['merchant', 'category', 'hour'], send: chats },
    {
      id: 'csat',
      by: ['merchant', 'category', 'channel', 'city'],
      send: { zh: '满意度问卷的回答（metric 为 csat）', en: 'answers to a satisfaction survey (metric csat)' },
    },
    {
      id: 'complaint_rate',
      by: ['merchant', 'category', 'product', 'city'],
      knownAfterDays: COMPLAINT_DAYS,
      send: { zh: '投诉（kind 为 complaint）并带订单号', en: 'complaints (kind complaint) with their order' },
    },
    praise,
  ],
})
