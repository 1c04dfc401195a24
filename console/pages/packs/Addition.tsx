import { Alert, App, Button, Input, Popconfirm, Segmented } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PackDetail } from '../../../src/http/shapes.ts'
import { ApiProblem } from '../../api/client.ts'
import { useSavePack, useStepBack, useTryPack } from '../../api/packs.ts'
import { Card } from '../../parts/Card.tsx'
import { Field } from '../../parts/Field.tsx'
import { useKept, WritingBack } from '../../parts/Kept.tsx'
import { useRefused } from '../../parts/rights.ts'
import { useSurroundings } from '../../shell/surroundings.tsx'
import { draftOf, emptyDraft, textOf } from './draft.ts'
import { PackForm } from './PackForm.tsx'
import { Trial } from './Trial.tsx'

/** What the tenant adds to a pack, or a pack of its own: written in fields or as JSON, tried, kept, taken back. */
export function Addition({ id, pack }: { id: string; pack: PackDetail | null }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { message } = App.useApp()
  const refused = useRefused()
  const where = { tenant: tenant.id }
  const writtenOf = (of: PackDetail | null) => ({
    text: of?.text ?? emptyDraft(id, of?.zh ?? '', of?.en ?? ''),
    gold: of?.goldText ?? '',
  })
  const writing = useKept(`pack ${id}`, writtenOf(pack))
  const { text, gold } = writing.value
  const [as, setAs] = useState<'form' | 'json'>('form')
  const attempt = useTryPack(where, id)
  const save = useSavePack(where, id)
  const back = useStepBack(where, id)
  const draft = draftOf(text)
  const failed = attempt.error ?? save.error ?? back.error
  const clear = () => {
    attempt.reset()
    save.reset()
    back.reset()
  }
  const edit = (next: string) => {
    clear()
    writing.set({ text: next, gold })
  }
  const why = (error: Error) => {
    if (!(error instanceof ApiProblem) || error.status !== 422) return refused(error, error.message)
    return error.where ? t('packs.badAt', { where: error.where, why: error.message }) : error.message
  }
  const step = () => {
    clear()
    back.mutate(undefined, {
      onSuccess: (left) => {
        writing.settle(writtenOf(left))
        void message.info(t('packs.wentBack'))
      },
    })
  }
  const keep = () => {
    clear()
    save.mutate(
      { text, gold },
      {
        onSuccess: () => {
          writing.settle({ text, gold })
          void message.info(t('packs.saved'))
        },
      },
    )
  }
  return (
    <Card
      title={t('packs.addition')}
      help={t('packs.additionHelp')}
      end={
        <Segmented
          size="small"
          aria-label={t('packs.writeAs')}
          value={as}
          options={(['form', 'json'] as const).map((value) => ({ value, label: t(`packs.${value}`) }))}
          onChange={setAs}
        />
      }
    >
      <div className="stack">
        <WritingBack of={writing} />
        {as === 'json' ? (
          <Input.TextArea
            className="json"
            value={text}
            spellCheck={false}
            rows={18}
            aria-label={t('packs.json')}
            onChange={(event) => edit(event.target.value)}
          />
        ) : draft ? (
          <PackForm draft={draft} pack={pack} change={(next) => edit(textOf(next))} />
        ) : (
          <Alert type="warning" title={t('packs.brokenJson')} />
        )}
        <Field label={t('packs.goldCases')} help={t('packs.goldHelp')}>
          <Input.TextArea
            className="json"
            value={gold}
            spellCheck={false}
            rows={3}
            placeholder={'{"text": "…", "expect": [{"aspect": "noise", "polarity": "negative"}]}'}
            onChange={(event) => {
              clear()
              writing.set({ text, gold: event.target.value })
            }}
          />
        </Field>
        {failed && <Alert type="error" title={t('packs.bad', { why: why(failed) })} />}
        <div className="row wrap">
          <Button
            loading={attempt.isPending}
            onClick={() => {
              clear()
              attempt.mutate({ text, gold })
            }}
          >
            {t('packs.try')}
          </Button>
          <Button type="primary" loading={save.isPending} onClick={keep}>
            {t('packs.save')}
          </Button>
          {pack && pack.versions.length > 0 && (
            <Popconfirm title={t('packs.backSure')} okText={t('packs.back')} onConfirm={step}>
              <Button type="text" loading={back.isPending}>
                {t('packs.back')}
              </Button>
            </Popconfirm>
          )}
        </div>
        {attempt.data && <Trial of={attempt.data} />}
      </div>
    </Card>
  )
}
