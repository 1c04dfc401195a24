import { App, Button, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Decision, KnowledgeGraph, Proposal, Reread } from '../../../src/http/shapes.ts'
import { useDecide, useUndecide } from '../../api/actions.ts'
import { Card } from '../../parts/Card.tsx'
import { Decide } from '../../parts/Decide.tsx'
import { useRefused, useWriteRefusal } from '../../parts/rights.ts'
import { timesText } from '../../parts/times.ts'
import { Words } from '../../parts/Words.tsx'
import { Go } from '../../shell/Go.tsx'
import { useNames, useSurroundings } from '../../shell/surroundings.tsx'
import { count } from '../../words/format.ts'

const lists = ['terms', 'faults', 'praises', 'positive', 'negative', 'opinions_positive', 'opinions_negative'] as const
const SHOWN = 8

function useAspectName(of: KnowledgeGraph): (id: string) => string {
  const { lang } = useSurroundings()
  const names = useNames()
  return (id) => of.pack.aspects.find((one) => one.id === id)?.[lang] ?? names.aspect(id)
}

function ProposalRow({ of, proposal }: { of: KnowledgeGraph; proposal: Proposal }) {
  const { t } = useTranslation()
  const { tenant, lang } = useSurroundings()
  const { message } = App.useApp()
  const aspectName = useAspectName(of)
  const refused = useRefused()
  const decide = useDecide({ tenant: tenant.id })
  const [changing, setChanging] = useState(false)
  const [place, setPlace] = useState(proposal.place)
  const [list, setList] = useState(proposal.list)
  const { word, voices, support, lift, low, q } = proposal
  const send = (verdict: 'accepted' | 'rejected') =>
    decide.mutate(
      { pack: of.pack.id, place, list, word, verdict, evidence: { voices, support, lift: lift.value, q } },
      {
        onSuccess: () => void message.success(t(`graph.${verdict}`, { word, pack: of.pack[lang] })),
        onError: (error) => void message.error(t('state.denied', { why: refused(error, t('graph.refused')) })),
      },
    )
  const range = `${timesText(lift.low)}–${timesText(lift.high)}`
  return (
    <li className="proposal">
      <div className="row wrap">
        <Go
          to="/voices"
          ask={{ category: of.category ? [of.category] : undefined, text: word, ...of.period }}
          className="plain"
        >
          <b>{word}</b>
        </Go>
        <span className="pill line">{aspectName(place)}</span>
        <span className={list === 'faults' || list.endsWith('negative') ? 'pill ill' : 'pill'}>
          {t(`graph.lists.${list}`)}
        </span>
      </div>
      <p className="aux num">
        {t('graph.support', {
          n: count(voices),
          both: count(support),
          aspect: aspectName(proposal.place),
          lift: timesText(lift.value),
          range,
        })}
        {low.of > 0 && ` · ${t('graph.lowShare', { of: count(low.of), with: count(low.with) })}`}
      </p>
      {proposal.examples.slice(0, 2).map((one) => (
        <Words key={one.voiceId} of={one} tone="plain" around={18} />
      ))}
      {changing && (
        <div className="row wrap changing">
          <Select
            size="small"
            value={place}
            aria-label={t('graph.place')}
            popupMatchSelectWidth={false}
            showSearch={{ optionFilterProp: 'label' }}
            onChange={setPlace}
            options={of.pack.aspects.map((one) => ({ value: one.id, label: one[lang] }))}
          />
          <Select
            size="small"
            value={list}
            aria-label={t('graph.list')}
            popupMatchSelectWidth={false}
            onChange={setList}
            options={lists.map((value) => ({ value, label: t(`graph.lists.${value}`) }))}
          />
        </div>
      )}
      <div className="row decide">
        <Decide accept={t('graph.accept')} reject={t('graph.reject')} deciding={decide.isPending} decide={send} />
        <Button size="small" type="link" onClick={() => setChanging(!changing)}>
          {t('graph.change')}
        </Button>
      </div>
    </li>
  )
}

/** Words for the pack that were mined, the surest first; a person takes them in or turns them down. */
export function Proposals({ of }: { of: KnowledgeGraph }) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const shown = all ? of.proposals : of.proposals.slice(0, SHOWN)
  return (
    <Card title={t('graph.proposals')} help={t('graph.proposalsHelp')} className="proposals">
      <Rereads of={of.rereads} />
      {of.proposals.length === 0 ? (
        <p className="aux">{t('graph.noProposals')}</p>
      ) : (
        <ul className="proposal-list">
          {shown.map((one) => (
            <ProposalRow key={`${one.word} ${one.place} ${one.list}`} of={of} proposal={one} />
          ))}
        </ul>
      )}
      {!all && of.proposals.length > SHOWN && (
        <Button size="small" type="link" onClick={() => setAll(true)}>
          {t('graph.proposalsMore', { n: count(of.proposed) })}
        </Button>
      )}
    </Card>
  )
}

/** Reading again that goes on, or just ended. */
function Rereads({ of }: { of: readonly Reread[] }) {
  const { t } = useTranslation()
  const recent = of.filter((one) => one.finishedAt === null || Date.now() - one.finishedAt < 60_000).slice(0, 2)
  if (recent.length === 0) return null
  return (
    <ul className="rereads" aria-live="polite">
      {recent.map((one) => (
        <li key={one.id} className="dense">
          {one.finishedAt === null
            ? t('graph.rereading', { word: one.word, done: count(one.done), total: count(one.total) })
            : t('graph.reread', { word: one.word, n: count(one.done) })}
          <i
            className="progress"
            style={{ width: `${one.total ? Math.min(100, (100 * one.done) / one.total) : 100}%` }}
          />
        </li>
      ))}
    </ul>
  )
}

function DecisionRow({ of, decision }: { of: KnowledgeGraph; decision: Decision }) {
  const { t } = useTranslation()
  const { tenant } = useSurroundings()
  const { message } = App.useApp()
  const aspectName = useAspectName(of)
  const refusal = useWriteRefusal()
  const refused = useRefused()
  const undecide = useUndecide({ tenant: tenant.id })
  const { word, pack, verdict, place } = decision
  const undo = () =>
    undecide.mutate(
      { pack, word },
      {
        onSuccess: () => void message.success(t('graph.undone', { word })),
        onError: (error) => void message.error(t('state.denied', { why: refused(error, t('graph.refused')) })),
      },
    )
  return (
    <li className="row spread">
      <span className="dense">
        <b>{word}</b> <span className="aux">{aspectName(place)}</span>{' '}
        <span className={verdict === 'accepted' ? 'pill well' : 'pill'}>
          {t(verdict === 'accepted' ? 'graph.takenIn' : 'graph.turnedDown')}
        </span>
      </span>
      <Button size="small" type="link" disabled={refusal !== null} loading={undecide.isPending} onClick={undo}>
        {t('graph.undo')}
      </Button>
    </li>
  )
}

/** What was decided, and the way back. */
export function Decisions({ of }: { of: KnowledgeGraph }) {
  const { t } = useTranslation()
  if (of.decisions.length === 0) return null
  return (
    <Card title={t('graph.decided')} help={t('graph.decidedHelp')}>
      <ul className="decisions">
        {of.decisions.map((one) => (
          <DecisionRow key={one.word} of={of} decision={one} />
        ))}
      </ul>
    </Card>
  )
}
