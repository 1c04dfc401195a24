import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Estimate, Live, LiveFigures } from '../../../src/http/shapes.ts'
import { Chart } from '../../parts/chart/Chart.tsx'
import { band, ground, indexOf, levelAxis, line, tip } from '../../parts/chart/pieces.ts'
import type { Paint } from '../../parts/chart/theme.ts'
import { useExportWords } from '../../parts/export/about.ts'
import { figureCells, figureColumns } from '../../parts/export/table.ts'
import { useFormat } from '../../shell/surroundings.tsx'
import { count, dayOf, levelText } from '../../words/format.ts'
import { useFunnelWords } from './names.ts'
import { rolling } from './rolling.ts'

interface LinesProps {
  of: Live
  figures: LiveFigures
  step: number
}

const MINUTE_MS = 60_000
/** Bins that one point looks back over: ten minutes of an hour, an hour of a day. */
const BACK = { hour: 10, today: 4 } as const

/** Of fewer no line is drawn: it would leap from nought to everybody. */
const FEWEST = 10
const nobody = (n: number): Estimate => ({ value: null, low: null, high: null, n })

/** The local day of which it tells. */
function useDayOf({ asOf }: Live): { from: string; to: string } | null {
  const { zone } = useFormat()
  const day = asOf === null ? null : dayOf(asOf, zone)
  return day === null ? null : { from: day, to: day }
}

function useClock(): (at: number) => string {
  const { zone } = useFormat()
  return useMemo(() => {
    const write = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' })
    return (at) => write.format(at)
  }, [zone])
}

const minutesOf = ({ bins }: LiveFigures) => (bins.length > 1 ? (bins[1]!.at - bins[0]!.at) / MINUTE_MS : 1)
const shareText = (one: Estimate | undefined) => levelText(one?.value ?? null, 'share')

/** Conversion minute by minute, with its interval, over the same minutes of usual days. */
export function GoingOn({ of, figures, step }: LinesProps) {
  const day = useDayOf(of)
  const { t } = useTranslation()
  const { range } = useFormat()
  const clock = useClock()
  const words = useExportWords()
  const { step: nameOf } = useFunnelWords()
  const [now, usual] = useMemo(
    () =>
      (['now', 'usual'] as const).map((side) =>
        rolling(
          figures.bins.map((one) => one[side][step]!),
          BACK[of.span],
        ),
      ),
    [figures, step, of.span],
  ) as [Estimate[], Estimate[]]
  const drawn = useMemo(() => now.map((one) => (one.n < FEWEST ? nobody(one.n) : one)), [now])
  const high = Math.max(0, ...drawn.map((one) => one.high ?? 0), ...usual.map((one) => one.value ?? 0))
  const times = useMemo(() => figures.bins.map(({ at }) => clock(at)), [figures, clock])
  const title = t('live.goLine', { from: nameOf(of.funnel.steps[step]!), to: nameOf(of.funnel.steps[step + 1]!) })
  const option = useCallback(
    (paint: Paint) => ({
      grid: ground(72),
      xAxis: { type: 'category', boundaryGap: false, data: times },
      // Nobody goes on more often than always.
      yAxis: { ...levelAxis('share', 'en', 'zero'), ...(high > 0.5 && { max: 1, interval: 0.25 }) },
      tooltip: {
        trigger: 'axis',
        formatter: (params: unknown) => {
          const i = indexOf(params)
          const { value, low, high, n } = now[i]!
          const between = value === null ? '' : t('figure.interval', { range: range(low!, high!, 'share') })
          return tip(times[i]!, [
            `${t('live.now')} ${levelText(value, 'share')}`,
            between,
            t('figure.n', { n: count(n) }),
            t('live.usualWent', { value: shareText(usual[i]) }),
          ])
        },
      },
      series: [
        ...band('ci', drawn, paint.focus),
        line({
          name: t('live.usual'),
          values: usual.map((one) => (one.n < FEWEST ? null : one.value)),
          colour: paint.context,
          dashed: true,
        }),
        {
          ...line({
            name: t('live.now'),
            values: drawn.map((one) => one.value),
            colour: paint.focus,
            end: (value) => levelText(value, 'share'),
          }),
          // It may begin with nobody there: an animated end label would start from a point that is not there.
          animation: false,
        },
      ],
    }),
    [times, now, drawn, usual, high, range, t],
  )
  return (
    <Chart
      title={title}
      subject={t('live.title')}
      period={day}
      help={t('live.goLineHelp', { n: minutesOf(figures) * BACK[of.span] })}
      height={240}
      option={option}
      summary={`${title} ${t('live.summaryGo', { now: shareText(now.at(-1)), usual: shareText(usual.at(-1)) })}`}
      basis={t('live.basis', { n: count(figures.steps[step]!.arrived), days: figures.usualDays })}
      data={{
        columns: [
          { id: 'time', name: t('live.time'), type: 'text' },
          ...figureColumns(words, (value) => levelText(value, 'share'), { id: 'now', name: t('live.now') }),
          ...figureColumns(words, (value) => levelText(value, 'share'), { id: 'usual', name: t('live.usual') }),
        ],
        rows: times.map((time, i) => [time, ...figureCells(now[i]!), ...figureCells(usual[i]!)]),
      }}
    />
  )
}

