import { Spin } from 'antd'
import { useTranslation } from 'react-i18next'
import type { IndicatorPreview } from '../../../../src/http/shapes.ts'
import { Card } from '../../../parts/Card.tsx'
import { ChangeMark } from '../../../parts/ChangeMark.tsx'
import { tooFew } from '../../../parts/Interval.tsx'
import { useRefused } from '../../../parts/rights.ts'
import { Sparkline } from '../../../parts/Sparkline.tsx'
import { useFormat } from '../../../shell/surroundings.tsx'
import { count, level, levelText, levelUnit } from '../../../words/format.ts'

interface PreviewProps {
  of: { data?: IndicatorPreview; error: unknown; isFetching: boolean }
  /** Whether there is anything to measure yet. */
  whole: boolean
  higherIsBetter: boolean
}

/** The figure in one line, for the foot of a narrow screen. */
export function PreviewLine({ of, whole }: Pick<PreviewProps, 'of' | 'whole'>) {
  const { t } = useTranslation()
  const { lang } = useFormat()
  if (!whole || !of.data) return null
  const { estimate, unit } = of.data
  return (
    <span className="preview-line num" aria-hidden="true">
      <b>{estimate.value === null ? '—' : levelText(estimate.value, unit, lang)}</b>{' '}
      <span className="aux">{t('figure.n', { n: count(estimate.n) })}</span>
    </span>
  )
}

function Figure({ of, higherIsBetter }: { of: IndicatorPreview; higherIsBetter: boolean }) {
  const { t } = useTranslation()
  const { range, lang, day } = useFormat()
  const { estimate, unit, change, series, interval, period } = of
  const { value, low, high, n } = estimate
  if (value === null)
    return (
      <div>
        <p className="value num">—</p>
        <p className="dense soft">{t('own.nothing')}</p>
      </div>
    )
  return (
    <div>
      <p className="value num">
        {level(value, unit)}
        <small>{levelUnit(unit, lang)}</small>
      </p>
      <p className="aux num">
        {low !== null && high !== null && t('figure.interval', { range: range(low, high, unit) })}{' '}
        {t('figure.n', { n: count(n) })}
      </p>
      {tooFew(n) && <p className="dense bad">{t('own.few')}</p>}
      <ChangeMark change={change} unit={unit} higherIsBetter={higherIsBetter} />
      <Sparkline series={series} />
      <p className="aux">{t('own.overDays', { from: day(period.from), to: day(period.to) })}</p>
      <p className="aux">{t(`indicators.method.${interval}`)}</p>
    </div>
  )
}

/** What the indicator comes to as it stands, and its formula in both languages. */
export function Preview({ of, whole, higherIsBetter }: PreviewProps) {
  const { t } = useTranslation()
  const refused = useRefused()
  const { data, error, isFetching } = of
  return (
    <Card
      title={t('own.preview')}
      help={t('own.previewHelp')}
      end={isFetching && <Spin size="small" />}
      className="own-preview"
    >
      <div aria-live="polite" aria-busy={isFetching}>
        {!whole && <p className="dense soft">{t('own.notYet')}</p>}
        {whole && error !== null && (
          <p className="dense bad" role="alert">
            {refused(error, t('own.refused'))}
          </p>
        )}
        {whole && data && error === null && (
          <div className="stack">
            <Figure of={data} higherIsBetter={higherIsBetter} />
            <dl className="said-both">
              <dt className="aux">中文</dt>
              <dd lang="zh-CN">{data.formulaZh}</dd>
              <dt className="aux">English</dt>
              <dd lang="en">{data.formula}</dd>
            </dl>
            <p className="aux">
              {t('own.dimensions', {
                names: data.dimensions.map((by) => t(`indicator.by_${by as 'category'}`)).join(t('indicators.comma')),
              })}
            </p>
          </div>
        )}
      </div>
    </Card>
  )
}
