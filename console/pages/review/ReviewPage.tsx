import { Select } from 'antd'
import { Printer } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { WeeklyReview } from '../../../src/http/shapes.ts'
import { useReview } from '../../api/queries.ts'
import { stringifySearch, validSearch } from '../../api/search.ts'
import { Card } from '../../parts/Card.tsx'
import { CategoryPick } from '../../parts/CategoryPick.tsx'
import { Lead } from '../../parts/Lead.tsx'
import { Answer, EmptyTenant } from '../../parts/states.tsx'
import { useAsking } from '../../shell/Go.tsx'
import { Page } from '../../shell/Page.tsx'
import { useAddress, useFormat, useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { count, level, levelText } from '../../words/format.ts'
import { Aspects } from './Aspects.tsx'
import { Owners, Quotes, TopicLines, Work } from './Rest.tsx'
import { Trend } from './Trend.tsx'
import './review.css'

function useLead(of: WeeklyReview): string {
  const { t } = useTranslation()
  const { now, sinceUsual } = of.voices
  if (now.value === null) return t('review.leadNone')
  const change = !sinceUsual
    ? t('review.leadFew')
    : !sinceUsual.moreThanChance
      ? t('review.leadSame')
      : t(sinceUsual.value > 0 ? 'review.leadUp' : 'review.leadDown', { n: level(Math.abs(sinceUsual.value), 'share') })
  return t('review.lead', { share: levelText(now.value, 'share'), change })
}

/** 2026-W47 as people say it. */
function useWeekName(): (week: string) => string {
  const { t } = useTranslation()
  return (week) => {
    const [year = '', number = ''] = week.split('-W')
    return t('review.weekName', { year, week: Number(number) })
  }
}

function Tools({ of }: { of: WeeklyReview }) {
  const { t } = useTranslation()
  const { tenant, lang } = useSurroundings()
  const ask = useAsking()
  const weekName = useWeekName()
  const weeks = of.weeks.includes(of.week) ? of.weeks : [of.week, ...of.weeks]
  const print = stringifySearch({ tenant: tenant.id, lang, week: of.week, category: of.category })
  return (
    <>
      <Select
        value={of.week}
        aria-label={t('review.week')}
        onChange={(week) => ask((search) => validSearch({ ...search, week }), { replace: true })}
        popupMatchSelectWidth={false}
        options={weeks.map((value) => ({ value, label: weekName(value) }))}
      />
      <CategoryPick category={of.category} all={t('review.all')} />
      <a className="primary-link row" href={`/api/v1/review/print${print}`} target="_blank" rel="noreferrer">
        <Printer size={15} strokeWidth={1.75} aria-hidden />
        {t('review.print')}
      </a>
    </>
  )
}

function Agenda({ of }: { of: WeeklyReview }) {
  const { t } = useTranslation()
  const names = useNames()
  return (
    <Card title={t('review.agenda')}>
      <ol className="agenda">
        {of.agenda.map((one) => (
          <li key={one.en}>{names.said(one)}</li>
        ))}
      </ol>
    </Card>
  )
}

function Content({ of }: { of: WeeklyReview }): ReactNode {
  const { t } = useTranslation()
  const { days, range } = useFormat()
  const weekName = useWeekName()
  const { now } = of.voices
  return (
    <div className="stack">
      <Lead
        help={
          <>
            {weekName(of.week)} · {days(of.period)}
            {now.low !== null &&
              ` · ${t('figure.interval', { range: range(now.low, now.high!, 'share') })} · ${t('figure.n', { n: count(now.n) })}`}
            {of.days < 7 && <> · {t('review.partial', { n: of.days })}</>}
          </>
        }
        tools={<Tools of={of} />}
      >
        {useLead(of)}
      </Lead>
      <div className="review-grid">
        <div className="stack">
          <Aspects of={of} />
          <TopicLines of={of} />
          <Quotes of={of} />
        </div>
        <div className="stack">
          <Agenda of={of} />
          <Trend of={of} />
          <Work of={of} />
          <Owners of={of} />
        </div>
      </div>
    </div>
  )
}

export default function ReviewPage() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { category, week } = useAddress()
  const review = useReview({ tenant: tenant.id, category: category?.slice(0, 1), week })
  return (
    <Page title={t('review.title')}>
      {tenant.extent ? (
        <Answer of={review} what={t('review.title')} cards={[3, 10, 6]}>
          {(data) => <Content of={data} />}
        </Answer>
      ) : (
        <EmptyTenant />
      )}
    </Page>
  )
}
