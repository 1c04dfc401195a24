import { useTranslation } from 'react-i18next'
import type { IndicatorBreakdown, IndicatorSummary } from '../../../src/http/shapes.ts'
import { useBreakdown } from '../../api/queries.ts'
import { validSearch } from '../../api/search.ts'
import { Card } from '../../parts/Card.tsx'
import { Export } from '../../parts/export/Export.tsx'
import { IntervalRows, tooFew } from '../../parts/Interval.tsx'
import { useIndicatorWords } from '../../parts/Metric.tsx'
import { ends, scaleOver, type Tone } from '../../parts/scale.ts'
import { Answer } from '../../parts/states.tsx'
import { Go, useAsking } from '../../shell/Go.tsx'
import { useAddress, useFormat, useNames, useSlice } from '../../shell/surroundings.tsx'
import { count, level, levelText, shortened } from '../../words/format.ts'
import { DimensionPick } from './DimensionPick.tsx'
import { type Dimension, filters, inTime, offeredFor, useGroupNames } from './dimensions.ts'
import { useBreakdownTable } from './numbers.ts'

/** How many groups with too few behind them are named; the rest is counted. */
const SHOWN_FEW = 3

type Group = IndicatorBreakdown['groups'][number]

/** Up to this share of what is called different may be chance. */
const Q = 0.05
const isApart = (group: Group) => group.apart !== null && group.apart.q <= Q

/** A group is better or worse than the others only where that holds after all groups were compared. */
function toneOf({ apart }: Group, higherIsBetter: boolean): Tone {
  if (!apart || apart.q > Q || apart.value === 0) return 'unsure'
  return apart.value > 0 === higherIsBetter ? 'good' : 'bad'
}

/** What the comparison says first: which groups are not like the others, after so many were tried. */
function ApartLead({ of, nameOf }: { of: readonly Group[]; nameOf: (group: Group) => string }) {
  const { t } = useTranslation()
  const tried = of.filter((group) => group.apart !== null)
  if (tried.length < 2) return null
  const apart = tried.filter(isApart).sort((a, b) => a.apart!.q - b.apart!.q)
  const names = apart.slice(0, 4).map((group) => `${nameOf(group)} ${group.apart!.value > 0 ? '▲' : '▼'}`)
  const said = names.join(t('indicators.comma')) + (apart.length > names.length ? '…' : '')
  return (
    <div className="apart-lead">
      <p>
        {apart.length > 0
          ? t('indicators.apartLead', { count: apart.length, n: count(apart.length), names: said })
          : t('indicators.apartNone')}
      </p>
      <p className="aux">{t('indicators.apartHelp', { n: count(tried.length) })}</p>
    </div>
  )
}

function Groups({ of, whole, by }: { of: IndicatorBreakdown; whole: IndicatorSummary; by: Dimension }) {
  const { t } = useTranslation()
  const { differenceUnit, lang, range } = useFormat()
  const { unit, higherIsBetter } = useIndicatorWords(of.id)
  const large = of.groups.filter((group) => group.estimate.value !== null && !tooFew(group.estimate.n))
  const small = of.groups.filter((group) => tooFew(group.estimate.n)).sort((a, b) => b.estimate.n - a.estimate.n)
  const shown = inTime.has(by) ? large : [...large].sort((a, b) => (b.estimate.value ?? 0) - (a.estimate.value ?? 0))
  const middle = whole.estimate.value
  const scale = scaleOver(ends(shown.map((group) => group.estimate)), middle === null ? [] : [middle])
  const nameOf = useGroupNames(by)
  const listed = [...shown, ...small.slice(0, SHOWN_FEW)]
  const apartWords = ({ apart, ...group }: Group) => {
    if (!apart) return undefined
    if (!isApart({ ...group, apart })) return t('indicators.alike')
    const by = t('indicators.apartBy', {
      difference: `${level(Math.abs(apart.value), unit)} ${differenceUnit(unit)}`.trim(),
      range: apart.value > 0 ? range(apart.low, apart.high, unit) : range(-apart.high, -apart.low, unit),
    })
    return `${t(apart.value > 0 ? 'indicators.above' : 'indicators.below')} ${by}`
  }
  const rows = listed.map((group) => {
    const { key, estimate } = group
    const few = tooFew(estimate.n)
    const filter = filters[by]
    const text = nameOf(group)
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
      tone: few ? ('unsure' as const) : toneOf(group, higherIsBetter),
      sub: few ? undefined : apartWords(group),
      text: few ? '' : levelText(estimate.value, unit, lang),
      n: t('figure.n', { n: count(estimate.n) }),
    }
  })
  return (
    <>
      {!inTime.has(by) && <ApartLead of={of.groups} nameOf={nameOf} />}
      {rows.length === 0 ? (
        <p className="soft">{t('figure.noData')}</p>
      ) : (
        <IntervalRows
          rows={rows}
          scale={scale}
          tick={(value) => shortened(levelText(value, unit, lang))}
          reference={middle ?? undefined}
          judged={false}
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
  const offered = offeredFor(useNames().indicator(of.id))
  const by = offered.find((one) => one === asked) ?? 'category'
  const breakdown = useBreakdown(of.id, by, useSlice())
  const fits = breakdown.data?.by === by
  const { short } = useIndicatorWords(of.id)
  const tableOf = useBreakdownTable(by)
  return (
    <Card
      title={t('indicator.breakdown')}
      help={t('indicator.breakdownHelp')}
      end={
        <span className="row wrap chart-tools">
          <DimensionPick
            value={by}
            offered={offered}
            choose={(value) => ask((search) => validSearch({ ...search, by: value }), { replace: true })}
          />
          <Export
            what={`${short} · ${t(`indicator.by_${by}`)}`}
            table={() => (fits && breakdown.data ? tableOf(breakdown.data) : null)}
          />
        </span>
      }
    >
      <Answer of={fits ? breakdown : { ...breakdown, data: undefined }} what={t('indicator.breakdown')} cards={[6]}>
        {(data) => <Groups of={data} whole={of} by={by} />}
      </Answer>
    </Card>
  )
}
