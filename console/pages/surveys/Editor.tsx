import { useBlocker } from '@tanstack/react-router'
import { App, Button, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SurveyDetail } from '../../../src/http/shapes.ts'
import { useSaveSurvey } from '../../api/surveys.ts'
import { Card } from '../../parts/Card.tsx'
import { save as saveFile } from '../../parts/export/save.ts'
import { Field } from '../../parts/Field.tsx'
import { useKept, WritingBack } from '../../parts/Kept.tsx'
import { useWriteRefusal } from '../../parts/rights.ts'
import { useSurroundings } from '../../shell/surroundings.tsx'
import {
  type Draft,
  freeId,
  moved,
  type Question,
  questionOf,
  questionTypes,
  textOf,
  withoutQuestion,
} from './draft.ts'
import { Fault } from './Fault.tsx'
import { ConditionForm } from './Logic.tsx'
import { Preview } from './Preview.tsx'
import { QuestionPart } from './QuestionPart.tsx'
import { Both, useNaming } from './words.tsx'

interface PartProps {
  draft: Draft
  change: (draft: Draft) => void
}

function Frame({ draft, change }: PartProps) {
  const { t } = useTranslation()
  const { languages } = draft
  return (
    <Card title={t('surveys.basics')}>
      <div className="stack tight">
        <Both
          label={t('surveys.name')}
          of={draft.title}
          languages={languages}
          change={(title) => change({ ...draft, title })}
        />
        <Both
          label={t('surveys.intro')}
          of={draft.intro ?? {}}
          languages={languages}
          change={(intro) => change({ ...draft, intro })}
        />
        <Field label={t('surveys.languages')}>
          <Select
            className="narrow"
            value={languages.join(' ')}
            options={['zh', 'en', 'zh en', 'en zh'].map((value) => ({
              value,
              label:
                value === 'zh' || value === 'en'
                  ? t(`surveys.${value}`)
                  : value === 'zh en'
                    ? t('surveys.both')
                    : 'EN + 中',
            }))}
            onChange={(value) => change({ ...draft, languages: value.split(' ') as Draft['languages'] })}
          />
        </Field>
      </div>
    </Card>
  )
}

function Questions({
  draft,
  change,
  open,
  setOpen,
}: PartProps & { open: string | undefined; setOpen: (id?: string) => void }) {
  const { t } = useTranslation()
  const { questions } = draft
  const put = (at: number, question: Question) =>
    change({ ...draft, questions: questions.map((one, i) => (i === at ? question : one)) })
  const add = (type: Question['type']) => {
    const id = freeId('q', questions)
    change({ ...draft, questions: [...questions, questionOf(type, { id, ask: {} })] })
    setOpen(id)
  }
  return (
    <Card title={t('surveys.questions')} end={t('surveys.questionCount', { count: questions.length })}>
      <div className="stack tight">
        <ol className="question-list">
          {questions.map((question, at) => (
            <QuestionPart
              key={question.id}
              draft={draft}
              at={at}
              isOpen={question.id === open}
              toggle={() => setOpen(question.id === open ? undefined : question.id)}
              change={(next) => put(at, next)}
              move={(step) => change(moved(draft, at, step))}
              remove={() => change(withoutQuestion(draft, question.id))}
            />
          ))}
        </ol>
        <Select
          className="adder"
          value={null}
          placeholder={t('surveys.addQuestion')}
          aria-label={t('surveys.addQuestion')}
          options={questionTypes.map((value) => ({ value, label: t(`surveys.types.${value}`) }))}
          onChange={(type: Question['type'] | null) => type && add(type)}
        />
      </div>
    </Card>
  )
}

