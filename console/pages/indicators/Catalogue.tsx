import { Button, Segmented } from 'antd'
import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ByCustomer, IndicatorSummary, IndicatorsByCustomer, OwnIndicator } from '../../../src/http/shapes.ts'
import { useIndicatorList } from '../../api/indicators.ts'
import { useEachByCustomer } from '../../api/queries.ts'
import { validSearch } from '../../api/search.ts'
import { Card } from '../../parts/Card.tsx'
import { PageTools } from '../../parts/export/PageTools.tsx'
import { FilterBar, usePeriod } from '../../parts/FilterBar.tsx'
import { tooFew } from '../../parts/Interval.tsx'
import { Lead } from '../../parts/Lead.tsx'
import { useIndicatorNames } from '../../parts/Metric.tsx'
import { Answer, EmptyTenant, Message } from '../../parts/states.tsx'
import { Go, useAsking, useGo } from '../../shell/Go.tsx'
import { Page } from '../../shell/Page.tsx'
import { useAddress, useNames, useSlice, useSurroundings } from '../../shell/surroundings.tsx'
import { count, daysBetween } from '../../words/format.ts'
import './catalogue.css'
import { type Group, groups } from './groups.ts'
import { IndicatorRow } from './IndicatorRow.tsx'
import { useCatalogueTable } from './numbers.ts'

const views = ['all', 'changed', 'withData'] as const
type View = (typeof views)[number]

const hasData = (one: IndicatorSummary) => one.estimate.value !== null
/** Enough stands behind it to speak of a change. */
const isTold = (one: IndicatorSummary) => hasData(one) && !tooFew(one.estimate.n)
const isSure = (one: IndicatorSummary) => isTold(one) && one.change?.moreThanChance === true

/** What is to be said first of so many numbers: which of them moved by more than chance. */
function Told({ of }: { of: readonly IndicatorSummary[] }) {
  const { t } = useTranslation()
  const nameOf = useIndicatorNames()
  const period = usePeriod()
  const known = of.filter(isTold)
  const sure = known.filter(isSure)
  const days = period ? daysBetween(period.from, period.to) + 1 : 0
  const says = () => {
    if (known.length === 0) return t('indicators.leadEmpty')
    if (known.every((one) => one.change === null)) return t('indicators.leadNoBefore', { n: count(known.length) })
    if (sure.length === 0) return t('indicators.leadNone', { days, n: count(known.length) })
    const names = sure.slice(0, 3).map((one) => `${nameOf(one.id)} ${one.change!.value > 0 ? '▲' : '▼'}`)
    return t('indicators.leadSome', {
      days,
      n: count(known.length),
      sure: count(sure.length),
      names: names.join(t('indicators.comma')) + (sure.length > names.length ? '…' : ''),
    })
  }
  return <Lead help={t(known.length === 0 ? 'indicators.emptyHelp' : 'indicators.leadHelp')}>{says()}</Lead>
}

type ByCustomers = ReadonlyMap<string, ByCustomer>

interface SectionProps {
  group: Group
  of: readonly IndicatorSummary[]
  byCustomer: ByCustomers
}

function Section({ group, of, byCustomer }: SectionProps) {
  const { t } = useTranslation()
  return (
    <Card title={t(`indicators.group.${group}`)} className="indicator-group">
      <div className="indicator-head-row aux" aria-hidden="true">
        <span>{t('indicators.nameHead')}</span>
        <span className="to-right">{t('indicators.valueHead')}</span>
        <span>{t('indicators.intervalHead')}</span>
        <span>{t('indicators.trendHead')}</span>
        <span>{t('indicators.changeHead')}</span>
      </div>
      <ul aria-label={t(`indicators.group.${group}`)}>
        {of.map((one) => (
          <li key={one.id}>
            <IndicatorRow of={one} byCustomer={byCustomer.get(one.id)} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Indicators of one's own that are listed no more, so that they can be found again. */
function Retired({ of }: { of: readonly OwnIndicator[] }) {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const retired = of.filter((one) => one.retiredAt !== null)
  if (retired.length === 0) return null
  return (
    <details className="retired dense">
      <summary>{t('indicators.retired', { count: retired.length })}</summary>
      <ul aria-label={t('indicators.retiredList')}>
        {retired.map((one) => (
          <li key={one.id}>
            <Go to={`/indicators/${one.id}`}>{one.definition[lang]}</Go>
          </li>
        ))}
      </ul>
    </details>
  )
}

interface ListedProps extends Pick<SectionProps, 'of' | 'byCustomer'> {
  own: readonly OwnIndicator[]
}

function Listed({ of, own, byCustomer }: ListedProps) {
  const { t } = useTranslation()
  const ask = useAsking()
  const asked = useAddress().tab
  const { indicator } = useNames()
  const view = views.find((one) => one === asked) ?? 'all'
  const shows: { [K in View]: (one: IndicatorSummary) => boolean } = {
    all: () => true,
    changed: isSure,
    withData: hasData,
  }
  const shown = of.filter(shows[view])
  const choose = (value: View) =>
    ask((search) => validSearch({ ...search, tab: value === 'all' ? undefined : value }), { replace: true })
  return (
    <div className="stack">
      <Told of={of} />
      <Segmented<View>
        size="small"
        value={view}
        aria-label={t('indicators.show')}
        onChange={choose}
        className="indicator-views"
        options={views.map((value) => ({
          value,
          label: `${t(`indicators.${value}`)} ${count(of.filter(shows[value]).length)}`,
        }))}
      />
      {shown.length === 0 && (
        <div className="card">
          <Message
            picture="lost"
            title={t(view === 'changed' ? 'indicators.noneChanged' : 'indicators.leadEmpty')}
            help={
              view === 'changed' ? t('indicators.noneChangedHelp', { n: count(of.length) }) : t('indicators.emptyHelp')
            }
          >
            <Button onClick={() => choose('all')}>{t('indicators.seeAll', { n: count(of.length) })}</Button>
          </Message>
        </div>
      )}
      {groups.map((group) => {
        const inGroup = shown.filter((one) => (indicator(one.id)?.group ?? 'own') === group)
        return inGroup.length > 0 && <Section key={group} group={group} of={inGroup} byCustomer={byCustomer} />
      })}
      <Retired of={own} />
    </div>
  )
}

const byId = (of: IndicatorsByCustomer | undefined): ByCustomers =>
  new Map(of?.indicators.map((one) => [one.id, one.byCustomer]))

/** Every indicator with its interval, n, change and run, in groups. */
export default function Catalogue() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const list = useIndicatorList(useSlice())
  const customers = useEachByCustomer(useSlice())
  const tableOf = useCatalogueTable()
  const go = useGo()
  const table = async () =>
    list.data ? tableOf(list.data.figures, byId(customers.data ?? (await customers.refetch()).data)) : null
  return (
    <Page title={t('indicators.title')}>
      {tenant.extent ? (
        <div className="stack">
          <FilterBar
            end={
              <>
                <Button
                  size="small"
                  icon={<Plus size={14} strokeWidth={1.75} aria-hidden />}
                  onClick={() => go({ to: '/indicators/new' })}
                >
                  {t('indicators.newOwn')}
                </Button>
                <PageTools what={t('indicators.title')} table={table} />
              </>
            }
          />
          <Answer of={list} what={t('indicators.title')} cards={[1, 6, 6]}>
            {(data) => <Listed of={data.figures} own={data.own} byCustomer={byId(customers.data)} />}
          </Answer>
        </div>
      ) : (
        <EmptyTenant />
      )}
    </Page>
  )
}
