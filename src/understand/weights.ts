import { createHash } from 'node:crypto'
import { emotions } from '../core/reading.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { array, Misfit, number, oneOf, type Shaped, strictObject, string, whole } from '../core/shape.ts'

/**
 * The reader's weights file: `DAYW`, a version, the length of a JSON header, the header, the int8 weights of the sentiment
 * classifier (2^bits), those of the emotion classifier (2^bits × classes, classes together), and the SHA-256 of all before it.
 */
const header = strictObject({
  trained: string(),
  sentiment: strictObject({
    bits: whole(8, 22),
    scale: number,
    bias: number,
    /** Calibration: p = σ(logit · a + lexicon · b + c). */
    a: number,
    b: number,
    c: number,
  }),
  emotion: strictObject({
    bits: whole(8, 20),
    scale: number,
    classes: array(oneOf(emotions)),
    biases: array(number),
  }),
})
export type WeightsHeader = Shaped<typeof header>

export interface Weights extends WeightsHeader {
  /** Twelve hex digits of the file's checksum: part of the engine's version. */
  checksum: string
  sentimentWeights: Int8Array
  emotionWeights: Int8Array
}

const MAGIC = 'DAYW'
const VERSION = 1
const DIGEST = 32

export function encodeWeights(meta: WeightsHeader, sentiment: Int8Array, emotion: Int8Array): Buffer {
  const json = Buffer.from(JSON.stringify(meta))
  const head = Buffer.alloc(12)
  head.write(MAGIC, 'latin1')
  head.writeUInt32LE(VERSION, 4)
  head.writeUInt32LE(json.length, 8)
  const body = Buffer.concat([head, json, bytes(sentiment), bytes(emotion)])
  return Buffer.concat([body, createHash('sha256').update(body).digest()])
}

const bytes = (weights: Int8Array) => Buffer.from(weights.buffer, weights.byteOffset, weights.length)

/** Reads a weights file; a file of another kind, version, length or checksum is a problem that says so. */
export function decodeWeights(file: Uint8Array): Result<Weights> {
  const data = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  const bad = (what: string) =>
    fail({
      code: 'weights_unusable',
      message: `The reader's weights cannot be used: ${what}.`,
      remedy:
        'Restore the file or train it again (node src/understand/learn/reader/train-reader.ts); until then the packs alone read.',
    })
  if (data.length < 12 + DIGEST || data.toString('latin1', 0, 4) !== MAGIC) return bad('this is not a weights file')
  const version = data.readUInt32LE(4)
  if (version !== VERSION) return bad(`the file has version ${version}, this release reads version ${VERSION}`)
  const body = data.subarray(0, data.length - DIGEST)
  const digest = createHash('sha256').update(body).digest()
  if (!digest.equals(data.subarray(data.length - DIGEST)))
    return bad('its checksum does not match, the file is damaged')
  const jsonEnd = 12 + data.readUInt32LE(8)
  const meta = header(JSON.parse(data.toString('utf8', 12, jsonEnd)))
  if (meta instanceof Misfit) return bad(`its header is not one: ${meta.at.join('.')} ${meta.reason}`)
  const split = jsonEnd + 2 ** meta.sentiment.bits
  if (split + 2 ** meta.emotion.bits * meta.emotion.classes.length !== body.length) return bad('its length is wrong')
  const slice = (from: number, to: number) => new Int8Array(data.buffer, data.byteOffset + from, to - from)
  return ok({
    ...meta,
    checksum: digest.toString('hex').slice(0, 12),
    sentimentWeights: slice(jsonEnd, split),
    emotionWeights: slice(split, body.length),
  })
}
