import { fromLocal } from '../../../core/clock.ts'
import { markOf, numberOf, rowOf, timeOf } from '../../cells/cells.ts'
import { type JsonObject, objectAt, objectsAt } from '../../decode/fields.ts'
import { textOfHtml } from '../../decode/html.ts'
import { defineEitherSource } from '../../source/either-source.ts'
import type { Item, ReadContext } from '../../source/item.ts'
import { leave, mapped } from '../../source/mapping.ts'
import type { Row } from '../../source/table-source.ts'
import { replyOf, thread, titled } from '../../talk/thread.ts'

const mapping = mapped({
  'voice.id': ['review_id', 'id'],
  'voice.text': ['title', 'review_title', 'body', 'reply'],
  'voice.rating': 'rating',
  'voice.at': ['review_date', 'created_at', 'reply_date'],
  'voice.productId': ['product_id', 'product_external_id', 'product_handle'],
  'voice.facts.product_handle': 'product_handle',
  'product.title': 'product_title',
  'voice.facts.shop_reply': 'reply',
  'voice.facts.curated': 'curated',
  'voice.facts.source': 'source',
  'voice.facts.location': 'location',
  'voice.facts.verified': ['verified', 'verified_buyer'],
  'voice.facts.pictures': ['picture_urls', 'pictures[].**'],
})
const leftOut = [
  ...leave('个人信息', 'personal', 'reviewer_name', 'reviewer_email', 'reviewer_id', 'ip_address', 'reviewer.**'),
  ...leave(
    '店铺后台的标记',
    'marks of the shop’s own administration',
    'metaobject_handle',
    'featured',
    'hidden',
    'pinned',
    'sku',
    'published',
    'has_published_pictures',
    'has_published_videos',
    'updated_at',
  ),
]

export const judgeme = defineEitherSource({
  id: 'judgeme',
  zh: 'Judge.me 评价',
  en: 'Judge.me reviews',
  shelf: 'review',
  describe: {
    zh: 'Judge.me 导出的评价 CSV，或 API 与推送的 JSON。日期是“… UTC”或文档规定的 dd/mm/yyyy（日在前）；商家回复有 reply_date 的记为客服，没有时间的随评价保存。评价人的姓名和邮箱不保存。',
    en: 'Judge.me’s review CSV, or the JSON of its API and webhooks. Dates are “… UTC”, or dd/mm/yyyy with the day first, as Judge.me documents. The shop’s reply is an agent’s where it has a reply_date, else it is kept with its review. Reviewers’ names and e-mail addresses are not kept.',
  },
  json: {
    unwrap: (document) => {
      const one = objectAt(document, 'review')
      return one ? [one] : Array.isArray(document.reviews) ? objectsAt(document, 'reviews') : [document]
    },
    requires: ['id', 'rating', 'body|title', 'created_at', 'product_external_id|product_handle|reviewer'],
    mapping,
    leftOut,
    read: (review, context) => read(flat(review), context),
  },
  table: { requires: ['body', 'rating', 'review_date', 'product_id|product_handle'], mapping, leftOut, read },
})

/** With its pictures as a table has them: their addresses in one cell. */
function flat(review: JsonObject): Row {
  const pictures = objectsAt(review, 'pictures')
  return rowOf(pictures.length > 0 ? { ...review, picture_urls: pictures.map(() => 'picture').join(',') } : review)
}

function read(row: Row, { zone }: ReadContext): Item[] {
  const own = row('review_id', 'id')?.trim()
  const id = own && `judgeme-${own}`
  const productId = row('product_id', 'product_external_id', 'product_handle')
  const title = row('product_title')
  const text = titled(row('title', 'review_title'), row('body'))
  const reply = row('reply')
  return [
    ...(productId !== undefined && title !== undefined ? [{ product: { id: productId, title } }] : []),
    ...thread(
      {
        id,
        text: text && textOfHtml(text),
        rating: numberOf(row('rating')),
        at: momentOf(row('review_date', 'created_at'), zone),
        productId,
        facts: {
          product_handle: row('product_handle'),
          curated: row('curated'),
          source: row('source'),
          location: row('location'),
          verified: verifiedOf(row('verified', 'verified_buyer')),
          pictures: row('picture_urls')?.split(',').length,
        },
      },
      replyOf(id && `${id}.reply`, reply && textOfHtml(reply), momentOf(row('reply_date'), zone)),
    ),
  ]
}

/** A yes or no, or how it was verified: `buyer`, `email`, `nothing`. */
const verifiedOf = (cell: string | undefined): boolean | string | undefined => markOf(cell) ?? cell

const DAY_FIRST = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:[ ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/

/** `2026-02-10 15:30:40 UTC`, or `10/02/2026` with the day first, local to `zone`. */
function momentOf(cell: string | undefined, zone: string): unknown {
  const text = cell?.trim()
  if (text === undefined) return undefined
  const match = DAY_FIRST.exec(text)
  if (!match) return timeOf(text, zone)
  const [day, month, year, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0))
  const onCalendar = new Date(Date.UTC(year!, month! - 1, day!)).getUTCMonth() === month! - 1
  return onCalendar && month! <= 12 ? fromLocal(zone, [year!, month!, day!, hour!, minute!, second!]) : text
}