/** How many arrive, and how many usually do. */
export function Arrivals({ of, figures, step }: LinesProps) {
  const day = useDayOf(of)
  const { t } = useTranslation()
  const clock = useClock()
  const { step: nameOf } = useFunnelWords()
  const { bins, usualDays } = figures
  const now = useMemo(() => bins.map((one) => one.now[step]!.n), [bins, step])
  const usual = useMemo(
    () => bins.map((one) => (usualDays === 0 ? null : one.usual[step]!.n / usualDays)),
    [bins, step, usualDays],
  )
  const times = useMemo(() => bins.map(({ at }) => clock(at)), [bins, clock])
  const title = t('live.arriveLine', { step: nameOf(of.funnel.steps[step]!) })
  const rough = (value: number | null) => (value === null ? '—' : value.toFixed(1))
  const option = useCallback(
    (paint: Paint) => ({
      grid: ground(24),
      xAxis: { type: 'category', data: times },
      yAxis: { type: 'value', splitNumber: 4, minInterval: 1 },
      tooltip: {
        trigger: 'axis',
        formatter: (params: unknown) => {
          const i = indexOf(params)
          return tip(times[i]!, [
            `${t('live.now')} ${count(now[i]!)}`,
            `${t('live.usual')} ${usual[i] === null ? '—' : usual[i]!.toFixed(1)}`,
          ])
        },
      },
      series: [
        { type: 'bar', name: t('live.now'), data: now, itemStyle: { color: paint.focus }, barMaxWidth: 12 },
        line({ name: t('live.usual'), values: usual, colour: paint.context }),
      ],
    }),
    [times, now, usual, t],
  )
  return (
    <Chart
      title={title}
      subject={t('live.title')}
      period={day}
      help={t('live.arriveLineHelp', { n: minutesOf(figures) })}
      height={240}
      option={option}
      summary={`${title} ${t('live.summaryArrive', {
        now: count(now.reduce((sum, one) => sum + one, 0)),
        usual: count(usual.reduce<number>((sum, one) => sum + (one ?? 0), 0)),
      })}`}
      basis={t('live.basis', { n: count(figures.steps[step]!.arrived), days: usualDays })}
      data={{
        columns: [
          { id: 'time', name: t('live.time'), type: 'text' },
          { id: 'now', name: t('live.now'), type: 'number' },
          { id: 'usual', name: t('live.usual'), type: 'number', write: rough },
        ],
        rows: times.map((time, i) => [time, now[i]!, usual[i]!]),
      }}
    />
  )
}
