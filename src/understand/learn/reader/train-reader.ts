import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { foldOf, normalised } from '../folds.ts'
import { emotionRows, type Row, sentimentSets } from './datasets.ts'
import { evaluateReader, restrict } from './evaluation.ts'
import { modelCard } from './model-card.ts'
import { type Material, trainWeights } from './training.ts'

/**
 * Trains the reader's weights:
 *   node src/understand/learn/reader/train-reader.ts --data ../shared/data --out models/reader [--seed 7]
 *     [--exclude-fold K/N | --hold-out FILE] [--no-card]
 * A run on all rows also measures and writes MODEL_CARD.md; a run without a part writes its weights alone.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    out: { type: 'string', default: 'models/reader' },
    seed: { type: 'string', default: '7' },
    'exclude-fold': { type: 'string' },
    'hold-out': { type: 'string' },
    'no-card': { type: 'boolean', default: false },
  },
})

const keep = keptRows(values['exclude-fold'], values['hold-out'])
const sets = sentimentSets(values.data)
const emotion = [...emotionRows(values.data, 'usual_train'), ...emotionRows(values.data, 'virus_train')]
const whole: Material = { sentiment: sets, emotion }
if (sets.every((set) => set.rows.length === 0)) stop(`${values.data}: no training set was found there.`)
const seed = Number(values.seed)
const file = path.join(values.out, `reader${keep ? `.${keep.name}` : ''}.weights`)

mkdirSync(values.out, { recursive: true })
const bytes = trainWeights(keep ? restrict(whole, keep.keeps) : whole, seed)
writeFileSync(file, bytes)
process.stderr.write(`${file}: ${bytes.length} bytes\n`)
if (!keep && !values['no-card']) {
  const figures = evaluateReader(values.data, whole, seed, (line) => process.stderr.write(`${line}\n`))
  const checksum = createHash('sha256').update(bytes.subarray(0, -32)).digest('hex').slice(0, 12)
  const command = 'node src/understand/learn/reader/train-reader.ts --data ../shared/data --out models/reader'
  const card = modelCard({ command, seed, bytes: bytes.length, checksum, sets, emotionRows: emotion.length, figures })
  writeFileSync(path.join(values.out, 'MODEL_CARD.md'), card)
}

function keptRows(fold: string | undefined, holdOut: string | undefined) {
  if (fold) {
    const [k, n] = fold.split('/').map(Number)
    if (k === undefined || n === undefined || !(n >= 2 && k >= 0 && k < n))
      stop('--exclude-fold takes K/N, such as 0/5.')
    return { name: `without-${k}-of-${n}`, keeps: (row: Row) => foldOf(row.text, n) !== k }
  }
  if (!holdOut) return null
  const lines = readFileSync(holdOut, 'utf8').split('\n').filter(Boolean)
  const held = new Set(lines.map((line) => normalised(String((JSON.parse(line) as { text: unknown }).text))))
  return { name: 'held-out', keeps: (row: Row) => !held.has(normalised(row.text)) }
}

function stop(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(2)
}
