import { sigmoid } from '../classifier.ts'
import { hashNgrams } from '../features.ts'
import { foldText } from '../text.ts'

/** Texts as hashed n-grams, all in one array. */
export interface Corpus {
  hashes: Uint32Array
  /** Text i has hashes[starts[i]] to hashes[starts[i + 1]]. */
  starts: Uint32Array
}

export function hashTexts(texts: string[]): Corpus {
  const starts = new Uint32Array(texts.length + 1)
  const scratch = new Uint32Array(6000)
  let hashes = new Uint32Array(1 << 20)
  let used = 0
  for (let i = 0; i < texts.length; i++) {
    const text = texts[i]!
    const count = hashNgrams(foldText(text), 0, text.length, scratch)
    while (used + count > hashes.length) {
      const larger = new Uint32Array(hashes.length * 2)
      larger.set(hashes)
      hashes = larger
    }
    hashes.set(scratch.subarray(0, count), used)
    used += count
    starts[i + 1] = used
  }
  return { hashes, starts }
}

export interface Fit {
  bits: number
  epochs: number
  rate: number
  /** L2 penalty per step on the weights that the text touches. */
  decay: number
  seed: number
}

/** Logits as probabilities, in place. */
export function softmax(z: Float64Array): void {
  let top = Number.NEGATIVE_INFINITY
  for (const value of z) top = Math.max(top, value)
  let total = 0
  for (let c = 0; c < z.length; c++) {
    z[c] = Math.exp(z[c]! - top)
    total += z[c]!
  }
  for (let c = 0; c < z.length; c++) z[c]! /= total
}

/** A seeded generator of numbers in [0, 1): mulberry32. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/**
 * Multinomial logistic regression over hashed features valued 1/√n, by AdaGrad (Duchi, Hazan and Singer 2011). With two
 * classes one score is kept, the log-odds of class 1. Deterministic by seed.
 */
export function fitLogistic(corpus: Corpus, labels: Int8Array, weights: Float32Array, classes: number, fit: Fit) {
  const outputs = classes === 2 ? 1 : classes
  const size = 2 ** fit.bits * outputs
  const w = new Float32Array(size)
  const g = new Float32Array(size).fill(1e-6)
  const bias = new Float64Array(outputs)
  const biasG = new Float64Array(outputs).fill(1e-6)
  const order = Uint32Array.from(labels, (_, i) => i)
  const random = seeded(fit.seed)
  const scores = new Float64Array(outputs)
  for (let epoch = 0; epoch < fit.epochs; epoch++) {
    shuffle(order, random)
    for (const i of order) {
      const from = corpus.starts[i]!
      const to = corpus.starts[i + 1]!
      if (to === from) continue
      const value = 1 / Math.sqrt(to - from)
      score(corpus.hashes, from, to, w, bias, scores, fit.bits)
      gradients(scores, labels[i]!, weights[i]!)
      step(corpus.hashes, from, to, value, scores, w, g, fit)
      for (let c = 0; c < outputs; c++) {
        biasG[c] = biasG[c]! + scores[c]! ** 2
        bias[c] = bias[c]! - (fit.rate * scores[c]!) / Math.sqrt(biasG[c]!)
      }
    }
  }
  return { weights: w, bias }
}

function score(
  hashes: Uint32Array,
  from: number,
  to: number,
  w: Float32Array,
  bias: Float64Array,
  scores: Float64Array,
  bits: number,
): void {
  const outputs = scores.length
  const value = 1 / Math.sqrt(to - from)
  scores.fill(0)
  for (let k = from; k < to; k++) {
    const at = (hashes[k]! >>> (32 - bits)) * outputs
    for (let c = 0; c < outputs; c++) scores[c] = scores[c]! + w[at + c]!
  }
  for (let c = 0; c < outputs; c++) scores[c] = scores[c]! * value + bias[c]!
}

/** Turns scores into the gradients of the loss in place. */
function gradients(scores: Float64Array, label: number, weight: number): void {
  if (scores.length === 1) {
    scores[0] = (sigmoid(scores[0]!) - label) * weight
    return
  }
  const top = Math.max(...scores)
  let total = 0
  for (let c = 0; c < scores.length; c++) {
    scores[c] = Math.exp(scores[c]! - top)
    total += scores[c]!
  }
  for (let c = 0; c < scores.length; c++) scores[c] = (scores[c]! / total - (c === label ? 1 : 0)) * weight
}

function step(
  hashes: Uint32Array,
  from: number,
  to: number,
  value: number,
  gradient: Float64Array,
  w: Float32Array,
  g: Float32Array,
  fit: Fit,
): void {
  const outputs = gradient.length
  for (let k = from; k < to; k++) {
    const at = (hashes[k]! >>> (32 - fit.bits)) * outputs
    for (let c = 0; c < outputs; c++) {
      const slope = gradient[c]! * value + fit.decay * w[at + c]!
      g[at + c] = g[at + c]! + slope * slope
      w[at + c] = w[at + c]! - (fit.rate * slope) / Math.sqrt(g[at + c]!)
    }
  }
}

/** Puts an order at random in place (Fisher and Yates). */
export function shuffle(order: Uint32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const kept = order[i]!
    order[i] = order[j]!
    order[j] = kept
  }
}

/** Weights as int8 with one scale; the largest 0.02 % are clipped, so that the small ones keep their detail. */
export function quantise(weights: Float32Array): { scale: number; values: Int8Array } {
  const sizes = weights.filter((weight) => weight !== 0)
  for (let i = 0; i < sizes.length; i++) sizes[i] = Math.abs(sizes[i]!)
  sizes.sort()
  const top = sizes[Math.floor(sizes.length * 0.9998)] ?? 1
  const scale = top / 127
  const values = new Int8Array(weights.length)
  for (let i = 0; i < values.length; i++) values[i] = Math.max(-127, Math.min(127, Math.round(weights[i]! / scale)))
  return { scale, values }
}
