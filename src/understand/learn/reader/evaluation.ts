import type { Mention } from '../../../core/reading.ts'
import { Classifier } from '../../classifier.ts'
import { loadReader, type Reader } from '../../reader.ts'
import { foldText } from '../../text.ts'
import { decodeWeights } from '../../weights.ts'
import { foldOf, normalised } from '../folds.ts'
import { chnsenticorp, emotionRows, eprstmtDev, type Row, readRows } from './datasets.ts'
import { type Material, trainWeights } from './training.ts'

/** A figure with what it was measured on. */
export interface Figure {
  task: string
  split: string
  n: number
  measures: Record<string, number>
}

const FOLDS = 5
// Where ChnSentiCorp and online_shopping_10_cats overlap.
const SHARED_CATEGORIES = ['书籍', '计算机', '酒店']

/** Every figure of the model card: each trains its own weights, without the texts that it is measured on. */
export function evaluateReader(data: string, material: Material, seed: number, say: (line: string) => void): Figure[] {
  const figures: Figure[] = []
  const add = (...more: Figure[]) => {
    for (const figure of more) say(`${figure.task} · ${figure.split}: ${JSON.stringify(figure.measures)}`)
    figures.push(...more)
  }
  const shopping = material.sentiment.find((set) => set.id === 'online_shopping_10_cats')?.rows ?? []
  const scored: Scored[] = []
  for (let fold = 0; fold < FOLDS; fold++) {
    const outside = (row: Row) => foldOf(row.text, FOLDS) !== fold
    const reader = loadReader({ weights: trainWeights(restrict(material, outside), seed) })
    scored.push(
      ...score(
        reader,
        shopping.filter((row) => !outside(row)),
      ),
    )
    if (fold === 0) add(...aspectFigures(data, reader, 'fold 0 of 5, weights without it'))
  }
  const alone = loadReader({ weightsFile: null })
  add(...sentimentFigures('online_shopping_10_cats, 5 folds, each read by weights without it', scored))
  add(...sentimentFigures('online_shopping_10_cats, packs alone', score(alone, shopping)).slice(0, 1))
  add(...aspectFigures(data, alone, 'fold 0 of 5, packs alone'))
  add(...devFigures(data, material, seed, alone))
  return figures
}

function devFigures(data: string, material: Material, seed: number, alone: Reader): Figure[] {
  const eprstmt = eprstmtDev(data)
  const usual = emotionRows(data, 'usual_dev')
  const unseen = new Set([...eprstmt, ...usual].map((row) => normalised(row.text)))
  const main = trainWeights(
    restrict(material, (row) => !unseen.has(normalised(row.text))),
    seed,
  )
  const dev = chnsenticorp(data, 'dev')
  const devTexts = new Set(dev.map((row) => normalised(row.text)))
  const disjoint: Material = {
    ...material,
    sentiment: [
      ...material.sentiment.map((set) => ({
        ...set,
        rows: set.rows.filter((row) => !SHARED_CATEGORIES.includes(row.category ?? '')),
      })),
      { id: 'chnsenticorp', rows: chnsenticorp(data, 'train').filter((row) => !devTexts.has(normalised(row.text))) },
    ],
  }
  const other = loadReader({ weights: trainWeights(disjoint, seed) })
  return [
    ...sentimentFigures(
      'chnsenticorp dev; trained on its train part and the sets below without online_shopping books, computers and hotels',
      score(other, dev),
    ).slice(0, 1),
    ...sentimentFigures('chnsenticorp dev, packs alone', score(alone, dev)).slice(0, 1),
    ...sentimentFigures('eprstmt dev', score(loadReader({ weights: main }), eprstmt)).slice(0, 1),
    ...sentimentFigures('eprstmt dev, packs alone', score(alone, eprstmt)).slice(0, 1),
    emotionFigure(main, usual),
  ]
}

export const restrict = (material: Material, keep: (row: Row) => boolean): Material => ({
  sentiment: material.sentiment.map((set) => ({ ...set, rows: set.rows.filter(keep) })),
  emotion: material.emotion.filter(keep),
})

interface Scored {
  category: string
  label: string
  predicted: string
}

/** A two-class label has no "mixed": the side of the score decides. */
const score = (reader: Reader, rows: Row[]): Scored[] =>
  rows.map((row) => ({
    category: row.category ?? '',
    label: row.label,
    predicted: reader.read(row).score > 0 ? 'positive' : 'negative',
  }))

