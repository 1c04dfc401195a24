import { useTranslation } from 'react-i18next'
import type { IndicatorSummary } from '../../../src/http/shapes.ts'
import { ChangeMark } from '../../parts/ChangeMark.tsx'
import { tooFew } from '../../parts/Interval.tsx'
import { useIndicatorWords } from '../../parts/Metric.tsx'
import { Sparkline } from '../../parts/Sparkline.tsx'
import { Go } from '../../shell/Go.tsx'
import { useFormat } from '../../shell/surroundings.tsx'
import { count, level, levelUnit } from '../../words/format.ts'

/** One indicator of the catalogue: a number that never stands alone. Below n = 30 it is hatched and reads 少. */
export function IndicatorRow({ of }: { of: IndicatorSummary }) {
  const { t } = useTranslation()
  const { range, lang } = useFormat()
  const { short, plain, unit, higherIsBetter } = useIndicatorWords(of.id)
  const { value, low, high, n } = of.estimate
  const few = value !== null && tooFew(n)
  return (
    <Go to={`/indicators/${of.id}`} className="indicator-row plain">
      <span className="who">
        <b className="name">{short}</b> {plain !== short && <span className="soft">{plain}</span>}
      </span>
      {value === null ? (
        <span className="none aux">{t('indicators.nothingYet')}</span>
      ) : (
        <>
          <span className={few ? 'value num few' : 'value num'} title={few ? t('figure.fewLong') : undefined}>
            {few ? t('figure.few') : level(value, unit)}
            {!few && <small>{levelUnit(unit, lang)}</small>}
          </span>
          <span className="sure aux num">
            {!few && low !== null && high !== null && <span className="soft">{range(low, high, unit)}</span>}
            <span>{t('figure.n', { n: count(n) })}</span>
          </span>
          <Sparkline series={of.series} />
          <span className="moved">
            {!few && <ChangeMark change={of.change} unit={unit} higherIsBetter={higherIsBetter} />}
          </span>
        </>
      )}
    </Go>
  )
}
