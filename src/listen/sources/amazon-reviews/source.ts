import { fromLocal } from '../../../core/clock.ts'
import { markOf, numberOf, rowOf } from '../../cells/cells.ts'
import { isObject, type JsonObject, textAt, valueAt } from '../../decode/fields.ts'
import { msOf, timeAt } from '../../decode/times.ts'
import type { Item } from '../../source/item.ts'
import { defineJsonSource } from '../../source/json-source.ts'
import { leave, mapped } from '../../source/mapping.ts'
import { wordsUnder } from './headline.ts'

export const amazonReviews = defineJsonSource({
  id: 'amazon-reviews',
  zh: 'Amazon 评论（JSON）',
  en: 'Amazon reviews (JSON lines)',
  shelf: 'review',
  describe: {
    zh: 'Amazon 评论数据集的 JSON 行：2014、2018（reviewerID、overall、unixReviewTime）与 2023（rating、title、timestamp 毫秒）三代都行。标题与正文合成一段；Amazon 自动填的“Five Stars”标题不算顾客的话。时间按 UTC 读。',
    en: 'JSON lines of the Amazon review data sets: 2014 and 2018 (reviewerID, overall, unixReviewTime) and 2023 (rating, title, timestamp in milliseconds). Headline and body are one text; a headline such as “Five Stars”, which Amazon filled in, is not the customer’s. Times are UTC.',
  },
  requires: ['asin|parent_asin', 'overall|rating', 'unixReviewTime|reviewTime|timestamp'],
  mapping: mapped({
    'voice.text': ['summary', 'reviewText', 'title', 'text'],
    'voice.rating': ['overall', 'rating'],
    'voice.at': ['unixReviewTime', 'reviewTime', 'timestamp'],
    'voice.productId': ['asin', 'parent_asin'],
    'voice.customerRef': ['reviewerID', 'user_id'],
    'voice.category': 'category',
    'voice.facts.parent_asin': 'parent_asin',
    'voice.facts.helpful': ['helpful[]', 'vote', 'helpful_vote'],
    'voice.facts.helpful_of': 'helpful[]',
    'voice.facts.verified': ['verified', 'verified_purchase'],
    'voice.facts.style': 'style.**',
    'voice.facts.images': ['image', 'image[]', 'images[].**'],
    'voice.facts.default_headline': ['summary', 'title'],
  }),
  leftOut: leave('评论人的名字', 'the reviewer’s name', 'reviewerName'),
  read,
})

function read(review: JsonObject): Item[] {
  const row = rowOf(review)
  const { text, default_headline } = wordsUnder(row('summary', 'title'), row('reviewText', 'text'))
  const helpful = valueAt(review, 'helpful')
  const [up, of] = Array.isArray(helpful) ? helpful : []
  return [
    {
      voice: {
        text,
        rating: numberOf(row('overall', 'rating')),
        at: momentOf(review),
        productId: row('asin', 'parent_asin'),
        customerRef: row('reviewerID', 'user_id'),
        category: row('category'),
        facts: {
          parent_asin: row('parent_asin'),
          helpful: typeof up === 'number' ? up : numberOf(row('vote', 'helpful_vote')),
          helpful_of: of,
          verified: markOf(row('verified', 'verified_purchase')),
          style: styleOf(review),
          images: imagesOf(review),
          default_headline,
        },
      },
    },
  ]
}

/** Seconds in the older sets, milliseconds in the newest; `02 28, 2014` is month, day and year. */
function momentOf(review: JsonObject): unknown {
  const epoch = valueAt(review, 'unixReviewTime')
  if (typeof epoch === 'number') return epoch > 1e11 ? epoch : epoch * 1_000
  const stamp = valueAt(review, 'timestamp')
  if (typeof stamp === 'number') return msOf(stamp)
  const written = textAt(review, 'reviewTime')
  const match = written && /^(\d{1,2}) (\d{1,2}), ?(\d{4})$/.exec(written.trim())
  if (!match) return written ?? timeAt(review, 'timestamp', 'UTC')
  const [month, day, year] = match.slice(1).map(Number)
  return fromLocal('UTC', [year!, month!, day!, 0, 0, 0])
}

function styleOf(review: JsonObject): string | undefined {
  const style = valueAt(review, 'style')
  if (!isObject(style)) return textAt(review, 'style')
  const pairs = Object.entries(style).map(([name, value]) => `${name.replace(/:$/, '')}: ${String(value).trim()}`)
  return pairs.join('、') || undefined
}

function imagesOf(review: JsonObject): number | undefined {
  const lists = [valueAt(review, 'images'), valueAt(review, 'image')].filter(Array.isArray)
  return lists.find((list) => list.length > 0)?.length
}
