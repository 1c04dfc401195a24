import { createHash } from 'node:crypto'
import { z } from 'zod'
import { fail, ok, type Result } from '../../core/result.ts'
import { type Json, type Parts, type Tensor, taskIds, tiers } from './task.ts'

/**
 * A model is one file that holds data and no code: `DAYM`, a version, the length of a JSON header, the header (card, the task's own
 * header, the list of tensors), the tensors, each beginning at a multiple of 8, and the SHA-256 of all before it.
 * Little-endian, as every machine that Node runs on.
 */
const kinds = {
  i8: Int8Array,
  u8: Uint8Array,
  i16: Int16Array,
  u16: Uint16Array,
  i32: Int32Array,
  u32: Uint32Array,
  f32: Float32Array,
  f64: Float64Array,
} as const
type Kind = keyof typeof kinds

const scores = z.object({
  main: z.object({ name: z.string(), value: z.number() }),
  measures: z.record(z.string(), z.number()),
  perClass: z.array(
    z.object({ label: z.string(), precision: z.number(), recall: z.number(), f1: z.number(), n: z.number() }),
  ),
  confusions: z.array(z.object({ gold: z.string(), said: z.string(), n: z.number() })),
})

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
      interval: z.object({ low: z.number(), high: z.number() }),
      /** The main figure after learning from this many rows. */
      curve: z.array(z.object({ rows: z.number(), value: z.number() })),
      /** Expected calibration error of the confidences, 0–1, where answers have one. */
      calibrationError: z.number().nullable(),
    })
    .nullable(),
})
export type Card = z.infer<typeof card>

const header = z.object({
  card,
  header: z.json(),
  tensors: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(Object.keys(kinds) as [Kind, ...Kind[]]),
      at: z.number().int().min(0),
      length: z.number().int().min(0),
    }),
  ),
})

export interface Model extends Parts {
  card: Card
  /** Twelve hex digits of the file's checksum. */
  checksum: string
}

const MAGIC = 'DAYM'
const VERSION = 1
const DIGEST = 32
const ALIGN = 8

export function encodeModel(about: Card, parts: Parts): Buffer {
  let at = 0
  const tensors = Object.entries(parts.tensors).map(([name, tensor]) => {
    const place = { name, kind: kindOf(tensor), at, length: tensor.length }
    at = aligned(at + tensor.byteLength)
    return place
  })
  const json = Buffer.from(JSON.stringify({ card: about, header: parts.header, tensors }))
  const start = aligned(12 + json.length)
  const file = Buffer.alloc(start + at + DIGEST)
  file.write(MAGIC, 'latin1')
  file.writeUInt32LE(VERSION, 4)
  file.writeUInt32LE(json.length, 8)
  json.copy(file, 12)
  for (const place of tensors) {
    const tensor = parts.tensors[place.name]!
    file.set(new Uint8Array(tensor.buffer, tensor.byteOffset, tensor.byteLength), start + place.at)
  }
  createHash('sha256')
    .update(file.subarray(0, -DIGEST))
    .digest()
    .copy(file, file.length - DIGEST)
  return file
}

/** Reads a model file; a broken file, or one of another kind or version, is a problem that says which. */
export function decodeModel(file: Uint8Array): Result<Model> {
  const data = Buffer.from(file)
  if (data.length < 12 + DIGEST || data.toString('latin1', 0, 4) !== MAGIC)
    return bad('this is not a model that "daystar learn" wrote', 'name the file given to learn --out')
  const version = data.readUInt32LE(4)
  if (version !== VERSION)
    return bad(`the file has version ${version}, this release reads version ${VERSION}`, 'learn it again')
  const digest = createHash('sha256').update(data.subarray(0, -DIGEST)).digest()
  if (!digest.equals(data.subarray(-DIGEST)))
    return bad('its checksum does not match, the file is damaged or cut short', 'restore it, or learn it again')
  const end = 12 + data.readUInt32LE(8)
  const parsed = end <= data.length - DIGEST ? parseHeader(data.toString('utf8', 12, end)) : null
  if (!parsed) return bad('its header cannot be read', 'learn it again')
  const tensors: Record<string, Tensor> = {}
  for (const { name, kind, at, length } of parsed.tensors) {
    const from = aligned(end) + at
    const to = from + length * kinds[kind].BYTES_PER_ELEMENT
    if (to > data.length - DIGEST) return bad(`its part "${name}" is longer than the file`, 'learn it again')
    tensors[name] = new kinds[kind](Uint8Array.from(data.subarray(from, to)).buffer)
  }
  return ok({
    card: parsed.card,
    header: parsed.header as Json,
    tensors,
    checksum: digest.toString('hex').slice(0, 12),
  })
}

function parseHeader(text: string): z.infer<typeof header> | null {
  try {
    return header.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

const bad = (what: string, remedy: string) =>
  fail({ code: 'model_unusable', message: `The model cannot be used: ${what}.`, remedy })

const aligned = (length: number): number => Math.ceil(length / ALIGN) * ALIGN

function kindOf(tensor: Tensor): Kind {
  const found = Object.entries(kinds).find(([, kind]) => tensor instanceof kind)
  if (!found) throw new Error(`a tensor of the kind ${Object.prototype.toString.call(tensor)} cannot be written`)
  return found[0] as Kind
}
