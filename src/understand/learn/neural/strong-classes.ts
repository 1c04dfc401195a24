import { ok, type Result } from '../../../core/result.ts'
import type { Tensor } from '../task.ts'
import { sortedBatches } from './batch.ts'
import { encodeForClass, type HeldOut } from './class-learning.ts'
import { ClassModel } from './class-model.ts'
import type { EncoderSizes } from './encoder.ts'
import { Machine } from './machine.ts'
import { trainMembers } from './members.ts'
import { unpackWeights } from './packing.ts'
import { Parameters } from './parameters.ts'
import { alphabetFrom, alphabetTensors, foundation } from './shared-encoder.ts'

const MEMBERS = 2
const ROWS = 32
const CELLS = 2048

/** How much the logarithms of both tiers' probabilities count when they speak together. */
export interface Trust {
  fast: number
  strong: number
}

/** What the strong tier keeps of a task of classes. */
export interface StrongClasses {
  header: { encoder: EncoderSizes; classes: number; members: number; trust: Trust }
  tensors: Record<string, Tensor>
}

/**
 * Learns to tell the classes (numbers from 0) of texts; `weights` says how much each row counts. `fast` holds what the fast tier says of
 * each text without having learnt it, texts × classes: by it the two tiers' trust is found.
 */
export async function learnClasses(
  rows: { texts: string[]; labels: number[]; weights: number[]; classes: number },
  fast: Float64Array,
  options: { seed: number; say(line: string): void },
): Promise<StrongClasses> {
  const base = foundation(rows.texts)
  const jobs = Array.from({ length: MEMBERS }, (_, member) => {
    return { kind: 'classes' as const, ...rows, foundation: base, member, seed: options.seed + member }
  })
  const members = await trainMembers(jobs, options.say)
  const tensors = Object.assign(alphabetTensors(base.alphabet), ...members.map((member) => member.tensors))
  const held = members.flatMap((member) => member.held)
  const header = { encoder: base.sizes, classes: rows.classes, members: MEMBERS, trust: trustOf(held, fast, rows) }
  return { header, tensors }
}

/** The trust of the least surprise on the texts that members held out; of few texts, that of middling sets. */
function trustOf(held: readonly HeldOut[], fast: Float64Array, rows: { labels: number[]; classes: number }): Trust {
  if (held.length === 0) return { fast: 0.7, strong: 0.3 }
  let best: Trust = { fast: 1, strong: 0 }
  let least = Number.POSITIVE_INFINITY
  for (let f = 0; f <= 12; f++) {
    for (let s = 0; s <= 12; s++) {
      const trust = { fast: f / 10, strong: s / 10 }
      let surprise = 0
      for (const { row, p } of held) {
        const own = fast.slice(row * rows.classes, (row + 1) * rows.classes)
        blend(own, p, trust)
        surprise -= Math.log(own[rows.labels[row]!]!)
      }
      if (surprise >= least) continue
      least = surprise
      best = trust
    }
  }
  return best
}

/** Two distributions over the same classes become one, in place of the first: p^fast · q^strong, made to sum to 1. */
export function blend(p: Float64Array, q: Float64Array, { fast, strong }: Trust): void {
  let total = 0
  for (let c = 0; c < p.length; c++) {
    p[c] = Math.max(1e-6, p[c]!) ** fast * Math.max(1e-6, q[c]!) ** strong
    total += p[c]!
  }
  for (let c = 0; c < p.length; c++) p[c]! /= total
}

export interface ClassReader {
  /** Makes the fast tier's distribution over the classes of a text, in place, one of both tiers. */
  join(fast: Float64Array, own: Float64Array): void
  /** The distribution over the classes of each text. */
  read(texts: string[]): Float64Array[]
}

/** Fails where the arrays are not those of such a model. */
export function openClasses({ header, tensors }: StrongClasses): Result<ClassReader> {
  const alphabet = alphabetFrom(tensors)
  if (!alphabet.ok) return alphabet
  const models: ClassModel[] = []
  for (let member = 0; member < header.members; member++) {
    const parameters = new Parameters(new Machine(), false, 0)
    models.push(new ClassModel(parameters, alphabet.value, { encoder: header.encoder, classes: header.classes }))
    const laid = unpackWeights(parameters, `${member}.`, tensors)
    if (!laid.ok) return laid
  }
  return ok({
    join: (fast, own) => blend(fast, own, header.trust),
    read(texts) {
      const encoded = texts.map((text) => encodeForClass(alphabet.value, text))
      const batches = sortedBatches(
        encoded.map((text) => text.chars.length),
        ROWS,
        CELLS,
      )
      const mean = new Float64Array(texts.length * header.classes)
      const own = new Float64Array(mean.length)
      for (const model of models) {
        for (const batch of batches) model.read(batch, encoded, own)
        for (const [i, p] of own.entries()) mean[i]! += p / models.length
      }
      return texts.map((_, i) => mean.subarray(i * header.classes, (i + 1) * header.classes))
    },
  })
}
