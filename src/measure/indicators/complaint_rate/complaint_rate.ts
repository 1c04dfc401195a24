import { sql } from '../../../store/clickhouse/sql.ts'
import { within } from '../../slice.ts'
import { caseColumns } from '../cases.ts'
import { defineIndicator } from '../define.ts'
import { happenedWithin, isRipe } from '../ripe.ts'
import { asShare } from '../share.ts'

/** What is complained of later than this is no longer the order's. */
export const COMPLAINT_DAYS = 14

/** How many orders lead to a complaint. Silent orders count below the line; those that can still be complained of are left out. */
export const complaintRate = defineIndicator({
  id: 'complaint_rate',
  zh: '投诉率',
  en: 'Complaint rate',
  group: 'service',
  higherIsBetter: false,
  knownAfterDays: COMPLAINT_DAYS,
  formula: `order lines whose order has a voice of the kind complaint within ${COMPLAINT_DAYS} days of it, among the lines ordered in the period whose ${COMPLAINT_DAYS} days are over`,
  formulaZh: `期内下单且已满 ${COMPLAINT_DAYS} 天的订单行中，下单后 ${COMPLAINT_DAYS} 天内有投诉（声音类型为投诉）的占比`,
  counting: {
    table: 'orders',
    cases: (slice) => sql`
      SELECT * FROM (
        SELECT ${caseColumns('orders')} FROM orders FINAL WHERE ${within(slice, 'orders')}
      ) AS placed GLOBAL ANY LEFT JOIN (
        SELECT order_id, min(at) AS complained_at FROM voices
        WHERE tenant = ${slice.tenant} AND kind = 'complaint' AND speaker = 'customer' AND order_id != '' GROUP BY order_id
      ) AS complaints USING (order_id)`,
    rows: (asking) => isRipe(sql`at`, COMPLAINT_DAYS, asking),
    plus: () => sql`complained_at > 0 AND ${happenedWithin(sql`complained_at`, COMPLAINT_DAYS, sql`at`)}`,
  },
  ...asShare,
})
