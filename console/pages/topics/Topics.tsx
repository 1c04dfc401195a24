import { App, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Topic, TopicList } from '../../../src/http/shapes.ts'
import { type NewDecision, useDecide } from '../../api/actions.ts'
import { useTopics } from '../../api/queries.ts'
import { validSearch } from '../../api/search.ts'
import { CategoryPick } from '../../parts/CategoryPick.tsx'
import { Decide } from '../../parts/Decide.tsx'
import { Interval, tooFew } from '../../parts/Interval.tsx'
import { Lead } from '../../parts/Lead.tsx'
import { useRefused } from '../../parts/rights.ts'
import { type Scale, scaleOver } from '../../parts/scale.ts'
import { Answer, EmptyTenant, Message } from '../../parts/states.tsx'
import { timesText } from '../../parts/times.ts'
import { Words } from '../../parts/Words.tsx'
import { Go, useAsking } from '../../shell/Go.tsx'
import { Page } from '../../shell/Page.tsx'
import { useAddress, useFormat, useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { count, levelText, shiftDay } from '../../words/format.ts'
import './topics.css'

const spans = ['7', '14', '28'] as const
type Span = (typeof spans)[number]

/** A topic is taken in as a fault where most of its voices are bad, else as a name. */
const bodyOf = ({
  topic,
  pack,
  verdict,
}: {
  topic: Topic
  pack: string
  verdict: NewDecision['verdict']
}): NewDecision => ({
  pack,
  place: topic.aspect ?? '',
  list: (topic.negative.value ?? 0) > 0.5 ? 'faults' : 'terms',
  word: topic.name,
  verdict,
  evidence: { voices: topic.now.voices, q: topic.q },
})

function TakeIn({ topic, pack }: { topic: Topic; pack: { id: string; name: string } }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { message } = App.useApp()
  const refused = useRefused()
  const decide = useDecide({ tenant: tenant.id })
  const send = (verdict: NewDecision['verdict']) =>
    decide.mutate(bodyOf({ topic, pack: pack.id, verdict }), {
      onSuccess: () => void message.success(t(`graph.${verdict}`, { word: topic.name, pack: pack.name })),
      onError: (error) => void message.error(t('state.denied', { why: refused(error, t('graph.refused')) })),
    })
  if (topic.aspect === null) return null
  return <Decide accept={t('topic.take')} reject={t('topic.drop')} deciding={decide.isPending} decide={send} />
}

/** Growth and badness with their intervals, each beside its number. */
function Figures({ of, scale }: { of: Topic; scale: Scale }) {
  const { t } = useTranslation()
  const { range } = useFormat()
  const { growth, negative, now, before } = of
  return (
    <dl className="figures num">
      <div>
        <dt className="aux">{of.isNew ? t('topic.isNew') : t('topic.growth', { n: timesText(growth.value) })}</dt>
        <dd>
          <b>{t('topic.of', { n: count(now.voices), total: count(now.total) })}</b>
          <span className="aux">
            {t('topic.before')} {t('topic.of', { n: count(before.voices), total: count(before.total) })}
          </span>
          <span className="aux">
            {t('topic.growthRange', { range: `${timesText(growth.low)}–${timesText(Math.min(growth.high, 9_999))}` })}
          </span>
        </dd>
      </div>
      <div>
        <dt className="aux">{t(`topic.negativeBy.${of.basis}`)}</dt>
        <dd>
          {tooFew(negative.n) ? (
            <b title={t('figure.fewLong')}>{t('figure.few')}</b>
          ) : (
            <>
              <b>{t('topic.negative', { share: levelText(negative.value, 'share') })}</b>
              <Interval of={negative} scale={scale} tone="bad" />
            </>
          )}
          <span className="aux">
            {negative.low !== null && !tooFew(negative.n) && `${range(negative.low, negative.high!, 'share')} · `}
            {t('figure.n', { n: count(negative.n) })}
          </span>
        </dd>
      </div>
    </dl>
  )
}

function Row({ of, list }: { of: Topic; list: TopicList }) {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const names = useNames()
  const scale = scaleOver([0, 1])
  const others = of.phrases.slice(1, 7)
  return (
    <li className="topic">
      <div className="said">
        <h3>
          “{of.name}”<span className="pill line">{of.aspect ? names.aspect(of.aspect) : t('topic.noAspect')}</span>
          {of.owner && <span className="aux">{t('topic.owner', { name: names.department(of.owner) })}</span>}
        </h3>
        {others.length > 0 && (
          <p className="aux">
            {t('topic.phrases')}: {others.join(lang === 'zh' ? '、' : ', ')}
          </p>
        )}
        {of.examples.slice(0, 3).map((one) => (
          <Words key={one.voiceId} of={one} tone={(of.negative.value ?? 0) > 0.5 ? 'bad' : 'plain'} />
        ))}
        <div className="row wrap ways">
          <Go
            to="/voices"
            ask={{ category: list.category ? [list.category] : undefined, text: of.name, ...list.period }}
            className="more"
          >
            {t('topic.see')}
          </Go>
          <TakeIn topic={of} pack={{ id: list.pack.id, name: list.pack[lang] }} />
        </div>
      </div>
      <Figures of={of} scale={scale} />
    </li>
  )
}

function Content({ of, span }: { of: TopicList; span: Span }) {
  const { t } = useTranslation()
  const { days, lang } = useFormat()
  const ask = useAsking()
  const [first] = of.topics
  const lead = first
    ? first.isNew
      ? t('topic.leadNew', { name: first.name, now: count(first.now.voices) })
      : t('topic.lead', { name: first.name, now: count(first.now.voices), times: timesText(first.growth.value) })
    : t(of.ready ? 'topic.none' : 'topic.mining')
  return (
    <div className="stack">
      <Lead
        help={t('topic.against', { now: days(of.period), before: days(of.before) })}
        tools={
          <>
            <Segmented<Span>
              value={span}
              aria-label={t('topic.span')}
              onChange={(value) => ask((search) => validSearch({ ...search, span: value }), { replace: true })}
              options={spans.map((value) => ({ value, label: t(`topic.last_${value}`) }))}
            />
            <CategoryPick category={of.category} />
          </>
        }
      >
        {lead}
      </Lead>
      {!of.ready && first && <p className="pill now">{t('graph.regrowing')}</p>}
      {of.failed && <p className="pill ill">{t('graph.failed', { why: of.failed[lang] })}</p>}
      <section className="card">
        {first ? (
          <>
            <header>
              <h2>{t('topic.count', { count: of.topics.length })}</h2>
            </header>
            <ul className="body">
              {of.topics.map((one) => (
                <Row key={one.name} of={one} list={of} />
              ))}
            </ul>
          </>
        ) : (
          <Message
            picture="horizon"
            title={t(of.ready ? 'topic.noneNext' : 'topic.miningNext')}
            help={of.ready && t('topic.noneHelp')}
          />
        )}
      </section>
    </div>
  )
}

export default function Topics() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { category, span: asked } = useAddress()
  const span = spans.find((one) => one === asked) ?? '14'
  const to = tenant.extent?.to
  const topics = useTopics({
    tenant: tenant.id,
    category: category?.slice(0, 1),
    ...(to ? { from: shiftDay(to, 1 - Number(span)), to } : {}),
  })
  return (
    <Page title={t('topic.title')}>
      {tenant.extent ? (
        <Answer of={topics} what={t('topic.title')} cards={[3, 10]}>
          {(data) => <Content of={data} span={span} />}
        </Answer>
      ) : (
        <EmptyTenant />
      )}
    </Page>
  )
}
