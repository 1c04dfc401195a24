import { sql } from '../../../store/clickhouse/sql.ts'
import { REFUND_DAYS, refundKnown } from '../../returns.ts'
import { defineIndicator } from '../define.ts'
import { asShare } from '../share.ts'

/** Order lines of which money went back, whether or not goods did. */
export const refundRate = defineIndicator({
  id: 'refund_rate',
  zh: '退款率',
  en: 'Refund rate',
  group: 'order',
  higherIsBetter: false,
  formula: `order lines with a refund above nought among the lines ordered in the period, delivered, and whose return window has been closed for ${REFUND_DAYS} days`,
  formulaZh: `期内下单、已送达且退货期已过 ${REFUND_DAYS} 天的订单行中，有退款的占比`,
  counting: {
    table: 'orders',
    rows: refundKnown,
    plus: () => sql`ifNull(refund_minor, 0) > 0`,
  },
  ...asShare,
})
