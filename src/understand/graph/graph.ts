import { gSquared, gSquaredP, lift, type Ratio, type Together } from '../../core/association.ts'
import type { Estimate } from '../../core/estimate.ts'
import { falseDiscovery } from '../../core/false-discovery.ts'
import { wilson } from '../../core/share.ts'
import { causesNear } from './causes.ts'
import type { Example, Told } from './told.ts'

const layers = ['aspect', 'term', 'scene', 'cause', 'effect'] as const
type Layer = (typeof layers)[number]

/** Effects are outcomes from outside the reader: a low rating, a return. */
const effects = ['low_rating', 'return'] as const
type Effect = (typeof effects)[number]

/** A node hangs on its aspect: the same scene under two aspects is two nodes. */
interface GraphNode {
  id: string
  layer: Layer
  aspect: string
  /** The aspect's, scene's, cause's or effect's id; the word itself for a term. */
  key: string
  /** Voices: that mention the aspect or the word; for the others, that blame the aspect there. */
  voices: number
  /** Of the voices that mention the aspect or word, how many blame it. Null for the other layers. */
  negative: Estimate | null
  examples: Example[]
}

/** How often two nodes meet, and how much oftener than by chance. */
interface GraphEdge {
  from: string
  to: string
  support: number
  /** Share of the `from` voices that have `to` too. */
  confidence: Estimate
  lift: Ratio
  /** After false-discovery control over all edges of the graph. */
  q: number
}

export interface Graph {
  voices: number
  nodes: GraphNode[]
  edges: GraphEdge[]
}

const LEAST_SUPPORT = 5
const MOST_ASPECTS = 14
const MOST: Record<Exclude<Layer, 'aspect'>, number> = { term: 10, scene: 6, cause: 6, effect: 2 }
const EXAMPLES = 4

interface Item {
  layer: Exclude<Layer, 'aspect'>
  key: string
  voices: Set<number>
  negative: number
  examples: Example[]
}

interface Part {
  aspect: string
  mentioned: Set<number>
  blamed: Set<number>
  items: Map<string, Item>
  examples: Example[]
}

/**
 * Grows the graph of a category from what was read: aspects, the words they are spoken of with, the scenes and circumstances in which
 * they are blamed, and what goes with it outside the reader. Edges of each aspect are counted over voices; whether they are more than
 * chance is G² with Benjamini–Hochberg over the whole graph. It tells what goes together, not what brings about what.
 */
export function growGraph(told: readonly Told[]): Graph {
  const parts = new Map<string, Part>()
  for (const [voice, one] of told.entries()) gather(parts, voice, one)
  const totals = totalsOf(told)
  const shown = [...parts.values()]
    .filter((part) => part.mentioned.size >= LEAST_SUPPORT)
    .sort((a, b) => b.blamed.size - a.blamed.size || b.mentioned.size - a.mentioned.size)
    .slice(0, MOST_ASPECTS)
  const nodes: GraphNode[] = []
  const edges: (Omit<GraphEdge, 'q'> & { p: number })[] = []
  for (const part of shown) addPart(part, totals, nodes, edges)
  const qs = falseDiscovery(edges.map(({ p }) => p))
  return { voices: told.length, nodes, edges: edges.map(({ p: _, ...edge }, i) => ({ ...edge, q: qs[i]! })) }
}

function gather(parts: Map<string, Part>, voice: number, told: Told): void {
  for (const mention of told.mentions) {
    const { aspect, start, end } = mention
    let part = parts.get(aspect)
    if (!part) {
      part = { aspect, mentioned: new Set(), blamed: new Set(), items: new Map(), examples: [] }
      parts.set(aspect, part)
    }
    const example = { voiceId: told.id, text: told.text, start, end }
    const negative = mention.polarity === 'negative'
    part.mentioned.add(voice)
    const word = (mention.term ?? mention.opinion ?? '').trim().toLowerCase()
    if (word.length > 0 && word.length <= 12) put(part, 'term', word, voice, negative, example)
    if (!negative) continue
    if (!part.blamed.has(voice) && part.examples.length < EXAMPLES) part.examples.push(example)
    part.blamed.add(voice)
    if (mention.scene) put(part, 'scene', mention.scene, voice, true, example)
    for (const { id } of causesNear(told.text, start, end)) put(part, 'cause', id, voice, true, example)
    if (told.low) put(part, 'effect', 'low_rating', voice, true, example)
    if (told.returned) put(part, 'effect', 'return', voice, true, example)
  }
}

function put(part: Part, layer: Item['layer'], key: string, voice: number, negative: boolean, example: Example): void {
  const id = `${layer}:${key}`
  let item = part.items.get(id)
  if (!item) {
    item = { layer, key, voices: new Set(), negative: 0, examples: [] }
    part.items.set(id, item)
  }
  if (item.voices.has(voice)) return
  item.voices.add(voice)
  if (negative) item.negative++
  if (item.examples.length < EXAMPLES && (negative || item.examples.length === 0)) item.examples.push(example)
}

