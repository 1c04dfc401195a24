import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlertPoint, AlertSeries } from '../../../src/http/shapes.ts'
import { Chart } from '../../parts/chart/Chart.tsx'
import { band, indexOf, tip } from '../../parts/chart/pieces.ts'
import type { Paint } from '../../parts/chart/theme.ts'
import { useFormat } from '../../shell/surroundings.tsx'
import { count, dayOf, shortDay, shortened } from '../../words/format.ts'
import { type AlertUnit, figure } from './figures.ts'

interface AlertChartProps {
  what: string
  where: string
  unit: AlertUnit
  step: AlertSeries['step']
  points: readonly AlertPoint[]
  alarmsAt: readonly number[]
}

/** The step that was told first, and those after it that lie outside the band themselves: what a longer stretch carries on is no dot. */
function isDot({ at, value, low, high }: AlertPoint, alarmsAt: readonly number[]): boolean {
  if (!alarmsAt.includes(at) || value === null) return false
  return at === alarmsAt[0] || low === null || high === null || value < low || value > high
}

/** A series with the band in which it was expected, and the steps that raised an alarm. */
export function AlertChart({ what, where, unit, step, points, alarmsAt }: AlertChartProps) {
  const { t } = useTranslation()
  const { exactMoment, stamp, day, zone } = useFormat()
  const told = useCallback(
    (at: number) => (step === 'day' ? day(dayOf(at, zone)) : exactMoment(at)),
    [step, day, exactMoment, zone],
  )
  const full = unit === 'share' && points.some((one) => Math.max(one.value ?? 0, one.high ?? 0) > 0.8)
  const dayAt = useCallback((place: number) => (points[place] ? dayOf(points[place].at, zone) : ''), [points, zone])
  // Over several days an axis of hours names each day where it begins.
  const byDay = step !== 'day' && new Set(points.map((_, place) => dayAt(place))).size > 2
  const option = useCallback(
    (paint: Paint) => ({
      grid: { left: 8, right: 24, top: 16, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      xAxis: {
        type: 'category',
        boundaryGap: false,
        data: points.map((one) => told(one.at)),
        axisLabel: {
          hideOverlap: true,
          ...(byDay && {
            interval: (place: number) => place > 0 && dayAt(place) !== dayAt(place - 1),
            formatter: (_: string, place: number) => shortDay(dayAt(place)),
          }),
        },
      },
      // No share is above all of it.
      yAxis: {
        ...(full && { max: 1, interval: 0.25 }),
        type: 'value',
        splitNumber: 4,
        axisLabel: { formatter: (value: number) => shortened(figure(value, unit)) },
      },
      tooltip: {
        trigger: 'axis',
        formatter: (params: unknown) => {
          const one = points[indexOf(params)]!
          const within =
            one.low !== null && one.high !== null ? ` (${figure(one.low, unit)}–${figure(one.high, unit)})` : ''
          return tip(told(one.at), [
            `${t('alerts.observed')} ${figure(one.value, unit)}`,
            `${t('alerts.expected')} ${figure(one.expected, unit)}${within}`,
            t('figure.n', { n: count(one.n) }),
          ])
        },
      },
      series: [
        ...band(
          'expected',
          points.map(({ expected, low, high, n }) => ({ value: expected, low, high, n })),
          paint.context,
          0.45,
        ),
        {
          type: 'line',
          name: t('alerts.expected'),
          data: points.map((one) => one.expected),
          lineStyle: { color: paint.context, type: 'dashed', width: 1.5 },
          itemStyle: { color: paint.context },
        },
        {
          type: 'line',
          name: t('alerts.observed'),
          data: points.map((one) => one.value),
          lineStyle: { color: paint.focus },
          itemStyle: { color: paint.focus },
        },
        {
          type: 'line',
          name: t('alerts.alarm'),
          data: points.map((one) => (isDot(one, alarmsAt) ? one.value : null)),
          showSymbol: true,
          showAllSymbol: true,
          symbolSize: 8,
          lineStyle: { opacity: 0 },
          itemStyle: { color: paint.neg },
        },
      ],
    }),
    [points, alarmsAt, unit, full, byDay, dayAt, told, t],
  )
  const [first, last] = [points[0], points.at(-1)]
  if (!first || !last) return null
  const summary = { what, where, from: told(first.at), to: told(last.at), n: count(alarmsAt.length) }
  const write = (value: number) => figure(value, unit)
  return (
    <Chart
      title={t('alerts.chart')}
      subject={`${what} · ${where}`}
      help={t('alerts.chartHelp')}
      height={280}
      option={option}
      summary={t('alerts.chartSummary', summary)}
      period={{ from: dayOf(first.at, zone), to: dayOf(last.at, zone) }}
      basis={t('alerts.basis')}
      data={{
        columns: [
          {
            id: 'time',
            name: t('alerts.time'),
            type: 'text',
            write: (cell) => (step === 'day' ? day(cell) : exactMoment(Date.parse(cell))),
          },
          { id: 'observed', name: t('alerts.value'), type: 'number', write },
          { id: 'expected', name: t('alerts.expected'), type: 'number', write },
          { id: 'low', name: t('alerts.low'), type: 'number', write },
          { id: 'high', name: t('alerts.high'), type: 'number', write },
          { id: 'n', name: 'n', type: 'number', write: count },
          { id: 'alarm', name: t('alerts.alarm'), type: 'text' },
        ],
        rows: points.map((one) => [
          step === 'day' ? dayOf(one.at, zone) : stamp(one.at),
          one.value,
          one.expected,
          one.low,
          one.high,
          one.n,
          alarmsAt.includes(one.at) ? '●' : '',
        ]),
      }}
    />
  )
}
