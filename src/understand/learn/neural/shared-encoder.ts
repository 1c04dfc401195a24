import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { ok, type Result } from '../../../core/result.ts'
import type { Tensor } from '../task.ts'
import { decodeTensorFile, encodeTensorFile, type FileKind, unusable } from '../tensor-file.ts'
import { Alphabet } from './alphabet.ts'
import { type EncoderSizes, SIZES } from './encoder.ts'
import { unpackWeights } from './packing.ts'
import type { Parameters } from './parameters.ts'

/** An alphabet and, where they were trained on texts beforehand, the weights of an encoder over it and of the layer over that. */
export interface Foundation {
  alphabet: Alphabet
  sizes: EncoderSizes
  /** Packed arrays of `encoder.*` and `upper.*`; null where training starts from random numbers. */
  weights: Record<string, Tensor> | null
}

const SHIPPED = new URL('../../../../models/encoder/encoder.weights', import.meta.url)

const kind: FileKind = {
  magic: 'DAYE',
  version: 1,
  bad: unusable,
  foreign: { what: 'this is not an encoder that this product trained', remedy: 'restore models/encoder' },
}

/** The encoder that ships with the product; without the file, an alphabet of the texts at hand and random weights. */
export function foundation(texts: readonly string[]): Foundation {
  if (!existsSync(SHIPPED)) return { alphabet: Alphabet.of(texts, 2, 3, 40_000), sizes: SIZES, weights: null }
  const shipped = decodeFoundation(readFileSync(SHIPPED))
  if (!shipped.ok) throw new Error(shipped.problem.message)
  return shipped.value
}

export const encodeFoundation = ({ alphabet, sizes, weights }: Foundation, figures: object): Buffer =>
  encodeTensorFile(kind, { sizes, figures }, { ...alphabetTensors(alphabet), ...weights })

function decodeFoundation(file: Uint8Array): Result<Foundation> {
  const read = decodeTensorFile(kind, file)
  if (!read.ok) return read
  const alphabet = alphabetFrom(read.value.tensors)
  if (!alphabet.ok) return alphabet
  const sizes = encoderSizes.safeParse(read.value.json.sizes)
  if (!sizes.success) return unusable('its sizes cannot be read')
  return ok({ alphabet: alphabet.value, sizes: sizes.data, weights: read.value.tensors })
}

const width = z.number().int().min(8).max(1024).multipleOf(8)
/** Those of files from before sizes were written are the usual ones. */
export const encoderSizes = z.object({ char: width, bigram: width, state: width, upper: width }).default(SIZES)

/** How fast tables that were learnt beforehand go on learning: a task's few texts hold few of their rows. */
const TABLES_PACE = 0.3

/** Puts a foundation's weights, if it has any, into the parts of a network that it has weights for. */
export function layFoundation(p: Parameters, { weights }: Foundation): void {
  if (!weights) return
  const isKnown = (name: string) => name in weights
  const laid = unpackWeights(p, '', weights, isKnown)
  if (!laid.ok) throw new Error(laid.problem.message)
  for (const parameter of p.all) if (isKnown(parameter.name) && parameter.width > 0) parameter.pace = TABLES_PACE
}

export function alphabetTensors({ units, pairs }: Alphabet): Record<string, Tensor> {
  return { 'alphabet.units': units, 'alphabet.pairs': pairs }
}

export function alphabetFrom(tensors: Record<string, Tensor>): Result<Alphabet> {
  const units = tensors['alphabet.units']
  const pairs = tensors['alphabet.pairs']
  if (units instanceof Uint16Array && pairs instanceof Uint32Array) return ok(new Alphabet(units, pairs))
  return unusable('it has no alphabet')
}
