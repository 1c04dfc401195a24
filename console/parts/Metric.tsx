import { useTranslation } from 'react-i18next'
import type { IndicatorSummary } from '../../src/http/shapes.ts'
import { Go } from '../shell/Go.tsx'
import { useFormat, useNames } from '../shell/surroundings.tsx'
import { count, level, levelUnit, type Unit } from '../words/format.ts'
import { zh } from '../words/zh.ts'
import { ChangeMark } from './ChangeMark.tsx'
import './metric.css'
import { PerCustomer } from './PerCustomer.tsx'
import { Sparkline } from './Sparkline.tsx'

type KnownIndicator = 'nps' | 'csat' | 'positive_share' | 'return_rate'
const isKnown = (id: string): id is KnownIndicator => `${id}Short` in zh.indicator

/** Short and plain name of an indicator, and how it is to be read. */
export function useIndicatorWords(id: string): {
  short: string
  plain: string
  unit: Unit
  higherIsBetter: boolean
  formula: string
} {
  const { t } = useTranslation()
  const { lang } = useFormat()
  const { indicator } = useNames()
  const known = indicator(id)
  const fallback = known?.[lang] ?? id
  return {
    short: isKnown(id) ? t(`indicator.${id}Short`) : fallback,
    plain: isKnown(id) ? t(`indicator.${id}`) : '',
    unit: known?.unit ?? (id === 'nps' ? 'points' : 'share'),
    formula: isKnown(id) ? t(`indicator.formulas.${id}`) : (known?.[lang === 'zh' ? 'formulaZh' : 'formula'] ?? ''),
    higherIsBetter: known?.higherIsBetter ?? id !== 'return_rate',
  }
}

/** The short names of indicators in the page's language. */
export function useIndicatorNames(): (id: string) => string {
  const { t } = useTranslation()
  const { lang } = useFormat()
  const { indicator } = useNames()
  return (id) => (isKnown(id) ? t(`indicator.${id}Short`) : (indicator(id)?.[lang] ?? id))
}

/** A number never stands alone: value, run, 95 % interval, n, change, and whether the change is more than chance. */
export function Metric({ of }: { of: IndicatorSummary }) {
  const { t } = useTranslation()
  const { range, lang } = useFormat()
  const { short, plain, unit, higherIsBetter } = useIndicatorWords(of.id)
  const { value, low, high, n } = of.estimate
  return (
    <Go to={`/indicators/${of.id}`} className="metric plain">
      <span className="head">
        <b>{short}</b> {plain !== short && <span className="soft">{plain}</span>}
      </span>
      {value === null ? (
        <span className="value none">{t('figure.noDataShort')}</span>
      ) : (
        <span className="value num">
          {level(value, unit)}
          <small>{levelUnit(unit, lang)}</small>
        </span>
      )}
      <Sparkline series={of.series} />
      <span className="aux num sure">
        {low !== null && high !== null && (
          <>
            <span className="word">{t('figure.intervalWord')}</span>{' '}
            <span className="soft">{range(low, high, unit)}</span>
          </>
        )}
        <span className="n">{t('figure.n', { n: count(n) })}</span>
      </span>
      {value !== null && <PerCustomer of={of} unit={unit} short />}
      {value !== null && <ChangeMark change={of.change} unit={unit} higherIsBetter={higherIsBetter} />}
    </Go>
  )
}
