import { defineIndicator } from '../define.ts'
import { isDue, isOnTime } from '../ripe.ts'
import { asShare } from '../share.ts'

/** Parcels that came on the promised day or before. */
export const onTimeRate = defineIndicator({
  id: 'on_time_rate',
  zh: '准时送达率',
  en: 'On-time rate',
  group: 'order',
  higherIsBetter: true,
  formula:
    'order lines delivered on the promised local day or before, among lines ordered in the period whose promised day has passed and that were not cancelled before it; lines without a record of delivery count as not on time',
  formulaZh: '期内下单、约定日已过且此前未取消的订单行中，在约定日当天或之前送达的占比；没有送达记录的算未准时',
  counting: {
    table: 'orders',
    rows: isDue,
    plus: () => isOnTime,
  },
  ...asShare,
})
