import { ok, type Result } from '../../../core/result.ts'
import type { Tensor } from '../task.ts'
import { sortedBatches } from './batch.ts'
import { classSizes, encodeForClass } from './class-learning.ts'
import { ClassModel } from './class-model.ts'
import { Machine } from './machine.ts'
import { trainMembers } from './members.ts'
import { unpackWeights } from './packing.ts'
import { Parameters } from './parameters.ts'
import { alphabetFrom, alphabetTensors, foundation } from './shared-encoder.ts'

const MEMBERS = 2
const ROWS = 32
const CELLS = 2048

/** What the strong tier keeps of a task of classes. */
export interface StrongClasses {
  header: { classes: number; members: number }
  tensors: Record<string, Tensor>
}

/** Learns to tell the classes (numbers from 0) of texts; `weights` says how much each row counts. */
export async function learnClasses(
  rows: { texts: string[]; labels: number[]; weights: number[]; classes: number },
  options: { seed: number; say(line: string): void },
): Promise<StrongClasses> {
  const base = foundation(rows.texts)
  const jobs = Array.from({ length: MEMBERS }, (_, member) => {
    return { kind: 'classes' as const, ...rows, foundation: base, member, seed: options.seed + member }
  })
  const members = await trainMembers(jobs, options.say)
  const tensors = Object.assign(alphabetTensors(base.alphabet), ...members.map((member) => member.tensors))
  return { header: { classes: rows.classes, members: MEMBERS }, tensors }
}

export interface ClassReader {
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
    models.push(new ClassModel(parameters, alphabet.value, classSizes(header.classes)))
    const laid = unpackWeights(parameters, `${member}.`, tensors)
    if (!laid.ok) return laid
  }
  return ok({
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
