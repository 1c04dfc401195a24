import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type Card, decodeModel, encodeModel } from '../model-file.ts'
import { chnsenticorp, type Dataset, eprstmtDev, readRows, sentimentSets } from '../reader/datasets.ts'
import { priorCard } from './prior-card.ts'
import { priorOf } from './sentiment.ts'
import { type LabelledPair, trainPairPrior, trainPrior } from './training.ts'

/**
 * Trains the shipped priors of sentiment and of pairs and writes their card; the same data and seed give the same bytes:
 *   node src/understand/learn/prior/train-prior.ts --data ../shared/data --out models/prior [--seed 7]
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data' },
    out: { type: 'string', default: 'models/prior' },
    seed: { type: 'string', default: '7' },
  },
})
const seed = Number(values.seed)
const sets: Dataset[] = [
  ...sentimentSets(values.data),
  { id: 'chnsenticorp (train)', licence: 'none stated', rows: chnsenticorp(values.data, 'train') },
].filter((set) => set.rows.length > 0)
if (sets.length === 0) {
  process.stderr.write(`${values.data}: no training set was found there.\n`)
  process.exit(2)
}
const unlabelled = ['eprstmt/unlabelled.jsonl', 'zhejiang_opinion/unlabelled_laptop.jsonl'].flatMap((file) =>
  readRows(values.data, file).map((row) => String(row.text)),
)
const parts = trainPrior(sets, unlabelled, seed, (line) => process.stderr.write(`${line}\n`))
const about: Card = { task: 'class', tier: 'fast', seed, data: sets.map(describe), heldOut: null }
const bytes = encodeModel(about, parts)
mkdirSync(values.out, { recursive: true })
writeFileSync(path.join(values.out, 'sentiment.model'), bytes)

const pairSets = [
  { id: 'afqmc_atec', file: 'afqmc_atec/train_atec.jsonl' },
  { id: 'lcqmc (dev)', file: 'lcqmc/dev.jsonl' },
  { id: 'bustm (train)', file: 'bustm/train.jsonl' },
].map(({ id, file }) => ({ id, pairs: readPairs(file) }))
const pairs = pairSets.flatMap((set) => set.pairs)
const loosePairs = ['bustm/unlabelled.jsonl', 'bq_corpus/unlabelled_pairs.jsonl'].flatMap(readPairs)
const pairPrior = trainPairPrior(
  pairs,
  loosePairs.flatMap(({ a, b }) => [a, b]),
  seed,
)
const aboutPairs: Card = { ...about, task: 'pair', data: [] }
const pairBytes = encodeModel(aboutPairs, pairPrior.parts())
writeFileSync(path.join(values.out, 'pair.model'), pairBytes)
const auc = (rows: LabelledPair[]) => {
  const scored = rows.map(({ a, b, label }) => ({ z: pairPrior.score(a, b), label })).sort((x, y) => x.z - y.z)
  const same = scored.filter(({ label }) => label === 1).length
  let below = 0
  let won = 0
  for (const { label } of scored) {
    if (label === 1) won += below
    else below++
  }
  return won / Math.max(1, same * below)
}

const model = decodeModel(bytes)
const prior = model.ok ? priorOf(model.value) : model
if (!prior.ok) throw new Error(prior.problem.message)
const judge = (id: string, rows: Dataset['rows']) => {
  const right = rows.filter((row) => prior.value.score(row.text) > 0 === (row.label === 'positive')).length
  return { id, n: rows.length, accuracy: right / rows.length }
}
const figures = sets.map((set) => judge(`${set.id}, each text by the member that has not seen it`, set.rows))
figures.push(
  judge(
    'chnsenticorp dev, the same way (most of its texts are in online_shopping_10_cats too)',
    chnsenticorp(values.data, 'dev'),
  ),
)
figures.push(judge('eprstmt dev, the same way', eprstmtDev(values.data)))
const checksum = model.ok ? model.value.checksum : ''
writeFileSync(
  path.join(values.out, 'MODEL_CARD.md'),
  priorCard({
    seed,
    bytes: bytes.length,
    checksum,
    sets,
    unlabelled: unlabelled.length,
    figures: figures.filter((f) => f.n > 0),
    pairBytes: pairBytes.length,
    pairs: [...pairSets, { id: 'bustm (dev), no pair of it in training', pairs: readPairs('bustm/dev.jsonl') }]
      .filter((set) => set.pairs.length > 0)
      .map((set) => ({ id: set.id, n: set.pairs.length, auc: auc(set.pairs) })),
    loosePairs: loosePairs.length,
  }),
)

function describe(set: Dataset): Card['data'][number] {
  const sha256 = createHash('sha256').update(set.rows.map((row) => `${row.label}\t${row.text}`).join('\n'))
  return { name: set.id, rows: set.rows.length, labelled: set.rows.length, sha256: sha256.digest('hex') }
}

function readPairs(file: string): LabelledPair[] {
  return readRows(values.data, file).map((row) => ({
    a: String(row.text_a),
    b: String(row.text_b),
    label: Number(row.label ?? 0),
  }))
}
