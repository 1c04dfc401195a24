import { sql } from '../../../store/clickhouse/sql.ts'
import { within } from '../../slice.ts'
import { caseColumns } from '../cases.ts'
import { defineIndicator } from '../define.ts'
import { asShare } from '../share.ts'

/** How many orders lead to a complaint. Silent orders count below the line. */
export const complaintRate = defineIndicator({
  id: 'complaint_rate',
  zh: '投诉率',
  en: 'Complaint rate',
  group: 'service',
  higherIsBetter: false,
  formula: 'order lines whose order has a voice of the kind complaint so far, among the lines ordered in the period',
  formulaZh: '期内下单的订单行中，迄今有投诉（声音类型为投诉）的占比',
  counting: {
    table: 'orders',
    cases: (slice) => sql`
      SELECT ${caseColumns('orders')}, order_id GLOBAL IN (
          SELECT order_id FROM voices WHERE tenant = ${slice.tenant} AND kind = 'complaint' AND speaker = 'customer' AND order_id != ''
        ) AS complained
      FROM orders FINAL WHERE ${within(slice, 'orders')}`,
    rows: () => sql`1`,
    plus: () => sql`complained`,
  },
  ...asShare,
})
