import { loadReader, type Reader } from '../../reader.ts'
import { PRIOR_WIDTH, type SentimentPrior } from './sentiment.ts'

/** The numbers that {@link Knowledge.read} writes for a text: the prior's, then the reader's of the whole and of its second half. */
export const KNOWLEDGE_WIDTH = PRIOR_WIDTH + 2

/**
 * What the product knows of praise and complaint before a brand's own labels: the prior, where it ships, and the reader by the packs alone,
 * which were written and not learnt, and hear what a sum of n-grams does not (不是不好, 除了贵没毛病).
 */
export class Knowledge {
  readonly #prior: SentimentPrior | null
  readonly #reader: Reader

  constructor(prior: SentimentPrior | null) {
    this.#prior = prior
    this.#reader = loadReader({ weightsFile: null })
  }

  read(text: string, out: Float64Array, at = 0): void {
    this.#prior?.read(text, out, at)
    out[at + PRIOR_WIDTH] = this.#reader.read({ text, kind: 'review' }).score
    out[at + PRIOR_WIDTH + 1] = this.#reader.read({ text: text.slice(text.length >> 1), kind: 'review' }).score
  }
}
