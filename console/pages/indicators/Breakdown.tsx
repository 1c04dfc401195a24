import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import type { IndicatorBreakdown, IndicatorSummary } from '../../../src/http/shapes.ts'
import { useBreakdown } from '../../api/queries.ts'
import { type ListKey, validSearch } from '../../api/search.ts'
import { Card } from '../../parts/Card.tsx'
import { IntervalRows, tooFew } from '../../parts/Interval.tsx'
import { useIndicatorWords } from '../../parts/Metric.tsx'
import { ends, scaleOver, type Tone } from '../../parts/scale.ts'
import { Answer } from '../../parts/states.tsx'
import { Go, useAsking } from '../../shell/Go.tsx'
import { useAddress, useFormat, useNames, useSlice } from '../../shell/surroundings.tsx'
import { count, levelText, shortened } from '../../words/format.ts'

const dimensions = ['category', 'merchant', 'product', 'city', 'kind', 'channel', 'week'] as const
type Dimension = (typeof dimensions)[number]

/** How many groups with too few behind them are named; the rest is counted. */
const SHOWN_FEW = 3

/** Dimensions that the voices can be filtered by, so that a group leads to its voices. */
const filters: { [K in Dimension]?: ListKey } = {
  category: 'category',
  merchant: 'merchant',
  product: 'product',
  city: 'city',
  kind: 'kind',
}
const dimensionsOf = (id: string) => (id === 'return_rate' ? dimensions.filter((one) => one !== 'kind') : dimensions)

/** A group differs from the whole only where its interval leaves the whole out. */
function toneAgainst(
  group: { low: number | null; high: number | null },
  whole: number | null,
  higherIsBetter: boolean,
): Tone {
  if (whole === null || group.low === null || group.high === null) return 'unsure'
  if (group.low > whole) return higherIsBetter ? 'good' : 'bad'
  if (group.high < whole) return higherIsBetter ? 'bad' : 'good'
  return 'unsure'
}

function Groups({ of, whole, by }: { of: IndicatorBreakdown; whole: IndicatorSummary; by: Dimension }) {
  const { t } = useTranslation()
  const { day } = useFormat()
  const names = useNames()
  const { unit, higherIsBetter } = useIndicatorWords(of.id)
  const large = of.groups.filter((group) => group.estimate.value !== null && !tooFew(group.estimate.n))
  const small = of.groups.filter((group) => tooFew(group.estimate.n)).sort((a, b) => b.estimate.n - a.estimate.n)
  const shown = by === 'week' ? large : [...large].sort((a, b) => (b.estimate.value ?? 0) - (a.estimate.value ?? 0))
  const middle = whole.estimate.value
  const scale = scaleOver(ends(shown.map((group) => group.estimate)), middle === null ? [] : [middle])
  const labelOf = (key: string, label: string) => {
    if (by === 'category') return names.category(key)
    if (by === 'kind') return names.kind(key)
    return by === 'week' ? day(key) : label
  }
  const listed = [...shown, ...small.slice(0, SHOWN_FEW)]
  const rows = listed.map(({ key, label, estimate }) => {
    const few = tooFew(estimate.n)
    const filter = filters[by]
    const text = labelOf(key, label)
    return {
      key,
      label: filter ? (
        <Go to="/voices" ask={{ [filter]: [key] }} className="plain" title={t('indicator.voices')}>
          <span className="name">{text}</span>
        </Go>
      ) : (
        text
      ),
      of: few ? null : estimate,
      few,
      tone: few ? ('unsure' as const) : toneAgainst(estimate, middle, higherIsBetter),
      text: few ? '' : levelText(estimate.value, unit),
      n: t('figure.n', { n: count(estimate.n) }),
    }
  })
  return (
    <>
      {rows.length === 0 ? (
        <p className="soft">{t('figure.noData')}</p>
      ) : (
        <IntervalRows
          rows={rows}
          scale={scale}
          tick={(value) => shortened(levelText(value, unit))}
          reference={middle ?? undefined}
          nothing={t('figure.noDataShort')}
          name={t('indicator.breakdown')}
        />
      )}
      {small.length > SHOWN_FEW && (
        <p className="aux">{t('indicator.small', { n: count(small.length - SHOWN_FEW) })}</p>
      )}
    </>
  )
}

export function Breakdown({ of }: { of: IndicatorSummary }) {
  const { t } = useTranslation()
  const ask = useAsking()
  const asked = useAddress().by
  const offered = dimensionsOf(of.id)
  const by = offered.find((one) => one === asked) ?? 'category'
  const breakdown = useBreakdown(of.id, by, useSlice())
  const fits = breakdown.data?.by === by
  return (
    <Card
      title={t('indicator.breakdown')}
      help={t('indicator.breakdownHelp')}
      end={
        <div className="scroll">
          <Segmented<Dimension>
            size="small"
            value={by}
            aria-label={t('indicator.by')}
            onChange={(value) => ask((search) => validSearch({ ...search, by: value }), { replace: true })}
            options={offered.map((value) => ({ value, label: t(`indicator.by_${value}`) }))}
          />
        </div>
      }
    >
      <Answer of={fits ? breakdown : { ...breakdown, data: undefined }} what={t('indicator.breakdown')} cards={[6]}>
        {(data) => <Groups of={data} whole={of} by={by} />}
      </Answer>
    </Card>
  )
}
