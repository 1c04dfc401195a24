import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { FindingDetail } from '../../../src/http/shapes.ts'
import { Chart } from '../../parts/chart/Chart.tsx'
import { ground, indexOf, tip } from '../../parts/chart/pieces.ts'
import type { Paint } from '../../parts/chart/theme.ts'
import { useExportWords } from '../../parts/export/about.ts'
import { figureCells, figureColumns } from '../../parts/export/table.ts'
import { wordsOf } from '../../parts/factor.ts'
import { useFormat, useNames } from '../../shell/surroundings.tsx'
import { count, levelText, shortDay } from '../../words/format.ts'

export function Weekly({ of }: { of: FindingDetail }) {
  const { t } = useTranslation()
  const { day, lang } = useFormat()
  const names = useNames()
  const words = useExportWords()
  const { weekly, unit } = of
  const kind = wordsOf(of)
  const outcome = names.outcome(of.outcome)
  const option = useCallback(
    (paint: Paint) => ({
      grid: ground(16),
      xAxis: { type: 'category', data: weekly.map((one) => shortDay(one.day)) },
      yAxis: { type: 'value', splitNumber: 3, minInterval: 1 },
      tooltip: {
        trigger: 'axis',
        formatter: (params: unknown) => {
          const one = weekly[indexOf(params)]!
          return tip(day(one.day), [
            `${t('finding.volume')} ${count(one.volume)}`,
            `${t(`finding.${kind}.exposed`)}: ${outcome} ${levelText(one.exposed.value, unit)} · ${t('figure.n', { n: count(one.exposed.n) })}`,
            `${t(`finding.${kind}.control`)}: ${outcome} ${levelText(one.control.value, unit)} · ${t('figure.n', { n: count(one.control.n) })}`,
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
    [weekly, unit, kind, outcome, day, t],
  )
  const write = (value: number) => levelText(value, unit)
  const [first, last] = [weekly[0], weekly.at(-1)]
  if (!first || !last) return null
  return (
    <Chart
      title={t('finding.weekly')}
      help={t(`finding.${kind}.weekly`)}
      subject={of.sentence[lang]}
      period={{ from: first.day, to: of.period.to }}
      height={180}
      option={option}
      summary={t('finding.weeklySummary', { from: day(first.day), to: day(last.day), last: count(last.volume) })}
      data={{
        columns: [
          { id: 'week', name: t('finding.week'), type: 'text', write: day },
          { id: 'volume', name: t('finding.volume'), type: 'number', write: count },
          ...figureColumns(words, write, { id: 'exposed', name: t(`finding.${kind}.exposed`) }),
          ...figureColumns(words, write, { id: 'control', name: t(`finding.${kind}.control`) }),
        ],
        rows: weekly.map((one) => [one.day, one.volume, ...figureCells(one.exposed), ...figureCells(one.control)]),
      }}
    />
  )
}
