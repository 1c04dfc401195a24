import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { corpusTexts } from './corpus.ts'
import { readTaught, writeArrays } from './encoder-arrays.ts'
import { encoderCard } from './encoder-card.ts'
import { pretrain } from './pretraining.ts'
import { encodeFoundation } from './shared-encoder.ts'

/**
 * Makes the encoder that the strong tier starts from, with its card. On the processor, in half an hour: `node …/train-encoder.ts --data
 * ../shared/data`. The shipped one was taught on a graphics card: `--write DIR`, `train_encoder.py DIR`, `--from DIR`.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    out: { type: 'string', default: 'models/encoder' },
    seed: { type: 'string', default: '7' },
    write: { type: 'string' },
    from: { type: 'string' },
  },
})
const sets = corpusTexts(values.data)
const texts = sets.flatMap((part) => part.texts)
if (texts.length === 0) throw new Error(`there is no text in ${values.data}: name the folder of the public data sets`)
if (values.write) {
  mkdirSync(values.write, { recursive: true })
  writeArrays(values.write, texts)
} else {
  const seed = Number(values.seed)
  const taught = values.from
    ? { ...readTaught(values.from, texts), card: true }
    : { ...pretrain(texts, seed, (line) => console.error(line)), seed, card: false }
  const file = encodeFoundation(taught.foundation, taught.figures)
  mkdirSync(values.out, { recursive: true })
  writeFileSync(path.join(values.out, 'encoder.weights'), file)
  writeFileSync(path.join(values.out, 'README.md'), encoderCard({ ...taught, bytes: file.length, sets }))
}
