import { Button, InputNumber } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SurveyList, SurveySummary } from '../../../src/http/shapes.ts'
import { useCoolDown, useCreateSurvey, useSurveys } from '../../api/surveys.ts'
import { Card } from '../../parts/Card.tsx'
import { IntervalRows } from '../../parts/Interval.tsx'
import { Lead } from '../../parts/Lead.tsx'
import { useWriteRefusal } from '../../parts/rights.ts'
import { Answer, Message } from '../../parts/states.tsx'
import { Go, useGo } from '../../shell/Go.tsx'
import { Page } from '../../shell/Page.tsx'
import { useFormat, useSurroundings } from '../../shell/surroundings.tsx'
import { count, level, levelText } from '../../words/format.ts'
import { Fault } from './Fault.tsx'
import { StateMark } from './StateMark.tsx'
import { scaleFor } from './scale.ts'
import { scoreText, unitOf } from './score.ts'
import './surveys.css'

function SurveyRow({ of }: { of: SurveySummary }) {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const { moment, range } = useFormat()
  const { lead, steps } = of
  return (
    <li>
      <Go to={`/surveys/${of.id}`} className="plain survey-row">
        <span className="what">
          <span className="row wrap">
            <b>{of.title[lang]}</b>
            <StateMark of={of.state} />
          </span>
          <span className="aux num">
            {of.lastAt === null ? t('surveys.noAnswers') : t('surveys.lastAnswer', { time: moment(of.lastAt) })}
          </span>
        </span>
        <span className="num figure">
          {lead && lead.score.value !== null ? (
            <>
              <span>
                {t(`surveys.score.${lead.kind}`)} <b>{scoreText(lead.score.value, lead.kind)}</b>
              </span>
              <span className="aux">
                {lead.score.low !== null &&
                  lead.score.high !== null &&
                  range(lead.score.low, lead.score.high, unitOf(lead.kind))}
              </span>
            </>
          ) : (
            <span className="aux">—</span>
          )}
        </span>
        <span className="num figure">
          <span>{t('surveys.completed', { count: steps.completed })}</span>
        </span>
        <span className="num figure">
          {steps.invited > 0 ? (
            <>
              <span>
                {t('surveys.rate')} <b>{levelText(steps.responseRate.value, 'share')}</b>
              </span>
              <span className="aux">
                {range(steps.responseRate.low!, steps.responseRate.high!, 'share')} ·{' '}
                {t('surveys.rateOf', { n: count(steps.invited) })}
              </span>
            </>
          ) : (
            <span className="aux">{t('surveys.notInvited')}</span>
          )}
        </span>
      </Go>
    </li>
  )
}

/** NPS over all surveys: what they say together, and whether they say the same. */
function PooledNps({ of }: { of: SurveyList }) {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const { range } = useFormat()
  const { surveys, stratified, average, heterogeneity } = of.pooled
  if (stratified.value === null) return <Lead>{t('surveys.pooledNone')}</Lead>
  const value = level(stratified.value, 'points')
  const titleOf = (id: string) => of.surveys.find((one) => one.id === id)?.title[lang] ?? id
  return (
    <>
      <Lead
        help={[
          t('surveys.pooledHelp', {
            range: range(stratified.low!, stratified.high!, 'points'),
            n: count(stratified.n),
          }),
          heterogeneity &&
            t(heterogeneity.p < 0.05 ? 'surveys.unlike' : 'surveys.alike', {
              share: levelText(heterogeneity.share, 'share'),
            }),
          average &&
            average.value !== null &&
            t('surveys.average', {
              value: level(average.value, 'points'),
              range: range(average.low!, average.high!, 'points'),
            }),
        ]
          .filter(Boolean)
          .join(lang === 'zh' ? '' : ' ')}
      >
        {surveys.length === 1 ? t('surveys.pooledOne', { value }) : t('surveys.pooled', { n: surveys.length, value })}
      </Lead>
      {surveys.length > 1 && (
        <Card title={t('surveys.bySurvey')}>
          <IntervalRows
            name={t('surveys.bySurvey')}
            nothing={t('figure.noDataShort')}
            nHead="n"
            scale={scaleFor('nps')}
            tick={(at) => level(at, 'points').replace('.0', '')}
            judged={false}
            rows={surveys.map(({ id, score }) => ({
              key: id,
              label: <Go to={`/surveys/${id}`}>{titleOf(id)}</Go>,
              of: score,
              tone: 'focus',
              text: score.value === null ? '' : level(score.value, 'points'),
              n: count(score.n),
            }))}
          />
        </Card>
      )}
    </>
  )
}

function CoolDown({ days }: { days: number }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const refused = useWriteRefusal()
  const keep = useCoolDown({ tenant: tenant.id })
  const [value, setValue] = useState(days)
  return (
    <Card title={t('surveys.coolDown')}>
      <div className="stack tight">
        <p className="dense soft">{t('surveys.coolDownHelp')}</p>
        <span className="row">
          <InputNumber
            min={0}
            max={365}
            value={value}
            disabled={refused !== null}
            aria-label={t('surveys.coolDown')}
            onChange={(next) => setValue(next ?? 0)}
          />
          <span>{t('surveys.days')}</span>
          {value !== days && (
            <Button size="small" loading={keep.isPending} onClick={() => keep.mutate(value)}>
              {t('surveys.keep')}
            </Button>
          )}
        </span>
        {keep.error && <Fault of={keep.error} />}
      </div>
    </Card>
  )
}

/** Makes a survey of a JSON file; a mistake in it is told with its place. */
function Import() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const go = useGo()
  const input = useRef<HTMLInputElement>(null)
  const create = useCreateSurvey({ tenant: tenant.id })
  const take = async (file: File | undefined) => {
    if (!file) return
    create.mutate(await file.text(), {
      onSuccess: (made) => go({ to: `/surveys/${made.id}`, ask: { tab: 'edit' } }),
    })
  }
  return (
    <>
      <Button size="small" loading={create.isPending} onClick={() => input.current?.click()}>
        {t('surveys.import')}
      </Button>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        className="hidden"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          void take(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      {create.error && <Fault of={create.error} />}
    </>
  )
}

function Content({ of }: { of: SurveyList }) {
  const { t } = useTranslation()
  const go = useGo()
  const refused = useWriteRefusal()
  const tools = !refused && (
    <>
      <Import />
      <Button size="small" type="primary" onClick={() => go({ to: '/surveys/new' })}>
        {t('surveys.new')}
      </Button>
    </>
  )
  if (of.surveys.length === 0)
    return (
      <div className="card">
        <Message picture="horizon" title={t('surveys.none')} help={t('surveys.noneHelp')}>
          {refused ? <span className="aux">{refused}</span> : tools}
        </Message>
      </div>
    )
  return (
    <div className="stack">
      <PooledNps of={of} />
      <section className="card">
        <header>
          <h2>{t('surveys.count', { count: of.surveys.length })}</h2>
          <span className="end row wrap">{tools}</span>
        </header>
        <ul className="body survey-list">
          {of.surveys.map((one) => (
            <SurveyRow key={one.id} of={one} />
          ))}
        </ul>
      </section>
      <CoolDown days={of.coolDownDays} />
    </div>
  )
}

/** Every survey: its state, its answers, its score, and whether those who were asked have answered. */
export default function Surveys() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const surveys = useSurveys({ tenant: tenant.id })
  return (
    <Page title={t('surveys.title')}>
      <Answer of={surveys} what={t('surveys.title')} cards={[2, 6]}>
        {(data) => <Content of={data} />}
      </Answer>
    </Page>
  )
}
