import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { fail, ok, type Result } from '../../../core/result.ts'
import { foldOf, normalised } from '../folds.ts'
import { decodeModel } from '../model-file.ts'
import type { Parts } from '../task.ts'
import { LIKENESS, Likeness, type Rarity } from '../tasks/pair/likeness.ts'
import { type Boosted, boostedScore } from '../trees/boost.ts'
import { treesOf, treeTensors } from '../trees/tree-parts.ts'
import { PRIOR_FOLDS } from './sentiment.ts'

/** By what a pair's fold is told: the text of the two that comes first when normalised, so that order does not count. */
export function pairKey(a: string, b: string): string {
  const [left, right] = [normalised(a), normalised(b)]
  return [left, right].sort()[0]!
}

/**
 * What the product knows of when two texts mean the same: boosted trees over likeness, cross-fitted as the prior of sentiment is, and
 * how rare n-grams are. Trees over likeness alone carry over to other trades; words that differ do not.
 */
export class PairPrior {
  readonly #rarity: Rarity
  readonly #likeness: Likeness
  readonly #members: Boosted[]
  readonly #values = new Float32Array(LIKENESS)

  constructor(rarity: Rarity, members: Boosted[]) {
    this.#rarity = rarity
    this.#likeness = new Likeness(rarity)
    this.#members = members
  }

  /** The log-odds that two texts mean the same, by the member of the pair's fold. */
  score(a: string, b: string): number {
    this.#likeness.measure(a, b, this.#values, 0)
    return boostedScore(this.#members[foldOf(pairKey(a, b), PRIOR_FOLDS, 'prior')]!, this.#values, 0)
  }

  parts(): Parts {
    const { hashes, rarity, unknown } = this.#rarity
    const tensors: Parts['tensors'] = { 'prior.hashes': hashes, 'prior.rarity': rarity }
    for (const [k, member] of this.#members.entries()) Object.assign(tensors, treeTensors(`prior${k}`, member))
    const { depth } = this.#members[0]!
    return { header: { unknown, depth, biases: this.#members.map(({ bias }) => bias) }, tensors }
  }
}

export function rarityOfParts(name: string, unknown: number, tensors: Parts['tensors']): Rarity | null {
  const hashes = tensors[`${name}.hashes`]
  const rarity = tensors[`${name}.rarity`]
  const fits = hashes instanceof Uint32Array && rarity instanceof Float32Array && hashes.length === rarity.length
  return fits ? { hashes, rarity, unknown } : null
}

const header = z.object({
  unknown: z.number(),
  depth: z.number().int().min(1).max(8),
  biases: z.array(z.number()).length(PRIOR_FOLDS),
})

export function pairPriorOf({ header: json, tensors }: Parts): Result<PairPrior> {
  const parsed = header.safeParse(json)
  if (!parsed.success) return broken()
  const { unknown, depth, biases } = parsed.data
  const rarity = rarityOfParts('prior', unknown, tensors)
  const members = biases.flatMap((bias, k) => treesOf(`prior${k}`, depth, bias, LIKENESS, tensors) ?? [])
  return rarity && members.length === PRIOR_FOLDS ? ok(new PairPrior(rarity, members)) : broken()
}

const broken = () =>
  fail({
    code: 'prior_unusable',
    message: 'The shipped knowledge of pairs cannot be used: a part is missing or of the wrong size.',
    remedy: 'Restore models/prior/pair.model, or delete it to learn without it.',
  })

const SHIPPED = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../../../models/prior/pair.model')

/** The prior of pairs that ships with the product; null where the file is absent. */
export function shippedPairPrior(file = SHIPPED): Result<PairPrior | null> {
  if (!existsSync(file)) return ok(null)
  const model = decodeModel(readFileSync(file))
  return model.ok ? pairPriorOf(model.value) : model
}
