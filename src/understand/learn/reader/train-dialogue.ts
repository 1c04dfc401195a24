import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { dialogueReader, type Turn } from '../../dialogue.ts'
import { loadReader } from '../../reader.ts'
import { type DialogueFeatures, type DialogueHead, featureNames, valueBy } from '../../satisfaction.ts'
import { foldOf } from '../folds.ts'
import { readRows } from './datasets.ts'

/**
 * Trains and measures the head that tells satisfaction from a conversation:
 *   node src/understand/learn/reader/train-dialogue.ts --data ../shared/data --out models/reader
 * Ridge regression on standardised figures; every figure printed is of conversations that the head did not see.
 */
const { values } = parseArgs({
  options: { data: { type: 'string', default: '../shared/data' }, out: { type: 'string', default: 'models/reader' } },
})

interface Rated {
  id: string
  features: DialogueFeatures
  /** 0 to 1. */
  satisfaction: number
}

const FOLDS = 5
const RIDGE = 20
const MOST_WEIGHT = 3

const dialogues = dialogueReader(loadReader(), null)
const helpdesk = readRows(values.data, 'dch1_helpdesk_zh/train.jsonl').flatMap((row) => {
  const turns = (row.turns as { sender: string; text: string }[]).map(({ sender, text }) =>
    turnOf(sender === 'customer', text),
  )
  return rated(String(row.id), turns, ((row.satisfaction as { mean: number }).mean + 2) / 4)
})
const shop = readRows(values.data, 'jddc_uss/dialogues.jsonl').flatMap((row) => {
  const turns = (row.turns as { role: string; text: string }[]).map(({ role, text }) => turnOf(role === 'user', text))
  return rated(String(row.id), turns, Number(row.overall_satisfaction) / 2)
})
if (helpdesk.length === 0) {
  process.stderr.write(`${values.data}: no rated conversations were found there.\n`)
  process.exit(2)
}

const both = [helpdesk, shop]
const [onHelpdesk, onShop] = crossValidated(both)
const figures = [
  measured('dch1_helpdesk_zh, 5 folds of both sets', helpdesk, onHelpdesk!),
  measured('dch1_helpdesk_zh, 5 folds of its own', helpdesk, crossValidated([helpdesk])[0]!),
  measured(
    'dch1_helpdesk_zh, without a head',
    helpdesk,
    helpdesk.map(({ features }) => plain(features)),
  ),
  ...(shop.length === 0
    ? []
    : [
        measured('jddc_uss, 5 folds of both sets', shop, onShop!),
        measured('jddc_uss, 5 folds of its own', shop, crossValidated([shop])[0]!),
        measured('jddc_uss, trained on dch1_helpdesk_zh alone', shop, withHead(trained([helpdesk]), shop)),
        measured(
          'jddc_uss, without a head',
          shop,
          shop.map(({ features }) => plain(features)),
        ),
      ]),
]
for (const figure of figures) console.log(figure)
const about = `Trained on ${helpdesk.length} conversations of dch1_helpdesk_zh and ${shop.length} of jddc_uss. ${figures.join(' ')}`
const confidence = calibrated([...helpdesk, ...shop], [...onHelpdesk!, ...onShop!])
const whole: DialogueHead = { about, ...trained(both), confidence }
writeFileSync(path.join(values.out, 'dialogue.json'), `${JSON.stringify(whole, null, 2)}\n`)

function turnOf(isCustomer: boolean, text: string): Turn {
  return { speaker: isCustomer ? 'customer' : 'agent', text }
}

function rated(id: string, turns: Turn[], satisfaction: number): Rated[] {
  const features = dialogues.features(turns)
  return features ? [{ id, features, satisfaction }] : []
}

function plain({ meanScore, lastScore, resolvedAtEnd, unresolvedAtEnd }: DialogueFeatures): number {
  return 0.5 + 0.2 * meanScore + 0.2 * lastScore + 0.1 * resolvedAtEnd - 0.1 * unresolvedAtEnd
}

/**
 * Ridge regression by the normal equations over all sets together: public complaints are rated lower than a shop's chats, and the figures
 * (length, turns) tell the two apart. The sets weigh alike up to a factor.
 */
function trained(sets: readonly (readonly Rated[])[]): Pick<DialogueHead, 'intercept' | 'features'> {
  const filled = sets.filter((rows) => rows.length > 0)
  const rows = filled.flat()
  const largest = Math.max(...filled.map((set) => set.length))
  const weights = filled.flatMap((set) => set.map(() => Math.min(MOST_WEIGHT, largest / set.length)))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const centred = (of: (row: Rated) => number) => {
    const column = rows.map(of)
    const mean = column.reduce((sum, value, i) => sum + value * weights[i]!, 0) / total
    return { mean, column: column.map((value) => value - mean) }
  }
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, i) => sum + value * b[i]! * weights[i]!, 0)
  const target = centred(({ satisfaction }) => satisfaction)
  const scaled = featureNames.map((name) => {
    const { mean, column } = centred(({ features }) => features[name])
    const deviation = Math.sqrt(average(column.map((value) => value ** 2))) || 1
    return { name, mean, deviation, column: column.map((value) => value / deviation) }
  })
  const matrix = scaled.map((a, i) => scaled.map((b, k) => dot(a.column, b.column) + (i === k ? RIDGE : 0)))
  const solved = solve(
    matrix,
    scaled.map(({ column }) => dot(column, target.column)),
  )
  const features = Object.fromEntries(
    scaled.map(({ name, mean, deviation }, i) => [
      name,
      { mean: rounded(mean), deviation: rounded(deviation), weight: rounded(solved[i]!) },
    ]),
  ) as DialogueHead['features']
  return { intercept: rounded(target.mean), features }
}

