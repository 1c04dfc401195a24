import type { Emotion } from '../core/reading.ts'
import { hashNgrams } from './features.ts'
import type { Weights } from './weights.ts'

const MOST_FEATURES = 6000

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

/** Linear classifiers over hashed n-grams: Σ weight ÷ √n + bias. */
export class Classifier {
  readonly weights: Weights
  readonly #hashes = new Uint32Array(MOST_FEATURES)
  readonly #scores: Float64Array

  constructor(weights: Weights) {
    this.weights = weights
    this.#scores = new Float64Array(weights.emotion.classes.length)
  }

  /** The log-odds that the stretch praises. */
  sentiment(units: Uint16Array, start: number, end: number): number {
    const { sentiment, sentimentWeights } = this.weights
    const count = hashNgrams(units, start, end, this.#hashes)
    if (count === 0) return 0
    const shift = 32 - sentiment.bits
    let sum = 0
    for (let i = 0; i < count; i++) sum += sentimentWeights[this.#hashes[i]! >>> shift]!
    return (sum * sentiment.scale) / Math.sqrt(count) + sentiment.bias
  }

  /** The likeliest emotion and its probability. */
  emotion(units: Uint16Array, start: number, end: number): { emotion: Emotion; probability: number } {
    const { emotion, emotionWeights } = this.weights
    const classes = emotion.classes.length
    const count = hashNgrams(units, start, end, this.#hashes)
    const shift = 32 - emotion.bits
    this.#scores.fill(0)
    for (let i = 0; i < count; i++) {
      const at = (this.#hashes[i]! >>> shift) * classes
      for (let c = 0; c < classes; c++) this.#scores[c] = this.#scores[c]! + emotionWeights[at + c]!
    }
    const factor = emotion.scale / Math.sqrt(Math.max(1, count))
    let best = 0
    let total = 0
    for (let c = 0; c < classes; c++) this.#scores[c] = this.#scores[c]! * factor + emotion.biases[c]!
    for (let c = 1; c < classes; c++) if (this.#scores[c]! > this.#scores[best]!) best = c
    for (let c = 0; c < classes; c++) total += Math.exp(this.#scores[c]! - this.#scores[best]!)
    return { emotion: emotion.classes[best]!, probability: 1 / total }
  }
}
