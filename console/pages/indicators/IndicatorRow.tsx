import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ByCustomer, IndicatorSummary } from '../../../src/http/shapes.ts'
import { ChangeMark } from '../../parts/ChangeMark.tsx'
import { tooFew } from '../../parts/Interval.tsx'
import { useIndicatorWords } from '../../parts/Metric.tsx'
import { CustomerRange } from '../../parts/PerCustomer.tsx'
import { RowValue, rowValueClass } from '../../parts/RowValue.tsx'
import { Sparkline } from '../../parts/Sparkline.tsx'
import { Go } from '../../shell/Go.tsx'
import { useFormat } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'
import { useNeeds, useTooYoung } from './silence.ts'

/** An indicator without a figure: why, and where what it needs can be brought. */
function Silent({ of, children }: { of: IndicatorSummary; children: ReactNode }) {
  const { t } = useTranslation()
  const [tooYoung, needs] = [useTooYoung()(of.id), useNeeds()]
  return (
    <div className="indicator-row">
      <Go to={`/indicators/${of.id}`} className="who plain">
        {children}
      </Go>
      <span className="none aux">
        {tooYoung ?? (
          <>
            {needs(of.id)} <Go to="/sources">{t('indicators.toSources')}</Go>
          </>
        )}
      </span>
    </div>
  )
}

/** One indicator of the catalogue: a number that never stands alone. Below n = 30 it is hatched and reads 少. */
export function IndicatorRow({ of, byCustomer }: { of: IndicatorSummary; byCustomer: ByCustomer | undefined }) {
  const { t } = useTranslation()
  const { range } = useFormat()
  const { short, plain, unit, higherIsBetter } = useIndicatorWords(of.id)
  const { value, low, high, n } = of.estimate
  const few = value !== null && tooFew(n)
  const name = (
    <>
      <b className="name">{short}</b> {plain !== short && <span className="soft">{plain}</span>}
    </>
  )
  if (value === null) return <Silent of={of}>{name}</Silent>
  return (
    <Go to={`/indicators/${of.id}`} className="indicator-row plain">
      <span className="who">{name}</span>
      <span className={rowValueClass(few)} title={few ? t('figure.fewLong') : undefined}>
        <RowValue value={value} unit={unit} few={few} />
      </span>
      <span className="sure aux num">
        {!few && low !== null && high !== null && <span className="soft">{range(low, high, unit)}</span>}
        <span>{t('figure.n', { n: count(n) })}</span>
        {!few && <CustomerRange found={byCustomer} change={of.change} unit={unit} short />}
      </span>
      <Sparkline series={of.series} />
      <span className="moved">
        {!few && <ChangeMark change={of.change} unit={unit} higherIsBetter={higherIsBetter} />}
      </span>
    </Go>
  )
}
