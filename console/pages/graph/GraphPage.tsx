import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GraphNode, KnowledgeGraph } from '../../../src/http/shapes.ts'
import { useGraph } from '../../api/queries.ts'
import { validSearch } from '../../api/search.ts'
import { Card } from '../../parts/Card.tsx'
import { CategoryPick } from '../../parts/CategoryPick.tsx'
import { Lead } from '../../parts/Lead.tsx'
import { Answer, EmptyTenant, Message } from '../../parts/states.tsx'
import { useAsking } from '../../shell/Go.tsx'
import { Page } from '../../shell/Page.tsx'
import { useAddress, useFormat, useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { count, levelText } from '../../words/format.ts'
import { Evidence } from './Evidence.tsx'
import './graph.css'
import { Layers } from './Layers.tsx'
import { useNodeName } from './node.ts'
import { Decisions, Proposals } from './Proposals.tsx'

function Headline({ of, worst }: { of: KnowledgeGraph; worst: GraphNode | undefined }) {
  const { t } = useTranslation()
  const { days, lang } = useFormat()
  const names = useNames()
  const nameOf = useNodeName(of)
  const category = names.category(of.category) || of.pack[lang]
  return (
    <Lead
      help={of.graph && t('graph.from', { period: days(of.period), n: count(of.graph.voices) })}
      tools={<CategoryPick category={of.category} />}
    >
      {worst?.negative?.value
        ? t('graph.lead', {
            category,
            aspect: nameOf(worst),
            n: count(worst.voices),
            share: levelText(worst.negative.value, 'share'),
          })
        : t('graph.leadNone', { category })}
    </Lead>
  )
}

function State({ of }: { of: KnowledgeGraph }) {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  if (of.failed) return <p className="pill ill">{t('graph.failed', { why: of.failed[lang] })}</p>
  if (!of.ready && of.graph) return <p className="pill now">{t('graph.regrowing')}</p>
  return null
}

function Content({ of }: { of: KnowledgeGraph }) {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const ask = useAsking()
  const { focus } = useAddress()
  const aspects = of.graph?.nodes.filter((node) => node.layer === 'aspect') ?? []
  const root = aspects.find((node) => node.key === focus) ?? aspects[0]
  const [chosen, setChosen] = useState('')
  const node = of.graph?.nodes.find((one) => one.id === chosen && one.aspect === root?.aspect) ?? root
  const choose = (one: GraphNode) => {
    setChosen(one.id)
    if (one.layer === 'aspect') ask((search) => validSearch({ ...search, focus: one.key }), { replace: true })
  }
  if (!of.graph)
    return (
      <div className="stack">
        <Headline of={of} worst={undefined} />
        <div className="card">
          <Message
            picture="horizon"
            title={t(of.failed ? 'graph.empty' : 'graph.growing')}
            help={of.failed && t('graph.failed', { why: of.failed[lang] })}
          />
        </div>
      </div>
    )
  return (
    <div className="stack">
      <Headline of={of} worst={aspects[0]} />
      <State of={of} />
      {root && node ? (
        <div className="graph-grid">
          <div className="stack">
            <Card title={t('graph.title')} help={t('graph.path')}>
              <Layers of={of} aspect={root.key} chosen={node.id} choose={choose} />
            </Card>
            <Proposals of={of} />
          </div>
          <div className="stack">
            <Evidence of={of} node={node} />
            <Decisions of={of} />
          </div>
        </div>
      ) : (
        <div className="card">
          <Message picture="horizon" title={t('graph.empty')} help={t('graph.emptyHelp')} />
        </div>
      )}
    </div>
  )
}

export default function GraphPage() {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { category, from, to } = useAddress()
  const graph = useGraph({ tenant: tenant.id, category: category?.slice(0, 1), from, to })
  return (
    <Page title={t('graph.title')}>
      {tenant.extent ? (
        <Answer of={graph} what={t('graph.title')} cards={[3, 14]}>
          {(data) => <Content of={data} />}
        </Answer>
      ) : (
        <EmptyTenant />
      )}
    </Page>
  )
}
