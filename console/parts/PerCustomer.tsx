import { useTranslation } from 'react-i18next'
import type { ByCustomer, Change, IndicatorSummary } from '../../src/http/shapes.ts'
import { useByCustomer } from '../api/queries.ts'
import { useFormat, useSlice } from '../shell/surroundings.tsx'
import { count, type Unit } from '../words/format.ts'

/** Up to here the interval by customers is, on the page, the same one. */
const NOTEWORTHY = 1.05

interface CustomerRangeProps {
  found: ByCustomer | null | undefined
  /** The plain figure's change. */
  change: Change | null
  unit: Unit
  /** The interval alone, and only where it is wider to the eye. */
  short?: boolean
}

/** Several cases may be one customer's: the interval that knows it, and whether the change still stands. */
export function CustomerRange({ found, change, unit, short = false }: CustomerRangeProps) {
  const { t } = useTranslation()
  const { range } = useFormat()
  if (!found || found.estimate.low === null || found.estimate.high === null) return null
  if (short && found.designEffect < NOTEWORTHY) return null
  const { low, high } = found.estimate
  const falls = change?.moreThanChance && found.change?.moreThanChance === false
  const about = {
    range: range(low, high, unit),
    customers: count(found.customers),
    repeated: count(found.repeated),
    effect: found.designEffect.toFixed(2),
  }
  return (
    <span
      className="aux num per-customer"
      title={
        short
          ? `${t('indicators.perCustomer', about)} ${t('indicators.perCustomerHelp')}`
          : t('indicators.perCustomerHelp')
      }
    >
      {t(short ? 'indicators.perCustomerShort' : 'indicators.perCustomer', about)}
      {falls && ` ${t('indicators.perCustomerFalls')}`}
    </span>
  )
}

/** The same of one indicator in the page's period. */
export function PerCustomer({ of, ...shown }: { of: IndicatorSummary } & Pick<CustomerRangeProps, 'unit' | 'short'>) {
  const found = useByCustomer(of.id, useSlice()).data?.byCustomer
  return <CustomerRange found={found} change={of.change} {...shown} />
}

/** That an interval is wider because several cases are one customer's, where that can be seen. */
export function DesignEffect({ of }: { of: number | null }) {
  const { t } = useTranslation()
  if (of === null || of < NOTEWORTHY) return null
  return (
    <span className="aux num per-customer" title={t('indicators.designEffectHelp')}>
      {t('indicators.designEffect', { effect: of.toFixed(2) })}
    </span>
  )
}
