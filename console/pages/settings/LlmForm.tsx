import { Alert, App, Button, Input, InputNumber, Switch } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LlmState } from '../../../src/http/shapes.ts'
import { ApiProblem } from '../../api/client.ts'
import { type LlmWish, useSetLlm } from '../../api/reading.ts'
import { Field } from '../../parts/Field.tsx'
import { useRefused } from '../../parts/rights.ts'
import { useSurroundings } from '../../shell/surroundings.tsx'
import { zh } from '../../words/zh.ts'
import { useLlmTrouble } from './llm-trouble.ts'

/** Address, model, key and budget. The key is only ever written, never shown. */
export function LlmForm({ of }: { of: LlmState }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { message } = App.useApp()
  const refused = useRefused()
  const trouble = useLlmTrouble()
  const save = useSetLlm({ tenant: tenant.id })
  const { hasKey, keyFrom, ...kept } = of.settings
  const [wish, setWish] = useState<LlmWish>(kept)
  const change = (part: Partial<LlmWish>) => setWish((before) => ({ ...before, ...part }))
  const send = (body: LlmWish) =>
    save.mutate(body, {
      onSuccess: (answer) => {
        const { hasKey: _, keyFrom: __, ...now } = answer.settings
        setWish(now)
        void message.info(t('llm.saved'))
      },
    })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send({ ...wish, key: wish.key === '' ? undefined : wish.key })
  }
  const why = (error: Error) =>
    error instanceof ApiProblem && error.code in zh.llm.errors
      ? trouble(error.code, error.message, wish.baseUrl)
      : refused(error, error.message)
  const keyHint = keyFrom === 'console' ? t('llm.keyKept') : t(keyFrom ? 'llm.keyEnvironment' : 'llm.keyNone')
  return (
    <form className="llm-form" onSubmit={submit}>
      <div className="row">
        <Switch checked={wish.enabled} aria-label={t('llm.enabled')} onChange={(enabled) => change({ enabled })} />
        <span className="dense">{t('llm.enabled')}</span>
      </div>
      <Field
        label={t('llm.baseUrl')}
        help={of.allowed.length > 0 ? t('llm.allowed', { what: of.allowed.join(' ') }) : t('llm.baseUrlHelp')}
      >
        <Input
          value={wish.baseUrl}
          maxLength={300}
          placeholder="https://…/v1"
          inputMode="url"
          onChange={(event) => change({ baseUrl: event.target.value })}
        />
      </Field>
      <Field label={t('llm.model')}>
        <Input
          value={wish.model}
          maxLength={120}
          placeholder={t('llm.modelPlaceholder')}
          onChange={(event) => change({ model: event.target.value })}
        />
      </Field>
      <Field label={t('llm.key')} help={t('llm.keyHelp')}>
        <Input.Password
          value={wish.key ?? ''}
          maxLength={500}
          placeholder={keyHint}
          autoComplete="off"
          onChange={(event) => change({ key: event.target.value })}
        />
      </Field>
      <div className="row wrap numbers">
        <Field label={t('llm.requestsPerDay')}>
          <InputNumber
            min={0}
            max={1_000_000}
            precision={0}
            value={wish.requestsPerDay}
            onChange={(value) => change({ requestsPerDay: value ?? 0 })}
          />
        </Field>
        <Field label={t('llm.tokensPerDay')}>
          <InputNumber
            min={0}
            max={1_000_000_000}
            precision={0}
            value={wish.tokensPerDay}
            onChange={(value) => change({ tokensPerDay: value ?? 0 })}
          />
        </Field>
        <Field label={t('llm.threshold')} help={t('llm.thresholdHelp')}>
          <InputNumber
            min={0.05}
            max={1}
            step={0.05}
            value={wish.threshold}
            onChange={(value) => change({ threshold: value ?? 0.6 })}
          />
        </Field>
      </div>
      {save.error && <Alert type="error" title={why(save.error)} />}
      <div className="row wrap">
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('llm.save')}
        </Button>
        {hasKey && keyFrom === 'console' && (
          <Button danger disabled={save.isPending} onClick={() => send({ ...wish, key: null })}>
            {t('llm.dropKey')}
          </Button>
        )}
      </div>
    </form>
  )
}
