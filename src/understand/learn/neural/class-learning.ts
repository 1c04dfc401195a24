import { foldOf } from '../folds.ts'
import type { Tensor } from '../task.ts'
import type { Alphabet, Encoded } from './alphabet.ts'
import { sortedBatches } from './batch.ts'
import { ClassModel } from './class-model.ts'
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

const COURSE = { read: 2_000_000, least: 2, most: 20, rate: 2e-3 }
const DROPOUTS = { input: 0.2, middle: 0.4, top: 0.5 }
/** One text in so many is held out by a member, where there are enough; looked at from this tenth of the course on. */
const HELD = 20
const ENOUGH = 800
const FIRST_LOOK = 3
/** Of a longer text the beginning and the end are read, half each. */
const LONGEST = 192

export function encodeForClass(alphabet: Alphabet, text: string): Encoded {
  const half = LONGEST / 2
  return alphabet.encode(text.length <= LONGEST ? text || ' ' : text.slice(0, half) + text.slice(-half))
}

/** A text that a member did not learn from, and what it says of it. */
export interface HeldOut {
  row: number
  p: Float64Array
}

export interface TrainedClasses {
  tensors: Record<string, Tensor>
  /** Empty where there are too few texts to hold any out. */
  held: HeldOut[]
}

/** Trains a member; of its states, the one that was least surprised by the texts held out is kept. */
export function trainClasses(job: ClassJob, say: (line: string) => void): TrainedClasses {
  const { alphabet, sizes } = job.foundation
  const parameters = new Parameters(new Machine(), true, job.seed)
  const model = new ClassModel(parameters, alphabet, { encoder: sizes, classes: job.classes })
  layFoundation(parameters, job.foundation)
  const isHeld = (text: string) => job.texts.length >= ENOUGH && foldOf(text, HELD, 'held out') === job.member
  const held = job.texts.flatMap((text, row) => (isHeld(text) ? [row] : []))
  const learned = job.texts.flatMap((text, row) => (isHeld(text) ? [] : [row]))
  const encoded = job.texts.map((text) => encodeForClass(alphabet, text))
  const lengths = encoded.map((text) => text.chars.length)
  const best = new Best(parameters)
  let loss = 0
  let rows = 0
  const steps = stepsOf(
    COURSE,
    learned.map((row) => lengths[row]!),
    job.seed,
  )
  for (const [i, step] of steps.entries()) {
    const own = step.rows.map((at) => learned[at]!)
    loss += model.learn(own, encoded, job.labels, job.weights, DROPOUTS, job.seed * 1_000_000 + i * 100)
    rows += own.length
    parameters.step(step.rate, own.length)
    if (step.tenths === null) continue
    if (held.length > 0 && step.tenths >= FIRST_LOOK) best.offer(surprise(read(model, encoded, held), job.labels))
    say(`member ${job.member + 1}: ${10 * step.tenths} %, loss ${(loss / rows).toFixed(3)}`)
    loss = rows = 0
  }
  best.restore()
  return { tensors: packWeights(parameters, `${job.member}.`), held: read(model, encoded, held) }
}

function read(model: ClassModel, texts: readonly Encoded[], rows: readonly number[]): HeldOut[] {
  const out = new Float64Array(texts.length * model.classes)
  const own = rows.map((row) => texts[row]!.chars.length)
  for (const batch of sortedBatches(own, 32, 4096))
    model.read(
      batch.map((at) => rows[at]!),
      texts,
      out,
    )
  return rows.map((row) => ({ row, p: out.slice(row * model.classes, (row + 1) * model.classes) }))
}

const surprise = (held: readonly HeldOut[], labels: readonly number[]): number =>
  held.reduce((sum, { row, p }) => sum - Math.log(Math.max(1e-9, p[labels[row]!]!)), 0)

/** Keeps the weights of the lowest value offered. */
class Best {
  #p: Parameters
  #value = Number.POSITIVE_INFINITY
  #weights: Float32Array[] = []

  constructor(p: Parameters) {
    this.#p = p
  }

  offer(value: number): void {
    if (value >= this.#value) return
    this.#value = value
    this.#weights = this.#p.all.map((parameter) => this.#p.values(parameter).slice())
  }

  restore(): void {
    for (const [i, weights] of this.#weights.entries()) this.#p.values(this.#p.all[i]!).set(weights)
  }
}
