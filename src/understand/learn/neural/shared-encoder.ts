import { existsSync, readFileSync } from 'node:fs'
import { ok, type Result } from '../../../core/result.ts'
import type { Tensor } from '../task.ts'
import { decodeTensorFile, encodeTensorFile, type FileKind, unusable } from '../tensor-file.ts'
import { Alphabet } from './alphabet.ts'
import { unpackWeights } from './packing.ts'
import type { Parameters } from './parameters.ts'

/** An alphabet and, where it was trained on texts beforehand, the weights of an encoder over it. */
export interface Foundation {
  alphabet: Alphabet
  /** Packed arrays of `encoder.*`; null where training starts from random numbers. */
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
  if (!existsSync(SHIPPED)) return { alphabet: Alphabet.of(texts, 2, 3, 40_000), weights: null }
  const shipped = decodeFoundation(readFileSync(SHIPPED))
  if (!shipped.ok) throw new Error(shipped.problem.message)
  return shipped.value
}

export const encodeFoundation = ({ alphabet, weights }: Foundation, figures: object): Buffer =>
  encodeTensorFile(kind, { figures }, { ...alphabetTensors(alphabet), ...weights })

function decodeFoundation(file: Uint8Array): Result<Foundation> {
  const read = decodeTensorFile(kind, file)
  if (!read.ok) return read
  const alphabet = alphabetFrom(read.value.tensors)
  return alphabet.ok ? ok({ alphabet: alphabet.value, weights: read.value.tensors }) : alphabet
}

export const isEncoder = (name: string): boolean => name.startsWith('encoder.')

/** Puts a foundation's weights, if it has any, into a network's encoder, which then learns at `pace`. */
export function layFoundation(p: Parameters, { weights }: Foundation, pace: number): void {
  if (!weights) return
  const laid = unpackWeights(p, '', weights, isEncoder)
  if (!laid.ok) throw new Error(laid.problem.message)
  for (const parameter of p.all) if (isEncoder(parameter.name)) parameter.pace = pace
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
