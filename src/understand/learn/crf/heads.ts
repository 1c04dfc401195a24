import { seeded, shuffle, softmax } from '../linear.ts'
import { squeezed } from './averaging.ts'

/** Examples as hashed features, all in one array: example i has features[starts[i]] to features[starts[i + 1]], each valued 1. */
export class Examples {
  count = 0
  starts = new Uint32Array(1 << 12)
  features = new Uint32Array(1 << 18)
  private used = 0

  add(feature: number): void {
    if (this.used === this.features.length) this.features = grown(this.features)
    this.features[this.used++] = feature
  }

  /** Ends the example under way. */
  end(): void {
    this.count++
    if (this.count === this.starts.length) this.starts = grown(this.starts)
    this.starts[this.count] = this.used
  }

  clear(): void {
    this.count = 0
    this.used = 0
  }
}

function grown(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2)
  larger.set(array)
  return larger
}

export interface HeadFit {
  bits: number
  epochs: number
  rate: number
  ease: number
  decay: number
  seed: number
}

/** A linear classifier: with two classes one output, the log-odds of class 1, else one output a class. */
export interface Head {
  classes: number
  bits: number
  /** `scale` times each is a weight. */
  weights: Float32Array | Int16Array
  scale: number
}

/** Multinomial logistic regression by AdaGrad over the chosen examples. Soft targets: classes × example, else a class each. */
export function fitHead(
  data: Examples,
  chosen: Uint32Array,
  targets: Uint8Array | Float32Array,
  classes: number,
  fit: HeadFit,
): Head {
  const outputs = classes === 2 ? 1 : classes
  const stride = 2 * outputs
  const table = new Float32Array(2 ** fit.bits * stride)
  const order = chosen.slice()
  const random = seeded(fit.seed)
  const p = new Float64Array(classes)
  const slope = new Float64Array(outputs)
  const soft = targets instanceof Float32Array
  for (let epoch = 0; epoch < fit.epochs; epoch++) {
    shuffle(order, random)
    for (const i of order) {
      probabilities(table, 1, stride, outputs, data, i, p)
      for (let c = 0; c < outputs; c++) {
        const at = outputs === 1 ? 1 : c
        slope[c] = p[at]! - (soft ? targets[i * classes + at]! : targets[i] === at ? 1 : 0)
      }
      const end = data.starts[i + 1]!
      for (let k = data.starts[i]!; k < end; k++) {
        const w = data.features[k]! * stride
        for (let c = 0; c < outputs; c++) {
          const weight = table[w + c]!
          const d = slope[c]! + fit.decay * weight
          const g = table[w + outputs + c]! + d * d
          table[w + outputs + c] = g
          table[w + c] = weight - (fit.rate * d) / Math.sqrt(g + fit.ease)
        }
      }
    }
  }
  const weights = new Float32Array(2 ** fit.bits * outputs)
  for (let f = 0; f < 2 ** fit.bits; f++)
    for (let c = 0; c < outputs; c++) weights[f * outputs + c] = table[f * stride + c]!
  return { classes, bits: fit.bits, weights, scale: 1 }
}

/** The class probabilities of an example, to `p`. */
export function judge(head: Head, data: Examples, example: number, p: Float64Array): void {
  const outputs = head.classes === 2 ? 1 : head.classes
  probabilities(head.weights, head.scale, outputs, outputs, data, example, p)
}

function probabilities(
  table: Float32Array | Int16Array,
  scale: number,
  stride: number,
  outputs: number,
  data: Examples,
  example: number,
  p: Float64Array,
): void {
  p.fill(0)
  const end = data.starts[example + 1]!
  for (let k = data.starts[example]!; k < end; k++) {
    const w = data.features[k]! * stride
    for (let c = 0; c < outputs; c++) p[c]! += table[w + c]!
  }
  for (let c = 0; c < outputs; c++) p[c]! *= scale
  if (outputs === 1) {
    p[1] = 1 / (1 + Math.exp(-p[0]!))
    p[0] = 1 - p[1]!
    return
  }
  softmax(p)
}

/** The mean of several heads over the same hashing. */
export const averagedHead = (heads: Head[]): Head => ({
  classes: heads[0]!.classes,
  bits: heads[0]!.bits,
  ...squeezed(heads.map((head) => head.weights)),
})
