import { useParams } from '@tanstack/react-router'
import { Button, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import type { SurveyDetail } from '../../../src/http/shapes.ts'
import { useCreateSurvey, useSurvey } from '../../api/surveys.ts'
import { Card } from '../../parts/Card.tsx'
import { useWriteRefusal } from '../../parts/rights.ts'
import { Answer } from '../../parts/states.tsx'
import { useAsking, useGo } from '../../shell/Go.tsx'
import { Page } from '../../shell/Page.tsx'
import { useAddress, useSurroundings } from '../../shell/surroundings.tsx'
import { Editor } from './Editor.tsx'
import { Fault } from './Fault.tsx'
import { HandOut } from './HandOut.tsx'
import { Results } from './Results.tsx'
import { StateMark } from './StateMark.tsx'
import { type TemplateName, templates } from './templates.ts'
import './surveys.css'

const tabs = ['results', 'edit', 'hand'] as const
type Tab = (typeof tabs)[number]

/** What a survey needs next: a draft is written, one without answers is handed out, one with answers is read. */
function firstTab({ state, steps }: SurveyDetail): Tab {
  if (steps.started > 0) return 'results'
  return state === 'draft' ? 'edit' : 'hand'
}

function Content({ of }: { of: SurveyDetail }) {
  const { t } = useTranslation()
  const { tab: asked } = useAddress()
  const ask = useAsking()
  const tab = tabs.find((one) => one === asked) ?? firstTab(of)
  return (
    <div className="stack">
      <div className="row wrap spread">
        <Segmented<Tab>
          aria-label={t('surveys.view')}
          value={tab}
          options={tabs.map((value) => ({ value, label: t(`surveys.tab.${value}`) }))}
          onChange={(next) => ask((search) => ({ ...search, tab: next }))}
        />
        <span className="row wrap">
          <StateMark of={of.state} />
          <span className="aux num">{t('surveys.version', { n: of.version })}</span>
        </span>
      </div>
      {tab === 'results' && <Results of={of} />}
      {tab === 'edit' && <Editor key={of.id} of={of} />}
      {tab === 'hand' && <HandOut key={`${of.id} ${of.state}`} of={of} />}
    </div>
  )
}

/** A new survey begins with a template. */
function Begin() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const go = useGo()
  const refused = useWriteRefusal()
  const create = useCreateSurvey({ tenant: tenant.id })
  const begin = (name: TemplateName) =>
    create.mutate(JSON.stringify(templates[name]), {
      onSuccess: ({ id }) => go({ to: `/surveys/${id}`, ask: { tab: 'edit' } }),
    })
  return (
    <Card title={t('surveys.template')}>
      <div className="stack">
        {refused && <p className="soft">{refused}</p>}
        {create.error && <Fault of={create.error} />}
        <ul className="templates">
          {(Object.keys(templates) as TemplateName[]).map((name) => (
            <li key={name} className="template">
              <h3>{t(`surveys.templates.${name}`)}</h3>
              <p className="dense soft">{t(`surveys.templateHelp.${name}`)}</p>
              <p className="row spread">
                <span className="aux num">
                  {t('surveys.questionCount', { count: templates[name].questions.length })}
                </span>
                {!refused && (
                  <Button
                    size="small"
                    aria-label={`${t('surveys.create')}: ${t(`surveys.templates.${name}`)}`}
                    loading={create.isPending && create.variables === JSON.stringify(templates[name])}
                    onClick={() => begin(name)}
                  >
                    {t('surveys.create')}
                  </Button>
                )}
              </p>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  )
}

/** One survey: what came out of it, what it asks, how it reaches people. */
export default function SurveyPage() {
  const { t } = useTranslation()
  const { tenant, lang } = useSurroundings()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const isNew = id === 'new'
  const survey = useSurvey({ tenant: tenant.id }, id, !isNew)
  const title = isNew ? t('surveys.new') : (survey.data?.title[lang] ?? t('surveys.title'))
  return (
    <Page title={title} crumb={{ to: '/surveys', label: t('surveys.title') }}>
      {isNew ? (
        <Begin />
      ) : (
        <Answer of={survey} what={t('surveys.title')} cards={[2, 8]}>
          {(data) => <Content of={data} />}
        </Answer>
      )}
    </Page>
  )
}
