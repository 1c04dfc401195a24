import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Effect } from '../../../src/http/shapes.ts'
import { Chart } from '../../parts/chart/Chart.tsx'
import { ground, indexOf, tip } from '../../parts/chart/pieces.ts'
import type { Paint } from '../../parts/chart/theme.ts'
import { useExportWords } from '../../parts/export/about.ts'
import { useFormat, useNames } from '../../shell/surroundings.tsx'
import { count, MINUS, shortened, signed } from '../../words/format.ts'

const weekText = (week: number) => (week < 0 ? `${MINUS}${-week}` : String(week))

const write = (value: number) => signed(value, 'share')

interface DrawApi {
  value: (dimension: number) => number
  coord: (point: [number, number]) => [number, number]
}

/** Treated minus control by week: before the change the points should lie on zero. */
export function Gaps({ of }: { of: Effect }) {
  const { t } = useTranslation()
  const { range } = useFormat()
  const { weeks } = of.proof
  const names = useNames()
  const words = useExportWords()
  const known = weeks.filter((week) => week.gap !== null)
  const after = known.filter((week) => week.week >= 0).length
  const option = useCallback(
    (paint: Paint) => {
      const gaps = weeks.filter((week) => week.gap !== null)
      const start = gaps.findIndex((week) => week.week >= 0)
      const points = gaps.map((week, i) => [i, week.gap!.value * 100, week.gap!.low * 100, week.gap!.high * 100])
      const before = start < 0 ? gaps.length : start
      return {
        grid: ground(24, 12),
        xAxis: { type: 'category', data: gaps.map((week) => weekText(week.week)), axisLine: { onZero: false } },
        yAxis: {
          type: 'value',
          splitNumber: 3,
          axisLabel: { formatter: (value: number) => shortened(signed(value / 100, 'share')) },
        },
        tooltip: {
          trigger: 'axis',
          formatter: (params: unknown) => {
            const week = gaps[indexOf(params)]!
            const { value, low, high } = week.gap!
            return tip(t('effect.weekN', { n: weekText(week.week) }), [
              signed(value, 'share'),
              t('figure.interval', { range: range(low, high, 'share') }),
            ])
          },
        },
        series: [
          {
            type: 'custom',
            data: points,
            encode: { x: 0, y: [1, 2, 3] },
            renderItem: (_: unknown, api: DrawApi) => {
              const i = api.value(0)
              const unsure = api.value(2) <= 0 && api.value(3) >= 0
              const colour = i < before || unsure ? paint.neu : paint.focus
              const [x, y] = api.coord([i, api.value(1)])
              const [, low] = api.coord([i, api.value(2)])
              const [, high] = api.coord([i, api.value(3)])
              const bar = {
                type: 'rect',
                shape: { x: x - 3, y: high, width: 6, height: low - high, r: 3 },
                style: { fill: colour, opacity: 0.28 },
              }
              const dot = {
                type: 'circle',
                shape: { cx: x, cy: y, r: 4 },
                style: unsure
                  ? { fill: paint.surface, stroke: colour, lineWidth: 2 }
                  : { fill: colour, stroke: paint.surface, lineWidth: 1.5 },
              }
              return { type: 'group', children: [bar, dot] }
            },
            markLine: {
              silent: true,
              symbol: 'none',
              animation: false,
              label: { show: false },
              lineStyle: { color: paint.lineStrong, type: 'solid' },
              data: [{ yAxis: 0 }],
            },
            markArea:
              before === 0
                ? undefined
                : {
                    silent: true,
                    itemStyle: { color: paint.sunken },
                    label: { position: 'insideBottomLeft', color: paint.text2, fontSize: 12 },
                    data: [[{ name: t('effect.gapBefore'), xAxis: 0 }, { xAxis: before - 1 }]],
                  },
          },
        ],
      }
    },
    [weeks, range, t],
  )
  if (known.length === 0) return null
  return (
    <Chart
      title={t('effect.gaps')}
      help={`${t('effect.gapsHelp')} · ${t('effect.gapAfter', { n: after })}`}
      subject={names.said(of.what)}
      height={220}
      option={option}
      summary={t('effect.gapsSummary')}
      data={{
        columns: [
          { id: 'week', name: t('effect.week'), type: 'number', write: weekText },
          { id: 'value', name: t('effect.change'), type: 'number', write },
          { id: 'low', name: words.low, type: 'number', write },
          { id: 'high', name: words.high, type: 'number', write },
          { id: 'changed_n', name: `${t('effect.treated')} n`, type: 'number', write: count },
          { id: 'control_n', name: `${t('effect.control')} n`, type: 'number', write: count },
        ],
        rows: known.map(({ week, gap, treated, control }) => [
          week,
          gap!.value,
          gap!.low,
          gap!.high,
          treated.n,
          control.n,
        ]),
      }}
    />
  )
}
