import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlertList } from '../../../src/http/shapes.ts'
import { useAlerts, useOlderPast } from '../../api/alerts.ts'
import { validSearch } from '../../api/search.ts'
import { Card } from '../../parts/Card.tsx'
import { PageTools } from '../../parts/export/PageTools.tsx'
import { Lead } from '../../parts/Lead.tsx'
import { Answer, EmptyTenant, Message } from '../../parts/states.tsx'
import { useAsking } from '../../shell/Go.tsx'
import { Page } from '../../shell/Page.tsx'
import { useAddress, useFormat, useSurroundings } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'
import './alerts.css'
import { Channels } from './Channels.tsx'
import { Digest } from './Digest.tsx'
import { IncidentRow } from './IncidentRow.tsx'
import { Resting } from './Resting.tsx'
import { Rules } from './Rules.tsx'
import { useIncidentsTable } from './table.ts'

/** So many incidents are shown at first, and again with each press. */
const PAGE = 30

const tabs = ['open', 'past', 'rules', 'channels'] as const
type Tab = (typeof tabs)[number]

function Budget({ of }: { of: AlertList }) {
  const { t } = useTranslation()
  const { perHundred, perWeek, found, falseAlarms } = of.budget
  const budget = { perHundred: count(perHundred), perWeek: perWeek.toFixed(1), series: count(of.series) }
  return (
    <p className="aux num" title={t('alerts.budgetHelp')}>
      {t('alerts.budget', { ...budget, found: count(found), falseAlarms: count(falseAlarms) })}
    </p>
  )
}

function Incidents({ of, tab }: { of: AlertList; tab: 'open' | 'past' }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const { tenant } = useSurroundings()
  const now = of.open.filter((one) => one.told)
  const held = of.open.filter((one) => !one.told)
  const older = useOlderPast({ tenant: tenant.id }, of)
  const past = [...of.past, ...(older.data?.pages.flatMap((page) => page.past) ?? [])]
  const [listed, isMore] =
    tab === 'open' ? [now, false] : [past, older.data ? older.hasNextPage : of.olderPast !== null]
  const [most, show] = useState(PAGE)
  const shown = listed.slice(0, most)
  const fetchOlder = async () => {
    await older.fetchNextPage()
    show(most + PAGE)
  }
  const tableOf = useIncidentsTable()
  const table = () => tableOf(tab === 'open' ? of.open : past)
  const until =
    of.judgedUntil === null ? '' : t('alerts.leadHelp', { series: count(of.series), until: moment(of.judgedUntil) })
  return (
    <>
      {tab === 'open' && (
        <Lead help={until} tools={<PageTools what={t('alerts.title')} table={table} period={null} />}>
          {now.length > 0 ? t('alerts.lead', { n: count(now.length) }) : t('alerts.leadNone')}
        </Lead>
      )}
      {tab === 'past' && (
        <Lead tools={<PageTools what={t('alerts.tabs.past')} table={table} period={null} />}>
          {t(past.length === 0 ? 'alerts.noPast' : isMore ? 'alerts.leadPastLatest' : 'alerts.leadPast', {
            n: count(past.length),
          })}
        </Lead>
      )}
      {!of.ready && (
        <p>
          <span className="pill now">{t('alerts.judging')}</span>
        </p>
      )}
      <Card title={t(`alerts.tabs.${tab}`)} help={count(listed.length)} end={<Budget of={of} />}>
        {shown.length === 0 ? (
          <Message
            picture="horizon"
            title={t(tab === 'open' ? 'alerts.none' : 'alerts.noPast')}
            help={t(tab === 'open' ? 'alerts.noneHelp' : 'alerts.noPastHelp')}
          />
        ) : (
          <ul className="incidents">
            {shown.map((one, place) => (
              <IncidentRow key={one.id} of={one} starred={tab === 'open' && place === 0} />
            ))}
          </ul>
        )}
        {listed.length <= most && isMore && (
          <p className="more-rows">
            <Button size="small" loading={older.isFetching} onClick={fetchOlder}>
              {t('alerts.olderPast')}
            </Button>
          </p>
        )}
        {listed.length > shown.length && (
          <p className="more-rows">
            <Button size="small" onClick={() => show(most + PAGE)}>
              {t('alerts.moreRows', { n: count(listed.length - shown.length) })}
            </Button>
          </p>
        )}
      </Card>
      {tab === 'open' && <Digest of={of} held={held.filter((one) => (one.snoozedUntil ?? 0) <= Date.now())} />}
      {tab === 'open' && <Resting of={of} />}
    </>
  )
}

export default function Alerts() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const ask = useAsking()
  const asked = useAddress().tab
  const tab: Tab = tabs.find((one) => one === asked) ?? 'open'
  const alerts = useAlerts({ tenant: tenant.id })
  return (
    <Page title={t('alerts.title')}>
      {tenant.extent ? (
        <div className="stack">
          <span>
            <Segmented<Tab>
              aria-label={t('alerts.view')}
              value={tab}
              onChange={(value) =>
                ask((search) => validSearch({ ...search, focus: undefined, tab: value === 'open' ? undefined : value }))
              }
              options={tabs.map((value) => ({ value, label: t(`alerts.tabs.${value}`) }))}
            />
          </span>
          {tab === 'rules' && <Rules />}
          {tab === 'channels' && <Channels />}
          {(tab === 'open' || tab === 'past') && (
            <Answer of={alerts} what={t('alerts.title')} cards={[3, 10]}>
              {(data) => <Incidents of={data} tab={tab} />}
            </Answer>
          )}
        </div>
      ) : (
        <EmptyTenant />
      )}
    </Page>
  )
}
