import { Alert, Button, Input, Typography } from 'antd'
import { type FormEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../api/client.ts'
import { type Setting, type Source, useConnect, type Way } from '../../api/sources.ts'
import { Card } from '../../parts/Card.tsx'
import { useRefused } from '../../parts/rights.ts'
import { useSurroundings } from '../../shell/surroundings.tsx'

/** The console is where the door is, so its own address is the one that systems send to. */
const addressOf = (id: string) => `${location.origin}/api/v1/hooks/${id}`

export function Address({ id }: { id: string }) {
  const { t } = useTranslation()
  return (
    <Typography.Text className="address" code copyable={{ tooltips: [t('settings.copy'), t('settings.copied')] }}>
      {addressOf(id)}
    </Typography.Text>
  )
}

interface SettingFieldProps {
  of: Setting
  value: string
  change: (value: string) => void
  trouble?: string | undefined
  optional?: boolean
}

/** One setting of a connection; what is secret is not shown while it is typed. */
export function SettingField({ of, value, change, trouble, optional = of.optional }: SettingFieldProps) {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const id = useId()
  const Box = of.secret ? Input.Password : Input
  return (
    <div className="field">
      <label htmlFor={id} className="dense">
        {of[lang]} {optional && <span className="aux">{t('connect.optional')}</span>}
      </label>
      <Box
        id={id}
        value={value}
        autoComplete="off"
        spellCheck={false}
        status={trouble && 'error'}
        onChange={(event) => change(event.target.value)}
      />
      {of.hint && <span className="aux">{of.hint[lang]}</span>}
      {trouble && (
        <span className="aux bad" role="alert">
          {trouble}
        </span>
      )}
    </div>
  )
}

/** What must be entered, and what to paste where. */
export function Connect({ of, way }: { of: Source; way: Way }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const why = useRefused()
  const [name, setName] = useState('')
  const [values, setValues] = useState<Record<string, string>>({})
  const [tried, setTried] = useState(false)
  const connect = useConnect({ tenant: tenant.id })
  const nameId = useId()
  const settings = of[way] ?? []
  const lacks = (value: string | undefined) => (value ?? '').trim() === ''
  const troubleOf = (setting: Setting) =>
    tried && !setting.optional && lacks(values[setting.id]) ? t('connect.need') : undefined
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (lacks(name) || settings.some((one) => !one.optional && lacks(values[one.id]))) return
    connect.mutate(
      { source: of.id, way, name: name.trim(), settings: values },
      {
        onSuccess: () => {
          setName('')
          setValues({})
          setTried(false)
        },
      },
    )
  }
  const refusal = connect.error instanceof ApiProblem ? connect.error.message : ''
  return (
    <Card title={t(`connect.${way}`)} className="connect">
      <form onSubmit={submit}>
        <p className="aux">{t(`connect.${way}Help`)}</p>
        <div className="field">
          <label htmlFor={nameId} className="dense">
            {t('connect.name')}
          </label>
          <Input
            id={nameId}
            value={name}
            maxLength={80}
            placeholder={t('connect.namePlaceholder')}
            status={tried && lacks(name) ? 'error' : undefined}
            onChange={(event) => setName(event.target.value)}
          />
        </div>
        {settings.map((one) => (
          <SettingField
            key={one.id}
            of={one}
            value={values[one.id] ?? ''}
            change={(value) => setValues({ ...values, [one.id]: value })}
            trouble={troubleOf(one)}
          />
        ))}
        {way === 'webhook' && <p className="aux">{t('connect.secretLater')}</p>}
        {connect.error && <Alert type="error" title={why(connect.error, refusal || t('connect.need'))} />}
        <div>
          <Button htmlType="submit" loading={connect.isPending}>
            {t('connect.make')}
          </Button>
        </div>
        {connect.data && (
          <Alert
            type="success"
            title={t('connect.made')}
            description={
              way === 'webhook' && (
                <>
                  <p className="dense">{t('connect.addressHelp')}</p>
                  <Address id={connect.data.id} />
                </>
              )
            }
          />
        )}
      </form>
    </Card>
  )
}
