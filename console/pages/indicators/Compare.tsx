import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { IndicatorComparison, IndicatorSummary } from '../../../src/http/shapes.ts'
import { useComparison } from '../../api/queries.ts'
import { type Search, validSearch } from '../../api/search.ts'
import { Card } from '../../parts/Card.tsx'
import { ChangeMark } from '../../parts/ChangeMark.tsx'
import { Export } from '../../parts/export/Export.tsx'
import { tooFew } from '../../parts/Interval.tsx'
import { useIndicatorWords } from '../../parts/Metric.tsx'
import { DesignEffect } from '../../parts/PerCustomer.tsx'
import { Answer } from '../../parts/states.tsx'
import { TwoDays } from '../../parts/TwoDays.tsx'
import { useAsking } from '../../shell/Go.tsx'
import { useAddress, useFormat, useNames, useSlice } from '../../shell/surroundings.tsx'
import { count, levelText } from '../../words/format.ts'
import './compare.css'
import { DimensionPick } from './DimensionPick.tsx'
import { type Dimension, inTime, offeredFor, useGroupNames } from './dimensions.ts'
import { useComparisonTable } from './numbers.ts'

const others = ['previous', 'weekdays', 'year', 'period'] as const
type Other = (typeof others)[number]
type Compared = IndicatorComparison['comparisons'][number]

const SHOWN = 12

/** What the address says: against which period, and divided by what. */
function useAskedComparison(offered: readonly Dimension[]) {
  const { other: asked, otherFrom, otherTo, split } = useAddress()
  const other: Other = others.find((one) => one === asked) ?? 'previous'
  const by = offered.find((one) => one === split && !inTime.has(one))
  const whole = other !== 'period' || (otherFrom !== undefined && otherTo !== undefined && otherFrom <= otherTo)
  return { other, otherFrom, otherTo, by, whole }
}

/** The days of the other period, where it is neither the one before nor a year earlier. */
function OtherDays({ from = '', to = '' }: { from?: string; to?: string }) {
  const { t } = useTranslation()
  const ask = useAsking()
  const set = (change: Search) => ask((search) => validSearch({ ...search, ...change }), { replace: true })
  return (
    <TwoDays
      title={t('compare.days')}
      names={[t('compare.from'), t('compare.to')]}
      days={[from, to]}
      change={(otherFrom, otherTo) => set({ otherFrom, otherTo })}
    >
      {from !== '' && to !== '' && from > to && <span className="dense bad">{t('compare.order')}</span>}
    </TwoDays>
  )
}

/** One figure of either period. */
function Figure({ of, unit }: { of: Compared['one']; unit: ReturnType<typeof useIndicatorWords>['unit'] }) {
  const { t } = useTranslation()
  const { lang, range } = useFormat()
  if (of.value === null) return <span className="aux">{t('figure.noDataShort')}</span>
  if (tooFew(of.n))
    return (
      <span className="few" title={t('figure.fewLong')}>
        {t('figure.few')} <span className="aux num">{t('figure.n', { n: count(of.n) })}</span>
      </span>
    )
  return (
    <span className="num">
      <b>{levelText(of.value, unit, lang)}</b>{' '}
      <span className="aux">
        {of.low !== null && of.high !== null && `${range(of.low, of.high, unit)} · `}
        {t('figure.n', { n: count(of.n) })}
      </span>
    </span>
  )
}

/** The promotions that lie in a period: without as many in the other one, a difference may be theirs. */
function usePromotionWords() {
  const { t } = useTranslation()
  const names = useNames()
  return (days: IndicatorComparison['promotions']['period']) => {
    const counted = new Map<string, number>()
    for (const { id } of days) counted.set(id, (counted.get(id) ?? 0) + 1)
    const parts = [...counted].map(([id, n]) => t('compare.promotion', { name: names.promotion(id), count: n }))
    return parts.length > 0 ? parts.join(t('indicators.comma')) : t('compare.noPromotion')
  }
}

