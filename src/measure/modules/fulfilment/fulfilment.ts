import { needs } from '../../indicators/needs.ts'
import { defineModule, praise } from '../define.ts'

export const fulfilment = defineModule({
  id: 'fulfilment',
  zh: '订单履约',
  en: 'Order fulfilment',
  about: {
    zh: '从发货、送达到安装，答应顾客的时间有没有守住',
    en: 'From dispatch to delivery and fitting: whether what was promised is kept',
  },
  department: 'delivery',
  touchpoints: ['fulfil.ship', 'fulfil.deliver', 'fulfil.install'],
  kpis: [
    { id: 'on_time_rate', by: ['merchant', 'city', 'category', 'channel'], send: needs.on_time_rate },
    { id: 'experience_delay_rate', by: ['merchant', 'city', 'category', 'product'], send: needs.experience_delay_rate },
    {
      id: 'delivery_time',
      by: ['city', 'merchant', 'category'],
      send: needs.delivery_time,
    },
    {
      id: 'return_rate',
      by: ['category', 'merchant', 'product', 'city'],
      send: needs.return_rate,
    },
    praise,
  ],
})
