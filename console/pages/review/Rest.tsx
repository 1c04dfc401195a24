import { useTranslation } from 'react-i18next'
import type { WeeklyReview } from '../../../src/http/shapes.ts'
import { Card } from '../../parts/Card.tsx'
import { timesText } from '../../parts/times.ts'
import { Words } from '../../parts/Words.tsx'
import { Go } from '../../shell/Go.tsx'
import { useFormat, useNames } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'

/** New topics of the week, one line each; the topics page says more. */
export function TopicLines({ of }: { of: WeeklyReview }) {
  const { t } = useTranslation()
  const names = useNames()
  return (
    <Card
      title={t('review.topics')}
      end={
        <Go to="/topics" ask={{ span: '7' }} className="more">
          {t('topic.title')}
        </Go>
      }
    >
      {of.topics.length === 0 && <p className="aux">{t(of.topicsReady ? 'review.noTopics' : 'review.mining')}</p>}
      <ul className="topic-lines">
        {of.topics.map((one) => (
          <li key={`${one.category} ${one.name}`}>
            <p className="row wrap">
              <Go
                to="/voices"
                ask={{ category: one.category ? [one.category] : undefined, text: one.name, ...of.period }}
                className="plain"
              >
                <b className="name">“{one.name}”</b>
              </Go>
              {one.aspectName && <span className="pill line">{names.said(one.aspectName)}</span>}
              <span className="aux num">
                {one.isNew ? t('topic.isNew') : t('topic.growth', { n: timesText(one.growth.value) })} ·{' '}
                {t('topic.growthRange', { range: `${timesText(one.growth.low)}–${timesText(one.growth.high)}` })} ·{' '}
                {t('topic.of', { n: count(one.now.voices), total: count(one.now.total) })}
                {of.category === '' && one.category && ` · ${names.category(one.category)}`}
              </span>
            </p>
            {one.examples.slice(0, 1).map((example) => (
              <Words key={example.voiceId} of={example} tone="bad" />
            ))}
          </li>
        ))}
      </ul>
    </Card>
  )
}

export function Quotes({ of }: { of: WeeklyReview }) {
  const { t } = useTranslation()
  const names = useNames()
  return (
    <Card title={t('review.quotes')}>
      {of.quotes.length === 0 && <p className="aux">{t('review.noQuotes')}</p>}
      <ul className="review-quotes">
        {of.quotes.map((one) => (
          <li key={`${one.voiceId} ${one.start}`}>
            <Words of={one} tone="bad" around={44} />
            <span className="aux">{names.aspect(one.aspect)}</span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Tickets that are open or moved in the week, and what interventions did. */
export function Work({ of }: { of: WeeklyReview }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const names = useNames()
  return (
    <Card title={t('review.work')}>
      {of.tickets.length === 0 && <p className="aux">{t('review.noWork')}</p>}
      <ul className="work">
        {of.tickets.slice(0, 8).map((one) => (
          <li key={one.id} className="row spread">
            <Go to="/tickets" ask={{ ticket: one.id }} className="plain dense">
              <span className="name">{names.said(one.title)}</span>
              <span className="aux num">
                {names.said(one.department)} · {moment(one.createdAt)}
              </span>
            </Go>
            <span className={one.late ? 'pill ill' : 'pill'}>
              {one.late ? t('review.late') : t(`ticket.${one.state}`)}
            </span>
          </li>
        ))}
      </ul>
      {of.effects.length > 0 && (
        <>
          <h3 className="aux part-head">{t('review.effects')}</h3>
          <ul className="work">
            {of.effects.map((one) => (
              <li key={one.id}>
                <Go to={`/effects/${encodeURIComponent(one.id)}`} className="plain dense">
                  <span className="name">{names.said(one.what)}</span>{' '}
                  <span className="aux">{names.said(one.sentence)}</span>
                </Go>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  )
}

export function Owners({ of }: { of: WeeklyReview }) {
  const { t } = useTranslation()
  const { lang } = useFormat()
  const names = useNames()
  if (of.owners.length === 0) return null
  return (
    <Card title={t('review.owners')}>
      <ul className="work">
        {of.owners.map(({ department, aspects, blamed, openTickets }) => (
          <li key={department.id} className="dense">
            <b>{names.said(department)}</b> {aspects.map(names.said).join(lang === 'zh' ? '、' : ', ')}
            <span className="aux num part">
              {blamed > 0 && (
                <Go
                  to="/voices"
                  ask={{
                    category: of.category ? [of.category] : undefined,
                    aspect: of.aspects.filter(({ owner }) => owner.id === department.id).map(({ aspect }) => aspect),
                    sentiment: ['negative'],
                    ...of.period,
                  }}
                >
                  {t('review.blames', { count: blamed, n: count(blamed) })}
                </Go>
              )}
              {blamed > 0 && openTickets > 0 && ' · '}
              {openTickets > 0 && (
                <Go to="/tickets">{t('review.tickets', { count: openTickets, n: count(openTickets) })}</Go>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
