import type { Tensor } from '../task.ts'
import type { Alphabet, Encoded } from './alphabet.ts'
import { ClassModel, type ClassSizes } from './class-model.ts'
import { SIZES } from './encoder.ts'
import { Machine } from './machine.ts'
import { packWeights } from './packing.ts'
import { Parameters } from './parameters.ts'
import { stepsOf } from './plan.ts'
import { type Foundation, layFoundation } from './shared-encoder.ts'

export interface ClassJob {
  kind: 'classes'
  texts: string[]
  /** Class numbers. */
  labels: number[]
  /** How much each row counts. */
  weights: number[]
  classes: number
  foundation: Foundation
  member: number
  seed: number
}

const COURSE = { read: 5_000_000, least: 3, most: 40, rate: 2e-3 }
const PACE = 0.3
const DROPOUTS = { input: 0.2, middle: 0.3, top: 0.4 }
/** Of a longer text the beginning and the end are read, half each. */
const LONGEST = 192

export const classSizes = (classes: number): ClassSizes => ({ encoder: SIZES, state: 0, classes })

export function encodeForClass(alphabet: Alphabet, text: string): Encoded {
  const half = LONGEST / 2
  return alphabet.encode(text.length <= LONGEST ? text || ' ' : text.slice(0, half) + text.slice(-half))
}

export function trainClasses(job: ClassJob, say: (line: string) => void): { tensors: Record<string, Tensor> } {
  const { alphabet } = job.foundation
  const parameters = new Parameters(new Machine(), true, job.seed)
  const model = new ClassModel(parameters, alphabet, classSizes(job.classes))
  layFoundation(parameters, job.foundation, PACE)
  const texts = job.texts.map((text) => encodeForClass(alphabet, text))
  const lengths = texts.map((text) => text.chars.length)
  let loss = 0
  let rows = 0
  for (const [i, step] of stepsOf(COURSE, lengths, job.seed).entries()) {
    loss += model.learn(step.rows, texts, job.labels, job.weights, DROPOUTS, job.seed * 1_000_000 + i * 100)
    rows += step.rows.length
    parameters.step(step.rate, step.rows.length)
    if (step.tenths === null) continue
    say(`member ${job.member + 1}: ${10 * step.tenths} %, loss ${(loss / rows).toFixed(3)}`)
    loss = rows = 0
  }
  return { tensors: packWeights(parameters, `${job.member}.`) }
}
