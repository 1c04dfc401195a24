import { Alert, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PackList } from '../../../src/http/shapes.ts'
import { usePacks } from '../../api/packs.ts'
import { useWriteRefusal } from '../../parts/rights.ts'
import { Answer, Message } from '../../parts/states.tsx'
import { Go, useGo } from '../../shell/Go.tsx'
import { Page } from '../../shell/Page.tsx'
import { useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'
import './packs.css'

type Row = PackList['packs'][number]

function PackRow({ of }: { of: Row }) {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const names = useNames()
  return (
    <li>
      <Go to={`/packs/${encodeURIComponent(of.id)}`} className="plain pack-row">
        <span className="what">
          <b>{of[lang]}</b>
          {!of.shipped && <span className="pill go">{t(of.folder ? 'packs.folder' : 'packs.mine')}</span>}
          {of.shipped && (of.own || of.folder) && (
            <span className="pill go">{t(of.own ? 'packs.own' : 'packs.folder')}</span>
          )}
        </span>
        <span className="aux num">
          {t('packs.aspects', { n: count(of.aspects) })} · {t('packs.words', { n: count(of.words) })}
        </span>
        <span className="aux owners">{of.owners.map(names.department).join(' · ')}</span>
        <span className="aux num">
          {of.gold === 0 ? t('packs.noGold') : t('packs.goldCount', { n: count(of.gold) })}
        </span>
      </Go>
    </li>
  )
}

function Content({ of }: { of: PackList }) {
  const { t } = useTranslation()
  const go = useGo()
  const refused = useWriteRefusal()
  const [find, setFind] = useState('')
  const wanted = find.trim().toLowerCase()
  const found = of.packs.filter((pack) =>
    [pack.id, pack.zh, pack.en, ...pack.match].some((word) => word.toLowerCase().includes(wanted)),
  )
  return (
    <div className="stack">
      <p className="soft">{t('packs.help')}</p>
      {of.refused.map((one) => (
        <Alert key={one.id} type="error" title={t('packs.refused')} description={<code>{one.problem}</code>} />
      ))}
      <section className="card">
        <header>
          <h2>{t('packs.count', { n: count(found.length) })}</h2>
          <span className="end row wrap">
            <Input
              size="small"
              className="find"
              allowClear
              value={find}
              placeholder={t('packs.find')}
              aria-label={t('packs.find')}
              onChange={(event) => setFind(event.target.value)}
            />
            {!refused && (
              <Button size="small" type="primary" onClick={() => go({ to: '/packs/new' })}>
                {t('packs.new')}
              </Button>
            )}
          </span>
        </header>
        {found.length === 0 ? (
          <Message picture="lost" title={t('packs.none')} />
        ) : (
          <ul className="body pack-list">
            {found.map((pack) => (
              <PackRow key={pack.id} of={pack} />
            ))}
          </ul>
        )}
      </section>
    </div>
  )
}

/** What the reader knows of each category, and what the tenant has added. */
export default function Packs() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const packs = usePacks({ tenant: tenant.id })
  return (
    <Page title={t('packs.title')}>
      <Answer of={packs} what={t('packs.title')} cards={[10]}>
        {(data) => <Content of={data} />}
      </Answer>
    </Page>
  )
}
