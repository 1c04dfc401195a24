import { useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { type Source, useConnections, useSources } from '../../api/sources.ts'
import { Card } from '../../parts/Card.tsx'
import { useWriteRefusal } from '../../parts/rights.ts'
import { Answer, Message } from '../../parts/states.tsx'
import { Go } from '../../shell/Go.tsx'
import { Page } from '../../shell/Page.tsx'
import { useSurroundings } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'
import { Bring } from './Bring.tsx'
import { Connect } from './Connect.tsx'
import { ConnectionRow } from './Connections.tsx'
import { LeftOut, Mapping } from './Fields.tsx'
import './sources.css'

function Connections({ of }: { of: Source }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const refused = useWriteRefusal()
  const connections = useConnections({ tenant: tenant.id })
  const ways = (['webhook', 'pull'] as const).filter((way) => of[way] !== null)
  if (ways.length === 0) return null
  return (
    <>
      <Card title={t('connect.list')}>
        <Answer of={connections} what={t('connect.list')} cards={[2]}>
          {({ connections: all }) => {
            const own = all.filter(({ source }) => source === of.id)
            return own.length === 0 ? (
              <p className="soft dense">{t('connect.none')}</p>
            ) : (
              <ul className="connections">
                {own.map((one) => (
                  <ConnectionRow key={one.id} of={one} source={of} />
                ))}
              </ul>
            )
          }}
        </Answer>
      </Card>
      {!refused && ways.map((way) => <Connect key={way} of={of} way={way} />)}
    </>
  )
}

function Content({ of }: { of: Source }) {
  const { t } = useTranslation()
  const { lang, tenant } = useSurroundings()
  const target = tenant.simulated ? 'main' : tenant.id
  return (
    <div className="source-page">
      <div className="stack">
        <p className="soft">{of.describe[lang]}</p>
        <Bring source={of.id} />
        <Card title={t('sources.fields')} help={of.mapping.length > 0 ? t('sources.fieldsHelp') : undefined}>
          {of.mapping.length > 0 ? (
            <Mapping of={of.mapping} />
          ) : (
            <p className="soft dense">{t('sources.fieldsByName')}</p>
          )}
        </Card>
        {of.leftOut.length > 0 && (
          <Card
            title={t('sources.left')}
            help={t('sources.leftHelp')}
            end={<span className="aux num">{count(of.leftOut.length)}</span>}
          >
            <LeftOut of={of.leftOut} />
          </Card>
        )}
      </div>
      <div className="stack">
        <Connections of={of} />
        <Card title={t('sources.command')}>
          <p className="aux">{t('sources.commandHelp')}</p>
          <pre className="command">{`./daystar import ${of.id} FILE --tenant ${target}`}</pre>
        </Card>
      </div>
    </div>
  )
}

/** One way in: what it is, what becomes of its fields, and how to bring it. */
export default function SourcePage() {
  const { t } = useTranslation()
  const { tenant, lang } = useSurroundings()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const sources = useSources({ tenant: tenant.id })
  const name = sources.data?.sources.find((one) => one.id === id)?.[lang] ?? id
  return (
    <Page title={name} crumb={{ to: '/sources', label: t('sources.title') }}>
      <Answer of={sources} what={t('sources.title')} cards={[4, 10]}>
        {({ sources: all }) => {
          const found = all.find((one) => one.id === id)
          return found ? (
            <Content key={id} of={found} />
          ) : (
            <Message picture="lost" title={t('sources.none')}>
              <Go to="/sources">{t('sources.title')}</Go>
            </Message>
          )
        }}
      </Answer>
    </Page>
  )
}
