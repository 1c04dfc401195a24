import { useParams } from '@tanstack/react-router'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IncidentDetail } from '../../../src/http/shapes.ts'
import { useAlarmRows, useIncident } from '../../api/alerts.ts'
import type { Search } from '../../api/search.ts'
import { Card } from '../../parts/Card.tsx'
import { PageTools } from '../../parts/export/PageTools.tsx'
import { Answer } from '../../parts/states.tsx'
import { Go } from '../../shell/Go.tsx'
import { Page } from '../../shell/Page.tsx'
import { useAddress, useFormat, useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { count, dayOf } from '../../words/format.ts'
import { zh } from '../../words/zh.ts'
import { AlertChart } from './AlertChart.tsx'
import './alerts.css'
import { chanceText, figure, seenOf } from './figures.ts'
import { askedSeries, Grouped } from './Grouped.tsx'
import { Handle } from './Handle.tsx'
import { IncidentState } from './IncidentRow.tsx'
import { useIncidentTable } from './table.ts'

const HOUR_MS = 3_600_000
function Said({ of }: { of: IncidentDetail }) {
  const { t } = useTranslation()
  const { lang, moment, exactMoment } = useFormat()
  const { peak } = of.lead
  const { value, n } = seenOf(peak)
  return (
    <section className="stack tight">
      <h2 className="alert-said">{of.headline[lang]}</h2>
      <p className="dense soft num">
        {t('alerts.since', { time: moment(of.since) })} · {t('alerts.found', { time: exactMoment(of.foundAt) })} ·{' '}
        {t('alerts.judged', { time: exactMoment(of.createdAt) })}
        {peak.window &&
          ` · ${t('alerts.over', { hours: count(peak.window.ms / HOUR_MS), value: figure(value, of.unit), n: count(n) })}`}
        {peak.p !== null && ` · ${t('alerts.chance', { p: chanceText(peak.p) })}`}
      </p>
      <span>
        <IncidentState of={of} />
      </span>
    </section>
  )
}

/** The same days and segment among the voices. */
function voicesOf(of: IncidentDetail, zone: string): Search {
  const { dimension, segment } = of.chart
  const narrow = ['category', 'merchant', 'product', 'city', 'aspect'].includes(dimension)
    ? { [dimension]: [segment] }
    : {}
  return { ...narrow, from: dayOf(of.since, zone), to: dayOf(of.lastAt, zone) }
}

type Row = IncidentDetail['evidence'][number]

function useRecordName() {
  const { t } = useTranslation()
  const { lang } = useFormat()
  const names = useNames()
  return (row: Row): string => {
    if (row.table === 'voices') return names.kind(row.name)
    if (row.table === 'mentions') return names.aspect(row.name)
    if (row.table === 'events') return row.what[lang]
    return row.name || t(`alerts.records.${row.table}`)
  }
}

function Evidence({ of }: { of: IncidentDetail }) {
  const { t } = useTranslation()
  const { exactMoment, zone, lang } = useFormat()
  const names = useNames()
  const nameRecord = useRecordName()
  const { tenant } = useSurroundings()
  const [span, setSpan] = useState<'peak' | 'whole'>('peak')
  const asked = useAlarmRows({ tenant: tenant.id }, of, span)
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, isError } = asked
  const rows = data?.pages.flatMap((page) => page.rows) ?? []
  const total = data?.pages[0]?.total ?? 0
  return (
    <Card
      title={t('alerts.evidence')}
      help={`${of.chart.name[lang]} · ${of.chart.label[lang]} · ${data ? t('alerts.evidenceHelp', { n: count(total), shown: count(rows.length) }) : t('state.loading')}`}
      end={
        <Go to="/voices" ask={voicesOf(of, zone)}>
          {t('alerts.toVoices')}
        </Go>
      }
    >
      <Segmented
        size="small"
        aria-label={t('alerts.evidenceSpan')}
        value={span}
        onChange={setSpan}
        options={(['peak', 'whole'] as const).map((value) => ({ value, label: t(`alerts.evidenceOf.${value}`) }))}
      />
      {rows.length === 0 ? (
        data && <p className="dense soft">{t('alerts.noEvidence')}</p>
      ) : (
        <div className="scroll">
          <table className="plain num alert-rows">
            <thead>
              <tr>
                <th scope="col">{t('alerts.time')}</th>
                <th scope="col">{t('alerts.what')}</th>
                <th scope="col">{t('alerts.customer')}</th>
                <th scope="col">{t('alerts.order')}</th>
                <th scope="col">{t('alerts.product')}</th>
                <th scope="col">{t('alerts.city')}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a voice may speak of one thing twice, in rows that are alike
                <tr key={`${row.id} ${i}`}>
                  <td>{exactMoment(row.at)}</td>
                  <td>{nameRecord(row)}</td>
                  <td>{row.customer || '—'}</td>
                  <td>
                    {row.orderId ? (
                      <Go to="/voices" ask={{ order: row.orderId }}>
                        {row.orderId}
                      </Go>
                    ) : (
                      '—'
                    )}
                  </td>
                  <td>{row.productId ? names.product(row.productId) : '—'}</td>
                  <td>{row.city ? names.city(row.city) : '—'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {(hasNextPage || isError) && (
        <p className="row more-rows">
          <Button size="small" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('alerts.moreRows', { n: count(total - rows.length) })}
          </Button>
          {isError && <span className="bad dense">{t('state.server')}</span>}
        </p>
      )}
    </Card>
  )
}

/** The note of such a change is the incident that it was a part of. */
const SPLIT_FROM = 'split_from'

function History({ of }: { of: IncidentDetail }) {
  const { t } = useTranslation()
  const { exactMoment } = useFormat()
  const words = zh.alerts.changes
  return (
    <Card title={t('alerts.history')}>
      <ol className="alert-steps">
        {[...of.history].reverse().map((one) => (
          <li key={`${one.at} ${one.what}`} className="dense">
            <span className="aux num">{exactMoment(one.at)}</span>{' '}
            {one.what in words ? t(`alerts.changes.${one.what as keyof typeof words}`) : one.what}
            {one.actor && <span className="aux"> · {one.actor}</span>}
            {one.note && (
              <p>
                {one.what === SPLIT_FROM ? (
                  <Go to={`/alerts/${encodeURIComponent(one.note)}`}>{t('alerts.toOther')}</Go>
                ) : (
                  one.note
                )}
              </p>
            )}
          </li>
        ))}
      </ol>
    </Card>
  )
}

function Detail({ of }: { of: IncidentDetail }) {
  const { lang } = useFormat()
  return (
    <div className="alert-detail">
      <div className="stack">
        <Said of={of} />
        <AlertChart
          what={of.chart.name[lang]}
          where={of.chart.label[lang]}
          unit={of.chart.unit}
          step={of.chart.step}
          points={of.chart.points}
          alarmsAt={of.chart.alarmsAt}
        />
        <Grouped key={of.id} of={of} />
        <Evidence of={of} />
      </div>
      <div className="stack">
        <Handle of={of} />
        <History of={of} />
      </div>
    </div>
  )
}

export default function IncidentPage() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { id } = useParams({ strict: false }) as { id: string }
  const { lang, zone } = useFormat()
  const tableOf = useIncidentTable()
  const incident = useIncident({ tenant: tenant.id }, id, askedSeries(useAddress().focus))
  const { data } = incident
  const title = data ? data.headline[lang].split(/[，,;]/)[0]! : t('alerts.title')
  return (
    <Page title={title} crumb={{ to: '/alerts', label: t('alerts.title') }}>
      <div className="stack">
        {data && (
          <div className="row alert-tools">
            <PageTools
              what={title}
              table={() => tableOf(data)}
              period={{ from: dayOf(data.since, zone), to: dayOf(data.lastAt, zone) }}
            />
          </div>
        )}
        <Answer of={incident} what={t('alerts.title')} cards={[3, 10, 6]}>
          {(of) => <Detail of={of} />}
        </Answer>
      </div>
    </Page>
  )
}
