import { Button, Checkbox, InputNumber, Select } from 'antd'
import { ArrowDown, ArrowUp, ChevronDown, ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Field } from '../../parts/Field.tsx'
import {
  type Draft,
  freeId,
  hasChoices,
  isScore,
  type Option,
  type Question,
  questionOf,
  questionTypes,
} from './draft.ts'
import { Logic } from './Logic.tsx'
import { Both, useNaming } from './words.tsx'

type Languages = Draft['languages']

interface ListProps {
  of: readonly Option[]
  label: string
  add: string
  stem: string
  languages: Languages
  change: (options: Option[]) => void
}

/** Choices, rows or columns: each a text in every language. */
function OptionList({ of, label, add, stem, languages, change }: ListProps) {
  const { t } = useTranslation()
  return (
    <div className="field">
      <span className="aux">{label}</span>
      <ul className="options">
        {of.map((option, at) => (
          <li key={option.id}>
            <Both
              compact
              label={`${label} ${at + 1}`}
              of={option.label}
              languages={languages}
              change={(words) => change(of.map((one, i) => (i === at ? { ...one, label: words } : one)))}
            />
            <Button
              size="small"
              type="text"
              aria-label={`${t('surveys.remove')} ${label} ${at + 1}`}
              onClick={() => change(of.filter((_, i) => i !== at))}
            >
              ×
            </Button>
          </li>
        ))}
      </ul>
      <span>
        <Button size="small" type="dashed" onClick={() => change([...of, { id: freeId(stem, of), label: {} }])}>
          {add}
        </Button>
      </span>
    </div>
  )
}

interface BodyProps {
  draft: Draft
  question: Question
  change: (question: Question) => void
}

/** What only some types of questions have. */
function Particulars({ draft, question, change }: BodyProps) {
  const { t } = useTranslation()
  const { languages } = draft
  const naming = useNaming(languages)
  switch (question.type) {
    case 'nps':
    case 'csat':
    case 'ces':
      return (
        <>
          <Both
            label={t('surveys.low')}
            of={question.low ?? {}}
            languages={languages}
            change={(low) => change({ ...question, low })}
          />
          <Both
            label={t('surveys.high')}
            of={question.high ?? {}}
            languages={languages}
            change={(high) => change({ ...question, high })}
          />
          {question.type === 'ces' && (
            <Field label={t('surveys.scale')}>
              <Select
                className="narrow"
                value={question.most ?? 7}
                options={[5, 7].map((value) => ({ value, label: String(value) }))}
                onChange={(most) => change({ ...question, most: most as 5 | 7 })}
              />
            </Field>
          )}
        </>
      )
    case 'stars':
      return (
        <Field label={t('surveys.scale')}>
          <InputNumber
            min={3}
            max={10}
            value={question.most ?? 5}
            onChange={(most) => change({ ...question, most: most ?? 5 })}
          />
        </Field>
      )
    case 'single':
    case 'multiple':
      return (
        <>
          <OptionList
            {...{ label: t('surveys.options'), add: t('surveys.addOption'), stem: 'o', languages }}
            of={question.options}
            change={(options) => change({ ...question, options })}
          />
          {question.type === 'multiple' && (
            <Field label={t('surveys.atMost')}>
              <InputNumber
                min={1}
                max={question.options.length}
                value={question.atMost ?? null}
                placeholder={t('surveys.unlimited')}
                onChange={(atMost) => {
                  const { atMost: _, ...rest } = question
                  change(atMost === null ? rest : { ...rest, atMost })
                }}
              />
            </Field>
          )}
        </>
      )
    case 'matrix':
      return (
        <>
          <OptionList
            {...{ label: t('surveys.rows'), add: t('surveys.addRow'), stem: 'r', languages }}
            of={question.rows}
            change={(rows) => change({ ...question, rows })}
          />
          <OptionList
            {...{ label: t('surveys.columns'), add: t('surveys.addColumn'), stem: 'c', languages }}
            of={question.columns}
            change={(columns) => change({ ...question, columns })}
          />
        </>
      )
    case 'text': {
      const place = draft.questions.findIndex(({ id }) => id === question.id)
      const scores = draft.questions.slice(0, place).filter(isScore)
      return (
        <Field label={t('surveys.explains')} help={t('surveys.explainsHelp')}>
          <Select
            className="narrow"
            allowClear
            value={question.explains}
            placeholder={t('surveys.nothing')}
            options={scores.map(({ id, ask }) => ({ value: id, label: ask[naming] || id }))}
            onChange={(explains: string | undefined) => {
              const { explains: _, ...rest } = question
              change(explains ? { ...rest, explains } : rest)
            }}
          />
        </Field>
      )
    }
  }
}

function Body({ draft, question, change, at }: BodyProps & { at: number }) {
  const { t } = useTranslation()
  const { languages } = draft
  return (
    <div className="stack tight">
      <div className="row wrap">
        <Select
          className="narrow"
          value={question.type}
          aria-label={t('surveys.type')}
          options={questionTypes.map((value) => ({ value, label: t(`surveys.types.${value}`) }))}
          onChange={(type) => change(questionOf(type, question))}
        />
        <Checkbox
          checked={question.required ?? false}
          onChange={(event) => change({ ...question, required: event.target.checked })}
        >
          {t('surveys.required')}
        </Checkbox>
      </div>
      <Both
        label={t('surveys.ask')}
        of={question.ask}
        languages={languages}
        change={(ask) => change({ ...question, ask })}
      />
      <Both
        label={t('surveys.help')}
        of={question.help ?? {}}
        languages={languages}
        change={(help) => change({ ...question, help })}
      />
      <Particulars draft={draft} question={question} change={change} />
      <Logic draft={draft} at={at} change={change} />
    </div>
  )
}

interface QuestionPartProps {
  draft: Draft
  at: number
  isOpen: boolean
  toggle: () => void
  change: (question: Question) => void
  move: (step: 1 | -1) => void
  remove: () => void
}

/** One question: a line, or all of it. */
export function QuestionPart({ draft, at, isOpen, toggle, change, move, remove }: QuestionPartProps) {
  const { t } = useTranslation()
  const naming = useNaming(draft.languages)
  const question = draft.questions[at]!
  const Mark = isOpen ? ChevronDown : ChevronRight
  const rules = (question.showIf ? 1 : 0) + (question.jumps?.length ?? 0)
  return (
    <li className={isOpen ? 'question open' : 'question'}>
      <div className="row head">
        <button type="button" className="bare name" aria-expanded={isOpen} onClick={toggle}>
          <Mark size={16} strokeWidth={1.75} aria-hidden />
          <b className="num">{at + 1}</b>
          <span className="ask">{question.ask[naming] || t('surveys.untitled')}</span>
          <span className="aux kind">
            {t(`surveys.types.${question.type}`)}
            {hasChoices(question) && ` · ${question.options.length}`}
            {rules > 0 && ` · ${t('surveys.logicCount', { n: rules })}`}
          </span>
        </button>
        <Button
          size="small"
          type="text"
          disabled={at === 0}
          aria-label={t('surveys.up')}
          onClick={() => move(-1)}
          icon={<ArrowUp size={14} aria-hidden />}
        />
        <Button
          size="small"
          type="text"
          disabled={at === draft.questions.length - 1}
          aria-label={t('surveys.down')}
          onClick={() => move(1)}
          icon={<ArrowDown size={14} aria-hidden />}
        />
        <Button size="small" type="text" disabled={draft.questions.length === 1} onClick={remove}>
          {t('surveys.remove')}
        </Button>
      </div>
      {isOpen && <Body draft={draft} question={question} change={change} at={at} />}
    </li>
  )
}
