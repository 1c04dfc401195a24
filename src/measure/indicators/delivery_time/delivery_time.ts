import { sql } from '../../../store/clickhouse/sql.ts'
import { defineIndicator } from '../define.ts'
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
    'median days from order to delivery among delivered order lines, by the day of the order; the latest days lack what is still on its way',
  formulaZh: '已送达订单行从下单到送达的中位天数，按下单日计；最近几天尚在途中的还没有计入',
  counting: {
    table: 'orders',
    rows: () => sql`delivered_at IS NOT NULL AND delivered_at >= ordered_at`,
    value: () => sql`assumeNotNull(delivered_at - ordered_at) / 86400000`,
  },
  ...asMedian('days'),
})
