import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { IndicatorSummary } from '../../../src/http/shapes.ts'
import { Chart, type Paint } from '../../parts/chart/Chart.tsx'
import { band, indexOf, tip } from '../../parts/chart/pieces.ts'
import { useIndicatorWords } from '../../parts/Metric.tsx'
import { useFormat } from '../../shell/surroundings.tsx'
import { count, levelText, shortDay, shortened } from '../../words/format.ts'

export function Series({ of }: { of: IndicatorSummary }) {
  const { t } = useTranslation()
  const { day, range } = useFormat()
  const { short, unit } = useIndicatorWords(of.id)
  const { series } = of
  const option = useCallback(
    (paint: Paint) => {
      const estimates = series.map((one) => one.estimate)
      return {
        grid: { left: 8, right: 64, top: 16, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
        xAxis: { type: 'category', boundaryGap: false, data: series.map((one) => shortDay(one.day)) },
        yAxis: {
          type: 'value',
          scale: true,
          splitNumber: 4,
          axisLabel: { formatter: (value: number) => shortened(levelText(value, unit)) },
        },
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
          {
            type: 'line',
            name: short,
            data: estimates.map((one) => one.value),
            lineStyle: { color: paint.focus },
            itemStyle: { color: paint.focus },
            endLabel: {
              show: true,
              color: paint.focus,
              fontWeight: 600,
              formatter: ({ value }: { value: unknown }) => (typeof value === 'number' ? levelText(value, unit) : ''),
            },
          },
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
      help={t('indicator.seriesHelp')}
      height={280}
      option={option}
      summary={t('indicator.chartSummary', {
        name: short,
        from: day(first.day),
        to: day(last.day),
        last: levelText(last.estimate.value, unit),
      })}
      table={{
        head: [t('indicator.day'), t('indicator.value'), t('indicator.low'), t('indicator.high'), 'n'],
        rows: series.map(({ day: iso, estimate }) => ({
          key: iso,
          cells: [
            day(iso),
            levelText(estimate.value, unit),
            levelText(estimate.low, unit),
            levelText(estimate.high, unit),
            count(estimate.n),
          ],
        })),
      }}
    />
  )
}
