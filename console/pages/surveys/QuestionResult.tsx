import { useTranslation } from 'react-i18next'
import type { SurveyDetail, SurveyResults } from '../../../src/http/shapes.ts'
import { Card } from '../../parts/Card.tsx'
import { Interval, IntervalRows } from '../../parts/Interval.tsx'
import { Go } from '../../shell/Go.tsx'
import { useFormat, useSurroundings } from '../../shell/surroundings.tsx'
import { count, level, levelText, shortened } from '../../words/format.ts'
import { isDimension } from './Bias.tsx'
import { scaleFor, shareScale } from './scale.ts'
import { type ScoreKind, scoreText, unitOf } from './score.ts'

type Result = SurveyResults['questions'][number]
type Question = SurveyDetail['definition']['questions'][number]

interface PartProps {
  of: Result
  question: Question
}

const isScoreKind = (type: Question['type']): type is ScoreKind =>
  type === 'nps' || type === 'csat' || type === 'ces' || type === 'stars'

/** The score as it was given, and beneath it as it would be had the invited all answered alike within their groups. */
function Scores({ of, kind, most }: { of: Result; kind: ScoreKind; most: number }) {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const { range } = useFormat()
  const { score, weighted } = of
  if (!score || score.value === null) return null
  const by = (weighted?.by ?? []).flatMap((one) => (isDimension(one) ? [t(`surveys.dimension.${one}`)] : []))
  const rows = [
    { key: 'raw', label: t('surveys.raw'), of: score, n: count(score.n) },
    ...(weighted && weighted.value !== null && by.length > 0
      ? [{ key: 'weighted', label: t('surveys.weighted'), of: weighted, n: count(weighted.n) }]
      : []),
  ]
  return (
    <div className="stack close">
      <IntervalRows
        name={t('surveys.raw')}
        nothing={t('figure.noDataShort')}
        nHead="n"
        scale={scaleFor(kind, most)}
        tick={(at) => (kind === 'csat' ? shortened(levelText(at, 'share')) : shortened(level(at, unitOf(kind))))}
        judged={false}
        rows={rows.map((row) => ({
          ...row,
          tone: 'focus',
          sub: row.of.low !== null && row.of.high !== null ? range(row.of.low, row.of.high, unitOf(kind)) : undefined,
          text: scoreText(row.of.value!, kind),
        }))}
      />
      {weighted && (
        <p className="aux">
          {by.length === 0
            ? t('surveys.weightedNoBy')
            : t('surveys.weightedHelp', {
                by: by.join(lang === 'zh' ? '、' : ', '),
                effective: count(weighted.effective),
                coverage: levelText(weighted.coverage, 'share'),
              })}
        </p>
      )}
    </div>
  )
}

/** How many gave which score, as columns over one another. */
function Spread({ of }: { of: Result }) {
  const most = Math.max(1, ...of.counts.map(({ n }) => n))
  return (
    <table className="spread-of-scores num">
      <tbody>
        <tr>
          {of.counts.map(({ key, n }) => (
            <td key={key}>
              <span className="aux">{n > 0 ? count(n) : ''}</span>
              <svg viewBox="0 0 10 48" preserveAspectRatio="none" aria-hidden="true">
                <rect x="0" width="10" y={48 - (48 * n) / most} height={(48 * n) / most} />
              </svg>
              <span className="dense">{key}</span>
            </td>
          ))}
        </tr>
      </tbody>
    </table>
  )
}

/** Shares of what was chosen, on one axis. */
function Choices({ of, question }: PartProps) {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  if (question.type !== 'single' && question.type !== 'multiple') return null
  const labels = new Map(question.options.map(({ id, label }) => [id, label[lang] ?? label.zh ?? label.en ?? id]))
  const rows = [...of.counts].sort((one, other) => other.n - one.n)
  return (
    <IntervalRows
      name={t('surveys.options')}
      nothing={t('figure.noDataShort')}
      nHead="n"
      scale={shareScale(Math.max(0.1, ...rows.map(({ share }) => share.high ?? 0)))}
      tick={(at) => shortened(levelText(at, 'share'))}
      judged={false}
      rows={rows.map(({ key, n, share }) => ({
        key,
        label: labels.get(key) ?? key,
        of: share,
        tone: 'focus',
        text: levelText(share.value, 'share'),
        n: count(n),
      }))}
    />
  )
}

function Matrix({ of, question }: PartProps) {
  const { lang } = useSurroundings()
  if (question.type !== 'matrix') return null
  const name = (label: { zh?: string; en?: string }, id: string) => label[lang] ?? label.zh ?? label.en ?? id
  const at = (row: string, column: string) => of.counts.find(({ key }) => key === `${row} ${column}`)
  return (
    <div className="scroll">
      <table className="plain">
        <thead>
          <tr>
            <th />
            {question.columns.map(({ id, label }) => (
              <th key={id} scope="col">
                {name(label, id)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {question.rows.map((row) => (
            <tr key={row.id}>
              <th scope="row">{name(row.label, row.id)}</th>
              {question.columns.map((column) => {
                const cell = at(row.id, column.id)
                return (
                  <td key={column.id} className="num matrix-cell">
                    {cell && cell.share.value !== null ? (
                      <>
                        <b>{levelText(cell.share.value, 'share')}</b> <span className="aux">n {count(cell.n)}</span>
                        <Interval of={cell.share} scale={shareScale(1)} tone="focus" judged={false} />
                      </>
                    ) : (
                      '—'
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Texts({ of, survey }: { of: Result; survey: SurveyDetail }) {
  const { t } = useTranslation()
  const { moment } = useFormat()
  return (
    <div className="stack close">
      <ul className="survey-texts">
        {of.texts.slice(0, 6).map(({ text, at }) => (
          <li key={`${at} ${text}`}>
            <q className="said">{text}</q>
            <span className="aux num">{moment(at)}</span>
          </li>
        ))}
      </ul>
      {survey.steps.completed > 0 && (
        <Go to="/voices" ask={{ kind: ['survey'] }} className="more dense">
          {t('surveys.readAll')}
        </Go>
      )}
    </div>
  )
}

/** The answers to one question. */
export function QuestionResult({ of, survey, at }: { of: Result; survey: SurveyDetail; at: number }) {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const question = survey.definition.questions[at]
  if (!question) return null
  const ask = question.ask[lang] ?? question.ask.zh ?? question.ask.en ?? question.id
  const most = question.type === 'ces' || question.type === 'stars' ? question.most : 5
  return (
    <Card
      title={`${at + 1} · ${ask}`}
      help={t(`surveys.types.${question.type}`)}
      end={<span className="aux num">{t('surveys.answered', { count: of.answered, n: count(of.answered) })}</span>}
    >
      {of.answered === 0 ? (
        <p className="dense soft">{t('surveys.noAnswer')}</p>
      ) : (
        <div className="stack">
          {isScoreKind(question.type) && <Scores of={of} kind={question.type} most={most} />}
          {isScoreKind(question.type) && <Spread of={of} />}
          <Choices of={of} question={question} />
          <Matrix of={of} question={question} />
          {question.type === 'text' && <Texts of={of} survey={survey} />}
        </div>
      )}
    </Card>
  )
}
