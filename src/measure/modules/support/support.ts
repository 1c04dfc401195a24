import { COMPLAINT_DAYS } from '../../indicators/complaint_rate/complaint_rate.ts'
import { RESOLVED_DAYS } from '../../indicators/conversations.ts'
import { needs } from '../../indicators/needs.ts'
import { defineModule, praise } from '../define.ts'

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
    { id: 'answer_rate', by: ['merchant', 'category', 'hour', 'weekday'], send: needs.answer_rate },
    { id: 'first_answer_time', by: ['merchant', 'category', 'hour', 'weekday'], send: needs.first_answer_time },
    {
      id: 'first_contact_resolution',
      by: ['merchant', 'category', 'city'],
      knownAfterDays: RESOLVED_DAYS,
      send: needs.first_contact_resolution,
    },
    { id: 'handling_time', by: ['merchant', 'category', 'hour'], send: needs.handling_time },
    {
      id: 'csat',
      by: ['merchant', 'category', 'channel', 'city'],
      send: needs.csat,
    },
    {
      id: 'complaint_rate',
      by: ['merchant', 'category', 'product', 'city'],
      knownAfterDays: COMPLAINT_DAYS,
      send: needs.complaint_rate,
    },
    praise,
  ],
})
