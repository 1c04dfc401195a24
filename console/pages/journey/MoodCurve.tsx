import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Journey } from '../../../src/http/shapes.ts'
import { Chart } from '../../parts/chart/Chart.tsx'
import { band, ground, indexOf, tip } from '../../parts/chart/pieces.ts'
import type { Paint } from '../../parts/chart/theme.ts'
import { useExportWords } from '../../parts/export/about.ts'
import { figureCells, figureColumns } from '../../parts/export/table.ts'
import { useFormat, useNames } from '../../shell/surroundings.tsx'
import { count, joinRange } from '../../words/format.ts'
import { netText } from '../overview/WorstTouchpoints.tsx'
import { told } from './figures.ts'

/** An axis end that leaves room around the values, and never goes beyond what a net sentiment can be. */
const clamp =
  (end: 1 | -1, nearer: (...values: number[]) => number) =>
  ({ min, max }: { min: number; max: number }) =>
    nearer(end, end === 1 ? Math.ceil((Math.max(0, max) + 0.1) * 2) / 2 : Math.floor((Math.min(0, min) - 0.1) * 2) / 2)

/** How customers feel from touchpoint to touchpoint. The deepest dip and the highest point carry their names. */
export function MoodCurve({ of }: { of: Journey }) {
  const { t } = useTranslation()
  const { lang } = useFormat()
  const names = useNames()
  const words = useExportWords()
  const shown = of.touchpoints.filter((one) => told(one.sentiment))
  const sorted = [...shown].sort((one, other) => one.sentiment.estimate.value! - other.sentiment.estimate.value!)
  const [low, high] = [sorted[0], sorted.at(-1)]
  const option = useCallback(
    (paint: Paint) => {
      const estimates = shown.map((one) => one.sentiment.estimate)
      const said = (value: number) => netText(value)
      return {
        grid: { ...ground(24, 34), bottom: 8 },
        xAxis: {
          type: 'category',
          boundaryGap: true,
          data: shown.map((one) => names.touchpoint(one.id)),
          axisLabel: { interval: 0, hideOverlap: true, width: 76, overflow: 'break' },
        },
        yAxis: {
          type: 'value',
          interval: 0.5,
          max: clamp(1, Math.min),
          min: clamp(-1, Math.max),
          axisLabel: { formatter: said },
        },
        tooltip: {
          trigger: 'axis',
          formatter: (params: unknown) => {
            const one = shown[indexOf(params)]!
            const { estimate } = one.sentiment
            const range = joinRange(netText(estimate.low), netText(estimate.high), lang)
            return tip(names.touchpoint(one.id), [
              netText(estimate.value),
              t('figure.interval', { range }),
              t('figure.n', { n: count(estimate.n) }),
            ])
          },
        },
        series: [
          ...band('ci', estimates, paint.focus),
          {
            type: 'line',
            name: t('journey.sentiment'),
            showSymbol: true,
            symbol: 'circle',
            symbolSize: 9,
            lineStyle: { color: paint.focus, width: 2 },
            markLine: {
              silent: true,
              symbol: 'none',
              label: { show: false },
              lineStyle: { color: paint.lineStrong, type: 'solid' },
              data: [{ yAxis: 0 }],
            },
            data: shown.map((one) => ({
              value: one.sentiment.estimate.value,
              itemStyle: { color: one.sentiment.estimate.value! < 0 ? paint.neg : paint.pos },
              label: {
                show: one === low || one === high,
                position: one === low && one.sentiment.estimate.value! > -0.8 ? 'bottom' : 'top',
                color: one.sentiment.estimate.value! < 0 ? paint.negText : paint.posText,
                formatter: `${names.touchpoint(one.id)} ${netText(one.sentiment.estimate.value)}`,
              },
            })),
          },
        ],
      }
    },
    [shown, low, high, names, lang, t],
  )
  if (!low || !high) return null
  const summed = shown.reduce((sum, one) => sum + one.sentiment.estimate.n, 0)
  return (
    <Chart
      title={t('journey.curve')}
      help={t('journey.curveHelp')}
      height={240}
      option={option}
      summary={t('journey.curveSummary', { low: names.touchpoint(low.id), high: names.touchpoint(high.id) })}
      basis={t('journey.curveBasis', { n: count(summed) })}
      data={{
        columns: [
          { id: 'touchpoint', name: t('journey.columns.touchpoint'), type: 'text' },
          ...figureColumns(words, netText),
        ],
        rows: of.touchpoints.map((one) => [names.touchpoint(one.id), ...figureCells(one.sentiment.estimate)]),
      }}
    />
  )
}
