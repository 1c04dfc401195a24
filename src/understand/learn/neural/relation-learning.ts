import { foldOf } from '../folds.ts'
import type { Tensor } from '../task.ts'
import type { Encoded } from './alphabet.ts'
import { sortedBatches } from './batch.ts'
import type { EncoderSizes } from './encoder.ts'
import { Machine } from './machine.ts'
import { packWeights } from './packing.ts'
import { Parameters } from './parameters.ts'
import { stepsOf } from './plan.ts'
import { type Link, RelationModel, type RelationSizes } from './relation-model.ts'
import { decide, keyOf, readTogether, type SaidLink } from './relation-reading.ts'
import { type Foundation, layFoundation } from './shared-encoder.ts'

export interface RelationJob {
  kind: 'relations'
  texts: string[]
  links: Link[][]
  heads: number[]
  crossing: boolean
  foundation: Foundation
  /** This member of the ensemble: its held-out texts and its random numbers differ from the others'. */
  member: number
  seed: number
}

export interface TrainedRelations {
  tensors: Record<string, Tensor>
  /** Half of the best F on the texts that this member did not learn from: the least confidence worth saying. */
  least: number
}

/** Characters to read while training, and the bounds of the number of passes. */
const COURSE = { read: 1_500_000, least: 5, most: 30, rate: 2e-3 }
const ROWS = 32
const CELLS = 4096
/** One text in so many is held out by a member. */
const HELD = 20
const DROPOUTS = { input: 0.2, middle: 0.4, top: 0.5 }

export const relationSizes = (heads: number[], crossing: boolean, encoder: EncoderSizes): RelationSizes => {
  return { encoder, pair: 128, heads, crossing }
}

export function trainRelations(job: RelationJob, say: (line: string) => void): TrainedRelations {
  const { alphabet, sizes } = job.foundation
  const parameters = new Parameters(new Machine(), true, job.seed)
  const model = new RelationModel(parameters, alphabet, relationSizes(job.heads, job.crossing, sizes))
  layFoundation(parameters, job.foundation)
  const held = (i: number) => job.texts.length >= 40 * HELD && foldOf(job.texts[i]!, HELD, 'held out') === job.member
  const numbers = job.texts.map((_, i) => i).filter((i) => job.texts[i] !== '')
  const learned = numbers.filter((i) => !held(i))
  const encoded = job.texts.map((text) => alphabet.encode(text))
  const texts = learned.map((i) => encoded[i]!)
  const links = learned.map((i) => job.links[i]!)
  const lengths = texts.map((text) => text.chars.length)
  let loss = 0
  let rows = 0
  for (const [i, step] of stepsOf(COURSE, lengths, job.seed).entries()) {
    loss += model.learn(step.rows, texts, links, DROPOUTS, job.seed * 1_000_000 + i * 100)
    rows += step.rows.length
    parameters.step(step.rate, step.rows.length, 5)
    if (step.tenths === null) continue
    say(`member ${job.member + 1}: ${10 * step.tenths} %, loss ${(loss / rows).toFixed(3)}`)
    loss = rows = 0
  }
  const rest = numbers.filter(held)
  const least = bestLeast(
    model,
    rest.map((i) => encoded[i]!),
    rest.map((i) => job.links[i]!),
    job.crossing,
  )
  return { tensors: packWeights(parameters, `${job.member}.`), least }
}

/** F is largest when what is said is at least half as likely as F; without held-out texts a middling F is taken. */
function bestLeast(model: RelationModel, texts: Encoded[], links: Link[][], crossing: boolean): number {
  const said: SaidLink[][] = []
  for (const rows of sortedBatches(
    texts.map((text) => text.chars.length),
    ROWS,
    CELLS,
  )) {
    readTogether([model], rows, texts, (row, found) => {
      said[row] = found
    })
  }
  const gold = links.reduce((sum, own) => sum + own.length, 0)
  if (gold < 20) return 0.35
  const fAt = (least: number): number => {
    let right = 0
    let all = 0
    for (const [i, found] of said.entries()) {
      const known = new Set(links[i]!.map(keyOf))
      for (const link of decide(found, least, crossing)) {
        all++
        if (known.has(keyOf(link))) right++
      }
    }
    return (2 * right) / Math.max(1, all + gold)
  }
  const steps = Array.from({ length: 13 }, (_, i) => 0.2 + 0.025 * i)
  return Math.max(...steps.map(fAt)) / 2
}
