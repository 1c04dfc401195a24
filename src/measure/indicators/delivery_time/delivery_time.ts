import { sql } from '../../../store/clickhouse/sql.ts'
import { defineIndicator } from '../define.ts'
import { deliveredLines } from '../delivered.ts'
import { asMedian } from '../percentile.ts'

/** How long a parcel takes. */
export const deliveryTime = defineIndicator({
  id: 'delivery_time',
  zh: '送达时长',
  en: 'Delivery time',
  group: 'order',
  beside: 'delivery_p90',
  higherIsBetter: false,
  formula:
    'median days from order to delivery among the order lines delivered in the period, by the day of the delivery',
  formulaZh: '期内送达的订单行从下单到送达的中位天数，按送达日计',
  counting: {
    table: 'orders',
    cases: (slice) => deliveredLines(slice),
    rows: () => sql`delivered_at >= ordered_at`,
    value: () => sql`assumeNotNull(delivered_at - ordered_at) / 86400000`,
  },
  ...asMedian('days'),
})
