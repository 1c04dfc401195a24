import { z } from 'zod'
import { ok, type Result } from '../../../core/result.ts'
import { priorOf } from '../prior/sentiment.ts'
import type { Json, Parts } from '../task.ts'
import { unusable } from '../tensor-file.ts'
import { treesOf, treeTensors } from '../trees/tree-parts.ts'
import { MOVES, OUTPUTS, SORTS } from './chain.ts'
import type { Head } from './heads.ts'
import type { RelationModel } from './relations.ts'
import { LOOK_WIDTH } from './second-look.ts'

const bits = z.number().int().min(1).max(24)
const headShape = z.object({ classes: z.number().int().min(2), bits, scale: z.number() })
const header = z.object({
  domains: z.array(z.string()),
  categories: z.array(z.string()).min(1),
  polarities: z.array(z.string()).min(1),
  aspectAlone: z.boolean(),
  opinionAlone: z.boolean(),
  overlapping: z.boolean(),
  longest: z.number().int().min(1),
  words: z.array(z.object({ does: z.number().int().min(0).max(62), words: z.array(z.string()) })),
  prior: z.record(z.string(), z.json()).nullable(),
  look: z.object({ depth: z.number().int().min(1).max(8), bias: z.number() }).nullable(),
  threshold: z.number(),
  alternatives: z.boolean(),
  chain: z.object({ bits, scale: z.number() }),
  pair: headShape,
  category: headShape,
  polarity: headShape,
})

const heads = ['pair', 'category', 'polarity'] as const

/** A model as the parts of a model file. */
export function relationParts(model: RelationModel): Parts {
  const about = ({ classes, bits, scale }: Head) => ({ classes, bits, scale })
  const { chain, pair, category, polarity, look, prior, ...frame } = model
  const lent = prior?.parts() ?? { header: null, tensors: {} }
  return {
    header: {
      ...frame,
      prior: lent.header,
      look: look && { depth: look.depth, bias: look.bias },
      chain: { bits: chain.bits, scale: chain.scale },
      pair: about(pair),
      category: about(category),
      polarity: about(polarity),
    } as unknown as Json,
    tensors: {
      chain: chain.weights,
      moves: chain.moves,
      pair: pair.weights,
      category: category.weights,
      polarity: polarity.weights,
      ...(look ? treeTensors('look', look) : {}),
      ...lent.tensors,
    },
  }
}

export function relationModel({ header: json, tensors }: Parts): Result<RelationModel> {
  const parsed = header.safeParse(json)
  if (!parsed.success) return unusable('its header is not that of a model of relations')
  const { chain, pair, category, polarity, look: trees, prior: lent, ...frame } = parsed.data
  const { moves } = tensors
  const chainWeights = weightsOf(tensors.chain, 2 ** chain.bits * OUTPUTS)
  if (!chainWeights || !(moves instanceof Float32Array) || moves.length !== SORTS * MOVES)
    return unusable('the weights of its chain are missing or of another size')
  const read: Partial<Record<(typeof heads)[number], Head>> = {}
  for (const name of heads) {
    const about = { pair, category, polarity }[name]
    const weights = weightsOf(tensors[name], 2 ** about.bits * (about.classes === 2 ? 1 : about.classes))
    if (!weights) return unusable(`the weights "${name}" are missing or of another size`)
    read[name] = { ...about, weights }
  }
  if (pair.classes !== 2 || !enough(category, frame.categories) || !enough(polarity, frame.polarities))
    return unusable('its labels and its weights differ in number')
  const look = trees && treesOf('look', trees.depth, trees.bias, LOOK_WIDTH, tensors)
  if (trees && !look) return unusable('its trees are missing or of another size')
  const prior = lent ? priorOf({ header: lent, tensors }) : ok(null)
  if (!prior.ok) return prior
  return ok({
    ...frame,
    look,
    prior: prior.value,
    chain: { ...chain, weights: chainWeights, moves },
    pair: read.pair!,
    category: read.category!,
    polarity: read.polarity!,
  })
}

const enough = ({ classes }: { classes: number }, labels: string[]): boolean => classes === Math.max(2, labels.length)

const weightsOf = (tensor: Parts['tensors'][string] | undefined, length: number): Int16Array | null =>
  tensor instanceof Int16Array && tensor.length === length ? tensor : null
