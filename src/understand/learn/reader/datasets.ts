import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** One labelled text. For sentiment the label is `positive` or `negative`. */
export interface Row {
  text: string
  label: string
  category?: string
}

export interface Dataset {
  id: string
  /** What the source states; "none stated" means that the original owners' terms apply. */
  licence: string
  rows: Row[]
}

type Json = Record<string, unknown>

/** Reads a JSON Lines file of the data folder; an absent file is an empty set, so that a part of the data can be trained on. */
export function readRows(dir: string, file: string): Json[] {
  const full = path.join(dir, file)
  if (!existsSync(full)) return []
  return readFileSync(full, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Json)
}

/** Document sentiment of many kinds of reviews; each set's texts whose parts disagree are left out. */
export function sentimentSets(dir: string): Dataset[] {
  const set = (id: string, licence: string, rows: Row[]): Dataset => {
    return { id, licence, rows: rows.filter((row) => row.label === 'positive' || row.label === 'negative') }
  }
  const read = (id: string, part = 'train') => readRows(dir, `${id}/${part}.jsonl`)
  const research = 'repository MIT, data for research under the original licences'
  return [
    set(
      'online_shopping_10_cats',
      'none stated',
      ['train_1', 'train_2'].flatMap((part) => read('online_shopping_10_cats', part)).map(byNumber),
    ),
    set('waimai_10k', 'none stated', read('waimai_10k').map(byNumber)),
    set('eprstmt (train)', 'none stated for the data', read('eprstmt').map(byName)),
    set('zhejiang_opinion', 'none stated (competition data)', byParts(read('zhejiang_opinion'), 'quads')),
    set('chinese_aste_reviews (train)', research, byParts(read('chinese_aste_reviews'), 'triplets')),
    set('chinese_absa_4domains', research, byParts(read('chinese_absa_4domains'), 'aspects')),
    set('semeval2014_absa', 'research use', byParts(read('semeval2014_absa'), 'aspects')),
    set('ecommerce_absa_en_tv_tshirt', 'research use', byParts(read('ecommerce_absa_en_tv_tshirt'), 'aspects')),
    set(
      'womens_clothing_en',
      'none stated in the copy (a Kaggle set: see its page)',
      byRating(read('womens_clothing_en')),
    ),
    set('amazon_alexa_en', 'none stated', byRating(read('amazon_alexa_en'))),
  ]
}

/** ChnSentiCorp, whose book, computer and hotel texts online_shopping_10_cats mostly holds too. */
export const chnsenticorp = (dir: string, part: 'train' | 'dev'): Row[] =>
  readRows(dir, `chnsenticorp/${part}.jsonl`).map(byNumber)

export const eprstmtDev = (dir: string): Row[] => readRows(dir, 'eprstmt/dev.jsonl').map(byName)

/** Weibo posts with an emotion; their "neutral" is our "none". */
export const emotionRows = (dir: string, file: 'usual_train' | 'virus_train' | 'usual_dev'): Row[] =>
  readRows(dir, `smp2020_emotion/${file}.jsonl`).map((row) => ({
    text: String(row.text),
    label: row.label === 'neutral' ? 'none' : String(row.label),
  }))

const byNumber = (row: Json): Row => ({
  text: String(row.text),
  label: row.label === 1 ? 'positive' : 'negative',
  ...(row.category ? { category: String(row.category) } : {}),
})

const byName = (row: Json): Row => ({ text: String(row.text), label: String(row.label).toLowerCase() })

const POLARITY: Record<string, string> = {
  正面: 'positive',
  负面: 'negative',
  positive: 'positive',
  negative: 'negative',
}

function byParts(rows: Json[], field: string): Row[] {
  return rows.flatMap((row) => {
    const labels = new Set((row[field] as { polarity: string }[]).map((part) => POLARITY[part.polarity] ?? 'other'))
    return labels.size === 1
      ? [{ text: String(row.text), label: [...labels][0]!, category: String(row.domain ?? '') }]
      : []
  })
}

/** Four and five stars praise, one and two complain; three say neither. */
const byRating = (rows: Json[]): Row[] =>
  rows.map((row) => {
    const rating = Number(row.rating)
    return { text: String(row.text), label: rating >= 4 ? 'positive' : rating <= 2 ? 'negative' : 'other' }
  })
