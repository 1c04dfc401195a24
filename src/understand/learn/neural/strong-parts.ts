import { z } from 'zod'
import { ok, type Result } from '../../../core/result.ts'
import type { Json, Parts, Tensor } from '../task.ts'
import { unusable } from '../tensor-file.ts'
import { encoderSizes } from './shared-encoder.ts'
import { type ClassReader, openClasses, type StrongClasses } from './strong-classes.ts'
import { openRelations, type RelationReader, type StrongRelations } from './strong-relations.ts'

/** Before the names of the strong tier's arrays in a model file. */
const PREFIX = 'strong/'

/** A task's parts with what its strong tier learnt beside them: under `strong` in the header, and named arrays. */
export function withStrong(parts: Parts, strong: StrongClasses | StrongRelations): Parts {
  const own = Object.entries(strong.tensors).map(([name, tensor]) => [`${PREFIX}${name}`, tensor] as const)
  return {
    header: { ...(parts.header as { [key: string]: Json }), strong: strong.header as unknown as Json },
    tensors: { ...parts.tensors, ...Object.fromEntries(own) },
  }
}

const classHeader = z.object({
  encoder: encoderSizes,
  classes: z.number().int().min(2),
  members: z.number().int().min(1).max(8),
  trust: z.object({ fast: z.number(), strong: z.number() }),
})

const relationHeader = z.object({
  encoder: encoderSizes,
  heads: z.array(z.number().int().min(1).max(10_000)),
  crossing: z.boolean(),
  members: z.number().int().min(1).max(8),
  least: z.number(),
})

/** The strong reader of classes in a task's parts; null where the model is of the fast tier. */
export function strongClasses(parts: Parts): Result<ClassReader | null> {
  const json = strongHeader(parts)
  if (json === undefined) return ok(null)
  const header = classHeader.safeParse(json)
  return header.success ? openClasses({ header: header.data, tensors: strongTensors(parts) }) : unfit()
}

/** The strong reader of linked spans in a task's parts; null where the model is of the fast tier. */
export function strongRelations(parts: Parts): Result<RelationReader | null> {
  const json = strongHeader(parts)
  if (json === undefined) return ok(null)
  const header = relationHeader.safeParse(json)
  return header.success ? openRelations({ header: header.data, tensors: strongTensors(parts) }) : unfit()
}

const strongHeader = ({ header }: Parts): Json | undefined => (header as { [key: string]: Json } | null)?.strong

const unfit = (): Result<never> => unusable('its header of the strong tier cannot be read')

function strongTensors({ tensors }: Parts): Record<string, Tensor> {
  const own = Object.entries(tensors).filter(([name]) => name.startsWith(PREFIX))
  return Object.fromEntries(own.map(([name, tensor]) => [name.slice(PREFIX.length), tensor]))
}
