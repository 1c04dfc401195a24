import { z } from 'zod'
import { estimate, named, period, words } from './basics.ts'

/** The list of an aspect that a word belongs to, or `scene`. */
export const wordList = z.enum([
  'terms',
  'faults',
  'praises',
  'positive',
  'negative',
  'opinions_positive',
  'opinions_negative',
  'scene',
])

/** A stretch of one voice: UTF-16 offsets in the text given here, which may be cut around it. */
const example = z.object({ voiceId: z.string(), text: z.string(), start: z.number(), end: z.number() })

/** How many times oftener than by chance, with 95 % interval. */
const lift = z.object({ value: z.number(), low: z.number(), high: z.number() })

const graphNode = z.object({
  id: z.string(),
  layer: z.enum(['aspect', 'term', 'scene', 'cause', 'effect']),
  aspect: z.string(),
  key: z.string(),
  voices: z.number(),
  negative: estimate.nullable(),
  examples: z.array(example),
})
export type GraphNode = z.infer<typeof graphNode>

const graphEdge = z.object({
  from: z.string(),
  to: z.string(),
  support: z.number(),
  confidence: estimate,
  lift,
  q: z.number(),
})
export type GraphEdge = z.infer<typeof graphEdge>

const proposal = z.object({
  word: z.string(),
  place: z.string(),
  list: wordList,
  voices: z.number(),
  clauses: z.number(),
  support: z.number(),
  lift,
  g2: z.number(),
  q: z.number(),
  low: z.object({ with: z.number(), of: z.number(), base: z.number(), total: z.number() }),
  examples: z.array(example),
})
export type Proposal = z.infer<typeof proposal>

export const decision = z.object({
  pack: z.string(),
  place: z.string(),
  list: wordList,
  word: z.string(),
  verdict: z.enum(['accepted', 'rejected']),
  decidedBy: z.string(),
  decidedAt: z.number(),
})
export type Decision = z.infer<typeof decision>

const reread = z.object({
  id: z.string(),
  word: z.string(),
  total: z.number(),
  done: z.number(),
  startedAt: z.number(),
  finishedAt: z.number().nullable(),
})
export type Reread = z.infer<typeof reread>

/** What is mined in the background: `ready` is false while a newer result is being made, `value`-like fields then hold the older one. */
const mined = { ready: z.boolean(), failed: words.nullable(), category: z.string(), period }

export const knowledgeGraph = z.object({
  ...mined,
  pack: named.extend({ aspects: z.array(named) }),
  causes: z.array(named),
  graph: z.object({ voices: z.number(), nodes: z.array(graphNode), edges: z.array(graphEdge) }).nullable(),
  proposals: z.array(proposal),
  /** How many there are; `proposals` holds the surest. */
  proposed: z.number(),
  decisions: z.array(decision),
  rereads: z.array(reread),
})
export type KnowledgeGraph = z.infer<typeof knowledgeGraph>

export const topic = z.object({
  name: z.string(),
  phrases: z.array(z.string()),
  aspect: z.string().nullable(),
  owner: z.string().nullable(),
  now: z.object({ voices: z.number(), total: z.number() }),
  before: z.object({ voices: z.number(), total: z.number() }),
  growth: lift,
  isNew: z.boolean(),
  q: z.number(),
  negative: estimate,
  basis: z.enum(['outcome', 'reading']),
  examples: z.array(example),
})
export type Topic = z.infer<typeof topic>

export const topicList = z.object({ ...mined, pack: named, before: period, topics: z.array(topic) })
export type TopicList = z.infer<typeof topicList>
