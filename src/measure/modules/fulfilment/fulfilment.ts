import { defineModule, said } from '../define.ts'

const promised = {
  zh: '订单里的承诺送达时间 promisedAt 与送达时间 deliveredAt',
  en: 'promisedAt and deliveredAt with each order',
}

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
    { id: 'on_time_rate', by: ['merchant', 'city', 'category', 'channel'], send: promised },
    { id: 'experience_delay_rate', by: ['merchant', 'city', 'category', 'product'], send: promised },
    {
      id: 'delivery_time',
      by: ['city', 'merchant', 'category'],
      send: { zh: '订单里的送达时间 deliveredAt', en: 'deliveredAt with each order' },
    },
    {
      id: 'return_rate',
      by: ['category', 'merchant', 'product', 'city'],
      send: { zh: '订单行里的退货时间 returnedAt', en: 'returnedAt with each order line' },
    },
    said,
  ],
})
