import { numberAt, objectsAt, textAt } from '../../decode/fields.ts'
import { timeAt } from '../../decode/times.ts'
import { defineJsonSource } from '../../source/json-source.ts'
import { leave } from '../../source/mapping.ts'

const votes = ['useful', 'funny', 'cool']

/**
 * Yelp's reviews and tips as its open data set has them, one object a line (dates are UTC without saying so), and the reviews that its API
 * answers with (`time_created` is Pacific time, as Yelp documents it).
 */
export const yelp = defineJsonSource({
  id: 'yelp',
  zh: 'Yelp 评论',
  en: 'Yelp reviews',
  shelf: 'review',
  describe: {
    zh: 'Yelp 开放数据的评论与 tips（每行一个 JSON，日期不带时区，按 UTC 读），以及 API 回答里的评论（time_created 按太平洋时间读；API 只给评论的开头）。',
    en: 'Reviews and tips of Yelp’s open data set (one JSON object a line; dates carry no zone and are read as UTC), and reviews of its API’s answers (time_created is Pacific time; the API gives only the beginning of a review).',
  },
  unwrap: (document) => (Array.isArray(document.reviews) ? objectsAt(document, 'reviews') : [document]),
  requires: ['review_id|compliment_count|id', 'business_id|time_created', 'stars|compliment_count|rating'],
  mapping: [
    ...['review_id', 'id'].map((from) => ({ from, to: 'voice.id' })),
    ...['user_id', 'user.id'].map((from) => ({ from, to: 'voice.customerRef' })),
    { from: 'business_id', to: 'voice.merchantId' },
    ...['stars', 'rating'].map((from) => ({ from, to: 'voice.rating' })),
    { from: 'text', to: 'voice.text' },
    ...['date', 'time_created'].map((from) => ({ from, to: 'voice.at' })),
    ...votes.flatMap((name) => [name, `votes.${name}`].map((from) => ({ from, to: `voice.facts.${name}` }))),
  ],
  leftOut: [
    ...leave('评论人的名字与照片', 'the reviewer’s name and picture', 'user.**'),
    ...leave('链接与内部标记', 'links and marks', 'url', 'type', 'compliment_count'),
  ],
  read: (review) => [
    {
      voice: {
        id: textAt(review, 'review_id') ?? textAt(review, 'id'),
        customerRef: textAt(review, 'user_id') ?? textAt(review, 'user.id'),
        merchantId: textAt(review, 'business_id'),
        rating: numberAt(review, 'stars') ?? numberAt(review, 'rating'),
        text: textAt(review, 'text'),
        at: timeAt(review, 'date', 'UTC') ?? timeAt(review, 'time_created', 'America/Los_Angeles'),
        // Before 2014 the votes lay in an object.
        facts: Object.fromEntries(
          votes.map((name) => [name, numberAt(review, name) ?? numberAt(review, `votes.${name}`)]),
        ),
      },
    },
  ],
})
