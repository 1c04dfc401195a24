import { z } from 'zod'
import { ok, type Result } from '../../../core/result.ts'
import type { Parts } from '../task.ts'
import { unusable } from '../tensor-file.ts'
import type { Classifier } from './classifier.ts'
import { MOST_BLOCKS } from './grams.ts'
import { outputsOf } from './scorer.ts'

const classifierHeader = z.object({
  classes: z.number().int().min(2),
  lengths: z.array(z.number()).min(1).max(MOST_BLOCKS),
  scales: z.array(z.number()),
  biases: z.array(z.number()),
  sideWidth: z.number().int().min(0),
  slopes: z.array(z.number()),
  favours: z.array(z.number()),
})

/** A classifier as a header and two tensors whose names begin with `name`. */
export function classifierParts(name: string, { hashes, weights, ...header }: Classifier): Parts {
  return { header, tensors: { [`${name}.hashes`]: hashes, [`${name}.weights`]: weights } }
}

/** The classifier out of a model's header and tensors; a problem where they do not fit together. */
export function classifierOf(name: string, header: unknown, tensors: Parts['tensors']): Result<Classifier> {
  const parsed = classifierHeader.safeParse(header)
  const hashes = tensors[`${name}.hashes`]
  const weights = tensors[`${name}.weights`]
  if (!parsed.success || !(hashes instanceof Uint32Array) || !(weights instanceof Int8Array)) return broken(name)
  const { classes, scales, biases, sideWidth, slopes, favours } = parsed.data
  const outputs = outputsOf(classes)
  const fits =
    weights.length === hashes.length * outputs &&
    scales.length === outputs &&
    biases.length === outputs &&
    favours.length === classes &&
    (slopes.length === 0 || slopes.length === outputs * sideWidth)
  return fits ? ok({ ...parsed.data, hashes, weights }) : broken(name)
}

const broken = (name: string) => unusable(`its part "${name}" is missing or does not fit together`)
