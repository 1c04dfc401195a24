import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SourceList } from '../../../src/http/shapes.ts'
import { type Connection, type Source, useConnections, useSources } from '../../api/sources.ts'
import { Card } from '../../parts/Card.tsx'
import { Answer, Message } from '../../parts/states.tsx'
import { Go } from '../../shell/Go.tsx'
import { Page } from '../../shell/Page.tsx'
import { useSurroundings } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'
import { Bring } from './Bring.tsx'
import { ConnectionRow, stateOf } from './Connections.tsx'
import './sources.css'

const shelves = ['review', 'service', 'survey', 'shop', 'behaviour', 'logistics', 'community', 'table'] as const

/** By name, id, what it is, or a field of its files. */
function matches(of: Source, wanted: string): boolean {
  const said = [of.id, of.zh, of.en, of.describe.zh, of.describe.en, ...of.mapping.map(({ from }) => from)]
  return said.some((text) => text.toLowerCase().includes(wanted))
}

function SourceRow({ of, connections }: { of: Source; connections: readonly Connection[] }) {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const failing = connections.some((one) => stateOf(one) === 'failing')
  const ways = (['webhook', 'pull'] as const).filter((way) => of[way] !== null)
  return (
    <li>
      <Go to={`/sources/${encodeURIComponent(of.id)}`} className="plain source-row">
        <span className="row wrap">
          <b className="name">{of[lang]}</b>
          {connections.length > 0 && (
            <span className={failing ? 'pill ill' : 'pill well'}>
              {failing ? t('sources.failing') : t('sources.connected', { n: connections.length })}
            </span>
          )}
        </span>
        <span className="aux what">{of.describe[lang]}</span>
        <span className="aux ways">
          {[t('sources.way.file'), ...ways.map((way) => t(`sources.way.${way}`))].join(' · ')}
        </span>
      </Go>
    </li>
  )
}

function Connected({ of, sources }: { of: readonly Connection[]; sources: readonly Source[] }) {
  const { t } = useTranslation()
  const order = { failing: 0, waiting: 1, paused: 2, fine: 3 } as const
  const sorted = [...of].sort((a, b) => order[stateOf(a)] - order[stateOf(b)])
  if (of.length === 0) return null
  return (
    <Card title={t('connect.list')}>
      <ul className="connections">
        {sorted.flatMap((one) => {
          const source = sources.find(({ id }) => id === one.source)
          return source ? [<ConnectionRow key={one.id} of={one} source={source} link />] : []
        })}
      </ul>
    </Card>
  )
}

function Content({ of }: { of: SourceList }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { data } = useConnections({ tenant: tenant.id })
  const [find, setFind] = useState('')
  const wanted = find.trim().toLowerCase()
  const found = of.sources.filter((one) => matches(one, wanted))
  const connections = data?.connections ?? []
  return (
    <div className="stack sources">
      <div>
        <h1>{t('sources.lead', { n: count(of.sources.length) })}</h1>
        <p className="soft">{t('sources.help')}</p>
      </div>
      <Bring />
      <Connected of={connections} sources={of.sources} />
      <Input
        className="find-source"
        allowClear
        value={find}
        placeholder={t('sources.find')}
        aria-label={t('sources.find')}
        onChange={(event) => setFind(event.target.value)}
      />
      {found.length === 0 && <Message picture="lost" title={t('sources.none')} />}
      {shelves.map((shelf) => {
        const here = found.filter((one) => one.shelf === shelf)
        return (
          here.length > 0 && (
            <Card
              key={shelf}
              title={t(`sources.shelf.${shelf}`)}
              help={<span className="num">{count(here.length)}</span>}
            >
              <ul className="source-list">
                {here.map((one) => (
                  <SourceRow
                    key={one.id}
                    of={one}
                    connections={connections.filter(({ source }) => source === one.id)}
                  />
                ))}
              </ul>
            </Card>
          )
        )
      })}
    </div>
  )
}

/** Every way in, shelf by shelf, and a file that is brought in at once. */
export default function Sources() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const sources = useSources({ tenant: tenant.id })
  return (
    <Page title={t('sources.title')}>
      <Answer of={sources} what={t('sources.title')} cards={[3, 8, 8]}>
        {(data) => <Content of={data} />}
      </Answer>
    </Page>
  )
}
