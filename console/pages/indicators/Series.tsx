import { Segmented } from 'antd'
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { IndicatorSummary } from '../../../src/http/shapes.ts'
import { validSearch } from '../../api/search.ts'
import { Chart } from '../../parts/chart/Chart.tsx'
import { band, dayAxis, ground, indexOf, levelAxis, line, parted, spread, tip } from '../../parts/chart/pieces.ts'
import type { Paint } from '../../parts/chart/theme.ts'
import { useExportWords } from '../../parts/export/about.ts'
import { type Column, figureCells, figureColumns } from '../../parts/export/table.ts'
import { FEW } from '../../parts/few.ts'
import { useIndicatorWords } from '../../parts/Metric.tsx'
import { useAsking } from '../../shell/Go.tsx'
import { useAddress, useFormat } from '../../shell/surroundings.tsx'
import { count, levelText } from '../../words/format.ts'

const steps = ['day', 'week', 'month'] as const
export type Step = (typeof steps)[number]
const HEIGHT = 280

/** How long one point of the run is, as the address says it. */
export const useStep = (): Step => {
  const asked = useAddress().grain
  return steps.find((one) => one === asked) ?? 'day'
}

const againsts = ['none', 'previous'] as const
type Against = (typeof againsts)[number]

function useAgainst(): Against {
  return useAddress().against === 'previous' ? 'previous' : 'none'
}

function Choices() {
  const { t } = useTranslation()
  const ask = useAsking()
  const step = useStep()
  const against = useAgainst()
  return (
    <>
      <Segmented<Against>
        size="small"
        value={against}
        aria-label={t('indicators.against')}
        onChange={(value) =>
          ask((search) => validSearch({ ...search, against: value === 'none' ? undefined : value }), { replace: true })
        }
        options={againsts.map((value) => ({ value, label: t(`indicators.against_${value}`) }))}
      />
      <Segmented<Step>
        size="small"
        value={step}
        aria-label={t('indicators.step')}
        onChange={(value) =>
          ask((search) => validSearch({ ...search, grain: value === 'day' ? undefined : value }), { replace: true })
        }
        options={steps.map((value) => ({ value, label: t(`indicators.step_${value}`) }))}
      />
    </>
  )
}

/** The run in focus with its band, points with too few behind them dashed; on demand the period before it, in grey. */
function useOption(of: IndicatorSummary, against: Against) {
  const { t } = useTranslation()
  const { day, lang, range } = useFormat()
  const { short, unit } = useIndicatorWords(of.id)
  const { series, previousSeries } = of
  return useCallback(
    (paint: Paint) => {
      const estimates = series.map((one) => one.estimate)
      const before = series.map((_, i) => previousSeries[i])
      const said = before.map((one) => one?.estimate.value ?? null)
      const { sure, few } = parted(estimates, FEW)
      const known = [...estimates.flatMap((one) => [one.low, one.high]), ...(against === 'previous' ? said : [])]
      const ends = known.filter((value) => value !== null)
      const perUnit = (HEIGHT - 56) / (Math.max(...ends) - Math.min(...ends) || 1)
      const [onRun = 0, onBefore = 0] = spread([estimates.at(-1)?.value ?? null, said.at(-1) ?? null], perUnit)
      const write = (value: number) => levelText(value, unit, lang)
      const lastIsFew = (estimates.at(-1)?.n ?? 0) < FEW
      const run = { name: short, colour: paint.focus, down: against === 'previous' ? onRun : 0 }
      return {
        grid: ground(against === 'previous' ? 112 : 72),
        xAxis: dayAxis(series.map((one) => one.day)),
        yAxis: levelAxis(unit, lang),
        tooltip: {
          trigger: 'axis',
          formatter: (params: unknown) => {
            const i = indexOf(params)
            const { value, low, high, n } = series[i]!.estimate
            const between = low !== null && high !== null ? t('figure.interval', { range: range(low, high, unit) }) : ''
            const then = before[i]
            const beforeWords =
              against === 'previous' && then
                ? [
                    `${day(then.day)} ${levelText(then.estimate.value, unit, lang)} · ${t('figure.n', { n: count(then.estimate.n) })}`,
                  ]
                : []
            const fewWords = value !== null && n < FEW ? ` · ${t('figure.few')}` : ''
            return tip(day(series[i]!.day), [
              `${short} ${levelText(value, unit, lang)}`,
              between,
              t('figure.n', { n: count(n) }) + fewWords,
              ...beforeWords,
            ])
          },
        },
        series: [
          ...band('ci', estimates, paint.focus),
          ...(against === 'previous'
            ? [
                line({
                  name: t('indicators.against_previous'),
                  values: said,
                  colour: paint.neu,
                  end: (value) => t('indicators.before', { value: write(value) }),
                  down: onBefore,
                }),
              ]
            : []),
          line({ ...run, values: few, dashed: true, end: lastIsFew ? write : undefined }),
          line({ ...run, values: sure, end: lastIsFew ? undefined : write }),
        ],
      }
    },
    [series, previousSeries, against, short, unit, lang, day, range, t],
  )
}

export function Series({ of }: { of: IndicatorSummary }) {
  const { t } = useTranslation()
  const { day, lang } = useFormat()
  const { short, unit } = useIndicatorWords(of.id)
  const words = useExportWords()
  const against = useAgainst()
  const option = useOption(of, against)
  const { series, previousSeries } = of
  const [first, last] = [series[0], series.at(-1)]
  if (!first || !last) return null
  const write = (value: number) => levelText(value, unit, lang)
  const hasFew = series.some(({ estimate }) => estimate.value !== null && estimate.n < FEW)
  const dayColumn: Column = { id: 'day', name: t('indicator.day'), type: 'text', write: day }
  const beforeName = t('indicators.against_previous')
  return (
    <Chart
      title={t('indicator.series')}
      subject={short}
      help={t('indicator.seriesHelp')}
      end={<Choices />}
      height={HEIGHT}
      marks={series.length * 5}
      option={option}
      summary={t('indicator.chartSummary', {
        name: short,
        from: day(first.day),
        to: day(last.day),
        last: levelText(last.estimate.value, unit, lang),
      })}
      basis={[t('figure.n', { n: count(of.estimate.n) }), hasFew && t('indicators.fewPoints')]
        .filter(Boolean)
        .join(' · ')}
      data={{
        columns: [
          dayColumn,
          ...figureColumns(words, write),
          { ...dayColumn, id: 'before_day', name: `${beforeName} ${t('indicator.day')}` },
          ...figureColumns(words, write, { id: 'before', name: beforeName }),
        ],
        rows: series.map((one, i) => {
          const then = previousSeries[i]
          return [
            one.day,
            ...figureCells(one.estimate),
            then?.day ?? null,
            ...(then ? figureCells(then.estimate) : [null, null, null, null]),
          ]
        }),
      }}
    />
  )
}
