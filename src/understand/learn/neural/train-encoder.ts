import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { corpusTexts } from './corpus.ts'
import { encoderCard } from './encoder-card.ts'
import { packWeights } from './packing.ts'
import { pretrain } from './pretraining.ts'
import { encodeFoundation, isEncoder } from './shared-encoder.ts'

/** Trains the encoder that the strong tier starts from, and writes it with its card: `node …/train-encoder.ts --data ../shared/data`. */
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    out: { type: 'string', default: 'models/encoder' },
    seed: { type: 'string', default: '7' },
  },
})
const seed = Number(values.seed)
const sets = corpusTexts(values.data)
const texts = sets.flatMap((part) => part.texts)
if (texts.length === 0) throw new Error(`there is no text in ${values.data}: name the folder of the public data sets`)
const { parameters, encoder, figures } = pretrain(texts, seed, (line) => console.error(line))
const weights = packWeights(parameters, '', isEncoder)
const file = encodeFoundation({ alphabet: encoder.alphabet, weights }, figures)
mkdirSync(values.out, { recursive: true })
writeFileSync(path.join(values.out, 'encoder.weights'), file)
const facts = { seed, bytes: file.length, sets, figures, alphabet: encoder.alphabet }
writeFileSync(path.join(values.out, 'README.md'), encoderCard(facts))
