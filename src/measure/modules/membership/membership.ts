import type { Words } from '../../../core/words.ts'
import { needs } from '../../indicators/needs.ts'
import { LAPSE_DAYS, REPURCHASE_DAYS } from '../../indicators/purchases.ts'
import { defineModule, praise } from '../define.ts'

const withTier = ({ zh, en }: Words): Words => ({
  zh: `${zh}；要按会员等级看，再带 facts.tier`,
  en: `${en}; with facts.tier too, to see it by member tier`,
})

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
      send: withTier(needs.repurchase_rate),
    },
    {
      id: 'lapse_rate',
      by: ['tier', 'customer', 'category', 'city'],
      knownAfterDays: LAPSE_DAYS,
      send: withTier(needs.lapse_rate),
    },
    {
      id: 'nps',
      by: ['tier', 'customer', 'category', 'city'],
      send: withTier(needs.nps),
    },
    praise,
  ],
})
