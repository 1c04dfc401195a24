import { z } from 'zod'
import { ok, type Result } from '../../core/result.ts'
import { type Json, type Parts, taskIds, tiers } from './task.ts'
import { decodeTensorFile, encodeTensorFile, type FileKind, unusable } from './tensor-file.ts'

/** A model is one file that holds data and no code: a card, the task's own header, the tensors. */
const kind: FileKind = {
  magic: 'DAYM',
  version: 1,
  bad: unusable,
  foreign: { what: 'this is not a model that "daystar learn" wrote', remedy: 'name the file given to learn --out' },
}

const scores = z.object({
  main: z.object({ name: z.string(), value: z.number() }),
  measures: z.record(z.string(), z.number()),
  perClass: z.array(
    z.object({ label: z.string(), precision: z.number(), recall: z.number(), f1: z.number(), n: z.number() }),
  ),
  confusions: z.array(z.object({ gold: z.string(), said: z.string(), n: z.number() })),
})

const interval = z.object({ low: z.number(), high: z.number() })

const card = z.object({
  task: z.enum(taskIds),
  tier: z.enum(tiers),
  seed: z.number(),
  /** The files it learnt from: their names, lines, labelled lines and SHA-256. */
  data: z.array(z.object({ name: z.string(), rows: z.number(), labelled: z.number(), sha256: z.string() })),
  /** How well it does on rows that the model measured had not seen; null where there were too few rows to hold any out. */
  heldOut: z
    .object({
      rows: z.number(),
      how: z.string(),
      scores,
      interval,
      /** Of each class's F1. */
      classIntervals: z.record(z.string(), interval).default({}),
      /** The main figure after learning from this many rows. */
      curve: z.array(z.object({ rows: z.number(), value: z.number() })),
      /** Expected calibration error of the confidences, 0–1, where answers have one. */
      calibrationError: z.number().nullable(),
    })
    .nullable(),
})
export type Card = z.infer<typeof card>

const header = z.object({ card, header: z.json() })

export interface Model extends Parts {
  card: Card
  /** Twelve hex digits of the file's checksum. */
  checksum: string
}

export const encodeModel = (about: Card, parts: Parts): Buffer =>
  encodeTensorFile(kind, { card: about, header: parts.header }, parts.tensors)

/** Reads a model file; a broken file, or one of another kind or version, is a problem that says which. */
export function decodeModel(file: Uint8Array): Result<Model> {
  const read = decodeTensorFile(kind, file)
  if (!read.ok) return read
  const { tensors, checksum } = read.value
  const parsed = header.safeParse(read.value.json)
  if (!parsed.success) return unusable('its header cannot be read')
  return ok({ card: parsed.data.card, header: parsed.data.header as Json, tensors, checksum })
}
