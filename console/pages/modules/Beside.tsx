import { useTranslation } from 'react-i18next'
import type { ModuleReview } from '../../../src/http/shapes.ts'
import { AspectPills } from '../../parts/AspectPills.tsx'
import { Card } from '../../parts/Card.tsx'
import { effectScale, effectTone, FindingState } from '../../parts/FindingRow.tsx'
import { Interval } from '../../parts/Interval.tsx'
import { Words } from '../../parts/Words.tsx'
import { Go } from '../../shell/Go.tsx'
import { useFormat, useNames } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'
import { useKpiTexts, useOwnerText } from './figures.ts'

/** What customers complain of most among the module's aspects, and how they say it. */
export function Said({ of }: { of: ModuleReview }) {
  const { t } = useTranslation()
  const names = useNames()
  const { aspects, quotes } = of.said
  return (
    <Card title={t('modules.said')} help={t('modules.saidHelp')}>
      {aspects.length === 0 && <p className="aux">{t('modules.nobodyComplains')}</p>}
      <AspectPills aspects={aspects} complaints title="modules.aspectCount" />
      <ul className="module-quotes">
        {quotes.map((one) => (
          <li key={`${one.voiceId} ${one.start}`}>
            <Words of={one} tone="bad" around={40} />
            <span className="aux">{names.aspect(one.aspect)}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

const SHOWN = 6

/** Findings that belong to the module, with their state. */
export function Related({ of }: { of: ModuleReview }) {
  const { t } = useTranslation()
  const { lang, difference, differenceUnit, range } = useFormat()
  const scaleOf = effectScale(of.findings)
  return (
    <Card
      title={t('modules.related')}
      end={
        of.findings.length > SHOWN && (
          <Go to="/findings" className="more">
            {count(of.findings.length)}
          </Go>
        )
      }
    >
      {of.findings.length === 0 && (
        <p className="aux">{t(of.findingsReady ? 'modules.noFindings' : 'modules.findingsWait')}</p>
      )}
      <ul className="module-findings">
        {of.findings.slice(0, SHOWN).map((one) => (
          <li key={one.id}>
            <Go to={`/findings/${encodeURIComponent(one.id)}`} className="plain dense">
              <span className="name">{one.sentence[lang]}</span>
            </Go>
            <Interval of={one.effect} scale={scaleOf(one)} tone={effectTone(one, one.effect.value)} reference={0} />
            <span className="row spread wrap">
              <span className="aux num">
                {difference(one.effect.value, one.unit)} {differenceUnit(one.unit)} ·{' '}
                {range(one.effect.low, one.effect.high, one.unit)} ·{' '}
                {t('finding.compared', { exposed: count(one.exposed.n), control: count(one.control.n) })}
              </span>
              <FindingState of={one} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Tickets of the module that are open, or moved in the period. */
export function Tickets({ of }: { of: ModuleReview }) {
  const { t } = useTranslation()
  const { exactMoment, moment } = useFormat()
  const names = useNames()
  const late = (one: ModuleReview['tickets'][number]) => (one.closedAt ?? Date.now()) > one.closeDueAt
  return (
    <Card title={t('modules.tickets')}>
      {of.tickets.length === 0 && <p className="aux">{t('modules.noTickets')}</p>}
      <ul className="module-tickets">
        {of.tickets.map((one) => (
          <li key={one.id} className="row spread">
            <Go to="/tickets" ask={{ ticket: one.id }} className="plain dense">
              <span className="name">{names.said(one.title)}</span>{' '}
              <span className="aux num">
                {names.department(one.department)} ·{' '}
                {one.closedAt ? moment(one.closedAt) : t('modules.due', { time: exactMoment(one.closeDueAt) })}
              </span>
            </Go>
            <span className={late(one) ? 'pill ill' : one.state === 'open' ? 'pill now' : 'pill'}>
              {late(one) ? t('review.late') : t(`ticket.${one.state}`)}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

type Change = ModuleReview['changes'][number]

/** Who changed a target or the owner, when, from what to what. */
export function History({ of }: { of: ModuleReview }) {
  const { t } = useTranslation()
  const { exactMoment } = useFormat()
  const names = useNames()
  const written = useWritten(of)
  return (
    <Card title={t('modules.history')}>
      {of.changes.length === 0 && <p className="aux">{t('modules.noHistory')}</p>}
      <ul className="module-history">
        {of.changes.map((one) => {
          const kpi = of.kpis.find(({ id }) => id === one.kpi) ?? names.indicator(one.kpi)
          return (
            <li key={`${one.at} ${one.kpi}`} className="dense">
              <b>{one.kpi === '' ? t('modules.owner') : kpi ? names.said(kpi) : one.kpi}</b> {written(one)}{' '}
              <span className="aux num">{t('modules.by', { author: one.actor, time: exactMoment(one.at) })}</span>
            </li>
          )
        })}
      </ul>
    </Card>
  )
}

function useWritten(of: ModuleReview): (change: Change) => string {
  const { t } = useTranslation()
  const say = useValueOf(of)
  return ({ kpi, before, after }) => {
    if (before === null) return after === null ? '' : t('modules.first', { to: say(kpi, after) })
    if (after === null) return t('modules.dropped', { from: say(kpi, before) })
    return t('modules.from', { from: say(kpi, before), to: say(kpi, after) })
  }
}

/** A target or an owner in words. */
function useValueOf(of: ModuleReview): (kpi: string, value: NonNullable<Change['after']>) => string {
  const { t } = useTranslation()
  const { day } = useFormat()
  const texts = useKpiTexts()
  const ownerText = useOwnerText()
  return (id, value) => {
    if ('department' in value) return ownerText(value)
    if ('shown' in value) return t(value.shown ? 'modules.shownHere' : 'modules.notShown')
    const unit = of.kpis.find((one) => one.id === id)?.unit ?? 'count'
    const parts = [
      texts.level(value.value, { unit }),
      value.stretch !== null && t('modules.stretchIs', { value: texts.level(value.stretch, { unit }) }),
      value.by && t('modules.byDay', { day: day(value.by) }),
    ]
    return parts.filter(Boolean).join(' · ')
  }
}
