import { useTranslation } from 'react-i18next'
import type { Estimate, SurveyDetail, SurveyResults } from '../../../src/http/shapes.ts'
import { useSurveyResults } from '../../api/surveys.ts'
import { Card } from '../../parts/Card.tsx'
import { type IntervalRow, IntervalRows } from '../../parts/Interval.tsx'
import { Lead } from '../../parts/Lead.tsx'
import { Answer } from '../../parts/states.tsx'
import { useFormat, useSurroundings } from '../../shell/surroundings.tsx'
import { count, levelText, shortened } from '../../words/format.ts'
import { BiasCards } from './Bias.tsx'
import { QuestionResult } from './QuestionResult.tsx'
import { shareScale } from './scale.ts'
import { scoreText, unitOf } from './score.ts'

/** The score in a sentence, and what it would be had those who were asked all answered. */
function Said({ of }: { of: SurveyResults }) {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const { range } = useFormat()
  const { lead } = of
  if (!lead || lead.score.value === null) return <Lead>{t('surveys.leadNone')}</Lead>
  const { score, kind } = lead
  const weighted = of.questions.find(({ id }) => id === lead.question)?.weighted
  const name = t(`surveys.score.${kind}`)
  const said = t('surveys.leadScore', { name, value: scoreText(score.value!, kind) })
  const also =
    weighted && weighted.value !== null && weighted.by.length > 0
      ? t('surveys.leadWeighted', { value: scoreText(weighted.value, kind) })
      : ''
  return (
    <Lead
      help={
        score.low !== null && score.high !== null
          ? t('surveys.leadHelp', { range: range(score.low, score.high, unitOf(kind)), n: count(score.n) })
          : t('figure.n', { n: count(score.n) })
      }
    >
      {[said, also].filter(Boolean).join(lang === 'zh' ? '，' : ', ')}
    </Lead>
  )
}

function Steps({ of }: { of: SurveyResults['steps'] }) {
  const { t } = useTranslation()
  const row = (key: 'response' | 'began' | 'finished', rate: Estimate): IntervalRow => ({
    key,
    label: t(`surveys.${key}`),
    sub:
      rate.value === null
        ? undefined
        : t('surveys.ofN', { k: count(Math.round(rate.value * rate.n)), n: count(rate.n) }),
    of: rate.value === null ? null : rate,
    tone: 'focus',
    text: levelText(rate.value, 'share'),
    n: '',
  })
  const rows = [row('response', of.responseRate), row('began', of.startRate), row('finished', of.completionRate)]
  return (
    <Card title={t('surveys.steps')} help={t('surveys.stepsHelp')}>
      <IntervalRows
        name={t('surveys.steps')}
        nothing={t('surveys.notInvited')}
        scale={shareScale(1)}
        tick={(at) => shortened(levelText(at, 'share'))}
        judged={false}
        rows={rows}
      />
    </Card>
  )
}

function Content({ of, survey }: { of: SurveyResults; survey: SurveyDetail }) {
  return (
    <div className="stack">
      <Said of={of} />
      <div className="survey-results">
        <div className="stack">
          {of.questions.map((one, at) => (
            <QuestionResult key={one.id} of={one} survey={survey} at={at} />
          ))}
        </div>
        <div className="stack">
          <Steps of={of.steps} />
          <BiasCards of={of} />
        </div>
      </div>
    </div>
  )
}

/** What came out of a survey: scores with what they rest on, and beside them who did not answer. */
export function Results({ of }: { of: SurveyDetail }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const results = useSurveyResults({ tenant: tenant.id }, of.id)
  return (
    <Answer of={results} what={t('surveys.tab.results')} cards={[2, 5, 5]}>
      {(data) => <Content of={data} survey={of} />}
    </Answer>
  )
}
