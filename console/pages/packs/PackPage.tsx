import { useParams } from '@tanstack/react-router'
import { Alert, Button, Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PackDetail } from '../../../src/http/shapes.ts'
import { usePack } from '../../api/packs.ts'
import { Card } from '../../parts/Card.tsx'
import { Field } from '../../parts/Field.tsx'
import { useWriteRefusal } from '../../parts/rights.ts'
import { Answer } from '../../parts/states.tsx'
import { useGo } from '../../shell/Go.tsx'
import { Page } from '../../shell/Page.tsx'
import { useFormat, useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'
import { Addition } from './Addition.tsx'
import './packs.css'

const SHOWN = 12

function Words({ of }: { of: readonly string[] }) {
  const { t } = useTranslation()
  return (
    <>
      {of.slice(0, SHOWN).join('、')}
      {of.length > SHOWN && <span className="aux"> {t('packs.more', { n: count(of.length) })}</span>}
    </>
  )
}

function Aspects({ of }: { of: PackDetail }) {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const names = useNames()
  return (
    <Card title={t('packs.aspectTable')} end={t('packs.aspects', { n: count(of.aspects.length) })}>
      <div className="scroll">
        <table className="plain pack-aspects">
          <thead>
            <tr>
              <th scope="col">{t('packs.aspect')}</th>
              <th scope="col">{t('packs.owner')}</th>
              <th scope="col">{t('packs.terms')}</th>
            </tr>
          </thead>
          <tbody>
            {of.aspects.map((aspect) => (
              <tr key={aspect.id}>
                <td>
                  <b>{aspect[lang]}</b>
                  <br />
                  <span className="aux">{aspect.id}</span>
                </td>
                <td>{names.department(aspect.owner)}</td>
                <td>
                  <Words of={[...aspect.terms, ...aspect.faults, ...aspect.praises]} />
                  {aspect.advice && <p className="aux">{aspect.advice[lang]}</p>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  )
}

function Side({ of }: { of: PackDetail }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const missing = of.gold.filter((one) => one.missing.length > 0)
  return (
    <>
      <Card
        title={t('packs.goldCases')}
        end={
          of.gold.length > 0 &&
          t('packs.gold', { held: count(of.gold.length - missing.length), cases: count(of.gold.length) })
        }
      >
        {of.gold.length === 0 && <p className="soft dense">{t('packs.noGold')}</p>}
        {of.gold.length > 0 && missing.length === 0 && (
          <p className="dense good">{t('packs.goldHeld', { n: count(of.gold.length) })}</p>
        )}
        {missing.length > 0 && (
          <ul className="dense bad">
            {missing.flatMap((one) => one.missing.map((what) => <li key={what}>{what}</li>))}
          </ul>
        )}
      </Card>
      {of.versions.length > 0 && (
        <Card title={t('packs.versions')}>
          <ol className="dense">
            {of.versions.map((one) => (
              <li key={one.version}>
                {t('packs.version', { n: one.version })}{' '}
                <span className="aux num">
                  {moment(one.at)} · {one.actor}
                  {one.removed && ` · ${t('packs.removedVersion')}`}
                </span>
              </li>
            ))}
          </ol>
        </Card>
      )}
    </>
  )
}

/** A new pack begins with its id. */
function Begin() {
  const { t } = useTranslation()
  const go = useGo()
  const [id, setId] = useState('')
  const [wrong, setWrong] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const fits = /^[a-z][a-z0-9-]*$/.test(id) && id !== 'new'
    setWrong(!fits)
    if (fits) go({ to: `/packs/${id}` })
  }
  return (
    <Card title={t('packs.new')}>
      <form className="row wrap" onSubmit={submit}>
        <Field label={t('packs.id')} help={t('packs.idHelp')}>
          <Input
            value={id}
            status={wrong ? 'error' : undefined}
            onChange={(event) => setId(event.target.value.trim())}
          />
        </Field>
        <Button type="primary" htmlType="submit">
          {t('packs.new')}
        </Button>
      </form>
      {wrong && (
        <p className="aux bad" role="alert">
          {t('packs.idHelp')}
        </p>
      )}
    </Card>
  )
}

function Content({ id, of }: { id: string; of: PackDetail | null }) {
  const refused = useWriteRefusal()
  return (
    <div className="pack-page">
      <div className="stack">
        {refused ? <Alert type="info" title={refused} /> : <Addition key={id} id={id} pack={of} />}
        {of && <Aspects of={of} />}
      </div>
      <div className="stack">{of && <Side of={of} />}</div>
    </div>
  )
}

/** One pack: what is known of the category, and what the tenant adds. */
export default function PackPage() {
  const { t } = useTranslation()
  const { tenant, lang } = useSurroundings()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const pack = usePack({ tenant: tenant.id }, id)
  const isNew = id === 'new'
  return (
    <Page title={isNew ? t('packs.new') : (pack.data?.[lang] ?? id)} crumb={{ to: '/packs', label: t('packs.title') }}>
      {isNew ? (
        <Begin />
      ) : (
        <Answer of={pack} what={t('packs.title')} cards={[8, 6]}>
          {(data) => <Content id={id} of={data} />}
        </Answer>
      )}
    </Page>
  )
}
