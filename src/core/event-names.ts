import type { Words } from './words.ts'

interface EventKind extends Words {
  name: string
  /** One of core/touchpoint.ts; absent where the event alone does not say at which one the customer was. */
  touchpoint?: string
}

/**
 * The names under which events are kept, whatever system they come from: each adapter maps its own words onto these (`Product Viewed`,
 * `view_item`, `checkouts/create` …), so that one funnel reads them all. An event with another name is kept as well, under its own
 * name in snake_case; only these are counted by name.
 */
export const eventKinds = [
  { name: 'page_viewed', zh: '浏览页面', en: 'Page viewed' },
  { name: 'screen_viewed', zh: '浏览应用界面', en: 'App screen viewed' },
  { name: 'clicked', zh: '点击', en: 'Clicked' },
  { name: 'rage_clicked', zh: '反复狂点', en: 'Rage-clicked' },
  { name: 'scrolled', zh: '滚动深度', en: 'Scroll depth' },
  { name: 'dwelt', zh: '停留时长', en: 'Time on page' },
  { name: 'error_seen', zh: '页面报错', en: 'Page error' },
  { name: 'session_started', zh: '会话开始', en: 'Session started' },
  { name: 'identified', zh: '识别身份', en: 'Identified' },
  { name: 'signed_up', zh: '注册', en: 'Signed up' },
  { name: 'signed_in', zh: '登录', en: 'Signed in' },

  { name: 'searched', touchpoint: 'browse.search', zh: '搜索', en: 'Searched' },
  { name: 'product_list_viewed', touchpoint: 'browse.search', zh: '浏览商品列表', en: 'Product list viewed' },
  { name: 'product_list_filtered', touchpoint: 'browse.search', zh: '筛选商品列表', en: 'Product list filtered' },
  { name: 'product_clicked', touchpoint: 'browse.search', zh: '点击商品', en: 'Product clicked' },
  { name: 'product_viewed', touchpoint: 'browse.detail', zh: '浏览商品详情', en: 'Product viewed' },
  { name: 'product_shared', touchpoint: 'browse.detail', zh: '分享商品', en: 'Product shared' },
  { name: 'product_reviewed', touchpoint: 'fulfil.use', zh: '评价商品', en: 'Product reviewed' },
  { name: 'promotion_viewed', zh: '看到活动', en: 'Promotion viewed' },
  { name: 'promotion_clicked', zh: '点击活动', en: 'Promotion clicked' },
  { name: 'wishlist_product_added', touchpoint: 'browse.detail', zh: '收藏商品', en: 'Added to wishlist' },
  { name: 'wishlist_product_removed', touchpoint: 'browse.detail', zh: '取消收藏', en: 'Removed from wishlist' },

  { name: 'product_added', touchpoint: 'trade.cart', zh: '加入购物车', en: 'Added to cart' },
  { name: 'product_removed', touchpoint: 'trade.cart', zh: '移出购物车', en: 'Removed from cart' },
  { name: 'cart_viewed', touchpoint: 'trade.cart', zh: '查看购物车', en: 'Cart viewed' },
  { name: 'cart_updated', touchpoint: 'trade.cart', zh: '修改购物车', en: 'Cart changed' },
  { name: 'cart_shared', touchpoint: 'trade.cart', zh: '分享购物车', en: 'Cart shared' },
  { name: 'coupon_entered', touchpoint: 'trade.checkout', zh: '输入优惠券', en: 'Coupon entered' },
  { name: 'coupon_applied', touchpoint: 'trade.checkout', zh: '使用优惠券', en: 'Coupon applied' },
  { name: 'coupon_denied', touchpoint: 'trade.checkout', zh: '优惠券被拒', en: 'Coupon denied' },
  { name: 'coupon_removed', touchpoint: 'trade.checkout', zh: '取消优惠券', en: 'Coupon removed' },
  { name: 'checkout_started', touchpoint: 'trade.checkout', zh: '开始结算', en: 'Checkout started' },
  { name: 'checkout_step_viewed', touchpoint: 'trade.checkout', zh: '查看结算步骤', en: 'Checkout step viewed' },
  { name: 'checkout_step_completed', touchpoint: 'trade.checkout', zh: '完成结算步骤', en: 'Checkout step completed' },
  { name: 'checkout_updated', touchpoint: 'trade.checkout', zh: '修改结算信息', en: 'Checkout changed' },
  { name: 'payment_info_entered', touchpoint: 'trade.pay', zh: '填写支付信息', en: 'Payment details entered' },
  { name: 'payment_tried', touchpoint: 'trade.pay', zh: '尝试支付', en: 'Payment tried' },
  { name: 'payment_failed', touchpoint: 'trade.pay', zh: '支付失败', en: 'Payment failed' },
  { name: 'payment_succeeded', touchpoint: 'trade.pay', zh: '支付成功', en: 'Payment succeeded' },
  { name: 'order_placed', touchpoint: 'trade.pay', zh: '提交订单', en: 'Order placed' },
  { name: 'order_completed', touchpoint: 'trade.pay', zh: '完成下单', en: 'Order completed' },
  { name: 'order_updated', touchpoint: 'trade.pay', zh: '修改订单', en: 'Order changed' },
  { name: 'order_cancelled', touchpoint: 'trade.pay', zh: '取消订单', en: 'Order cancelled' },

  { name: 'shipment_created', touchpoint: 'fulfil.ship', zh: '已下运单', en: 'Label made' },
  { name: 'shipment_collected', touchpoint: 'fulfil.ship', zh: '快递揽收', en: 'Collected by the carrier' },
  { name: 'shipment_shipped', touchpoint: 'fulfil.ship', zh: '已发货', en: 'Shipped' },
  { name: 'shipment_in_transit', touchpoint: 'fulfil.deliver', zh: '运输中', en: 'In transit' },
  { name: 'shipment_customs', touchpoint: 'fulfil.deliver', zh: '清关中', en: 'In customs' },
  { name: 'shipment_out_for_delivery', touchpoint: 'fulfil.deliver', zh: '派送中', en: 'Out for delivery' },
  { name: 'shipment_available_for_pickup', touchpoint: 'fulfil.deliver', zh: '待取件', en: 'Ready for pick-up' },
  { name: 'shipment_delivery_attempted', touchpoint: 'fulfil.deliver', zh: '投递未果', en: 'Delivery attempted' },
  { name: 'shipment_delivered', touchpoint: 'fulfil.deliver', zh: '已签收', en: 'Delivered' },
  { name: 'shipment_exception', touchpoint: 'fulfil.deliver', zh: '物流异常', en: 'Delivery trouble' },
  { name: 'shipment_refused', touchpoint: 'fulfil.deliver', zh: '拒收', en: 'Delivery refused' },
  { name: 'shipment_returning', touchpoint: 'fulfil.deliver', zh: '退回途中', en: 'Going back to the sender' },
  { name: 'shipment_returned', touchpoint: 'fulfil.deliver', zh: '已退回', en: 'Back at the sender' },
  { name: 'shipment_cancelled', touchpoint: 'fulfil.ship', zh: '运单取消', en: 'Shipment cancelled' },
  { name: 'installation_booked', touchpoint: 'fulfil.install', zh: '预约安装', en: 'Installation booked' },
  { name: 'installation_done', touchpoint: 'fulfil.install', zh: '安装完成', en: 'Installed' },

  { name: 'chat_started', touchpoint: 'aftersale.service', zh: '发起咨询', en: 'Chat started' },
  { name: 'chat_answered', touchpoint: 'aftersale.service', zh: '客服接待', en: 'Chat answered' },
  { name: 'ticket_opened', touchpoint: 'aftersale.service', zh: '提交工单', en: 'Ticket opened' },
  { name: 'ticket_closed', touchpoint: 'aftersale.service', zh: '工单关闭', en: 'Ticket closed' },
  { name: 'return_requested', touchpoint: 'aftersale.return', zh: '申请退货', en: 'Return requested' },
  { name: 'return_approved', touchpoint: 'aftersale.return', zh: '退货申请通过', en: 'Return approved' },
  { name: 'return_declined', touchpoint: 'aftersale.return', zh: '退货申请被拒', en: 'Return declined' },
  { name: 'return_cancelled', touchpoint: 'aftersale.return', zh: '撤销退货', en: 'Return withdrawn' },
  { name: 'return_received', touchpoint: 'aftersale.return', zh: '退货入库', en: 'Return received' },
  { name: 'item_returned', touchpoint: 'aftersale.return', zh: '退回商品', en: 'Item returned' },
  { name: 'item_refunded', touchpoint: 'aftersale.refund', zh: '商品退款', en: 'Item refunded' },
  { name: 'order_refunded', touchpoint: 'aftersale.refund', zh: '已退款', en: 'Refunded' },
  { name: 'refund_failed', touchpoint: 'aftersale.refund', zh: '退款失败', en: 'Refund failed' },

  { name: 'survey_shown', zh: '展示问卷', en: 'Survey shown' },
  { name: 'survey_started', zh: '开始答问卷', en: 'Survey started' },
  { name: 'survey_dismissed', zh: '关闭问卷', en: 'Survey dismissed' },
  { name: 'survey_sent', zh: '提交问卷', en: 'Survey sent' },
] as const satisfies readonly EventKind[]

export type EventName = (typeof eventKinds)[number]['name']

const byName: ReadonlyMap<string, EventKind> = new Map(eventKinds.map((kind) => [kind.name, kind]))

/** What is known of an event by its name; undefined for a name of the sender's own. */
export const eventKindOf = (name: string): EventKind | undefined => byName.get(name)

/** What an event's name may look like at a door of ours: snake_case, 1 to 80 characters. */
export const EVENT_NAME = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/

/** A foreign name in our spelling: `Product Viewed`, `productViewed` and `product-viewed` all become `product_viewed`. Empty where no letter is left. */
export function snakeCase(foreign: string): string {
  return foreign
    .normalize('NFKC')
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 80)
}
