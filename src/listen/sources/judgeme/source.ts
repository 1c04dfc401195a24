import { fromLocal } from '../../../core/clock.ts'
import { textOfHtml } from '../../decode/html.ts'
import { markOf, numberOf, timeOf } from '../cells.ts'
import type { Item, ReadContext } from '../item.ts'
import { leave, mapped } from '../mapping.ts'
import { defineTableSource, type Row } from '../table-source.ts'
import { replyOf, thread, titled } from '../thread.ts'

export const judgeme = defineTableSource({
  id: 'judgeme',
  zh: 'Judge.me 评价',
  en: 'Judge.me reviews',
  shelf: 'review',
  describe: {
    zh: 'Judge.me 导出的评价 CSV。日期是“… UTC”或文档规定的 dd/mm/yyyy（日在前）；商家回复有 reply_date 的记为客服，没有时间的随评价保存。评价人的姓名和邮箱不保存。',
    en: 'Judge.me’s review CSV. Dates are “… UTC”, or dd/mm/yyyy with the day first, as Judge.me documents. The shop’s reply is an agent’s where it has a reply_date, else it is kept with its review. Reviewers’ names and e-mail addresses are not kept.',
  },
  requires: ['body', 'rating', 'review_date', 'product_id|product_handle'],
  mapping: mapped({
    'voice.id': ['review_id', 'id'],
    'voice.text': ['title', 'review_title', 'body', 'reply'],
    'voice.rating': 'rating',
    'voice.at': ['review_date', 'reply_date'],
    'voice.productId': ['product_id', 'product_handle'],
    'voice.facts.product_handle': 'product_handle',
    'product.title': 'product_title',
    'voice.facts.shop_reply': 'reply',
    'voice.facts.curated': 'curated',
    'voice.facts.source': 'source',
    'voice.facts.location': 'location',
    'voice.facts.verified': ['verified', 'verified_buyer'],
    'voice.facts.pictures': 'picture_urls',
  }),
  leftOut: [
    ...leave('个人信息', 'personal', 'reviewer_name', 'reviewer_email', 'reviewer_id', 'ip_address'),
    ...leave(
      '店铺后台的标记',
      'marks of the shop’s own administration',
      'metaobject_handle',
      'featured',
      'hidden',
      'pinned',
      'sku',
    ),
  ],
  read,
})

function read(row: Row, { zone }: ReadContext): Item[] {
  const own = row('review_id', 'id')?.trim()
  const id = own && `judgeme-${own}`
  const productId = row('product_id', 'product_handle')
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
        at: momentOf(row('review_date'), zone),
        productId,
        facts: {
          product_handle: row('product_handle'),
          curated: row('curated'),
          source: row('source'),
          location: row('location'),
          verified: markOf(row('verified', 'verified_buyer')),
          pictures: row('picture_urls')?.split(',').length,
        },
      },
      replyOf(id && `${id}.reply`, reply && textOfHtml(reply), momentOf(row('reply_date'), zone)),
    ),
  ]
}

const DAY_FIRST = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:[ ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?$/

/** `2026-02-10 15:30:40 UTC`, or `10/02/2026` with the day first, local to `zone`. */
function momentOf(cell: string | undefined, zone: string): unknown {
  const text = cell?.trim()
  if (text === undefined) return undefined
  if (text.endsWith(' UTC')) return timeOf(text.slice(0, -4), 'UTC')
  const match = DAY_FIRST.exec(text)
  if (!match) return timeOf(text, zone)
  const [day, month, year, hour, minute, second] = match.slice(1).map((part) => Number(part ?? 0))
  const onCalendar = new Date(Date.UTC(year!, month! - 1, day!)).getUTCMonth() === month! - 1
  return onCalendar && month! <= 12 ? fromLocal(zone, [year!, month!, day!, hour!, minute!, second!]) : text
}