function sentimentFigures(split: string, rows: Scored[]): Figure[] {
  if (rows.length === 0) return []
  const figure = (name: string, part: Scored[]): Figure => ({
    task: 'document sentiment',
    split: name,
    n: part.length,
    measures: { accuracy: accuracy(part), macroF1: macroF1(part, ['positive', 'negative']) },
  })
  const categories = [...new Set(rows.map((row) => row.category))].filter(Boolean)
  const parts = categories.map((category) =>
    figure(
      `${split}: ${category}`,
      rows.filter((row) => row.category === category),
    ),
  )
  return [figure(split, rows), ...parts]
}

function emotionFigure(weights: Buffer, rows: Row[]): Figure {
  const decoded = decodeWeights(weights)
  if (!decoded.ok) throw new Error(decoded.problem.message)
  const classifier = new Classifier(decoded.value)
  const results = rows.map((row) => ({
    label: row.label,
    predicted: classifier.emotion(foldText(row.text), 0, row.text.length).emotion,
  }))
  return {
    task: 'emotion (classifier alone, six classes)',
    split: 'smp2020_emotion usual_dev',
    n: rows.length,
    measures: { accuracy: accuracy(results), macroF1: macroF1(results, [...decoded.value.emotion.classes]) },
  }
}

const accuracy = (rows: { label: string; predicted: string }[]): number =>
  round(rows.filter((row) => row.label === row.predicted).length / Math.max(1, rows.length))

function macroF1(rows: { label: string; predicted: string }[], classes: string[]): number {
  const scores = classes.map((name) => {
    const hit = rows.filter((row) => row.label === name && row.predicted === name).length
    const said = rows.filter((row) => row.predicted === name).length
    const true_ = rows.filter((row) => row.label === name).length
    return said + true_ === 0 ? 0 : (2 * hit) / (said + true_)
  })
  return round(scores.reduce((sum, value) => sum + value, 0) / classes.length)
}

// The data set's categories in terms of our aspects; "overall" and "other" have no counterpart.
const CATEGORIES: Record<string, string> = {
  delivery_speed: '物流',
  delivery_service: '物流',
  order_accuracy: '物流',
  price: '价格',
  value: '价格',
  promotion: '价格',
  gift_accessory: '价格',
  packaging: '包装',
  smell: '气味',
  authenticity: '真伪',
  service: '服务',
  aftersale_service: '服务',
  size_fit: '尺寸',
  effect: '功效',
  shade: '功效',
  staying_power: '功效',
  coverage: '功效',
  removal: '功效',
  skin_feel: '使用体验',
  safety: '使用体验',
  acne: '使用体验',
  freshness: '新鲜度',
  appearance: '外观',
  speed: '硬件&性能',
  screen: '硬件&性能',
  battery: '硬件&性能',
  cooling: '硬件&性能',
  noise: '硬件&性能',
  sound: '硬件&性能',
  crashes: '硬件&性能',
  keys: '硬件&性能',
  ports: '硬件&性能',
  software: '软件&性能',
}

interface Quad {
  category: string
  polarity: string
}

/** Aspect with polarity, as sets per review: what share of those found is right, and what share of the right ones is found. */
function aspectFigures(data: string, reader: Reader, split: string): Figure[] {
  const rows = readRows(data, 'zhejiang_opinion/train.jsonl').filter((row) => foldOf(String(row.text), FOLDS) === 0)
  if (rows.length === 0) return []
  const known = new Set(Object.values(CATEGORIES))
  let hit = 0
  let found = 0
  let labelled = 0
  for (const row of rows) {
    const gold = new Set(
      (row.quads as Quad[])
        .filter(({ category, polarity }) => known.has(category) && polarity !== '中性')
        .map(({ category, polarity }) => `${category} ${polarity === '正面' ? 'positive' : 'negative'}`),
    )
    const { mentions } = reader.read({ text: String(row.text), category: String(row.domain) })
    const said = new Set(mentions.filter(isPolar).map((mention) => `${CATEGORIES[mention.aspect]} ${mention.polarity}`))
    for (const key of said) if (gold.has(key)) hit++
    found += said.size
    labelled += gold.size
  }
  const precision = hit / found
  const recall = hit / labelled
  const f1 = (2 * precision * recall) / (precision + recall)
  const measures = { precision: round(precision), recall: round(recall), f1: round(f1) }
  return [{ task: 'aspect with polarity, per review', split: `zhejiang_opinion, ${split}`, n: rows.length, measures }]
}

const isPolar = (mention: Mention): boolean =>
  CATEGORIES[mention.aspect] !== undefined && (mention.polarity === 'positive' || mention.polarity === 'negative')

const round = (value: number): number => Math.round(value * 10_000) / 10_000
