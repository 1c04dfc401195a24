import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'
import { foldText } from '../../text.ts'
import { Alphabet } from './alphabet.ts'
import type { EncoderSizes } from './encoder.ts'
import { Machine } from './machine.ts'
import { packWeights } from './packing.ts'
import { Parameters } from './parameters.ts'
import { isHeldOut } from './pretraining.ts'
import type { Foundation } from './shared-encoder.ts'
import { Stack } from './stack.ts'

/** Writes texts as train_encoder.py takes them: folded units one after the other, the texts' lengths, which are held out, the alphabet, and the kind of word of each unit. */
export function writeArrays(dir: string, texts: readonly string[]): void {
  const alphabet = Alphabet.forEncoder(texts)
  const lengths = Uint32Array.from(texts, (text) => text.length)
  const units = new Uint16Array(lengths.reduce((sum, n) => sum + n, 0))
  const tags = new Uint8Array(units.length)
  const kinds = new Map<string, number>()
  const jieba = Jieba.withDict(dict)
  let at = 0
  for (const text of texts) {
    units.set(foldText(text).subarray(0, text.length), at)
    for (const { word, tag } of jieba.tag(text, true)) {
      const key = tag.slice(0, 2)
      const kind = kinds.get(key) ?? kinds.size
      kinds.set(key, kind)
      // The first unit of a word and the others are told apart.
      tags.fill(2 * kind + 1, at, at + word.length)
      tags[at] = 2 * kind
      at += word.length
    }
  }
  const arrays = {
    'units.u16': units,
    'lengths.u32': lengths,
    'held.u8': Uint8Array.from(texts, (text) => +isHeldOut(text)),
    'alphabet.u16': alphabet.units,
    'pairs.u32': alphabet.pairs,
    'tags.u8': tags,
  }
  for (const [name, { buffer, byteOffset, byteLength }] of Object.entries(arrays))
    writeFileSync(path.join(dir, name), Buffer.from(buffer, byteOffset, byteLength))
}

interface Left {
  sizes: EncoderSizes
  seed: number
  arrays: [string, number][]
  figures: { characters: number; heldOut: number; bits: number; passes: number }
}

/** What train_encoder.py left in `dir`, its weights packed. */
export function readTaught(
  dir: string,
  texts: readonly string[],
): { foundation: Foundation; seed: number; figures: Left['figures'] } {
  const { sizes, seed, arrays, figures } = JSON.parse(readFileSync(path.join(dir, 'encoder.json'), 'utf8')) as Left
  const file = readFileSync(path.join(dir, 'encoder.f32'))
  const floats = new Float32Array(new Uint8Array(file).buffer)
  const alphabet = Alphabet.forEncoder(texts)
  const parameters = new Parameters(new Machine(), true, 0)
  new Stack(parameters, alphabet, sizes)
  let at = 0
  for (const [i, [name, size]] of arrays.entries()) {
    const parameter = parameters.all[i]
    if (parameter?.name !== name || parameter.size !== Math.ceil(size / 4) * 4)
      throw new Error(`${dir} is not of these texts: its array ${name} of ${size} numbers has no place`)
    parameters.values(parameter).set(floats.subarray(at, at + size))
    at += size
  }
  return { foundation: { alphabet, sizes, weights: packWeights(parameters, '') }, seed, figures }
}
