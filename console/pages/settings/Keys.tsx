import { Alert, App, Button, Input, Popconfirm, Typography } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../../src/http/shapes.ts'
import { useDropKey, useMakeKey } from '../../api/actions.ts'
import { Card } from '../../parts/Card.tsx'
import { useWriteRefusal } from '../../parts/rights.ts'
import { useFormat, useSurroundings } from '../../shell/surroundings.tsx'

function NewKey() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const [name, setName] = useState('')
  const [missing, setMissing] = useState(false)
  const make = useMakeKey({ tenant: tenant.id })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setMissing(name.trim() === '')
    if (name.trim() !== '') make.mutate(name.trim(), { onSuccess: () => setName('') })
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
        <Button type="primary" htmlType="submit" loading={make.isPending}>
          {t('settings.makeKey')}
        </Button>
        {missing && (
          <span className="aux bad" role="alert">
            {t('settings.needKeyName')}
          </span>
        )}
      </form>
      {make.error && <Alert type="error" title={make.error.message || t('state.unreachable')} />}
      {make.data && (
        <Alert
          type="warning"
          title={t('settings.secretOnce')}
          description={
            <Typography.Text code copyable={{ tooltips: [t('settings.copy'), t('settings.copied')] }}>
              {make.data.secret}
            </Typography.Text>
          }
        />
      )}
    </>
  )
}

export function Keys({ of }: { of: Settings['keys'] }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  const { tenant } = useSurroundings()
  const { message } = App.useApp()
  const refused = useWriteRefusal()
  const drop = useDropKey({ tenant: tenant.id })
  const onError = (error: Error) =>
    void message.error(t('state.denied', { why: error.message || t('state.unreachable') }))
  return (
    <Card title={t('settings.keys')} help={t('settings.keysHelp')}>
      <div className="part">
        {refused ? <p className="aux">{refused}</p> : <NewKey />}
        {of.length === 0 ? (
          <p className="soft dense">{t('settings.noKeys')}</p>
        ) : (
          <ul className="lines">
            {of.map((key) => (
              <li key={key.id}>
                <b>{key.name}</b>
                <span className="aux num">{moment(key.createdAt)}</span>
                {!refused && (
                  <Popconfirm
                    title={t('settings.dropSure')}
                    okText={t('settings.dropKey')}
                    okButtonProps={{ danger: true }}
                    onConfirm={() => drop.mutate(key.id, { onError })}
                  >
                    <Button size="small" danger>
                      {t('settings.dropKey')}
                    </Button>
                  </Popconfirm>
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Card>
  )
}
