import { createHash } from 'node:crypto'
import { z } from 'zod'
import { fail, ok, type Result } from '../../core/result.ts'
import type { Tensor } from './task.ts'

/**
 * A file of named arrays under a JSON header: four letters that say what it is, a version, the length of the header, the header (with the
 * list of arrays), the arrays, each beginning at a multiple of 8, and the SHA-256 of all before it. Data and no code.
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

const listed = z.looseObject({
  tensors: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(Object.keys(kinds) as [Kind, ...Kind[]]),
      at: z.number().int().min(0),
      length: z.number().int().min(0),
    }),
  ),
})

/** What a kind of file is called by its first letters and its version, and how its problems are told. */
export interface FileKind {
  magic: string
  version: number
  /** The problem of a file that is not of this kind: what is wrong and what to do. */
  bad(what: string, remedy: string): Result<never>
  foreign: { what: string; remedy: string }
}

export interface TensorFile {
  /** The header without its list of arrays. */
  json: Record<string, unknown>
  tensors: Record<string, Tensor>
  /** Twelve hex digits of the file's checksum. */
  checksum: string
}

const DIGEST = 32
const ALIGN = 8

export function encodeTensorFile(kind: FileKind, json: object, arrays: Record<string, Tensor>): Buffer {
  let at = 0
  const tensors = Object.entries(arrays).map(([name, tensor]) => {
    const place = { name, kind: kindOf(tensor), at, length: tensor.length }
    at = aligned(at + tensor.byteLength)
    return place
  })
  const header = Buffer.from(JSON.stringify({ ...json, tensors }))
  const start = aligned(12 + header.length)
  const file = Buffer.alloc(start + at + DIGEST)
  file.write(kind.magic, 'latin1')
  file.writeUInt32LE(kind.version, 4)
  file.writeUInt32LE(header.length, 8)
  header.copy(file, 12)
  for (const place of tensors) {
    const tensor = arrays[place.name]!
    file.set(new Uint8Array(tensor.buffer, tensor.byteOffset, tensor.byteLength), start + place.at)
  }
  createHash('sha256')
    .update(file.subarray(0, -DIGEST))
    .digest()
    .copy(file, file.length - DIGEST)
  return file
}

/** Reads such a file; a broken one, or one of another kind or version, is a problem that says which. */
export function decodeTensorFile({ magic, version, bad, foreign }: FileKind, file: Uint8Array): Result<TensorFile> {
  const data = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  if (data.length < 12 + DIGEST || data.toString('latin1', 0, 4) !== magic) return bad(foreign.what, foreign.remedy)
  const found = data.readUInt32LE(4)
  if (found !== version) return bad(`the file has version ${found}, this release reads version ${version}`, AGAIN)
  const digest = createHash('sha256').update(data.subarray(0, -DIGEST)).digest()
  if (!digest.equals(data.subarray(-DIGEST)))
    return bad('its checksum does not match, the file is damaged or cut short', 'restore it, or learn it again')
  const end = 12 + data.readUInt32LE(8)
  const parsed = end <= data.length - DIGEST ? parseHeader(data.toString('utf8', 12, end)) : null
  if (!parsed) return bad('its header cannot be read', AGAIN)
  const { tensors: places, ...json } = parsed
  const tensors: Record<string, Tensor> = {}
  for (const { name, kind, at, length } of places) {
    const from = aligned(end) + at
    const to = from + length * kinds[kind].BYTES_PER_ELEMENT
    if (to > data.length - DIGEST) return bad(`its part "${name}" is longer than the file`, AGAIN)
    // The file's own bytes, where numbers may begin there: a copy of a large model beside it costs memory.
    const found = data.subarray(from, to)
    const bytes = found.byteOffset % ALIGN === 0 ? found : new Uint8Array(found)
    tensors[name] = new kinds[kind](bytes.buffer as ArrayBuffer, bytes.byteOffset, length)
  }
  return ok({ json, tensors, checksum: digest.toString('hex').slice(0, 12) })
}

const AGAIN = 'learn it again'

function parseHeader(text: string): z.infer<typeof listed> | null {
  try {
    return listed.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/** A problem with a model, as all its readers tell it. */
export const unusable = (what: string, remedy = 'Learn it again.'): Result<never> =>
  fail({ code: 'model_unusable', message: `The model cannot be used: ${what}.`, remedy })

const aligned = (length: number): number => Math.ceil(length / ALIGN) * ALIGN

function kindOf(tensor: Tensor): Kind {
  const found = Object.entries(kinds).find(([, kind]) => tensor instanceof kind)
  if (!found) throw new Error(`a tensor of the kind ${Object.prototype.toString.call(tensor)} cannot be written`)
  return found[0] as Kind
}
