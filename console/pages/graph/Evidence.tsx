import { useTranslation } from 'react-i18next'
import type { GraphNode, KnowledgeGraph } from '../../../src/http/shapes.ts'
import { Card } from '../../parts/Card.tsx'
import { timesText } from '../../parts/times.ts'
import { Words } from '../../parts/Words.tsx'
import { Go } from '../../shell/Go.tsx'
import { useFormat } from '../../shell/surroundings.tsx'
import { count, levelText } from '../../words/format.ts'
import { useNodeName, voicesOf } from './node.ts'

/** What stands behind the chosen node: how many, how certainly, and in whose words. */
export function Evidence({ of, node }: { of: KnowledgeGraph; node: GraphNode }) {
  const { t } = useTranslation()
  const { range, lang } = useFormat()
  const nameOf = useNodeName(of)
  const root = of.graph!.nodes.find((one) => one.id === `aspect:${node.aspect}`)
  const edge = of.graph!.edges.find((one) => one.from === root?.id && one.to === node.id)
  const { negative } = node
  return (
    <Card
      title={nameOf(node)}
      help={t(`graph.layers.${node.layer}`)}
      end={
        <Go to="/voices" ask={voicesOf(of, node)} className="more">
          {t('graph.all')}
        </Go>
      }
      className="evidence"
    >
      <p className="dense">
        <b className="num">{count(node.voices)}</b>{' '}
        {negative ? t('graph.voices', { n: '' }).trim() : t('graph.complaints', { n: '' }).trim()}
        {negative && negative.value !== null && (
          <>
            {' · '}
            {t('graph.negative', { share: levelText(negative.value, 'share') })}{' '}
            <span className="aux num">
              {t('figure.interval', { range: range(negative.low!, negative.high!, 'share') })},{' '}
              {t('figure.n', { n: count(negative.n) })}
            </span>
          </>
        )}
      </p>
      {edge && edge.lift.high < 1e6 && (
        <p className="dense soft">
          {node.layer === 'term'
            ? t('graph.liftTerm', { n: timesText(edge.lift.value) })
            : t('graph.lift', { aspect: root ? nameOf(root) : '', n: timesText(edge.lift.value) })}{' '}
          <span className="aux num">
            {t('figure.interval', { range: `${timesText(edge.lift.low)}–${timesText(edge.lift.high)}` })},{' '}
            {t('figure.n', { n: count(edge.support) })}
          </span>{' '}
          <span className={edge.q <= 0.05 ? 'pill' : 'pill line'}>
            {t(edge.q <= 0.05 ? 'graph.sure' : 'graph.unsure')}
          </span>
        </p>
      )}
      <ul className="graph-quotes" lang={lang}>
        {node.examples.length === 0 && <li className="aux">{t('graph.noEvidence')}</li>}
        {node.examples.map((one) => (
          <li key={`${one.voiceId} ${one.start}`}>
            <Words of={one} tone={node.layer === 'aspect' || node.layer === 'term' ? 'plain' : 'bad'} />
          </li>
        ))}
      </ul>
    </Card>
  )
}
