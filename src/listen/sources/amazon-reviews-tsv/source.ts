import { markOf, numberOf, timeOf } from '../../cells/cells.ts'
import { textOfHtml } from '../../decode/html.ts'
import type { Item, ReadContext } from '../../source/item.ts'
import { mapped } from '../../source/mapping.ts'
import { defineTableSource, type Row } from '../../source/table-source.ts'
import { wordsUnder } from '../amazon-reviews/headline.ts'

/** Amazon's older customer reviews. Quotes are characters like any other: bodies hold lone ones. */
export const amazonReviewsTsv = defineTableSource({
  id: 'amazon-reviews-tsv',
  zh: 'Amazon 评论（旧版 TSV）',
  en: 'Amazon reviews (older TSV)',
  shelf: 'review',
  describe: {
    zh: 'Amazon 旧版顾客评论的 TSV：引号是普通字符，不作分隔；HTML 与实体会解开。日期没有时刻，按所选时区的那一天读。',
    en: 'The older TSV of Amazon’s customer reviews: a quote is a character like any other; HTML and entities are resolved. Dates carry no hour and are days in the chosen zone.',
  },
  form: { delimiter: '\t', quoted: false },
  requires: ['review_id', 'product_id', 'star_rating', 'review_body', 'review_date'],
  mapping: mapped({
    'voice.id': 'review_id',
    'voice.customerRef': 'customer_id',
    'voice.productId': 'product_id',
    'product.title': 'product_title',
    'product.category': 'product_category',
    'voice.category': 'product_category',
    'voice.rating': 'star_rating',
    'voice.text': ['review_headline', 'review_body'],
    'voice.at': 'review_date',
    'voice.facts.marketplace': 'marketplace',
    'voice.facts.parent': 'product_parent',
    'voice.facts.helpful': 'helpful_votes',
    'voice.facts.helpful_of': 'total_votes',
    'voice.facts.vine': 'vine',
    'voice.facts.verified': 'verified_purchase',
    'voice.facts.default_headline': 'review_headline',
  }),
  leftOut: [],
  read,
})

function read(row: Row, { zone }: ReadContext): Item[] {
  const productId = row('product_id')
  const title = row('product_title')
  const category = row('product_category')
  const { text, default_headline } = wordsUnder(row('review_headline'), row('review_body'))
  return [
    ...(productId !== undefined && title !== undefined
      ? [{ product: { id: productId, title: textOfHtml(title).slice(0, 300), category } }]
      : []),
    {
      voice: {
        id: row('review_id'),
        customerRef: row('customer_id'),
        productId,
        category,
        rating: numberOf(row('star_rating')),
        text,
        at: timeOf(row('review_date'), zone),
        facts: {
          marketplace: row('marketplace'),
          parent: row('product_parent'),
          helpful: numberOf(row('helpful_votes')),
          helpful_of: numberOf(row('total_votes')),
          vine: markOf(row('vine')),
          verified: markOf(row('verified_purchase')),
          default_headline,
        },
      },
    },
  ]
}
