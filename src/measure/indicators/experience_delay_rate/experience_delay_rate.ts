import { sql } from '../../../store/clickhouse/sql.ts'
import { defineIndicator } from '../define.ts'
import { deliveredLines } from '../delivered.ts'
import { asShare } from '../share.ts'

/** Orders in which the customer had to wait longer than was promised, for the parcel or for the fitter. */
export const experienceDelayRate = defineIndicator({
  id: 'experience_delay_rate',
  zh: '体验延误率',
  en: 'Experience delay rate',
  group: 'order',
  higherIsBetter: false,
  formula:
    'order lines delivered or installed after the promised local day, among lines delivered in the period with a promise of either; by the day of the delivery',
  formulaZh: '期内送达且有约定日（送达或安装）的订单行中，送达或安装晚于约定日的占比，按送达日计',
  counting: {
    table: 'orders',
    cases: (slice) => deliveredLines(slice),
    rows: () => sql`(promised_day IS NOT NULL OR (install_promised_day IS NOT NULL AND installed_day IS NOT NULL))`,
    plus: () => sql`(ifNull(delivered_day > promised_day, 0) OR ifNull(installed_day > install_promised_day, 0))`,
  },
  ...asShare,
})
