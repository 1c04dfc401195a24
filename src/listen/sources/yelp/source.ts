import { numberAt, textAt } from '../../decode/fields.ts'
import { timeAt } from '../../decode/times.ts'
import { defineJsonSource } from '../json-source.ts'

/** Yelp's reviews as its open data set has them: one object a line; dates are UTC without saying so. */
export const yelp = defineJsonSource({
  id: 'yelp',
  zh: 'Yelp 评论',
  en: 'Yelp reviews',
  shelf: 'review',
  describe: {
    zh: 'Yelp 开放数据的评论（每行一个 JSON）。日期不带时区，按 UTC 读。',
    en: 'Reviews of Yelp’s open data set (one JSON object a line). Dates carry no zone and are read as UTC.',
  },
  requires: ['review_id', 'business_id', 'stars'],
  mapping: [
    { from: 'review_id', to: 'voice.id' },
    { from: 'user_id', to: 'voice.customerRef' },
    { from: 'business_id', to: 'voice.merchantId' },
    { from: 'stars', to: 'voice.rating' },
    { from: 'text', to: 'voice.text' },
    { from: 'date', to: 'voice.at' },
    { from: 'useful', to: 'voice.facts.useful' },
    { from: 'funny', to: 'voice.facts.funny' },
    { from: 'cool', to: 'voice.facts.cool' },
  ],
  leftOut: [],
  read: (review) => [
    {
      voice: {
        id: textAt(review, 'review_id'),
        customerRef: textAt(review, 'user_id'),
        merchantId: textAt(review, 'business_id'),
        rating: numberAt(review, 'stars'),
        text: textAt(review, 'text'),
        at: timeAt(review, 'date', 'UTC'),
        facts: {
          useful: numberAt(review, 'useful'),
          funny: numberAt(review, 'funny'),
          cool: numberAt(review, 'cool'),
        },
      },
    },
  ],
})
