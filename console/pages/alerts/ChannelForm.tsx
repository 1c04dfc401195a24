import { Alert, Button, Checkbox, Input, Select, Typography } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChannelList, ChannelTelling } from '../../../src/http/shapes.ts'
import { useChangeChannel, useMakeChannel } from '../../api/channels.ts'
import { ApiProblem } from '../../api/client.ts'
import { Field } from '../../parts/Field.tsx'
import { useRefused } from '../../parts/rights.ts'
import { Sheet } from '../../parts/Sheet.tsx'
import { useSurroundings } from '../../shell/surroundings.tsx'
import { channelProblem } from './channel-problem.ts'
import { hours } from './hours.ts'
import { emptyMailbox, isWritten, MailFields, mailboxOf } from './MailFields.tsx'
import { QuietHours } from './QuietHours.tsx'

type Channel = ChannelList['channels'][number]

/** What is sent to a channel, and when. */
function TellingFields({ of, change }: { of: ChannelTelling; change: (part: Partial<ChannelTelling>) => void }) {
  const { t } = useTranslation()
  return (
    <>
      <Checkbox checked={of.incidents} onChange={(event) => change({ incidents: event.target.checked })}>
        {t('channels.incidents')}
      </Checkbox>
      <div className="pair">
        <Field label={t('channels.digest')}>
          <Select
            value={of.digest}
            options={(['daily', 'weekly', 'none'] as const).map((value) => ({
              value,
              label: t(`channels.digests.${value}`),
            }))}
            onChange={(digest) => change({ digest })}
          />
        </Field>
        <Field label={t('channels.hour')}>
          <Select
            value={of.hour}
            disabled={of.digest === 'none'}
            options={hours}
            onChange={(hour) => change({ hour })}
          />
        </Field>
      </div>
      <QuietHours of={of.quiet} label={t('channels.quiet')} change={(quiet) => change({ quiet })} />
      <Field label={t('channels.lang')}>
        <Select
          value={of.lang}
          options={[
            { value: 'zh', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
          onChange={(lang) => change({ lang })}
        />
      </Field>
    </>
  )
}

/** The secret with which a webhook is signed; it is told this once. */
function Made({ secret }: { secret: string | null }) {
  const { t } = useTranslation()
  if (secret === null) return <Alert type="success" title={t('channels.made')} />
  const copy = { tooltips: [t('settings.copy'), t('settings.copied')] }
  return (
    <Alert
      type="success"
      title={t('channels.secretOnce')}
      description={
        <Typography.Text className="address" code copyable={copy}>
          {secret}
        </Typography.Text>
      }
    />
  )
}

/** A new channel: where to, and what. */
export function NewChannel({ ways, close }: { ways: ChannelList['ways']; close: () => void }) {
  const { t } = useTranslation()
  const { tenant, lang } = useSurroundings()
  const why = useRefused()
  const make = useMakeChannel({ tenant: tenant.id })
  const [way, setWay] = useState(ways[0]!.id)
  const [[name, url, secret], setText] = useState(['', '', ''])
  const [mailbox, setMailbox] = useState(emptyMailbox)
  const [telling, setTelling] = useState<ChannelTelling>({
    ...{ incidents: true, digest: 'daily', hour: 9, quiet: null, lang, site: location.origin },
  })
  const chosen = ways.find((one) => one.id === way)!
  const byMail = chosen.to === 'mailbox'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const where = byMail ? { mailbox: mailboxOf(mailbox) } : { url }
    make.mutate({ way, name, ...where, secret: chosen.secret === 'theirs' ? secret : '', telling })
  }
  const refusal = make.error instanceof ApiProblem ? channelProblem(make.error, t) : ''
  const lacks = name.trim() === '' || (byMail ? !isWritten(mailbox) : url.trim() === '')
  return (
    <Sheet open close={close} title={t('channels.new')}>
      <form className="alert-form" onSubmit={submit}>
        <Field label={t('channels.way')} help={chosen.hint[lang]}>
          <Select value={way} options={ways.map((one) => ({ value: one.id, label: one[lang] }))} onChange={setWay} />
        </Field>
        <Field label={t('channels.name')}>
          <Input value={name} maxLength={80} onChange={(event) => setText([event.target.value, url, secret])} />
        </Field>
        {byMail ? (
          <MailFields of={mailbox} change={(part) => setMailbox({ ...mailbox, ...part })} />
        ) : (
          <Field label={t('channels.url')}>
            <Input
              value={url}
              autoComplete="off"
              spellCheck={false}
              placeholder="https://"
              onChange={(event) => setText([name, event.target.value, secret])}
            />
          </Field>
        )}
        {chosen.secret === 'theirs' && (
          <Field label={t(byMail ? 'channels.mail.secret' : 'channels.secret')}>
            <Input.Password
              value={secret}
              autoComplete="new-password"
              onChange={(event) => setText([name, url, event.target.value])}
            />
          </Field>
        )}
        <TellingFields of={telling} change={(part) => setTelling({ ...telling, ...part })} />
        {make.error && <Alert type="error" title={why(make.error, refusal || t('alerts.invalid'))} />}
        {make.data ? (
          <>
            <Made secret={make.data.secret} />
            <Button onClick={close}>{t('channels.done')}</Button>
          </>
        ) : (
          <Button type="primary" htmlType="submit" disabled={lacks} loading={make.isPending}>
            {t('channels.make')}
          </Button>
        )}
      </form>
    </Sheet>
  )
}

/** What is sent to a channel that is there. */
export function EditChannel({ of, close }: { of: Channel; close: () => void }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const why = useRefused()
  const save = useChangeChannel({ tenant: tenant.id }, of.id)
  const [telling, setTelling] = useState(of.telling)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate({ telling }, { onSuccess: close })
  }
  return (
    <Sheet open close={close} title={t('channels.edit', { name: of.name })}>
      <form className="alert-form" onSubmit={submit}>
        <TellingFields of={telling} change={(part) => setTelling({ ...telling, ...part })} />
        {save.error && <Alert type="error" title={why(save.error, t('alerts.invalid'))} />}
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('channels.save')}
        </Button>
      </form>
    </Sheet>
  )
}
