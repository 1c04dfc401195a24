import { App, Button, Popconfirm, Typography } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Website as State, WebsiteKey } from '../../../src/http/shapes.ts'
import { useDropWebsiteKey, useWebsite } from '../../api/website.ts'
import { Card } from '../../parts/Card.tsx'
import { useWriteRefusal } from '../../parts/rights.ts'
import { Answer } from '../../parts/states.tsx'
import { useFormat, useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'
import { NewSite } from './NewSite.tsx'
import './website.css'

const devices = ['phone', 'tablet', 'desktop'] as const
const isDevice = (text: string): text is (typeof devices)[number] => (devices as readonly string[]).includes(text)

/** The console is where the script is, so its own address is the one that pages reach. */
const tagOf = (key: string) => `<script async src="${location.origin}/daystar.js" data-key="${key}"></script>`
const CONSENT = `(window.daystar = window.daystar || []).push(['consent', true])`

function Code({ title, children }: { title: string; children: string }) {
  const { t } = useTranslation()
  return (
    <figure>
      <figcaption className="dense">{title}</figcaption>
      <div className="code">
        <pre className="command">{children}</pre>
        <Typography.Text copyable={{ text: children, tooltips: [t('settings.copy'), t('settings.copied')] }} />
      </div>
    </figure>
  )
}

function Snippet({ of }: { of: WebsiteKey }) {
  const { t } = useTranslation()
  return (
    <details className="snippet" open={of.lastAt === null}>
      <summary>{t('website.snippet')}</summary>
      <Code title={t('website.inHead')}>{tagOf(of.key)}</Code>
      <Code title={t('website.onConsent')}>{CONSENT}</Code>
      <p className="aux">{t('website.reach', { host: location.origin })}</p>
      <p className="aux">{t('website.policy', { host: location.origin })}</p>
    </details>
  )
}

function Site({ of, locked }: { of: WebsiteKey; locked: boolean }) {
  const { t } = useTranslation()
  const { lang, moment } = useFormat()
  const { tenant } = useSurroundings()
  const { message } = App.useApp()
  const drop = useDropWebsiteKey({ tenant: tenant.id })
  const onError = (error: Error) =>
    void message.error(t('state.denied', { why: error.message || t('state.unreachable') }))
  return (
    <li>
      <div className="row spread wrap">
        <span>
          <b>{of.name}</b> <span className="aux">{of.origins.join(' · ')}</span>
        </span>
        {!locked && (
          <Popconfirm
            title={t('website.dropSure')}
            okText={t('website.drop')}
            okButtonProps={{ danger: true }}
            onConfirm={() => drop.mutate(of.id, { onError })}
          >
            <Button size="small" danger>
              {t('website.drop')}
            </Button>
          </Popconfirm>
        )}
      </div>
      <p className="dense row wrap">
        {of.lastAt === null ? (
          <span className="pill">{t('website.noEvent')}</span>
        ) : (
          <>
            <span className="pill well">{t('website.lastEvent', { time: moment(of.lastAt) })}</span>
            <span className="aux num">{t('website.kept', { n: count(of.kept) })}</span>
          </>
        )}
      </p>
      {of.lastRefusal && (
        <p className="aux bad">
          {t('website.refused', {
            n: count(of.refused),
            time: moment(of.lastRefusal.at),
            name: of.lastRefusal.name || '?',
            reason: of.lastRefusal.told.words[lang],
          })}
        </p>
      )}
      <Snippet of={of} />
    </li>
  )
}

function Events({ of }: { of: State['events'] }) {
  const { t } = useTranslation()
  const { exactMoment, moment } = useFormat()
  const { said } = useNames()
  return (
    <div className="events">
      <h3>{t('website.events')}</h3>
      <p className="aux">{t(of.length === 0 ? 'website.noEvents' : 'website.eventsHelp')}</p>
      {of.length > 0 && (
        <ul>
          {of.map((event) => (
            <li key={event.id}>
              <b title={event.name}>{said(event)}</b>
              <span className="aux place">
                {event.site}
                {event.path}
              </span>
              <span className="aux">{isDevice(event.device) && t(`website.device.${event.device}`)}</span>
              <time className="aux num" dateTime={new Date(event.at).toISOString()} title={exactMoment(event.at)}>
                {moment(event.at)}
              </time>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** Web sites that send what happens in their pages: their code, and whether anything comes. */
export function Website() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const refused = useWriteRefusal()
  const website = useWebsite({ tenant: tenant.id })
  return (
    <Card title={t('website.title')} help={t('website.help')} className="website">
      <Answer of={website} what={t('website.title')} cards={[4]}>
        {({ keys, events }) => (
          <div className="part">
            {refused ? <p className="aux">{refused}</p> : <NewSite first={keys.length === 0} />}
            {keys.length === 0 ? (
              <p className="soft dense">
                {t('website.none')}
                {!refused && ` · ${t('website.noneHelp')}`}
              </p>
            ) : (
              <>
                <ul className="sites">
                  {keys.map((key) => (
                    <Site key={key.id} of={key} locked={refused !== null} />
                  ))}
                </ul>
                <Events of={events} />
              </>
            )}
          </div>
        )}
      </Answer>
    </Card>
  )
}
