/**
 * The ways between touchpoints. Up to the payment it is walked by visitors (a session, else a customer), who are seen in the click log;
 * after it by orders, which tell of themselves. A touchpoint that is on no way (an enquiry, the use of the goods) has no conversion.
 */
export type Traveller = 'visitors' | 'orders'

interface Way {
  from: string
  to: string
  by: Traveller
  /** False where fewer on this way is better: nobody hopes that customers come to the returns desk. */
  wanted: boolean
}

/** What visitors walk, step by step, in this order. */
export const clickPath = ['browse.search', 'browse.detail', 'trade.cart', 'trade.checkout', 'trade.pay'] as const

/** In the order of the touchpoints that they lead to. */
export const ways = [
  { from: 'browse.search', to: 'browse.detail', by: 'visitors', wanted: true },
  { from: 'browse.detail', to: 'trade.cart', by: 'visitors', wanted: true },
  { from: 'trade.cart', to: 'trade.checkout', by: 'visitors', wanted: true },
  { from: 'trade.checkout', to: 'trade.pay', by: 'visitors', wanted: true },
  { from: 'trade.pay', to: 'fulfil.ship', by: 'orders', wanted: true },
  { from: 'fulfil.ship', to: 'fulfil.deliver', by: 'orders', wanted: true },
  { from: 'fulfil.deliver', to: 'fulfil.install', by: 'orders', wanted: true },
  { from: 'fulfil.deliver', to: 'aftersale.service', by: 'orders', wanted: false },
  { from: 'fulfil.deliver', to: 'aftersale.return', by: 'orders', wanted: false },
  { from: 'aftersale.return', to: 'aftersale.refund', by: 'orders', wanted: true },
] as const satisfies readonly Way[]

/** Events that say that a visit ended in an order. */
export const bought = ['payment_succeeded', 'order_placed', 'order_completed'] as const

/** Events that say that something did not go as it should, by what it was. */
export const troubles = {
  failed: ['payment_failed', 'coupon_denied', 'refund_failed', 'return_declined', 'shipment_exception'],
  error: ['error_seen'],
  rage: ['rage_clicked'],
} as const

/** Doing one of these again and again is being held up, though nothing failed by name. */
export const attempts = ['payment_tried', 'payment_info_entered', 'checkout_started', 'coupon_entered'] as const
export const MANY_ATTEMPTS = 3

/** Hours within which an order should leave the warehouse: what the large Chinese marketplaces demand of their merchants. */
export const DISPATCH_WITHIN_HOURS = 48
/** Days from the request of a return to the money, after which it is late. */
export const REFUND_WITHIN_DAYS = 7
/** Days without another contact, after which the first is taken to have settled it. */
export const RESOLVED_AFTER_DAYS = 7
/** Younger orders may still be on their way, so that they are left out of conversions. */
export const UNDER_WAY_DAYS = 14

export type FrictionKind = keyof typeof troubles | 'repeated' | 'late'
