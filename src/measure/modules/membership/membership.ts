import { LAPSE_DAYS, REPURCHASE_DAYS } from '../../indicators/purchases.ts'
import { defineModule, said } from '../define.ts'

const orders = {
  zh: '订单带顾客标识 customerRef；要按会员等级看，再带 facts.tier',
  en: 'orders with customerRef; with facts.tier too, to see it by member tier',
}

export const membership = defineModule({
  id: 'membership',
  zh: '会员与复购',
  en: 'Membership',
  about: {
    zh: '顾客会不会再来、愿不愿推荐，权益和价格值不值',
    en: 'Whether customers come again and recommend, and whether benefits and prices are worth it',
  },
  department: 'pricing',
  touchpoints: ['trade.checkout'],
  kpis: [
    {
      id: 'repurchase_rate',
      by: ['tier', 'customer', 'category', 'city'],
      knownAfterDays: REPURCHASE_DAYS,
      send: orders,
    },
    { id: 'lapse_rate', by: ['tier', 'customer', 'category', 'city'], knownAfterDays: LAPSE_DAYS, send: orders },
    {
      id: 'nps',
      by: ['tier', 'customer', 'category', 'city'],
      send: {
        zh: '推荐意愿问卷的回答（metric 为 nps）；要按会员等级看，再带 facts.tier',
        en: 'answers to the NPS question (metric nps); with facts.tier too, to see it by member tier',
      },
    },
    said,
  ],
})
