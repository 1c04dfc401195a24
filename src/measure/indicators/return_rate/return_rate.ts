import { cameBack, windowClosed } from '../../returns.ts'
import { defineIndicator } from '../define.ts'
import { asShare } from '../share.ts'

/** Returned order lines, by the day of the order. Orders that can still come back are left out: the latest days have no figure yet. */
export const returnRate = defineIndicator({
  id: 'return_rate',
  zh: '退货率',
  en: 'Return rate',
  higherIsBetter: false,
  formula:
    'order lines returned within the return window among the lines ordered in the period, delivered, and whose window has closed',
  counting: {
    table: 'orders',
    rows: (asking) => windowClosed(asking),
    plus: (asking) => cameBack(asking),
  },
  ...asShare,
})
