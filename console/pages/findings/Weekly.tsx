import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { FindingDetail } from '../../../src/http/shapes.ts'
import { Chart, type Paint } from '../../parts/chart/Chart.tsx'
import { indexOf, tip } from '../../parts/chart/pieces.ts'
import { useFormat, useNames } from '../../shell/surroundings.tsx'
import { count, levelText, shortDay } from '../../words/format.ts'

export function Weekly({ of }: { of: FindingDetail }) {
  const { t } = useTranslation()
  const { day } = useFormat()
  const names = useNames()
  const { weekly, unit } = of
  const outcome = names.outcome(of.outcome)
  const option = useCallback(
    (paint: Paint) => ({
      grid: { left: 8, right: 16, top: 16, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      xAxis: { type: 'category', data: weekly.map((one) => shortDay(one.day)) },
      yAxis: { type: 'value', splitNumber: 3, minInterval: 1 },
      tooltip: {
        trigger: 'axis',
        formatter: (params: unknown) => {
          const one = weekly[indexOf(params)]!
          return tip(day(one.day), [
            `${t('finding.volume')} ${count(one.volume)}`,
            `${t('finding.exposed')}: ${outcome} ${levelText(one.exposed.value, unit)} · ${t('figure.n', { n: count(one.exposed.n) })}`,
            `${t('finding.control')}: ${outcome} ${levelText(one.control.value, unit)} · ${t('figure.n', { n: count(one.control.n) })}`,
          ])
        },
      },
      series: [
        {
          type: 'bar',
          data: weekly.map((one, i) => ({
            value: one.volume,
            itemStyle: { color: i === weekly.length - 1 ? paint.focus : paint.context, borderRadius: [2, 2, 0, 0] },
            label: { show: i === weekly.length - 1, position: 'top', color: paint.focus, fontWeight: 600 },
          })),
          barMaxWidth: 28,
        },
      ],
    }),
    [weekly, unit, outcome, day, t],
  )
  const [first, last] = [weekly[0], weekly.at(-1)]
  if (!first || !last) return null
  return (
    <Chart
      title={t('finding.weekly')}
      help={t('finding.weeklyHelp')}
      height={180}
      option={option}
      summary={t('finding.weeklySummary', { from: day(first.day), to: day(last.day), last: count(last.volume) })}
      table={{
        head: [t('finding.week'), t('finding.volume'), t('finding.exposed'), t('finding.control')],
        rows: weekly.map((one) => ({
          key: one.day,
          cells: [
            day(one.day),
            count(one.volume),
            levelText(one.exposed.value, unit),
            levelText(one.control.value, unit),
          ],
        })),
      }}
    />
  )
}
