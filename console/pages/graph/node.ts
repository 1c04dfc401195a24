import { useTranslation } from 'react-i18next'
import type { GraphEdge, GraphNode, KnowledgeGraph } from '../../../src/http/shapes.ts'
import type { Search } from '../../api/search.ts'
import { useNames, useSurroundings } from '../../shell/surroundings.tsx'

export const layers = ['aspect', 'term', 'scene', 'cause', 'effect'] as const

/** How a node is called. */
export function useNodeName(of: KnowledgeGraph): (node: GraphNode) => string {
  const { t } = useTranslation()
  const { lang } = useSurroundings()
  const names = useNames()
  return ({ layer, key }) => {
    switch (layer) {
      case 'aspect':
        return of.pack.aspects.find((one) => one.id === key)?.[lang] ?? names.aspect(key)
      case 'scene':
        return names.scene(key)
      case 'cause':
        return of.causes.find((one) => one.id === key)?.[lang] ?? key
      case 'effect':
        return t(key === 'return' ? 'graph.effects.return' : 'graph.effects.low_rating')
      case 'term':
        return key
    }
  }
}

/** The voices behind a node, as the voices page filters them; circumstances are no filter there, so their aspect's complaints. */
export function voicesOf({ category, period }: KnowledgeGraph, { layer, aspect, key }: GraphNode): Search {
  const within: Search = { category: category ? [category] : undefined, aspect: [aspect], ...period }
  const blamed: Search = { ...within, sentiment: ['negative'] }
  switch (layer) {
    case 'aspect':
      return within
    case 'term':
      return { ...within, text: key }
    case 'scene':
      return { ...blamed, scene: [key] }
    case 'cause':
      return blamed
    case 'effect':
      return { ...blamed, ...(key === 'return' ? { returned: 'yes' } : { rating: 'low' }) }
  }
}

/** The nodes of one aspect, layer by layer, and the edges among them. */
export function partOf(graph: NonNullable<KnowledgeGraph['graph']>, aspect: string) {
  const nodes = graph.nodes.filter((node) => node.layer !== 'aspect' && node.aspect === aspect)
  const ids = new Set([`aspect:${aspect}`, ...nodes.map((node) => node.id)])
  return { nodes, edges: graph.edges.filter((edge) => ids.has(edge.from) && ids.has(edge.to)) }
}

/** The commonest way from the aspect to the last layer: from each node the edge that most voices take. */
export function commonestPath(edges: readonly GraphEdge[], from: string): Set<string> {
  const path = new Set([from])
  for (let at: string | undefined = from; at; ) {
    const next: GraphEdge | undefined = edges
      .filter((edge) => edge.from === at && (at !== from || edge.to.includes('/term:')))
      .sort((a, b) => b.support - a.support)[0]
    at = next && !path.has(next.to) ? next.to : undefined
    if (at) path.add(at)
  }
  return path
}