/** Gaussian elimination with pivots. */
function solve(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!])
  const n = rows.length
  for (let i = 0; i < n; i++) {
    const pivot = rows
      .slice(i)
      .reduce((best, row, k) => (Math.abs(row[i]!) > Math.abs(rows[best]![i]!) ? i + k : best), i)
    ;[rows[i], rows[pivot]] = [rows[pivot]!, rows[i]!]
    for (let k = 0; k < n; k++) {
      if (k === i) continue
      const factor = rows[k]![i]! / rows[i]![i]!
      for (let c = i; c <= n; c++) rows[k]![c]! -= factor * rows[i]![c]!
    }
  }
  return rows.map((row, i) => row[n]! / row[i]!)
}

/** Each conversation by a head that did not see its fold, set by set. */
function crossValidated(sets: readonly (readonly Rated[])[]): number[][] {
  const heads = Array.from({ length: FOLDS }, (_, fold) =>
    trained(sets.map((rows) => rows.filter(({ id }) => foldOf(id, FOLDS) !== fold))),
  )
  return sets.map((rows) => rows.map(({ id, features }) => valueBy(heads[foldOf(id, FOLDS)]!, features)))
}

function withHead(head: Pick<DialogueHead, 'intercept' | 'features'>, rows: readonly Rated[]): number[] {
  return rows.map(({ features }) => valueBy(head, features))
}

/** How often the side of 0.5 is right at a distance from it, as a logistic curve fitted by gradient descent. */
function calibrated(rows: readonly Rated[], predicted: readonly number[]): DialogueHead['confidence'] {
  const points = rows
    .map(({ satisfaction }, i) => ({
      margin: Math.abs(predicted[i]! - 0.5),
      right: satisfaction > 0.5 === predicted[i]! > 0.5,
    }))
    .filter((_, i) => rows[i]!.satisfaction !== 0.5)
  const fitted = { slope: 5, base: 0 }
  for (let round = 0; round < 3000; round++) {
    let [slope, base] = [0, 0]
    for (const { margin, right } of points) {
      const error = 1 / (1 + Math.exp(-fitted.slope * margin - fitted.base)) - (right ? 1 : 0)
      slope += error * margin
      base += error
    }
    fitted.slope -= (20 * slope) / points.length
    fitted.base -= base / points.length
  }
  return { slope: rounded(fitted.slope), base: rounded(fitted.base) }
}

function measured(split: string, rows: readonly Rated[], predicted: readonly number[]): string {
  const actual = rows.map(({ satisfaction }) => satisfaction)
  const sided = actual.flatMap((value, i) => (value === 0.5 ? [] : [{ high: value > 0.5, guess: predicted[i]! }]))
  const accuracy = average(sided.map(({ high, guess }) => (high === guess > 0.5 ? 1 : 0)))
  const most = Math.max(
    average(sided.map(({ high }) => (high ? 1 : 0))),
    average(sided.map(({ high }) => (high ? 0 : 1))),
  )
  const error = average(actual.map((value, i) => Math.abs(value - predicted[i]!)))
  return `${split}: n ${rows.length}, correlation ${correlation(actual, predicted).toFixed(3)}, mean error ${error.toFixed(3)} of 1; side of the middle right ${(accuracy * 100).toFixed(1)} % of ${sided.length} (the larger side ${(most * 100).toFixed(1)} %), area under the curve ${area(sided).toFixed(3)}.`
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [average(a), average(b)]
  const product = average(a.map((value, i) => (value - meanA) * (b[i]! - meanB)))
  const spread = (values: readonly number[], mean: number) =>
    Math.sqrt(average(values.map((value) => (value - mean) ** 2)))
  return product / (spread(a, meanA) * spread(b, meanB))
}

/** The share of pairs of a high and a low one that the guess puts in order. */
function area(rows: readonly { high: boolean; guess: number }[]): number {
  const [high, low] = [rows.filter((row) => row.high), rows.filter((row) => !row.high)]
  let ordered = 0
  for (const a of high) for (const b of low) ordered += a.guess > b.guess ? 1 : a.guess === b.guess ? 0.5 : 0
  return ordered / (high.length * low.length)
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}

function rounded(value: number): number {
  return Math.round(value * 1e5) / 1e5
}
