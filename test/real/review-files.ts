import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** The folder of public sets beside the clone. It is no part of the repository: tests over it skip where it is absent. */
export const dataFolder = path.resolve(import.meta.dirname, '../../../shared/data')
export const hasData = existsSync(path.join(dataFolder, 'online_shopping_10_cats'))

export interface Review {
  text: string
  category: string
  /** 1 recommended, 0 not; a set without labels has none. */
  label?: number
}

type Json = Record<string, unknown>

const readLines = (file: string): Json[] =>
  readFileSync(path.join(dataFolder, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Json)

/** 50,662 reviews of ten kinds of goods with the buyer's verdict as 0 or 1. */
export const shopReviews = (): Review[] =>
  ['train_1', 'train_2']
    .flatMap((part) => readLines(`online_shopping_10_cats/${part}.jsonl`))
    .map((row) => ({ text: String(row.text), category: String(row.category), label: Number(row.label) }))

const domains: Record<string, string> = { makeup: '化妆品', makeup_round1: '化妆品', laptop: '笔记本' }

/** 23,361 reviews of make-up and laptops, without any rating: the labelled ones (whose labels are not read) and the unlabelled. */
export const opinionReviews = (): Review[] =>
  ['train', 'unlabelled_laptop']
    .flatMap((part) => readLines(`zhejiang_opinion/${part}.jsonl`))
    .map((row) => ({ text: String(row.text), category: domains[String(row.domain)]! }))

/** The reviews as a shop would export them. */
export function reviewsCsv(reviews: readonly Review[]): string {
  const labelled = reviews.some((review) => review.label !== undefined)
  const rows = reviews.map(({ text, category, label }) =>
    labelled ? [category, String(label ?? ''), quoted(text)] : [category, quoted(text)],
  )
  return [labelled ? ['cat', 'label', 'review'] : ['cat', 'review'], ...rows]
    .map((row) => `${row.join(',')}\r\n`)
    .join('')
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

/** What the command line is told about each file. The labels are the outcome; the sets name no day, so one is set. */
export const shopOptions = ['--set', 'at=2026-01-01,ratingMin=0,ratingMax=1']
export const opinionOptions = ['--set', 'at=2026-01-01']

/** The orders of olist: readers' verdicts on the text (`votes_*`) give the answer away and are left out. */
export const ordersFile = path.join(dataFolder, 'olist_classified/orders.csv')
export const ordersMap =
  'at=review_creation_date,text=review_comment_message,rating=review_score,category=product_category_name,city=customer_city,' +
  'order.id=id,order.orderedAt=order_purchase_timestamp,order.promisedAt=order_estimated_delivery_date,' +
  'order.deliveredAt=order_delivered_customer_date,order.amount=order_products_value,' +
  'order.facts.freight=order_freight_value,order.facts.items=order_items_qty,order.facts.sellers=order_sellers_qty'
export const ordersIgnore = 'votes_*,most_voted_*'
export const ordersZone = 'America/Sao_Paulo'
export const ordersOptions = [
  ...['--zone', ordersZone, '--set', 'order.currency=BRL'],
  ...['--ignore', ordersIgnore, '--map', ordersMap],
]
