import { defineIndicator } from '../define.ts'
import { deliveryTime } from '../delivery_time/delivery_time.ts'
import { asPercentile } from '../percentile.ts'

/** How long the slowest tenth of parcels take at least. */
export const deliveryP90 = defineIndicator({
  id: 'delivery_p90',
  zh: '送达时长 P90',
  en: 'Delivery time, 90th percentile',
  group: 'order',
  higherIsBetter: false,
  formula: 'the days within which nine in ten delivered order lines came; counted like the delivery time',
  formulaZh: '已送达的订单行中，九成在这么多天内送达；口径同送达时长',
  counting: deliveryTime.counting,
  ...asPercentile('days', 90),
})
