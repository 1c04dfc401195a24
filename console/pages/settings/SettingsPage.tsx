import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../../src/http/shapes.ts'
import { useSettings } from '../../api/queries.ts'
import { validSearch } from '../../api/search.ts'
import { Card } from '../../parts/Card.tsx'
import { Answer } from '../../parts/states.tsx'
import { Go, useAsking } from '../../shell/Go.tsx'
import { Page } from '../../shell/Page.tsx'
import { useAddress, useFormat, useSurroundings } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'
import { DeadLetters } from './DeadLetters.tsx'
import { Imports } from './Imports.tsx'
import { Keys } from './Keys.tsx'
import { Llm } from './Llm.tsx'
import { Privacy } from './Privacy.tsx'
import { Promotions } from './Promotions.tsx'
import { Training } from './Training.tsx'
import { Website } from './Website.tsx'
import './settings.css'

function TenantFacts({ of }: { of: Settings['tenant'] }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  return (
    <Card title={t('settings.tenant')}>
      <dl className="fact">
        <dt>{t('settings.name')}</dt>
        <dd>{tenant.name}</dd>
        <dt>{t('settings.data')}</dt>
        <dd>{t(of.simulated ? 'settings.simulated' : 'settings.real')}</dd>
        <dt>{t('settings.zone')}</dt>
        <dd>{of.zone}</dd>
        <dt>{t('settings.returnWindow')}</dt>
        <dd>{t('settings.days', { n: of.returnWindowDays })}</dd>
        <dt>{t('settings.firstAnswer')}</dt>
        <dd>{t('settings.minutes', { n: of.firstAnswerMinutes })}</dd>
        <dt>{t('settings.close')}</dt>
        <dd>{t('settings.hours', { n: of.closeHours })}</dd>
      </dl>
    </Card>
  )
}

function Machine({ of }: { of: Settings }) {
  const { t } = useTranslation()
  const { session } = useSurroundings()
  return (
    <Card title={t('settings.engines')} help={t('settings.version', { version: session.version })}>
      <dl className="fact">
        {of.engines.map((engine) => (
          <div key={engine.name} className="pair">
            <dt>{engine.name}</dt>
            <dd>
              {engine.version}{' '}
              <span className="aux">{engine.where === 'embedded' ? t('settings.embedded') : engine.where}</span>
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

/** What every voice is read with; each pack leads to its page. */
function Reader({ of }: { of: Settings['reader'] }) {
  const { t } = useTranslation()
  const { lang } = useFormat()
  return (
    <Card title={t('settings.reader')} help={t('settings.version', { version: of.version })}>
      <dl className="fact packs">
        {of.packs.map((pack) => (
          <div key={pack.id}>
            <dt>
              <Go to={`/packs/${pack.id}`}>{pack[lang]}</Go>
            </dt>
            <dd className="num">
              {t('settings.packCounts', { aspects: count(pack.aspects), scenes: count(pack.scenes) })}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

function Account() {
  const { t } = useTranslation()
  const { session } = useSurroundings()
  return (
    <Card title={t('settings.account')}>
      {session.user ? (
        <p className="dense">{t('settings.signedAs', { name: session.user.name, email: session.user.email })}</p>
      ) : (
        <p className="dense row spread wrap">
          {t('shell.guest')}
          <Go to={session.needsOwner ? '/welcome' : '/sign-in'}>
            {t(session.needsOwner ? 'shell.createOwner' : 'shell.signIn')}
          </Go>
        </p>
      )}
    </Card>
  )
}

function Report() {
  const { t } = useTranslation()
  const { tenant, lang } = useSurroundings()
  return (
    <Card title={t('settings.report')} help={t('settings.reportHelp')}>
      <p className="row wrap">
        {(['html', 'md', 'csv', 'json'] as const).map((format) => (
          <a
            key={format}
            href={`/api/v1/report?format=${format}&lang=${lang}&tenant=${encodeURIComponent(tenant.id)}`}
            target="_blank"
            rel="noreferrer"
          >
            {{ html: 'HTML', md: 'Markdown', csv: 'CSV', json: 'JSON' }[format]}
          </a>
        ))}
      </p>
    </Card>
  )
}

const tabs = ['connect', 'reading', 'calendar', 'privacy'] as const
type Tab = (typeof tabs)[number]

function Part({ tab, of }: { tab: Tab; of: Settings }) {
  switch (tab) {
    case 'connect':
      return (
        <>
          <Keys of={of.keys} />
          <Website />
          <Imports of={of} />
          <DeadLetters of={of} />
        </>
      )
    case 'reading':
      return (
        <>
          <Llm />
          <Training />
          <Reader of={of.reader} />
        </>
      )
    case 'calendar':
      return <Promotions />
    case 'privacy':
      return <Privacy />
  }
}

export default function SettingsPage() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const ask = useAsking()
  const asked = useAddress().tab
  const tab = tabs.find((one) => one === asked) ?? 'connect'
  const settings = useSettings({ tenant: tenant.id })
  return (
    <Page title={t('settings.title')}>
      <div className="settings">
        <div className="stack">
          <span>
            <Segmented<Tab>
              aria-label={t('settings.title')}
              value={tab}
              onChange={(value) => ask((search) => validSearch({ ...search, tab: value }))}
              options={tabs.map((value) => ({ value, label: t(`settings.tabs.${value}`) }))}
            />
          </span>
          <Answer of={settings} what={t('settings.title')} cards={[4, 4, 4]}>
            {(data) => <Part tab={tab} of={data} />}
          </Answer>
        </div>
        <div className="stack">
          <Account />
          {settings.data && <TenantFacts of={settings.data.tenant} />}
          <Report />
          {settings.data && <Machine of={settings.data} />}
        </div>
      </div>
    </Page>
  )
}
