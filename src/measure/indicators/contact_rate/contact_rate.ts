import { sql } from '../../../store/clickhouse/sql.ts'
import { defineIndicator } from '../define.ts'
import { asMean } from '../mean.ts'
import { CONTACT_DAYS, contactedOrders } from '../placed.ts'
import { isRipe } from '../ripe.ts'

/** How often an order makes its customer ask for help. */
export const contactRate = defineIndicator({
  id: 'contact_rate',
  zh: '单均咨询次数',
  en: 'Contact rate',
  group: 'service',
  unit: 'count',
  higherIsBetter: false,
  knownAfterDays: CONTACT_DAYS,
  formula: `service conversations that a customer began within ${CONTACT_DAYS} days of the order and that name it, per order placed in the period whose ${CONTACT_DAYS} days are over; conversations without an order are not counted`,
  formulaZh: `期内已满 ${CONTACT_DAYS} 天的每笔订单，在下单后 ${CONTACT_DAYS} 天内由顾客发起、且关联到该订单的客服会话数；没有关联订单的会话不计`,
  counting: {
    table: 'orders',
    cases: (slice, _, columns) => contactedOrders(slice, columns),
    rows: (asking) => isRipe(sql`at`, CONTACT_DAYS, asking),
    plus: () => sql`contacts > 0`,
    value: () => sql`contacts`,
  },
  ...asMean([0, Infinity]),
})
