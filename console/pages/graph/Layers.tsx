import { useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GraphEdge, GraphNode, KnowledgeGraph } from '../../../src/http/shapes.ts'
import { count, levelText } from '../../words/format.ts'
import { commonestPath, layers, partOf, useNodeName } from './node.ts'

interface LayersProps {
  of: KnowledgeGraph
  aspect: string
  chosen: string
  choose: (node: GraphNode) => void
}

const MOST_EDGES_FROM = 3

/** The graph of a category, layer by layer from left to right: all aspects, and what belongs to the one in focus. */
export function Layers({ of, aspect, chosen, choose }: LayersProps) {
  const { t } = useTranslation()
  const graph = of.graph!
  const part = partOf(graph, aspect)
  const root = `aspect:${aspect}`
  const path = commonestPath(part.edges, root)
  const edges = shownEdges(part.edges, path, chosen)
  const columns = layers.map((layer) => ({
    layer,
    nodes:
      layer === 'aspect'
        ? graph.nodes.filter((node) => node.layer === 'aspect')
        : part.nodes.filter((node) => node.layer === layer),
  }))
  const near = new Set(
    edges.filter((edge) => edge.from === chosen || edge.to === chosen).flatMap((edge) => [edge.from, edge.to]),
  )
  return (
    <div className="layers">
      <Edges edges={edges} path={path} chosen={chosen} signature={`${aspect} ${graph.nodes.length} ${graph.voices}`} />
      {columns.map(({ layer, nodes }) => (
        <section key={layer} className={`layer ${layer}`} aria-label={t(`graph.layers.${layer}`)}>
          <h3 className="aux">{t(`graph.layers.${layer}`)}</h3>
          {nodes.length === 0 && layer !== 'aspect' && <p className="aux nothing">{t(`graph.none.${layer}`)}</p>}
          <ul>
            {nodes.map((node) => (
              <Node
                key={node.id}
                of={of}
                node={node}
                most={Math.max(...nodes.map((one) => one.voices))}
                state={{
                  chosen: node.id === chosen,
                  focus: node.id === root,
                  onPath: path.has(node.id),
                  quiet: layer === 'aspect' ? node.id !== root : near.size > 0 && !near.has(node.id),
                }}
                choose={() => choose(node)}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

/** From every node the strongest edges alone, the common path, and all of the chosen node: more would be a hairball. */
function shownEdges(edges: readonly GraphEdge[], path: ReadonlySet<string>, chosen: string): GraphEdge[] {
  const order = (id: string) => layers.findIndex((layer) => id.startsWith(`${layer}:`) || id.includes(`/${layer}:`))
  const forward = edges.filter((edge) => order(edge.to) === nextLayer(edges, edge.from, order))
  const kept = new Map<string, number>()
  return [...forward]
    .sort((a, b) => b.support - a.support)
    .filter((edge) => {
      const n = (kept.get(edge.from) ?? 0) + 1
      kept.set(edge.from, n)
      const isRoot = edge.from.startsWith('aspect:')
      return (
        isRoot ||
        n <= MOST_EDGES_FROM ||
        edge.from === chosen ||
        edge.to === chosen ||
        (path.has(edge.from) && path.has(edge.to))
      )
    })
}

/** The nearest layer to the right that a node has edges to: where no scene is told, words lead to circumstances. */
function nextLayer(edges: readonly GraphEdge[], from: string, order: (id: string) => number): number {
  return Math.min(...edges.filter((edge) => edge.from === from).map((edge) => order(edge.to)))
}

interface NodeProps {
  of: KnowledgeGraph
  node: GraphNode
  most: number
  state: { chosen: boolean; focus: boolean; onPath: boolean; quiet: boolean }
  choose: () => void
}

const tintOf = (share: number): number => Math.min(5, Math.floor(share * 6))

function Node({ of, node, most, state, choose }: NodeProps) {
  const { t } = useTranslation()
  const name = useNodeName(of)(node)
  // The area says how many voices there are.
  const size = 10 + 16 * Math.sqrt(node.voices / most)
  const share = node.negative?.value ?? null
  const classes = [
    'node',
    state.chosen && 'chosen',
    state.focus && 'focus',
    state.onPath && 'on-path',
    state.quiet && 'quiet',
  ]
  return (
    <li>
      <button
        type="button"
        className={classes.filter(Boolean).join(' ')}
        data-node={node.id}
        aria-pressed={state.chosen}
        title={name}
        onClick={choose}
      >
        <span className="dot-place">
          <i
            className={share === null ? 'ball plain' : `ball pain${tintOf(share)}`}
            style={{ width: size, height: size }}
          />
        </span>
        <span className="words">
          <span className="name">{name}</span>
          <span className="aux num">
            {share === null
              ? t('graph.complaints', { n: count(node.voices) })
              : `${t('figure.n', { n: count(node.voices) })} · ${levelText(share, 'share')}`}
          </span>
        </span>
      </button>
    </li>
  )
}

interface Line {
  id: string
  d: string
  width: number
  gold: boolean
  lit: boolean
  sure: boolean
}

/** Lines between the nodes, laid under them where they stand. On a phone the layers stand one below the other, without lines. */
function Edges({
  edges,
  path,
  chosen,
  signature,
}: {
  edges: readonly GraphEdge[]
  path: ReadonlySet<string>
  chosen: string
  signature: string
}) {
  const svg = useRef<SVGSVGElement>(null)
  const [lines, setLines] = useState<Line[]>([])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the edges are new objects each time; their signature tells when they differ
  useLayoutEffect(() => {
    const ground = svg.current?.parentElement
    if (!ground) return
    const draw = () => setLines(linesOf(ground, edges, path, chosen))
    draw()
    const watch = new ResizeObserver(draw)
    watch.observe(ground)
    return () => watch.disconnect()
  }, [signature, chosen, edges.length])
  return (
    <svg ref={svg} className="edges" aria-hidden="true">
      {[...lines]
        .sort((a, b) => Number(a.gold) - Number(b.gold))
        .map((line) => (
          <path
            key={line.id}
            d={line.d}
            strokeWidth={line.width}
            className={['graph-edge', line.gold && 'gold', line.lit && 'lit', !line.sure && 'unsure']
              .filter(Boolean)
              .join(' ')}
          />
        ))}
    </svg>
  )
}

function linesOf(ground: HTMLElement, edges: readonly GraphEdge[], path: ReadonlySet<string>, chosen: string): Line[] {
  const origin = ground.getBoundingClientRect()
  const places = new Map<string, { left: number; right: number; y: number }>()
  for (const node of ground.querySelectorAll<HTMLElement>('[data-node]')) {
    const box = node.getBoundingClientRect()
    const left = box.left - origin.left
    places.set(node.dataset.node!, { left, right: left + box.width, y: box.top - origin.top + box.height / 2 })
  }
  const most = Math.max(...edges.map((edge) => edge.support), 1)
  return edges.flatMap((edge) => {
    const [a, b] = [places.get(edge.from), places.get(edge.to)]
    if (!a || !b || b.left <= a.right) return []
    const middle = (a.right + b.left) / 2
    return [
      {
        id: `${edge.from} ${edge.to}`,
        d: `M${a.right} ${a.y}C${middle} ${a.y} ${middle} ${b.y} ${b.left} ${b.y}`,
        width: 1 + 4 * Math.sqrt(edge.support / most),
        gold: path.has(edge.from) && path.has(edge.to),
        lit: edge.from === chosen || edge.to === chosen,
        sure: edge.q <= 0.05,
      },
    ]
  })
}
