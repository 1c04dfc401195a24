import { App, Button, Input, Tooltip } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AlertRule, AlertRuleDraft, AlertRules } from '../../../src/http/shapes.ts'
import { usePreview, useSaveRule } from '../../api/alerts.ts'
import { Field } from '../../parts/Field.tsx'
import { useKept, WritingBack } from '../../parts/Kept.tsx'
import { useRefused, useWriteRefusal } from '../../parts/rights.ts'
import { Sheet } from '../../parts/Sheet.tsx'
import { useSurroundings } from '../../shell/surroundings.tsx'
import { draftOf } from './draft.ts'
import { PreviewResult } from './PreviewResult.tsx'
import { How, What, When } from './RuleFields.tsx'
import { unitOf } from './rule-words.ts'

const fresh: AlertRuleDraft = {
  name: '',
  watch: 'payment_failures',
  whole: true,
  by: [],
  where: { category: [], merchant: [], city: [], channel: [] },
  step: 'day',
  judge: { kind: 'learnt' },
  direction: 'up',
  minVolume: 1,
  minChange: 0,
  quiet: null,
  tell: 'now',
  owner: '',
  enabled: true,
}

interface RuleEditorProps {
  rule: AlertRule | null
  /** What a new rule begins with. */
  begin: Partial<AlertRuleDraft>
  watchable: AlertRules['watchable']
  close: () => void
}

/** A rule is written, looked at over the last month, and only then kept. */
export function RuleEditor({ rule, begin, watchable, close }: RuleEditorProps) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { message } = App.useApp()
  const refusal = useWriteRefusal()
  const why = useRefused()
  const writing = useKept<AlertRuleDraft>(`rule ${rule?.id ?? ''}`, rule ? draftOf(rule) : { ...fresh, ...begin })
  const draft = writing.value
  const leave = () => {
    writing.giveUp()
    close()
  }
  const preview = usePreview({ tenant: tenant.id })
  const save = useSaveRule({ tenant: tenant.id }, rule?.id ?? null)
  const [seen, setSeen] = useState('')
  const text = JSON.stringify(draft)
  const change = (part: Partial<AlertRuleDraft>) => writing.set({ ...draft, ...part })
  const look = () => preview.mutate(draft, { onSuccess: () => setSeen(text) })
  const keep = () =>
    save.mutate(draft, {
      onSuccess: () => {
        void message.success(t('alerts.saved'))
        leave()
      },
    })
  const failure = preview.error ?? save.error
  const footer = (
    <span className="row wrap">
      <Button loading={preview.isPending} onClick={look}>
        {t(seen === text ? 'alerts.previewAgain' : 'alerts.preview')}
      </Button>
      <Tooltip title={refusal ?? (seen === text ? null : t('alerts.previewFirst'))}>
        <Button type="primary" disabled={refusal !== null || seen !== text} loading={save.isPending} onClick={keep}>
          {t('alerts.save')}
        </Button>
      </Tooltip>
    </span>
  )
  return (
    <Sheet open close={leave} title={t(rule ? 'alerts.editRule' : 'alerts.newRule')} footer={footer}>
      <div className="alert-form">
        <WritingBack of={writing} />
        <Field label={t('alerts.name')}>
          <Input
            value={draft.name}
            maxLength={120}
            placeholder={t('alerts.nameHint')}
            onChange={(event) => change({ name: event.target.value })}
          />
        </Field>
        <What of={draft} watchable={watchable} change={change} />
        <How of={draft} watchable={watchable} change={change} />
        <When of={draft} change={change} />
        {failure && (
          <p className="dense bad" role="alert">
            {why(failure, failure.message || t('alerts.invalid'))}
          </p>
        )}
        {preview.data && seen === text && (
          <PreviewResult of={preview.data} unit={unitOf(draft, watchable)} step={draft.step} />
        )}
        {seen !== text && <p className="aux">{t('alerts.previewFirst')}</p>}
      </div>
    </Sheet>
  )
}
