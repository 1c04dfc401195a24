import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { Effect } from '../../../src/http/shapes.ts'
import { Chart, type Paint } from '../../parts/chart/Chart.tsx'
import { band, indexOf, spread, tip } from '../../parts/chart/pieces.ts'
import { useFormat, useNames } from '../../shell/surroundings.tsx'
import { count, dayOf, levelText, shortDay, shortened } from '../../words/format.ts'

/** A wide margin for the labels at the line ends; on a phone they stand closer. */
const LABELS = 112
const HEIGHT = 360

/** Changed and control products week by week; they part, or do not, at the gold line. */
export function Lines({ of }: { of: Effect }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { day, range, zone } = format
  const names = useNames()
  const { weeks, treated, control } = of.proof
  const outcome = names.outcome(of.outcome)
  const began = day(dayOf(of.at, zone))
  const option = useCallback(
    (paint: Paint) => {
      const start = weeks.findIndex((week) => week.week >= 0)
      const name = of.what.length > 14 ? `${of.what.slice(0, 14)}…` : of.what
      const all = weeks.flatMap((week) => [week.treated.low, week.treated.high, week.control.low, week.control.high])
      const known = all.filter((value) => value !== null)
      const last = weeks.at(-1)
      const perUnit = (HEIGHT - 72) / (Math.max(...known) - Math.min(...known) || 1)
      const [onControl = 0, onCounterfactual = 0, onTreated = 0] = spread(
        [last?.control.value ?? null, last?.counterfactual ?? null, last?.treated.value ?? null],
        perUnit,
      )
      const line = (label: string, colour: string, data: (number | null)[], down: number, more: object) => ({
        type: 'line',
        name: label,
        data,
        lineStyle: { color: colour, width: 2 },
        itemStyle: { color: colour },
        endLabel: {
          show: true,
          color: colour,
          fontWeight: 600,
          offset: [0, down],
          formatter: ({ value }: { value: unknown }) =>
            `${label} ${typeof value === 'number' ? levelText(value, 'share') : ''}`,
        },
        ...more,
      })
      const counterfactual = weeks.map(
        (week, i) => week.counterfactual ?? (i === start - 1 ? week.treated.value : null),
      )
      return {
        grid: { left: 8, right: LABELS, top: 32, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
        xAxis: { type: 'category', boundaryGap: false, data: weeks.map((week) => shortDay(week.day)) },
        yAxis: {
          type: 'value',
          scale: true,
          splitNumber: 4,
          axisLabel: { formatter: (value: number) => shortened(levelText(value, 'share')) },
        },
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
          line(
            t('effect.control'),
            paint.neu,
            weeks.map((week) => week.control.value),
            onControl,
            {},
          ),
          line(t('effect.counterfactual'), paint.focus, counterfactual, onCounterfactual, {
            // It begins in the middle: an animated end label would start from a point that is not there.
            animation: false,
            lineStyle: { color: paint.focus, width: 1.5, type: 'dashed' },
            endLabel: {
              show: true,
              color: paint.focus,
              offset: [0, onCounterfactual],
              formatter: t('effect.counterfactual'),
            },
          }),
          line(
            t('effect.treated'),
            paint.focus,
            weeks.map((week) => week.treated.value),
            onTreated,
            {
              markLine:
                start < 0
                  ? undefined
                  : {
                      silent: true,
                      symbol: 'none',
                      animation: false,
                      lineStyle: { color: paint.gold, width: 1.5, type: 'solid' },
                      label: { formatter: `${began} ${name}`, color: paint.goldText, position: 'end', distance: 8 },
                      data: [{ xAxis: start }],
                    },
            },
          ),
        ],
      }
    },
    [weeks, of.what, began, day, range, t],
  )
  if (weeks.length === 0) return null
  return (
    <Chart
      title={t('effect.chart', { outcome })}
      help={t('effect.chartHelp')}
      height={HEIGHT}
      option={option}
      summary={t('effect.chartSummary', {
        outcome,
        day: began,
        before: levelText(treated.before.value, 'share'),
        after: levelText(treated.after.value, 'share'),
      })}
      table={{
        head: [
          t('effect.week'),
          `${t('effect.treated')} (${count(treated.products)})`,
          `${t('effect.controlGroup')} (${count(control.products)})`,
          t('effect.counterfactual'),
        ],
        rows: weeks.map((week) => ({
          key: week.day,
          cells: [
            day(week.day),
            levelText(week.treated.value, 'share'),
            levelText(week.control.value, 'share'),
            levelText(week.counterfactual, 'share'),
          ],
        })),
      }}
    />
  )
}
