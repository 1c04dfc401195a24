import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { IndicatorSummary } from '../../../src/http/shapes.ts'
import { Chart, type Paint } from '../../parts/chart/Chart.tsx'
import { band, dayAxis, ground, indexOf, levelAxis, line, tip } from '../../parts/chart/pieces.ts'
import { useExportWords } from '../../parts/export/about.ts'
import { figureCells, figureColumns } from '../../parts/export/table.ts'
import { useIndicatorWords } from '../../parts/Metric.tsx'
import { useFormat } from '../../shell/surroundings.tsx'
import { count, levelText } from '../../words/format.ts'

export function Series({ of }: { of: IndicatorSummary }) {
  const { t } = useTranslation()
  const { day, range } = useFormat()
  const { short, unit } = useIndicatorWords(of.id)
  const words = useExportWords()
  const { series } = of
  const option = useCallback(
    (paint: Paint) => {
      const estimates = series.map((one) => one.estimate)
      return {
        grid: ground(64),
        xAxis: dayAxis(series.map((one) => one.day)),
        yAxis: levelAxis(unit),
        tooltip: {
          trigger: 'axis',
          formatter: (params: unknown) => {
            const one = series[indexOf(params)]!
            const { value, low, high, n } = one.estimate
            const between = low !== null && high !== null ? t('figure.interval', { range: range(low, high, unit) }) : ''
            return tip(day(one.day), [`${short} ${levelText(value, unit)}`, between, t('figure.n', { n: count(n) })])
          },
        },
        series: [
          ...band('ci', estimates, paint.focus),
          line({
            name: short,
            values: estimates.map((one) => one.value),
            colour: paint.focus,
            end: (value) => levelText(value, unit),
          }),
        ],
      }
    },
    [series, short, unit, day, range, t],
  )
  const first = series[0]
  const last = series.at(-1)
  if (!first || !last) return null
  return (
    <Chart
      title={t('indicator.series')}
      subject={short}
      help={t('indicator.seriesHelp')}
      height={280}
      option={option}
      summary={t('indicator.chartSummary', {
        name: short,
        from: day(first.day),
        to: day(last.day),
        last: levelText(last.estimate.value, unit),
      })}
      basis={t('figure.n', { n: count(of.estimate.n) })}
      data={{
        columns: [
          { id: 'day', name: t('indicator.day'), type: 'text', write: day },
          ...figureColumns(words, (value) => levelText(value, unit)),
        ],
        rows: series.map((one) => [one.day, ...figureCells(one.estimate)]),
      }}
    />
  )
}
