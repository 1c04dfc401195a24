import { sql } from '../../../store/clickhouse/sql.ts'
import { defineIndicator } from '../define.ts'
import { asShare } from '../share.ts'

/** How many attempts to pay succeed. */
export const paymentSuccess = defineIndicator({
  id: 'payment_success',
  zh: '支付成功率',
  en: 'Payment success',
  group: 'behaviour',
  higherIsBetter: true,
  formula: 'payment_succeeded events among payment_succeeded and payment_failed events',
  formulaZh: '支付成功事件 ÷（支付成功 + 支付失败）事件',
  counting: {
    table: 'events',
    rows: () => sql`name IN ('payment_succeeded', 'payment_failed')`,
    plus: () => sql`name = 'payment_succeeded'`,
  },
  ...asShare,
})
