import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Effect } from '../../../src/http/shapes.ts'
import { Chart } from '../../parts/chart/Chart.tsx'
import { band, dayAxis, ground, indexOf, intervention, levelAxis, line, spread, tip } from '../../parts/chart/pieces.ts'
import type { Paint } from '../../parts/chart/theme.ts'
import { useExportWords } from '../../parts/export/about.ts'
import { figureCells, figureColumns } from '../../parts/export/table.ts'
import { useFormat, useNames } from '../../shell/surroundings.tsx'
import { count, dayOf, levelText } from '../../words/format.ts'

/** A wide margin for the labels at the line ends; on a phone they stand closer. */
const LABELS = 112
const HEIGHT = 360

const write = (value: number) => levelText(value, 'share')

/** Changed and control products week by week; they part, or do not, at the gold line. */
export function Lines({ of }: { of: Effect }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { day, range, zone } = format
  const names = useNames()
  const words = useExportWords()
  const { weeks, treated, control } = of.proof
  const outcome = names.outcome(of.outcome)
  const began = day(dayOf(of.at, zone))
  const what = names.said(of.what)
  const option = useCallback(
    (paint: Paint) => {
      const start = weeks.findIndex((week) => week.week >= 0)
      const name = what.length > 14 ? `${what.slice(0, 14)}…` : what
      const all = weeks.flatMap((week) => [week.treated.low, week.treated.high, week.control.low, week.control.high])
      const known = all.filter((value) => value !== null)
      const last = weeks.at(-1)
      const perUnit = (HEIGHT - 72) / (Math.max(...known) - Math.min(...known) || 1)
      const [onControl = 0, onCounterfactual = 0, onTreated = 0] = spread(
        [last?.control.value ?? null, last?.counterfactual ?? null, last?.treated.value ?? null],
        perUnit,
      )
      const says = (label: string) => (value: number) => `${label} ${levelText(value, 'share')}`
      const counterfactual = weeks.map(
        (week, i) => week.counterfactual ?? (i === start - 1 ? week.treated.value : null),
      )
      return {
        grid: ground(LABELS, 32),
        xAxis: dayAxis(weeks.map((week) => week.day)),
        yAxis: levelAxis('share'),
        tooltip: {
          trigger: 'axis',
          formatter: (params: unknown) => {
            const week = weeks[indexOf(params)]!
            const say = (label: string, one: (typeof week)['treated']) =>
              `${label} ${levelText(one.value, 'share')}${one.low !== null && one.high !== null ? ` (${range(one.low, one.high, 'share')})` : ''} · ${t('figure.n', { n: count(one.n) })}`
            return tip(`${day(week.day)} · ${t('effect.weekN', { n: week.week })}`, [
              say(t('effect.treated'), week.treated),
              say(t('effect.control'), week.control),
            ])
          },
        },
        series: [
          ...band(
            'control',
            weeks.map((week) => week.control),
            paint.neu,
            0.14,
          ),
          ...band(
            'treated',
            weeks.map((week) => week.treated),
            paint.focus,
          ),
          line({
            name: t('effect.control'),
            values: weeks.map((week) => week.control.value),
            colour: paint.neu,
            end: says(t('effect.control')),
            down: onControl,
          }),
          line({
            name: t('effect.counterfactual'),
            values: counterfactual,
            colour: paint.focus,
            end: () => t('effect.counterfactual'),
            down: onCounterfactual,
            dashed: true,
          }),
          {
            ...line({
              name: t('effect.treated'),
              values: weeks.map((week) => week.treated.value),
              colour: paint.focus,
              end: says(t('effect.treated')),
              down: onTreated,
            }),
            markLine: start < 0 ? undefined : intervention(start, `${began} ${name}`, paint),
          },
        ],
      }
    },
    [weeks, what, began, day, range, t],
  )
  if (weeks.length === 0) return null
  return (
    <Chart
      title={t('effect.chart', { outcome })}
      help={t('effect.chartHelp')}
      subject={what}
      height={HEIGHT}
      option={option}
      summary={t('effect.chartSummary', {
        outcome,
        day: began,
        before: levelText(treated.before.value, 'share'),
        after: levelText(treated.after.value, 'share'),
      })}
      data={{
        columns: [
          { id: 'week', name: t('effect.week'), type: 'text', write: day },
          ...figureColumns(words, write, {
            id: 'changed',
            name: `${t('effect.treated')} (${count(treated.products)})`,
          }),
          ...figureColumns(words, write, {
            id: 'control',
            name: `${t('effect.controlGroup')} (${count(control.products)})`,
          }),
          { id: 'expected', name: t('effect.counterfactual'), type: 'number', write },
        ],
        rows: weeks.map((week) => [
          week.day,
          ...figureCells(week.treated),
          ...figureCells(week.control),
          week.counterfactual,
        ]),
      }}
    />
  )
}
