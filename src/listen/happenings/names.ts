import { type EventName, eventKindOf, snakeCase } from '../../core/event-names.ts'

/** What other systems call the events of our vocabulary (core/event-names.ts), in snake_case. */
const foreign: Record<string, EventName> = {
  // Segment and RudderStack
  products_searched: 'searched',
  product_added_to_wishlist: 'wishlist_product_added',
  product_removed_from_wishlist: 'wishlist_product_removed',
  wishlist_product_added_to_cart: 'product_added',
  product_list_filter: 'product_list_filtered',
  loaded_a_page: 'page_viewed',
  viewed_page: 'page_viewed',
  loaded_a_screen: 'screen_viewed',
  account_created: 'signed_up',
  // Google Analytics 4
  view_item: 'product_viewed',
  view_item_list: 'product_list_viewed',
  select_item: 'product_clicked',
  view_search_results: 'searched',
  search: 'searched',
  add_to_cart: 'product_added',
  remove_from_cart: 'product_removed',
  view_cart: 'cart_viewed',
  begin_checkout: 'checkout_started',
  add_shipping_info: 'checkout_step_completed',
  add_payment_info: 'payment_info_entered',
  purchase: 'order_completed',
  in_app_purchase: 'order_completed',
  refund: 'order_refunded',
  add_to_wishlist: 'wishlist_product_added',
  view_promotion: 'promotion_viewed',
  select_promotion: 'promotion_clicked',
  page_view: 'page_viewed',
  screen_view: 'screen_viewed',
  session_start: 'session_started',
  sign_up: 'signed_up',
  login: 'signed_in',
  click: 'clicked',
  scroll: 'scrolled',
  share: 'product_shared',
  // PostHog
  pageview: 'page_viewed',
  screen: 'screen_viewed',
  autocapture: 'clicked',
  rageclick: 'rage_clicked',
  identify: 'identified',
  exception: 'error_seen',
  // Klaviyo
  placed_order: 'order_placed',
  fulfilled_order: 'shipment_shipped',
  cancelled_order: 'order_cancelled',
  refunded_order: 'order_refunded',
  viewed_product: 'product_viewed',
  added_to_cart: 'product_added',
  started_checkout: 'checkout_started',
  checkout_started: 'checkout_started',
  active_on_site: 'page_viewed',
  submitted_search: 'searched',
  viewed_collection: 'product_list_viewed',
  delivered_shipment: 'shipment_delivered',
  confirmed_shipment: 'shipment_shipped',
  out_for_delivery: 'shipment_out_for_delivery',
  // Snowplow
  link_click: 'clicked',
  transaction: 'order_completed',
  site_search: 'searched',
  product_view: 'product_viewed',
  list_view: 'product_list_viewed',
  list_click: 'product_clicked',
  checkout_step: 'checkout_step_completed',
  promo_view: 'promotion_viewed',
  promo_click: 'promotion_clicked',
}

/** A foreign event's name and touchpoint: ours where the meaning is the same, else its own in snake_case. The name as it was written stays beside. */
export function namedAs(written: string) {
  const own = snakeCase(written)
  const name = eventKindOf(own) ? own : (foreign[own] ?? own)
  return {
    name,
    touchpoint: eventKindOf(name)?.touchpoint,
    raw: name === written ? undefined : written.slice(0, 2_000),
  }
}
