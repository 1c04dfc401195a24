import { Button, InputNumber, Segmented, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import {
  type Condition,
  type Draft,
  hasChoices,
  isScore,
  type Jump,
  type Question,
  rangeOf,
  type Test,
} from './draft.ts'
import { useNaming } from './words.tsx'

type Lang = 'zh' | 'en'

function useQuestionName(lang: Lang) {
  const { t } = useTranslation()
  return (question: Question, at: number) => `${at + 1} · ${question.ask[lang]?.slice(0, 24) || t('surveys.untitled')}`
}

/** What can be asked of a question. */
const testsOf = (question: Question): Test['is'][] => [
  ...(isScore(question) ? (['atMost', 'atLeast'] as const) : []),
  ...(hasChoices(question) ? (['oneOf', 'noneOf'] as const) : []),
  'answered',
  'skipped',
]

function firstTest(question: Question): Test {
  const is = testsOf(question)[0]!
  return testWith({ question: question.id, is }, question)
}

/** A test with what its kind needs, and nothing else. */
function testWith(test: Test, question: Question): Test {
  const { question: id, is } = test
  if (is === 'atLeast' || is === 'atMost')
    return { question: id, is, value: test.value ?? rangeOf(question)[is === 'atMost' ? 0 : 1] }
  if ((is === 'oneOf' || is === 'noneOf') && hasChoices(question))
    return { question: id, is, values: test.values ?? [question.options[0]!.id] }
  return { question: id, is }
}

interface TestFormProps {
  of: Test
  questions: readonly Question[]
  lang: Lang
  change: (test: Test) => void
  remove: () => void
}

function TestForm({ of, questions, lang, change, remove }: TestFormProps) {
  const { t } = useTranslation()
  const nameOf = useQuestionName(lang)
  const question = questions.find(({ id }) => id === of.question)
  const [low, high] = question ? rangeOf(question) : [0, 10]
  return (
    <div className="row wrap test">
      <Select
        className="which"
        value={of.question}
        aria-label={t('surveys.ask')}
        options={questions.map((one, at) => ({ value: one.id, label: nameOf(one, at) }))}
        onChange={(id) => change(firstTest(questions.find((one) => one.id === id)!))}
      />
      <Select
        value={of.is}
        aria-label={t('surveys.logic')}
        popupMatchSelectWidth={false}
        options={(question ? testsOf(question) : [of.is]).map((value) => ({
          value,
          label: t(`surveys.tests.${value}`),
        }))}
        onChange={(is) => question && change(testWith({ ...of, is }, question))}
      />
      {(of.is === 'atLeast' || of.is === 'atMost') && (
        <InputNumber
          min={low}
          max={high}
          value={of.value}
          aria-label={t(`surveys.tests.${of.is}`)}
          onChange={(value) => change({ ...of, value: value ?? low })}
        />
      )}
      {(of.is === 'oneOf' || of.is === 'noneOf') && question && hasChoices(question) && (
        <Select
          className="which"
          mode="multiple"
          value={of.values}
          aria-label={t(`surveys.tests.${of.is}`)}
          options={question.options.map(({ id, label }) => ({ value: id, label: label[lang] || id }))}
          onChange={(values) => change({ ...of, values })}
        />
      )}
      <Button size="small" type="text" onClick={remove}>
        {t('surveys.remove')}
      </Button>
    </div>
  )
}

interface ConditionFormProps {
  of: Condition | undefined
  /** The questions that it may look back at. */
  questions: readonly Question[]
  lang: Lang
  change: (condition: Condition | undefined) => void
}

/** Conditions on earlier answers, all or any of them. */
export function ConditionForm({ of, questions, lang, change }: ConditionFormProps) {
  const { t } = useTranslation()
  const tests = of?.of ?? []
  const put = (next: Test[]) =>
    change(next.length === 0 ? undefined : { ...(of?.match && { match: of.match }), of: next })
  return (
    <div className="stack close">
      {tests.length > 1 && (
        <span>
          <Segmented<'all' | 'any'>
            size="small"
            aria-label={t('surveys.matching')}
            value={of?.match ?? 'all'}
            options={(['all', 'any'] as const).map((value) => ({ value, label: t(`surveys.${value}`) }))}
            onChange={(match) => change({ match, of: tests })}
          />
        </span>
      )}
      {tests.map((test, at) => (
        <TestForm
          // biome-ignore lint/suspicious/noArrayIndexKey: a test has no identity but its place
          key={at}
          of={test}
          questions={questions}
          lang={lang}
          change={(next) => put(tests.map((one, i) => (i === at ? next : one)))}
          remove={() => put(tests.filter((_, i) => i !== at))}
        />
      ))}
      {questions.length > 0 && (
        <span>
          <Button size="small" type="dashed" onClick={() => put([...tests, firstTest(questions.at(-1)!)])}>
            {t('surveys.addCondition')}
          </Button>
        </span>
      )}
    </div>
  )
}

interface LogicProps {
  draft: Draft
  at: number
  change: (question: Question) => void
}

/** When a question is shown, and where its answer leads. Ways lead forwards only. */
export function Logic({ draft, at, change }: LogicProps) {
  const { t } = useTranslation()
  const lang = useNaming(draft.languages)
  const nameOf = useQuestionName(lang)
  const question = draft.questions[at]!
  const jumps = question.jumps ?? []
  const later = draft.questions.map((one, i) => ({ value: one.id, label: nameOf(one, i), i })).filter(({ i }) => i > at)
  const put = (next: Jump[]) => change({ ...question, jumps: next })
  return (
    <div className="logic">
      <p className="aux">{t('surveys.showIf')}</p>
      {at === 0 && <p className="dense soft">{t('surveys.always')}</p>}
      <ConditionForm
        of={question.showIf}
        questions={draft.questions.slice(0, at)}
        lang={lang}
        change={(showIf) => {
          const { showIf: _, ...rest } = question
          change({ ...rest, ...(showIf && { showIf }) } as Question)
        }}
      />
      <p className="aux">{t('surveys.jumps')}</p>
      {jumps.length === 0 && <p className="dense soft">{t('surveys.nextInOrder')}</p>}
      {jumps.map((jump, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a jump has no identity but its place
        <div key={i} className="part-card">
          <span className="aux">{jump.when ? t('surveys.when') : t('surveys.otherwise')}</span>
          <ConditionForm
            of={jump.when}
            questions={draft.questions.slice(0, at + 1)}
            lang={lang}
            change={(when) => put(jumps.map((one, k) => (k === i ? { to: one.to, ...(when && { when }) } : one)))}
          />
          <span className="row wrap">
            <span className="dense">{t('surveys.goTo')}</span>
            <Select
              className="which"
              value={jump.to}
              aria-label={t('surveys.goTo')}
              options={[...later, { value: 'end', label: t('surveys.end') }]}
              onChange={(to) => put(jumps.map((one, k) => (k === i ? { ...one, to } : one)))}
            />
            <Button size="small" type="text" onClick={() => put(jumps.filter((_, k) => k !== i))}>
              {t('surveys.remove')}
            </Button>
          </span>
        </div>
      ))}
      <span>
        <Button
          size="small"
          type="dashed"
          onClick={() => put([...jumps, { to: 'end', when: { of: [firstTest(question)] } }])}
        >
          {t('surveys.addJump')}
        </Button>
      </span>
    </div>
  )
}