function Compared({ of, by, id }: { of: IndicatorComparison; by: Dimension | undefined; id: string }) {
  const { t } = useTranslation()
  const { days, day } = useFormat()
  const { unit, higherIsBetter } = useIndicatorWords(id)
  const nameOf = useGroupNames(by ?? 'category')
  const promotions = usePromotionWords()
  const periods = of.other && { one: days(of.period), other: days(of.other) }
  const held = of.promotions.period.length + of.promotions.other.length > 0
  return (
    <>
      {of.noDataBefore && of.other && (
        <p className="told-apart" role="status">
          {t('compare.noDataBefore', { period: days(of.other), day: day(of.noDataBefore) })}
        </p>
      )}
      {held && (
        <p className="aux promotions-told">
          {t('compare.promotions', {
            one: promotions(of.promotions.period),
            other: promotions(of.promotions.other),
          })}
        </p>
      )}
      <div className="compared-head aux" aria-hidden="true">
        <span />
        <span>{periods?.one}</span>
        <span>{periods?.other}</span>
        <span>{t('compare.change')}</span>
      </div>
      <ul className="compared" aria-label={t('compare.title')}>
        {of.comparisons.slice(0, SHOWN).map((row) => (
          <li key={row.key}>
            <span className="who">{by ? nameOf(row) : t('compare.whole')}</span>
            <span data-label={periods?.one}>
              <Figure of={row.one} unit={unit} />
            </span>
            <span data-label={periods?.other}>
              <Figure of={row.other} unit={unit} />
            </span>
            <span data-label={t('compare.change')}>
              {row.change ? (
                <>
                  <ChangeMark
                    change={{ ...row.change, moreThanChance: row.judgement === 'more_than_chance' }}
                    unit={unit}
                    higherIsBetter={higherIsBetter}
                  />
                  <DesignEffect of={row.designEffect} />
                </>
              ) : (
                <span className="aux">{t('figure.cannotTell')}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
      {of.comparisons.length > SHOWN && (
        <p className="aux">{t('compare.more', { n: count(of.comparisons.length - SHOWN) })}</p>
      )}
    </>
  )
}

/** The chosen period against another: the one before, the same weekdays, the year before, or any other days. */
export function Compare({ of }: { of: IndicatorSummary }) {
  const { t } = useTranslation()
  const ask = useAsking()
  const offered = offeredFor(useNames().indicator(of.id))
  const asked = useAskedComparison(offered)
  const { other, otherFrom, otherTo, by, whole } = asked
  const dates = other === 'period' ? { otherFrom, otherTo } : {}
  const search = { ...useSlice(), ...dates, against: other, by }
  const comparison = useComparison(of.id, search, whole)
  const fits = comparison.data?.against === other && comparison.data.by === (by ?? null)
  const { short } = useIndicatorWords(of.id)
  const tableOf = useComparisonTable(by)
  const set = (change: Search) => ask((was) => validSearch({ ...was, ...change }), { replace: true })
  return (
    <Card
      title={t('compare.title')}
      help={t('compare.help')}
      end={
        <span className="row wrap chart-tools">
          <Select<Other>
            size="small"
            value={other}
            aria-label={t('compare.with')}
            className="dimension"
            popupMatchSelectWidth={false}
            onChange={(value) => set({ other: value === 'previous' ? undefined : value })}
            options={others.map((value) => ({ value, label: t(`compare.${value}`) }))}
          />
          <DimensionPick
            value={by}
            offered={offered.filter((one) => !inTime.has(one) && one !== 'promotion')}
            none={t('compare.undivided')}
            choose={(value) => set({ split: value })}
          />
          <Export
            what={`${short} · ${t(`compare.${other}`)}`}
            table={() => (fits && comparison.data ? tableOf(comparison.data) : null)}
          />
        </span>
      }
    >
      {other === 'period' && <OtherDays from={otherFrom} to={otherTo} />}
      {whole && (
        <Answer of={fits ? comparison : { ...comparison, data: undefined }} what={t('compare.title')} cards={[3]}>
          {(data) => <Compared of={data} by={by} id={of.id} />}
        </Answer>
      )}
    </Card>
  )
}
