import { sql } from '../../../store/clickhouse/sql.ts'
import { defineIndicator } from '../define.ts'
import { asShare } from '../share.ts'
import { firstAt, lastAt, visits } from '../visits.ts'

/** Whether what was looked at was wanted. */
export const viewToCart = defineIndicator({
  id: 'view_to_cart',
  zh: '详情到加购率',
  en: 'Product page to cart',
  group: 'behaviour',
  higherIsBetter: true,
  formula: 'visits that were at the cart after the first product page, among visits with a product page',
  formulaZh: '看过商品详情的访问中，此后加购或看了购物车的占比',
  counting: {
    table: 'events',
    daily: (days, columns) =>
      visits(days, { viewed_at: firstAt('browse.detail'), carted_at: lastAt('trade.cart') }, columns),
    rows: () => sql`viewed_at > 0`,
    plus: () => sql`carted_at >= viewed_at`,
  },
  ...asShare,
})
