import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IndicatorBreakdown, IndicatorComparison, IndicatorSummary } from '../../../src/http/shapes.ts'
import { useBreakdown, useComparison } from '../../api/queries.ts'
import { validSearch } from '../../api/search.ts'
import { Card } from '../../parts/Card.tsx'
import { Export } from '../../parts/export/Export.tsx'
import { IntervalRows, tooFew } from '../../parts/Interval.tsx'
import { useIndicatorWords } from '../../parts/Metric.tsx'
import { DesignEffect } from '../../parts/PerCustomer.tsx'
import { ends, scaleOver, type Tone } from '../../parts/scale.ts'
import { Answer } from '../../parts/states.tsx'
import { Go, useAsking } from '../../shell/Go.tsx'
import { useAddress, useFormat, useNames, useSlice } from '../../shell/surroundings.tsx'
import { count, level, levelText, shortened } from '../../words/format.ts'
import { DimensionPick } from './DimensionPick.tsx'
import { type Dimension, filters, inTime, offeredFor, useGroupNames } from './dimensions.ts'
import { useBreakdownTable } from './numbers.ts'

/** Of more groups than this only so many are shown at first, the worst. */
const SHOWN = 20
/** How many groups with too few behind them are named; the rest is counted. */
const SHOWN_FEW = 3

type Group = IndicatorBreakdown['groups'][number]
type Compared = IndicatorComparison['comparisons'][number]
/** How each group, by its key, compares with all the others; none while that is counted. */
type Apart = ReadonlyMap<string, Compared>

const isApart = (one: Compared | undefined) => one?.judgement === 'more_than_chance'

/** A group is better or worse than the others only where that holds after all groups were compared. */
function toneOf(one: Compared | undefined, higherIsBetter: boolean): Tone {
  if (!one?.change || !isApart(one) || one.change.value === 0) return 'unsure'
  return one.change.value > 0 === higherIsBetter ? 'good' : 'bad'
}

/** What the comparison says first: which groups are not like the others, after so many were tried. */
function ApartLead({ of, nameOf }: { of: Apart; nameOf: (group: { key: string; label: string }) => string }) {
  const { t } = useTranslation()
  const tried = [...of.values()].filter(({ change }) => change !== null)
  if (tried.length < 2) return null
  const apart = tried.filter(isApart).sort((a, b) => a.q! - b.q!)
  const names = apart.slice(0, 4).map((group) => `${nameOf(group)} ${group.change!.value > 0 ? '▲' : '▼'}`)
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

interface GroupsProps {
  of: IndicatorBreakdown
  apart: Apart
  whole: IndicatorSummary
  by: Dimension
}

function Groups({ of, apart, whole, by }: GroupsProps) {
  const { t } = useTranslation()
  const { differenceUnit, lang, range } = useFormat()
  const { unit, higherIsBetter } = useIndicatorWords(of.id)
  const large = of.groups.filter((group) => group.estimate.value !== null && !tooFew(group.estimate.n))
  const small = of.groups.filter((group) => tooFew(group.estimate.n)).sort((a, b) => b.estimate.n - a.estimate.n)
  const [all, showAll] = useState(false)
  const isLong = large.length > SHOWN && !inTime.has(by)
  const falling = isLong && higherIsBetter ? -1 : 1
  const sorted = inTime.has(by)
    ? large
    : [...large].sort((a, b) => falling * ((b.estimate.value ?? 0) - (a.estimate.value ?? 0)))
  const isCut = isLong && !all
  const shown = isCut ? sorted.slice(0, SHOWN) : sorted
  const middle = whole.estimate.value
  const scale = scaleOver(ends(shown.map((group) => group.estimate)), middle === null ? [] : [middle])
  const nameOf = useGroupNames(by)
  const listed = [...shown, ...(isCut ? [] : small.slice(0, SHOWN_FEW))]
  const apartWords = ({ key }: Group) => {
    const compared = apart.get(key)
    if (!compared?.change) return undefined
    const { value, low, high } = compared.change
    const effect = <DesignEffect of={compared.designEffect} />
    if (!isApart(compared))
      return (
        <>
          {t('indicators.alike')} {effect}
        </>
      )
    const by = t('indicators.apartBy', {
      difference: `${level(Math.abs(value), unit)} ${differenceUnit(unit)}`.trim(),
      range: value > 0 ? range(low, high, unit) : range(-high, -low, unit),
    })
    return (
      <>
        {t(value > 0 ? 'indicators.above' : 'indicators.below')} {by} {effect}
      </>
    )
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
      tone: few ? ('unsure' as const) : toneOf(apart.get(key), higherIsBetter),
      sub: few ? undefined : apartWords(group),
      text: few ? '' : levelText(estimate.value, unit, lang),
      n: t('figure.n', { n: count(estimate.n) }),
    }
  })
  return (
    <>
      {!inTime.has(by) && <ApartLead of={apart} nameOf={nameOf} />}
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
      {isCut && (
        <p className="aux">
          {t('indicators.worstShown', { n: count(SHOWN) })}{' '}
          <Button size="small" onClick={() => showAll(true)}>
            {t('indicators.showAll', { n: count(of.groups.length) })}
          </Button>
        </p>
      )}
      {!isCut && small.length > SHOWN_FEW && (
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
  const slice = useSlice()
  const breakdown = useBreakdown(of.id, by, slice)
  const fits = breakdown.data?.by === by
  // Customers are counted from the rows: the levels do not wait for it.
  const comparison = useComparison(of.id, { ...slice, against: 'rest', by }, fits)
  const compared = comparison.data?.by === by ? comparison.data.comparisons : []
  const apart = new Map(compared.map((one) => [one.key, one]))
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
            table={() => (fits && breakdown.data ? tableOf(breakdown.data, apart) : null)}
          />
        </span>
      }
    >
      <Answer of={fits ? breakdown : { ...breakdown, data: undefined }} what={t('indicator.breakdown')} cards={[6]}>
        {(data) => <Groups of={data} apart={apart} whole={of} by={by} />}
      </Answer>
      {comparison.isLoading && (
        <p className="aux" role="status">
          {t('indicators.comparing')}
        </p>
      )}
      {comparison.isError && (
        <p className="aux" role="alert">
          {t('indicators.apartFailed')}{' '}
          <Button size="small" onClick={() => void comparison.refetch()}>
            {t('state.retry')}
          </Button>
        </p>
      )}
    </Card>
  )
}
