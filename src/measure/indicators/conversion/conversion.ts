import { sql } from '../../../store/clickhouse/sql.ts'
import { defineIndicator } from '../define.ts'
import { asShare } from '../share.ts'
import { visits } from '../visits.ts'

/** How many visits end with an order. */
export const conversion = defineIndicator({
  id: 'conversion',
  zh: '下单转化率',
  en: 'Conversion',
  group: 'behaviour',
  higherIsBetter: true,
  formula:
    'visits with an order placed or paid among visits in which a product was looked at, put into the cart or checked out',
  formulaZh: '看过商品、加购或进入结算的访问中，最终下单或支付成功的占比',
  counting: {
    table: 'events',
    daily: (days, columns) =>
      visits(
        days,
        {
          looked: sql`max(touchpoint IN ('browse.detail', 'trade.cart', 'trade.checkout'))`,
          bought: sql`max(name IN ('payment_succeeded', 'order_placed', 'order_completed'))`,
        },
        columns,
      ),
    rows: () => sql`(looked = 1 OR bought = 1)`,
    plus: () => sql`bought = 1`,
  },
  ...asShare,
})