function Quotas({ draft, change }: PartProps) {
  const { t } = useTranslation()
  const naming = useNaming(draft.languages)
  const quotas = draft.quotas ?? []
  const put = (next: typeof quotas) => change({ ...draft, quotas: next })
  return (
    <Card title={t('surveys.quotas')} help={t('surveys.quotaHelp')}>
      <div className="stack tight">
        {quotas.length === 0 && <p className="dense soft">{t('surveys.noQuota')}</p>}
        {quotas.map((quota, at) => (
          <div key={quota.id} className="part-card">
            <span className="row wrap spread">
              <span className="row">
                <span className="dense">{t('surveys.quotaMost')}</span>
                <InputNumber
                  min={1}
                  value={quota.most}
                  aria-label={t('surveys.quotaMost')}
                  onChange={(most) => put(quotas.map((one, i) => (i === at ? { ...one, most: most ?? 1 } : one)))}
                />
              </span>
              <Button size="small" type="text" onClick={() => put(quotas.filter((_, i) => i !== at))}>
                {t('surveys.remove')}
              </Button>
            </span>
            <ConditionForm
              of={quota.when}
              questions={draft.questions}
              lang={naming}
              change={(when) =>
                put(quotas.map(({ when: _, ...one }, i) => (i === at ? { ...one, ...(when && { when }) } : quotas[i]!)))
              }
            />
          </div>
        ))}
        <span>
          <Button size="small" onClick={() => put([...quotas, { id: freeId('quota', quotas), most: 100 }])}>
            {t('surveys.addQuota')}
          </Button>
        </span>
      </div>
    </Card>
  )
}

function Thanks({ draft, change }: PartProps) {
  const { t } = useTranslation()
  const { thanks, languages } = draft
  const put = (part: Partial<Draft['thanks']>) => change({ ...draft, thanks: { ...thanks, ...part } })
  return (
    <Card title={t('surveys.thanks')}>
      <div className="stack tight">
        <Both
          label={t('surveys.thanksTitle')}
          of={thanks.title}
          languages={languages}
          change={(title) => put({ title })}
        />
        <Both
          label={t('surveys.thanksText')}
          of={thanks.text ?? {}}
          languages={languages}
          change={(text) => put({ text })}
        />
      </div>
    </Card>
  )
}

const tabOf = (search: object) => (search as { tab?: string }).tab

/** A survey as it is written, beside the phone on which it is read. */
export function Editor({ of }: { of: SurveyDetail }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { message } = App.useApp()
  const refused = useWriteRefusal()
  const saved = JSON.parse(of.text) as Draft
  const writing = useKept(`survey ${of.id}`, saved)
  const draft = writing.value
  const [open, setOpen] = useState<string | undefined>(draft.questions[0]?.id)
  const save = useSaveSurvey({ tenant: tenant.id }, of.id)
  const text = textOf(draft)
  const [kept, setKept] = useState(() => textOf(saved))
  const isChanged = text !== kept
  const change = (next: Draft) => {
    save.reset()
    writing.set(next)
  }
  const keep = () =>
    save.mutate(text, {
      onSuccess: ({ version }) => {
        setKept(text)
        writing.settle(draft)
        void message.info(t('surveys.saved', { n: version }))
      },
    })
  useBlocker({
    enableBeforeUnload: isChanged,
    // Another language or theme of this page leaves the editor where it is.
    shouldBlockFn: ({ current, next }) => {
      const stays = next.pathname === current.pathname && tabOf(next.search) === tabOf(current.search)
      if (!isChanged || stays) return false
      if (!window.confirm(t('surveys.leave'))) return true
      writing.giveUp()
      return false
    },
  })
  return (
    <div className="survey-editor">
      <div className="stack">
        <Frame draft={draft} change={change} />
        <Questions draft={draft} change={change} open={open} setOpen={setOpen} />
        <Thanks draft={draft} change={change} />
        <Quotas draft={draft} change={change} />
      </div>
      <aside className="stack side">
        <WritingBack of={writing} />
        <Preview text={text} languages={draft.languages} at={open} />
        {save.error && <Fault of={save.error} title={t('surveys.badSurvey')} />}
        <div className="row wrap">
          {refused ? (
            <span className="aux">{refused}</span>
          ) : (
            <Button type="primary" loading={save.isPending} disabled={!isChanged} onClick={keep}>
              {t('surveys.save')}
            </Button>
          )}
          <Button onClick={() => saveFile(`survey-${of.id}.json`, new Blob([text], { type: 'application/json' }))}>
            {t('surveys.export')}
          </Button>
          {isChanged && <span className="aux">{t('surveys.unsaved')}</span>}
        </div>
      </aside>
    </div>
  )
}
