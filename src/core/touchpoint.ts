/** The journey's stages and touchpoints, in the order in which a customer meets them. */
export const stages = ['browse', 'trade', 'fulfil', 'aftersale'] as const
export type Stage = (typeof stages)[number]

export interface Touchpoint {
  id: string
  stage: Stage
  zh: string
  en: string
}

export const touchpoints: readonly Touchpoint[] = [
  { id: 'browse.search', stage: 'browse', zh: '搜索', en: 'Search' },
  { id: 'browse.detail', stage: 'browse', zh: '商品详情', en: 'Product page' },
  { id: 'browse.enquiry', stage: 'browse', zh: '售前咨询', en: 'Enquiry' },
  { id: 'trade.cart', stage: 'trade', zh: '加购', en: 'Cart' },
  { id: 'trade.checkout', stage: 'trade', zh: '结算', en: 'Checkout' },
  { id: 'trade.pay', stage: 'trade', zh: '支付', en: 'Payment' },
  { id: 'fulfil.ship', stage: 'fulfil', zh: '发货', en: 'Dispatch' },
  { id: 'fulfil.deliver', stage: 'fulfil', zh: '送达', en: 'Delivery' },
  { id: 'fulfil.install', stage: 'fulfil', zh: '上门安装', en: 'Installation' },
  { id: 'fulfil.use', stage: 'fulfil', zh: '使用', en: 'Use' },
  { id: 'aftersale.service', stage: 'aftersale', zh: '客服', en: 'Support' },
  { id: 'aftersale.return', stage: 'aftersale', zh: '退换', en: 'Return' },
  { id: 'aftersale.refund', stage: 'aftersale', zh: '退款', en: 'Refund' },
]

/**
 * Figures of a touchpoint whose cases can be looked at one by one: `into` is the way that leads to it, `stage` how a whole stage is left (of
 * a stage's id).
 */
export const shownFigures = ['sentiment', 'nps', 'csat', 'ces', 'into', 'exits', 'friction', 'stage'] as const
export type ShownFigure = (typeof shownFigures)[number]
