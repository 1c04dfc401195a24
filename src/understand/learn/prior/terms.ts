import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { fail, ok, type Result } from '../../../core/result.ts'
import { Examples } from '../crf/heads.ts'
import type { Stretch } from '../crf/relations.ts'
import { decodeModel } from '../model-file.ts'
import type { Json, Parts } from '../task.ts'
import { meanMember, memberOf } from './members.ts'
import { termEvidence } from './term-evidence.ts'

export const TERM_BITS = 19

/** The numbers that {@link TermPrior.read} writes for a term. */
export const TERM_WIDTH = 2

/** No reading says more than this, in log-odds. */
const MOST = 6

/** Weights of praise and of complaint against neither, two by two; `scale` times each is a weight. */
interface Member {
  weights: Int8Array
  scale: number
}

/**
 * What the product knows of how texts judge the things they name, before a brand's own labels. As with the prior of sentiment, member k
 * was trained without the texts of fold k and a text is always read by its own fold's member, so that a reading of a text that the prior
 * was trained on is as honest as of an unseen one.
 */
export class TermPrior {
  readonly #members: Member[]
  readonly #examples = new Examples()

  constructor(members: Member[]) {
    this.#members = members
  }

  /** Writes for each term (UTF-16 units) the log-odds of praise against complaint, and of neither against the two, −6…6. */
  read(text: string, terms: Stretch[], out: Float64Array): void {
    const { weights, scale } = memberOf(this.#members, text)
    const examples = this.#examples
    examples.clear()
    termEvidence(text, terms, TERM_BITS, examples)
    for (let i = 0; i < terms.length; i++) {
      let praise = 0
      let complaint = 0
      const end = examples.starts[i + 1]!
      for (let k = examples.starts[i]!; k < end; k++) {
        const at = 2 * examples.features[k]!
        praise += weights[at]!
        complaint += weights[at + 1]!
      }
      out[TERM_WIDTH * i] = bounded((praise - complaint) * scale)
      out[TERM_WIDTH * i + 1] = bounded(-Math.log(Math.exp(praise * scale) + Math.exp(complaint * scale)))
    }
  }

  /** The prior as parts of a model file, its members as one: see `SentimentPrior.parts`. */
  parts(): Parts {
    const { weights, scale } = meanMember(this.#members)
    return { header: { scales: [scale] }, tensors: { terms0: weights } }
  }
}

const bounded = (odds: number): number => Math.max(-MOST, Math.min(MOST, odds))

/** The prior out of a model's parts, or a problem where they are not whole. */
export function termPriorOf({ header, tensors }: Parts): Result<TermPrior> {
  const { scales } = header as { scales?: Json }
  const members: Member[] = []
  if (!Array.isArray(scales) || scales.length === 0) return broken()
  for (const [k, scale] of scales.entries()) {
    const weights = tensors[`terms${k}`]
    if (!(weights instanceof Int8Array) || weights.length !== 2 ** (TERM_BITS + 1) || typeof scale !== 'number')
      return broken()
    members.push({ weights, scale })
  }
  return ok(new TermPrior(members))
}

const broken = () =>
  fail({
    code: 'prior_unusable',
    message: 'The shipped knowledge of term polarity cannot be used: a part is missing or of the wrong size.',
    remedy: 'Restore models/prior/terms.model, or delete it to learn without it.',
  })

const SHIPPED = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../../../models/prior/terms.model')

/** The prior that ships with the product; null where the file is absent, so that everything works, less well, without it. */
export function shippedTermPrior(file = SHIPPED): Result<TermPrior | null> {
  if (!existsSync(file)) return ok(null)
  const model = decodeModel(readFileSync(file))
  return model.ok ? termPriorOf(model.value) : model
}
