import { Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ChannelMailbox } from '../../../src/http/shapes.ts'
import { Field } from '../../parts/Field.tsx'

/** As it is written: the receivers in one line. */
export type WrittenMailbox = Omit<ChannelMailbox, 'to'> & { to: string }

const usualPort: Readonly<Record<ChannelMailbox['security'], number>> = { tls: 465, starttls: 587, none: 25 }

export const emptyMailbox: WrittenMailbox = { host: '', port: 465, security: 'tls', user: '', from: '', to: '' }

export const mailboxOf = ({ to, ...rest }: WrittenMailbox): ChannelMailbox => ({
  ...rest,
  to: to.split(/[\s,，;；、]+/).filter(Boolean),
})

export const isWritten = ({ host, from, to }: WrittenMailbox): boolean =>
  [host, from, to].every((text) => text.trim() !== '')

/** The mail server, and from whom to whom. */
export function MailFields({ of, change }: { of: WrittenMailbox; change: (part: Partial<WrittenMailbox>) => void }) {
  const { t } = useTranslation()
  const text = (field: 'host' | 'user' | 'from' | 'to', placeholder = '') => (
    <Input
      value={of[field]}
      autoComplete="off"
      spellCheck={false}
      placeholder={placeholder}
      onChange={(event) => change({ [field]: event.target.value })}
    />
  )
  return (
    <>
      <Field label={t('channels.mail.host')}>{text('host', 'smtp.example.com')}</Field>
      <div className="pair">
        <Field label={t('channels.mail.security')}>
          <Select
            value={of.security}
            options={(['tls', 'starttls', 'none'] as const).map((value) => ({
              value,
              label: t(`channels.mail.securities.${value}`),
            }))}
            onChange={(security) =>
              change({ security, ...(of.port === usualPort[of.security] && { port: usualPort[security] }) })
            }
          />
        </Field>
        <Field label={t('channels.mail.port')}>
          <InputNumber min={1} max={65_535} value={of.port} onChange={(port) => port !== null && change({ port })} />
        </Field>
      </div>
      <Field label={t('channels.mail.from')}>{text('from', 'daystar@example.com')}</Field>
      <Field label={t('channels.mail.to')} help={t('channels.mail.toHelp')}>
        {text('to')}
      </Field>
      <Field label={t('channels.mail.user')}>{text('user')}</Field>
    </>
  )
}
