import { useTranslation } from 'react-i18next'
import type { Incident } from '../../../src/http/shapes.ts'
import { Go } from '../../shell/Go.tsx'
import { Star } from '../../shell/Mark.tsx'
import { useFormat, useNames } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'
import { figure, seenOf } from './figures.ts'

export function IncidentState({ of }: { of: Incident }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  if (of.falseAlarm) return <span className="pill">{t('alerts.states.false_alarm')}</span>
  if (of.past) return <span className="pill line">{t('alerts.states.past')}</span>
  if (of.state === 'closed') return <span className="pill">{t('alerts.states.over')}</span>
  if (of.ticketId) return <span className="pill go">{t('alerts.states.ticket')}</span>
  if (of.snoozedUntil && of.snoozedUntil > Date.now())
    return <span className="pill">{t('alerts.states.snoozed', { time: moment(of.snoozedUntil) })}</span>
  if (of.acknowledgedBy) return <span className="pill">{t('alerts.states.seen', { who: of.acknowledgedBy })}</span>
  if (!of.told) return <span className="pill line">{t('alerts.states.held')}</span>
  return <span className="pill now">{t('alerts.states.open')}</span>
}

/** Headline, when it was found, and how far off, with the volume behind it. */
export function IncidentRow({ of, starred = false }: { of: Incident; starred?: boolean }) {
  const { t } = useTranslation()
  const { lang, moment } = useFormat()
  const names = useNames()
  const { peak } = of.lead
  const { value, n, expected, low, high } = seenOf(peak)
  return (
    <li className="incident">
      <div className="said">
        <h3>
          {starred && <Star size={13} />}
          <Go to={`/alerts/${encodeURIComponent(of.id)}`} className="plain">
            <span className="name">{of.headline[lang]}</span>
          </Go>
        </h3>
        <p className="aux num">
          {t('alerts.since', { time: moment(of.since) })} · {t('alerts.found', { time: moment(of.foundAt) })}
          {of.series.length > 1 && ` · ${t('alerts.alsoIn', { n: count(of.series.length - 1) })}`}
        </p>
      </div>
      <dl className="off num">
        <div>
          <dt className="aux">{t('alerts.observed')}</dt>
          <dd>
            <b>{figure(value, of.unit)}</b>
            <span className="aux"> {t('figure.n', { n: count(n) })}</span>
          </dd>
        </div>
        <div>
          <dt className="aux">{t('alerts.expected')}</dt>
          <dd>
            {figure(expected, of.unit)}
            {low !== null && high !== null && (
              <span className="aux">
                {' '}
                {figure(low, of.unit)}–{figure(high, of.unit)}
              </span>
            )}
          </dd>
        </div>
      </dl>
      <div className="owner">
        <span className="dense">{names.department(of.owner)}</span>
        <IncidentState of={of} />
      </div>
    </li>
  )
}
