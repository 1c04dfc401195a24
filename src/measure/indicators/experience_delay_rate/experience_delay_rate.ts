import { type Sql, sql } from '../../../store/clickhouse/sql.ts'
import { type Asking, defineIndicator } from '../define.ts'
import { deliveredLines } from '../delivered.ts'
import { isOver } from '../ripe.ts'
import { asShare } from '../share.ts'

/**
 * 2 = the fitter came after the promised day, or has not come since it ended; 1 = in time; 0 = not known. What had gone back by then is
 * fitted no more, and where a shop never tells of a fitting none is missed.
 */
const fitting = ({ tenant }: Asking): Sql => sql`multiIf(install_promised_day IS NULL, 0,
  installed_day IS NOT NULL, if(ifNull(installed_day > install_promised_day, 0), 2, 1),
  ifNull(returned_at <= install_promised_at, 0) OR (SELECT count() FROM orders WHERE tenant = ${tenant ?? ''} AND installed_at IS NOT NULL) = 0, 0, 2)`

/** Orders in which the customer had to wait longer than was promised, for the parcel or for the fitter. */
export const experienceDelayRate = defineIndicator({
  id: 'experience_delay_rate',
  zh: '体验延误率',
  en: 'Experience delay rate',
  group: 'order',
  higherIsBetter: false,
  formula:
    'order lines delivered or installed after the promised local day, or not installed although it is over, among lines delivered in the period with a promise of either; those whose promised day of fitting is still to come are left out; by the day of the delivery',
  formulaZh:
    '期内送达且有约定日（送达或安装）的订单行中，送达或安装晚于约定日、或安装约定日已过仍未安装的占比；安装约定日未过的不计；按送达日计',
  counting: {
    table: 'orders',
    cases: (slice) => deliveredLines(slice),
    rows: (asking) => sql`(promised_day IS NOT NULL OR ${fitting(asking)} > 0)
      AND (install_promised_day IS NULL OR ${isOver(sql`install_promised_day`, asking)})`,
    plus: (asking) => sql`(ifNull(delivered_day > promised_day, 0) OR ${fitting(asking)} = 2)`,
  },
  ...asShare,
})
