import { foldOf } from '../folds.ts'
import { Alphabet, type Encoded } from './alphabet.ts'
import { shuffledBatches, sortedBatches } from './batch.ts'
import { Encoder, SIZES } from './encoder.ts'
import { LanguageModel } from './language-model.ts'
import { Machine } from './machine.ts'
import { packWeights } from './packing.ts'
import { Parameters } from './parameters.ts'
import type { Foundation } from './shared-encoder.ts'

/** Texts are read in pieces of this many UTF-16 units. */
const PIECE = 128
const ROWS = 64
const CELLS = 2048
const RATE = 3e-3
const WARMING = 200
/** Steps in all, and how many of them at the end bring the rate to nothing: two thirds of a pass over the public sets, which is what half an hour allows. */
const STEPS = 4400
const COOLING = 1200
/** One text in so many is not learned from, to measure on. */
const HELD_OUT = 100

export const isHeldOut = (text: string): boolean => foldOf(text, HELD_OUT, 'encoder') === 0

export interface Pretrained {
  foundation: Foundation
  figures: { characters: number; heldOut: number; bits: number; passes: number }
}

/** Trains an encoder as a language model over the texts, to the same bytes by texts and seed. */
export function pretrain(texts: string[], seed: number, say: (line: string) => void): Pretrained {
  const alphabet = Alphabet.forEncoder(texts)
  const parameters = new Parameters(new Machine(), true, seed)
  const encoder = new Encoder(parameters, alphabet, SIZES)
  const model = new LanguageModel(parameters, encoder)
  const held = texts.filter(isHeldOut).flatMap((text) => pieces(alphabet, text))
  const learned = texts.filter((text) => !isHeldOut(text)).flatMap((text) => pieces(alphabet, text))
  const lengths = learned.map((piece) => piece.chars.length)
  const characters = lengths.reduce((sum, n) => sum + n, 0)
  say(`${characters} characters, alphabet ${alphabet.size}, bigrams ${alphabet.pairs.length}`)
  const pass = shuffledBatches(lengths, ROWS, CELLS, seed * 1000)
  const plans = pass.slice(0, STEPS)
  let nats = 0
  let told = 0
  for (const [i, rows] of plans.entries()) {
    const part = model.run(rows, learned, true)
    parameters.step(rateAt(i, plans.length, pass.length), part.told)
    nats += part.nats
    told += part.told
    if ((i + 1) % 250 === 0) {
      say(`${i + 1} / ${plans.length}: ${bits(nats, told)} bits a character`)
      nats = told = 0
    }
  }
  const passes = Number((plans.length / pass.length).toFixed(2))
  const figures = { characters, heldOut: held.length, bits: measure(model, held), passes }
  say(`held out: ${figures.bits} bits a character`)
  return { foundation: { alphabet, sizes: SIZES, weights: packWeights(parameters, '', isEncoder) }, figures }
}

/** Falls slowly, as if it had the whole pass, then to nothing in the last steps. */
function rateAt(i: number, steps: number, pass: number): number {
  const slow = (at: number) => 0.02 + 0.98 * (1 - at / pass)
  const bend = steps - COOLING
  if (i < bend || bend < WARMING) return RATE * Math.min(1, (i + 1) / WARMING) * slow(i)
  return RATE * slow(bend) * (1 - (i - bend) / COOLING)
}

const isEncoder = (name: string): boolean => name.startsWith('encoder.')

const bits = (nats: number, told: number): number => Number((nats / told / Math.LN2).toFixed(4))

function measure(model: LanguageModel, texts: Encoded[]): number {
  let nats = 0
  let told = 0
  for (const rows of sortedBatches(
    texts.map((text) => text.chars.length),
    ROWS,
    CELLS,
  )) {
    const part = model.run(rows, texts, false)
    nats += part.nats
    told += part.told
  }
  return bits(nats, told)
}

function pieces(alphabet: Alphabet, text: string): Encoded[] {
  const all: Encoded[] = []
  for (let at = 0; at < text.length; at += PIECE) all.push(alphabet.encode(text, at, Math.min(text.length, at + PIECE)))
  return all
}
