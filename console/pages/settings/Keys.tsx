import { Alert, App, Button, Input, Popconfirm, Select, Typography } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../../src/http/shapes.ts'
import { type KeyScope, useDropKey, useMakeKey, useRotateKey } from '../../api/actions.ts'
import { useSources } from '../../api/sources.ts'
import { Card } from '../../parts/Card.tsx'
import { useWriteRefusal } from '../../parts/rights.ts'
import { useFormat, useSurroundings } from '../../shell/surroundings.tsx'

type Key = Settings['keys'][number]
const scopes: readonly KeyScope[] = ['ingest', 'read', 'write']

interface Made {
  name: string
  secret: string
}

function Secret({ of }: { of: Made }) {
  const { t } = useTranslation()
  return (
    <Alert
      type="warning"
      title={t('settings.secretOf', { name: of.name })}
      description={
        <Typography.Text code className="secret" copyable={{ tooltips: [t('settings.copy'), t('settings.copied')] }}>
          {of.secret}
        </Typography.Text>
      }
    />
  )
}

/** The source under which a sender's records come; a key for one source cannot send under another. */
function SourcePick({ value, change }: { value: string | undefined; change: (source: string | undefined) => void }) {
  const { t } = useTranslation()
  const { tenant, lang } = useSurroundings()
  const { data } = useSources({ tenant: tenant.id })
  return (
    <Select
      className="key-name"
      aria-label={t('settings.keySource')}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('settings.anySource')}
      value={value}
      options={(data?.sources ?? []).map((one) => ({ value: one.id, label: one[lang] }))}
      onChange={change}
    />
  )
}

function NewKey() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const [name, setName] = useState('')
  const [scope, setScope] = useState<KeyScope>('ingest')
  const [source, setSource] = useState<string>()
  const [missing, setMissing] = useState(false)
  const make = useMakeKey({ tenant: tenant.id })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setMissing(name.trim() === '')
    if (name.trim() === '') return
    const only = scope === 'ingest' ? source : undefined
    make.mutate({ name: name.trim(), scope, ...(only && { source: only }) }, { onSuccess: () => setName('') })
  }
  return (
    <>
      <form className="row wrap" onSubmit={submit}>
        <Input
          className="key-name"
          value={name}
          maxLength={80}
          aria-label={t('settings.keyName')}
          placeholder={t('settings.keyPlaceholder')}
          status={missing ? 'error' : undefined}
          onChange={(event) => setName(event.target.value)}
        />
        <Select
          className="key-scope"
          aria-label={t('settings.scopeName')}
          value={scope}
          options={scopes.map((one) => ({ value: one, label: t(`settings.scope.${one}`) }))}
          onChange={setScope}
        />
        {scope === 'ingest' && <SourcePick value={source} change={setSource} />}
        <Button type="primary" htmlType="submit" loading={make.isPending}>
          {t('settings.makeKey')}
        </Button>
        {missing && (
          <span className="aux bad" role="alert">
            {t('settings.needKeyName')}
          </span>
        )}
      </form>
      <p className="aux">{t(`settings.scopeHelp.${scope}`)}</p>
      {make.error && <Alert type="error" title={make.error.message || t('state.unreachable')} />}
      {make.data && <Secret of={make.data} />}
    </>
  )
}

const graces = [0, 1, 24, 72, 168] as const

function Rotate({ of, done }: { of: Key; done: (made: Made) => void }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { message } = App.useApp()
  const [hours, setHours] = useState<number>(24)
  const rotate = useRotateKey({ tenant: tenant.id }, of.id)
  const grace = (
    <div className="row wrap">
      <span className="dense">{t('settings.grace')}</span>
      <Select
        size="small"
        aria-label={t('settings.grace')}
        value={hours}
        options={graces.map((n) => ({
          value: n,
          label: n === 0 ? t('settings.graceNow') : t('settings.graceHours', { n }),
        }))}
        onChange={setHours}
      />
    </div>
  )
  const go = () =>
    rotate.mutate(hours, {
      onSuccess: done,
      onError: (error) => void message.error(t('state.denied', { why: error.message || t('state.unreachable') })),
    })
  return (
    <Popconfirm title={t('settings.rotateHelp')} description={grace} okText={t('settings.rotate')} onConfirm={go}>
      <Button size="small" loading={rotate.isPending}>
        {t('settings.rotate')}
      </Button>
    </Popconfirm>
  )
}

function KeyRow({ of, refused, rotated }: { of: Key; refused: boolean; rotated: (made: Made) => void }) {
  const { t } = useTranslation()
  const { moment, exactMoment } = useFormat()
  const { tenant, lang } = useSurroundings()
  const { data } = useSources({ tenant: tenant.id })
  const { message } = App.useApp()
  const drop = useDropKey({ tenant: tenant.id })
  const onError = (error: Error) =>
    void message.error(t('state.denied', { why: error.message || t('state.unreachable') }))
  const source = data?.sources.find(({ id }) => id === of.source)?.[lang] ?? of.source
  return (
    <li className="key-row">
      <span>
        <span className="row wrap">
          <b>{of.name}</b>
          <span className="pill">{t(`settings.scope.${of.scope}`)}</span>
          {source && <span className="pill line">{source}</span>}
          {of.expiresAt !== null && (
            <span className="pill now">{t('settings.keyExpires', { time: exactMoment(of.expiresAt) })}</span>
          )}
        </span>
        <span className="aux num">
          {of.usedAt === null ? t('settings.keyUnused') : t('settings.keyUsed', { time: moment(of.usedAt) })}
          {' · '}
          {t('settings.keyMade', { time: moment(of.createdAt) })}
        </span>
      </span>
      {!refused && (
        <span className="row wrap">
          {of.expiresAt === null && <Rotate of={of} done={rotated} />}
          <Popconfirm
            title={t('settings.dropSure')}
            okText={t('settings.dropKey')}
            okButtonProps={{ danger: true }}
            onConfirm={() => drop.mutate(of.id, { onError })}
          >
            <Button size="small" danger>
              {t('settings.dropKey')}
            </Button>
          </Popconfirm>
        </span>
      )}
    </li>
  )
}

export function Keys({ of }: { of: Settings['keys'] }) {
  const { t } = useTranslation()
  const refused = useWriteRefusal()
  const [rotated, setRotated] = useState<Made>()
  return (
    <Card title={t('settings.keys')} help={t('settings.keysHelp')}>
      <div className="part">
        {refused ? <p className="aux">{refused}</p> : <NewKey />}
        {rotated && <Secret of={rotated} />}
        {of.length === 0 ? (
          <p className="soft dense">{t('settings.noKeys')}</p>
        ) : (
          <ul className="lines">
            {of.map((key) => (
              <KeyRow key={key.id} of={key} refused={refused !== null} rotated={setRotated} />
            ))}
          </ul>
        )}
      </div>
    </Card>
  )
}
