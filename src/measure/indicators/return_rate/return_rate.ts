import { cameBack, windowClosed } from '../../returns.ts'
import { defineIndicator } from '../define.ts'
import { asShare } from '../share.ts'

/** Returned order lines, by the day of the order. Orders that can still come back are left out: the latest days have no figure yet. */
export const returnRate = defineIndicator({
  id: 'return_rate',
  zh: '退货率',
  en: 'Return rate',
  group: 'order',
  higherIsBetter: false,
  formula:
    'order lines returned within the return window among the lines ordered in the period, delivered, and whose window has closed',
  formulaZh: '期内下单、已送达且退货期已过的订单行中，在退货期内退回的占比',
  counting: {
    table: 'orders',
    needsReturns: true,
    rows: (asking) => windowClosed(asking),
    plus: (asking) => cameBack(asking),
  },
  ...asShare,
})
