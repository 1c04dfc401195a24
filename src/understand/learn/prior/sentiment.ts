import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { fail, ok, type Result } from '../../../core/result.ts'
import { foldText, isDigit, isHan, isLatin } from '../../text.ts'
import { hashGrams } from '../linear/grams.ts'
import { decodeModel } from '../model-file.ts'
import type { Json, Parts } from '../task.ts'
import { meanMember, memberOf } from './members.ts'

export const PRIOR_FOLDS = 4
export const PRIOR_BITS = 20
export const PRIOR_SHAPE = { order: 3, letters: 0, reach: 0 }

/** The numbers that {@link SentimentPrior.read} writes for a text. */
export const PRIOR_WIDTH = 6

interface Member {
  weights: Int8Array
  scale: number
  bias: number
}

const MOST_CLAUSES = 200
const SHORTEST_CLAUSE = 2

/**
 * What the product knows of praise and complaint before a brand's own labels. Member k was trained without the texts of fold k, and a
 * text is always read by the member of its own fold: a text that the prior was trained on is read by a member that has not seen it, so
 * that its reading is as honest as an unseen text's and may serve as a feature on training rows.
 */
export class SentimentPrior {
  readonly #members: Member[]
  readonly #hashes = new Uint32Array(60_000)
  readonly #clauses = new Float64Array(MOST_CLAUSES)

  constructor(members: Member[]) {
    this.#members = members
  }

  /** The log-odds-like score of the whole text by the member of its fold: positive for praise. */
  score(text: string): number {
    return this.#score(this.#memberOf(text), foldText(text), 0, text.length)
  }

  /** What scores stretches of a text (UTF-16 units) one by one, all by the member of the whole text's fold. */
  scorerOf(text: string): (start: number, end: number) => number {
    const member = this.#memberOf(text)
    return (start, end) => this.#score(member, foldText(text.slice(start, end)), 0, end - start)
  }

  /** Writes the scores of stretches of a text (UTF-16 units), all by the member of the whole text's fold; 0 for an empty one. */
  between(text: string, stretches: { start: number; end: number }[], out: Float64Array): void {
    const member = this.#memberOf(text)
    const units = foldText(text)
    for (const [i, { start, end }] of stretches.entries()) out[i] = this.#score(member, units, start, end)
  }

  /** Writes the text's score and, of its clauses' scores squashed to −1…1: mean, first, last, mean of the second half, of the last three. */
  read(text: string, out: Float64Array, at = 0): void {
    const member = this.#memberOf(text)
    const units = foldText(text)
    out[at] = this.#score(member, units, 0, text.length)
    const n = this.#readClauses(member, units, text.length)
    if (n === 0) this.#clauses[0] = Math.tanh(out[at]!)
    const count = Math.max(1, n)
    out[at + 1] = this.#mean(0, count)
    out[at + 2] = this.#clauses[0]!
    out[at + 3] = this.#clauses[count - 1]!
    out[at + 4] = this.#mean(count >> 1, count)
    out[at + 5] = this.#mean(Math.max(0, count - 3), count)
  }

  /**
   * The prior as parts of a model file, so that a model that leans on it is whole by itself: its members as one, since what the model will
   * read is new to them all, and their mean errs less than each.
   */
  parts(): Parts {
    const { weights, scale } = meanMember(this.#members)
    const bias = this.#members.reduce((sum, member) => sum + member.bias / this.#members.length, 0)
    return { header: { scales: [scale], biases: [bias] }, tensors: { prior0: weights } }
  }

  #memberOf(text: string): Member {
    return memberOf(this.#members, text)
  }

  #readClauses(member: Member, units: Uint16Array, length: number): number {
    let n = 0
    let from = 0
    for (let i = 0; i <= length && n < MOST_CLAUSES; i++) {
      if (i < length && !isPause(units, i, length)) continue
      if (i - from >= SHORTEST_CLAUSE) this.#clauses[n++] = Math.tanh(this.#score(member, units, from, i))
      from = i + 1
    }
    return n
  }

  #score({ weights, scale, bias }: Member, units: Uint16Array, start: number, end: number): number {
    const hashes = this.#hashes
    const count = hashGrams(units, start, end, PRIOR_SHAPE, hashes)
    if (count === 0) return 0
    let sum = 0
    for (let k = 0; k < count; k++) sum += weights[hashes[k]! >>> (32 - PRIOR_BITS)]!
    return (sum * scale) / Math.sqrt(count) + bias
  }

  #mean(from: number, to: number): number {
    let sum = 0
    for (let i = from; i < to; i++) sum += this.#clauses[i]!
    return sum / (to - from)
  }
}

/** A mark that parts clauses; a space does so only where Chinese stands beside it. */
function isPause(units: Uint16Array, i: number, length: number): boolean {
  const code = units[i]!
  if (isHan(code) || isLatin(code) || isDigit(code)) return false
  if (code === 39 || code === 45) return false
  if (code === 32) return (i > 0 && isHan(units[i - 1]!)) || (i + 1 < length && isHan(units[i + 1]!))
  return code < 0x2100 || (code >= 0x3000 && code < 0x3020)
}

/** The prior out of a model's parts, or a problem where they are not whole. */
export function priorOf({ header, tensors }: Parts): Result<SentimentPrior> {
  const { scales, biases } = header as { scales?: Json; biases?: Json }
  const members: Member[] = []
  if (!Array.isArray(scales) || !Array.isArray(biases) || scales.length === 0) return broken()
  for (const [k, scale] of scales.entries()) {
    const weights = tensors[`prior${k}`]
    const bias = biases[k]
    if (!(weights instanceof Int8Array) || weights.length !== 2 ** PRIOR_BITS) return broken()
    if (typeof scale !== 'number' || typeof bias !== 'number') return broken()
    members.push({ weights, scale, bias })
  }
  return ok(new SentimentPrior(members))
}

const broken = () =>
  fail({
    code: 'prior_unusable',
    message: 'The shipped knowledge of sentiment cannot be used: a part is missing or of the wrong size.',
    remedy: 'Restore models/prior/sentiment.model, or delete it to learn without it.',
  })

const SHIPPED = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../../../models/prior/sentiment.model')

/** The prior that ships with the product; null where the file is absent, so that everything works, less well, without it. */
export function shippedPrior(file = SHIPPED): Result<SentimentPrior | null> {
  if (!existsSync(file)) return ok(null)
  const model = decodeModel(readFileSync(file))
  return model.ok ? priorOf(model.value) : model
}
