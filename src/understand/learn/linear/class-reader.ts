import { softmax } from '../linear.ts'
import { type Classifier, pick } from './classifier.ts'
import { blockOf } from './grams.ts'
import { outputsOf } from './scorer.ts'
import { Vocabulary } from './vocabulary.ts'

/** A learnt classifier, ready to read. */
export class ClassReader {
  readonly #learnt: Classifier
  readonly #vocabulary: Vocabulary
  readonly #seen: Int32Array
  /** Of each block: a sum for each output. */
  readonly #sums: Float64Array
  readonly #known: Float64Array
  readonly #scores: Float64Array
  #reading = 0

  constructor(learnt: Classifier) {
    this.#learnt = learnt
    this.#vocabulary = new Vocabulary(learnt.hashes)
    this.#seen = new Int32Array(learnt.hashes.length)
    this.#scores = new Float64Array(outputsOf(learnt.classes))
    this.#known = new Float64Array(learnt.lengths.length)
    this.#sums = new Float64Array(this.#scores.length * this.#known.length)
  }

  /** Writes the class probabilities of a text's hashes (the first `count`) and its side features to `out`. */
  read(hashes: Uint32Array, count: number, side: Float64Array, out: Float64Array): void {
    const { scales, biases, slopes, sideWidth, lengths } = this.#learnt
    const scores = this.#scores
    const outputs = scores.length
    this.#sum(hashes, count)
    for (let c = 0; c < outputs; c++) {
      let sum = 0
      for (let b = 0; b < lengths.length; b++)
        sum += (this.#sums[b * outputs + c]! * lengths[b]!) / Math.sqrt(Math.max(1, this.#known[b]!))
      scores[c] = sum * scales[c]! + biases[c]!
      if (slopes.length > 0) for (let d = 0; d < sideWidth; d++) scores[c]! += slopes[c * sideWidth + d]! * side[d]!
    }
    toProbabilities(scores, out)
  }

  #sum(hashes: Uint32Array, count: number): void {
    const { weights } = this.#learnt
    const sums = this.#sums
    const outputs = this.#scores.length
    const blocks = this.#known.length
    this.#reading++
    sums.fill(0)
    this.#known.fill(0)
    for (let k = 0; k < count; k++) {
      const id = this.#vocabulary.find(hashes[k]!)
      if (id < 0 || this.#seen[id] === this.#reading) continue
      this.#seen[id] = this.#reading
      const block = blockOf(hashes[k]!, blocks)
      this.#known[block]!++
      const from = block * outputs
      const at = id * outputs
      for (let c = 0; c < outputs; c++) sums[from + c]! += weights[at + c]!
    }
  }

  /** The class to say, of probabilities that `read` wrote. */
  choose(p: Float64Array): number {
    return pick(p, 0, this.#learnt.favours)
  }
}

function toProbabilities(sums: Float64Array, out: Float64Array): void {
  if (sums.length > 1) {
    out.set(sums)
    softmax(out)
    return
  }
  out[1] = 1 / (1 + Math.exp(-sums[0]!))
  out[0] = 1 - out[1]!
}
