import { useTranslation } from 'react-i18next'
import type { AlertPreview, AlertSeries } from '../../../src/http/shapes.ts'
import { useFormat } from '../../shell/surroundings.tsx'
import { count, dayOf } from '../../words/format.ts'
import { AlertChart } from './AlertChart.tsx'
import type { AlertUnit } from './figures.ts'

/** More incidents a week than these interrupt more than they help. */
const MANY_A_WEEK = 3
const WEEK_MS = 7 * 86_400_000

interface PreviewProps {
  of: AlertPreview
  unit: AlertUnit
  step: AlertSeries['step']
}

/** How often the rule would have told last month, when and of what. */
export function PreviewResult({ of, unit, step }: PreviewProps) {
  const { t } = useTranslation()
  const { lang, day, zone } = useFormat()
  const span = { from: day(dayOf(of.from, zone)), to: day(dayOf(of.to - 1, zone)), series: count(of.series) }
  const perWeek = of.count / Math.max(1, (of.to - of.from) / WEEK_MS)
  const alarmsAt = of.incidents.flatMap((one) =>
    one.series
      .filter((series) => series.dimension === of.chart?.dimension && series.segment === of.chart?.segment)
      .map((series) => series.peak.at),
  )
  return (
    <section className="preview" aria-live="polite">
      <h3>
        {of.count === 0
          ? t('alerts.previewNone', span)
          : t('alerts.previewCount', { ...span, count: of.count, n: count(of.count) })}
      </h3>
      {perWeek > MANY_A_WEEK && <p className="pill now">{t('alerts.previewMany', { n: perWeek.toFixed(1) })}</p>}
      <ol>
        {of.incidents.map((one) => (
          <li key={`${one.since} ${one.lead.segment}`} className="dense">
            {one.headline[lang]}
          </li>
        ))}
      </ol>
      {of.count > of.incidents.length && (
        <p className="aux">{t('alerts.previewMore', { n: count(of.incidents.length) })}</p>
      )}
      {of.chart && (
        <AlertChart
          what=""
          where={of.chart.label[lang]}
          unit={unit}
          step={step}
          points={of.chart.points}
          alarmsAt={alarmsAt}
        />
      )}
    </section>
  )
}