/** How many voices have each scene, circumstance and outcome at all, whatever they speak of; `of` is out of how many. */
type Totals = Map<string, { has: Set<number>; of: Set<number> | null }>

function totalsOf(told: readonly Told[]): Totals {
  const totals: Totals = new Map()
  const of: Record<Effect, Set<number>> = { low_rating: new Set(), return: new Set() }
  const note = (id: string, voice: number, among: Set<number> | null) => {
    const entry = totals.get(id) ?? { has: new Set(), of: among }
    totals.set(id, entry)
    entry.has.add(voice)
  }
  for (const [voice, { mentions, text, low, returned }] of told.entries()) {
    for (const { scene, start, end } of mentions) {
      if (scene) note(`scene:${scene}`, voice, null)
      for (const { id } of causesNear(text, start, end)) note(`cause:${id}`, voice, null)
    }
    if (low !== null) of.low_rating.add(voice)
    if (returned !== null) of.return.add(voice)
    if (low) note('effect:low_rating', voice, of.low_rating)
    if (returned) note('effect:return', voice, of.return)
  }
  totals.set('all', { has: new Set(told.keys()), of: null })
  return totals
}

function addPart(
  part: Part,
  totals: Totals,
  nodes: GraphNode[],
  edges: (Omit<GraphEdge, 'q'> & { p: number })[],
): void {
  const root = `aspect:${part.aspect}`
  nodes.push({
    id: root,
    layer: 'aspect',
    aspect: part.aspect,
    key: part.aspect,
    voices: part.mentioned.size,
    negative: wilson(part.blamed.size, part.mentioned.size),
    examples: part.examples,
  })
  const items = layers.slice(1).flatMap((layer) => chosen(part, layer as Item['layer']))
  for (const item of items) {
    nodes.push({
      id: `${part.aspect}/${item.layer}:${item.key}`,
      layer: item.layer,
      aspect: part.aspect,
      key: item.key,
      voices: item.voices.size,
      negative: item.layer === 'term' ? wilson(item.negative, item.voices.size) : null,
      examples: item.examples,
    })
    edges.push(fromAspect(part, item, totals, root))
  }
  for (const [at, layer] of layers.entries()) {
    const [here, next] = [
      items.filter((one) => one.layer === layer),
      items.filter((one) => one.layer === layers[at + 1]),
    ]
    for (const from of here) for (const to of next) edges.push(...between(part, from, to))
  }
}

const chosen = ({ items }: Part, layer: Item['layer']): Item[] =>
  [...items.values()]
    .filter((item) => item.layer === layer && item.voices.size >= (layer === 'term' ? 3 : LEAST_SUPPORT))
    .sort((a, b) => b.negative - a.negative || b.voices.size - a.voices.size || (a.key < b.key ? -1 : 1))
    .slice(0, MOST[layer])

/**
 * The aspect with its words: how much oftener it is blamed where the word is said. With scenes, circumstances and outcomes: over all
 * voices that could have them.
 */
function fromAspect(part: Part, item: Item, totals: Totals, root: string) {
  const to = `${part.aspect}/${item.layer}:${item.key}`
  const all = totals.get('all')!.has.size
  if (item.layer === 'term') {
    const [said, total] = [item.voices.size, part.mentioned.size]
    const blame = edgeOf(root, to, { both: item.negative, one: said, other: part.blamed.size, total })
    return { ...blame, support: said, confidence: wilson(said, total) }
  }
  const { has, of } = totals.get(`${item.layer}:${item.key}`)!
  const one = of ? countIn(part.blamed, of) : part.blamed.size
  return edgeOf(root, to, { both: item.voices.size, one, other: has.size, total: of ? of.size : all })
}

/** Two things of one aspect, over the voices that mention it. */
function between(part: Part, from: Item, to: Item) {
  const both = countIn(from.voices, to.voices)
  if (both < 3) return []
  const ids = [from, to].map((item) => `${part.aspect}/${item.layer}:${item.key}`) as [string, string]
  const total = part.mentioned.size
  return [edgeOf(...ids, { both, one: from.voices.size, other: to.voices.size, total })]
}

function edgeOf(from: string, to: string, table: Together) {
  // Where all or none of the voices have it there is nothing to compare.
  const idle = table.one === 0 || table.other === 0

  return {
    from,
    to,
    support: table.both,
    confidence: wilson(table.both, table.one),
    lift: idle ? { value: 1, low: 0, high: Number.MAX_VALUE } : lift(table),
    p: idle ? 1 : gSquaredP(gSquared(table)),
  }
}

function countIn(one: ReadonlySet<number>, other: ReadonlySet<number>): number {
  const [small, large] = one.size < other.size ? [one, other] : [other, one]
  let n = 0
  for (const voice of small) if (large.has(voice)) n++
  return n
}
