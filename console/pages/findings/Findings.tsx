import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { type FindingList, useFindings } from '../../api/queries.ts'
import { validSearch } from '../../api/search.ts'
import { PageTools } from '../../parts/export/PageTools.tsx'
import { effectScale, FindingRow } from '../../parts/FindingRow.tsx'
import { Answer, EmptyTenant, Message } from '../../parts/states.tsx'
import { useAsking } from '../../shell/Go.tsx'
import { Page } from '../../shell/Page.tsx'
import { useAddress, useFormat, useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'
import { useFindingTable } from './numbers.ts'
import { Weigh } from './weigh/Weigh.tsx'

function List({ of }: { of: FindingList }) {
  const { t } = useTranslation()
  const { days, moment } = useFormat()
  const names = useNames()
  const ask = useAsking()
  const asked = useAddress().by
  const outcomes = [...new Set(of.findings.map((finding) => finding.outcome))]
  const outcome = outcomes.find((one) => one === asked)
  const shown = of.findings.filter((finding) => !outcome || finding.outcome === outcome)
  const scaleOf = effectScale(shown)
  const tableOf = useFindingTable()
  const trouble = of.trouble && (
    <p className="pill now" role="status">
      {t(of.trouble.tooLong ? 'finding.tooLong' : 'finding.failed', { again: moment(of.trouble.again) })}
    </p>
  )
  if (of.findings.length === 0 && trouble)
    return <Message picture="horizon" title={t('finding.notCompared')} help={trouble} />
  if (of.findings.length === 0)
    return (
      <Message
        picture="horizon"
        title={t(of.ready ? 'finding.none' : 'finding.comparing')}
        help={t('finding.noneHelp')}
      />
    )
  return (
    <section className="card">
      <header>
        <h2>{t('finding.count', { count: shown.length, n: count(shown.length) })}</h2>
        <span className="aux">
          {t('finding.candidates', { period: days(of.period), n: count(of.candidates) })}
          {of.shortened && ` ${t('finding.shortened')}`}
        </span>
        <div className="end row wrap">
          {outcomes.length > 1 && (
            <div className="scroll">
              <Segmented
                size="small"
                value={outcome ?? ''}
                aria-label={t('finding.byOutcome')}
                onChange={(value) => ask((search) => validSearch({ ...search, by: value }), { replace: true })}
                options={[
                  { value: '', label: t('finding.all') },
                  ...outcomes.map((value) => ({ value, label: names.outcome(value) })),
                ]}
              />
            </div>
          )}
          <PageTools what={t('finding.title')} table={() => tableOf(shown)} period={of.period} />
        </div>
      </header>
      <div className="body">
        {trouble}
        {!of.ready && <p className="pill now">{t('finding.comparing')}</p>}
        <ul>
          {shown.map((finding, i) => (
            <FindingRow key={finding.id} of={finding} starred={i === 0} scale={scaleOf(finding)} />
          ))}
        </ul>
      </div>
    </section>
  )
}

const views = ['list', 'drivers'] as const

function Views({ value }: { value: (typeof views)[number] }) {
  const { t } = useTranslation()
  const ask = useAsking()
  return (
    <Segmented
      value={value}
      className="finding-views"
      aria-label={t('drivers.views')}
      onChange={(tab) =>
        ask((search) => validSearch({ ...search, by: undefined, tab: tab === 'list' ? undefined : tab }))
      }
      options={[
        { value: 'list', label: t('drivers.list') },
        { value: 'drivers', label: t('drivers.title') },
      ]}
    />
  )
}

function Listed() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const findings = useFindings({ tenant: tenant.id })
  return (
    <Answer of={findings} what={t('finding.title')} cards={[12]}>
      {(data) => <List of={data} />}
    </Answer>
  )
}

/** The findings one by one, or all factors of an outcome side by side. */
export default function Findings() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const asked = useAddress().tab
  const view = views.find((one) => one === asked) ?? 'list'
  return (
    <Page title={t('finding.title')}>
      {tenant.extent ? (
        <div className="stack">
          <Views value={view} />
          {view === 'list' ? <Listed /> : <Weigh />}
        </div>
      ) : (
        <EmptyTenant />
      )}
    </Page>
  )
}
