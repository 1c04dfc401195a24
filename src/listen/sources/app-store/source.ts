import { numberOf, rowOf, timeOf } from '../../cells/cells.ts'
import { isObject, type JsonObject, objectAt, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import { because } from '../../reasons/reason.ts'
import type { Item, ReadContext } from '../../source/item.ts'
import { defineJsonSource } from '../../source/json-source.ts'
import { leave, mapped } from '../../source/mapping.ts'
import { replyOf, thread, titled } from '../../talk/thread.ts'

export const appStore = defineJsonSource({
  id: 'app-store',
  zh: 'App Store 评论',
  en: 'App Store reviews',
  shelf: 'review',
  describe: {
    zh: 'Apple 评论的JSON：公开 RSS（feed.entry）、App Store Connect API（customerReviews，含开发者回复）与常见采集工具（app-store-scraper，Python 与 JS 版）。较早的 RSS 没有日期，不编造：用 --set at=日期 指定。RSS 第一项若是应用本身会跳过。',
    en: 'JSON of Apple’s reviews: the public RSS (feed.entry), the App Store Connect API (customerReviews, with the developer’s response), and app-store-scraper (Python and JS). Older RSS has no dates, and none are made up: give one with --set at=DATE. An entry that is the app itself is skipped.',
  },
  unwrap: (document) => {
    if (objectAt(document, 'feed')) return entriesOf(document)
    if (Array.isArray(document.data) || objectAt(document, 'data')) return reviewsOf(document)
    return [document]
  },
  requires: ['im:rating|im:name|attributes.rating|isEdited|userUrl', 'id|isEdited'],
  mapping: mapped({
    'voice.id': ['id.label', 'id', 'response.id'],
    'voice.text': [
      'title',
      'text',
      'review',
      'developerResponse.body',
      'title.label',
      'content.label',
      'attributes.title',
      'attributes.body',
      'response.attributes.responseBody',
    ],
    'voice.rating': ['score', 'rating', 'im:rating.label', 'attributes.rating'],
    'voice.at': [
      'updated',
      'date',
      'developerResponse.modified',
      'updated.label',
      'attributes.createdDate',
      'response.attributes.lastModifiedDate',
    ],
    'voice.productId': ['app_id', 'appId', 'relationships.app.data.id'],
    'voice.customerRef': 'author.uri.label',
    'voice.facts.app_version': ['version', 'im:version.label'],
    'voice.facts.territory': ['territory', 'attributes.territory'],
    'voice.facts.vote_sum': 'im:voteSum.label',
    'voice.facts.vote_count': 'im:voteCount.label',
  }),
  leftOut: [
    ...leave(
      '评论人的名字',
      'the reviewer’s name',
      'author.name.label',
      'author.label',
      'attributes.reviewerNickname',
      'userName',
    ),
    ...leave(
      '链接与格式说明',
      'links and form',
      'link.**',
      'content.attributes.**',
      'im:contentType.**',
      'type',
      'links.**',
      'relationships.**',
      'response.**',
      'im:name.**',
      'im:image[].**',
      'im:artist.**',
      'im:price.**',
      'im:releaseDate.**',
      'category.**',
      'rights.**',
      'summary.**',
      'author.attributes.**',
      'url',
      'userUrl',
      'isEdited',
      'developerResponse.**',
    ),
  ],
  read: (review, context) =>
    isObject(review.attributes)
      ? apiReview(review, context)
      : 'isEdited' in review || 'userUrl' in review
        ? scraped(review, context)
        : entry(review, context),
})

/** Entries of an RSS feed (a single one is an object), with what only the feed's own address says: the app and the country. */
function entriesOf(document: JsonObject): JsonObject[] {
  const found = valueAt(document, 'feed.entry')
  const links = valueAt(document, 'feed.link')
  const address = [...(Array.isArray(links) ? links : [links]), valueAt(document, 'feed.id')]
    .map((link) => textAt(link, 'attributes.href') ?? textAt(link, 'label') ?? '')
    .find((href) => /customerreviews/i.test(href))
  const app_id = /\bid=?(\d+)/.exec(address ?? '')?.[1]
  const territory = /apple\.com\/([a-z]{2})\//.exec(address ?? '')?.[1]
  return (Array.isArray(found) ? found : [found])
    .filter(isObject)
    .map((one) => ({ ...(app_id && { app_id }), ...(territory && { territory }), ...one }))
}

/** Reviews of the API, each with the response that the same answer includes. */
function reviewsOf(document: JsonObject): JsonObject[] {
  const responses = new Map(objectsAt(document, 'included').map((one) => [textAt(one, 'id'), one]))
  const one = objectAt(document, 'data')
  return (one ? [one] : objectsAt(document, 'data')).map((review) => {
    const response = responses.get(textAt(review, 'relationships.response.data.id') ?? '')
    return response ? { ...review, response } : review
  })
}

function entry(review: JsonObject, { zone }: ReadContext): Item[] {
  const row = rowOf(review)
  if (valueAt(review, 'im:rating') === undefined) return [{ skipped: because('app_itself') }]
  const author = /\/id(\d+)/.exec(row('author.uri.label') ?? '')?.[1]
  return [
    {
      voice: {
        id: row('id.label', 'id'),
        kind: 'app_review',
        text: titled(row('title.label'), row('content.label')),
        rating: numberOf(row('im:rating.label')),
        at: timeOf(row('updated.label'), zone),
        productId: row('app_id'),
        customerRef: author,
        facts: {
          app_version: row('im:version.label'),
          territory: row('territory')?.toUpperCase(),
          vote_sum: numberOf(row('im:voteSum.label')),
          vote_count: numberOf(row('im:voteCount.label')),
        },
      },
    },
  ]
}

/** What collectors save: plain fields, the reviewer's number in the address of the profile. */
function scraped(review: JsonObject, { zone }: ReadContext): Item[] {
  const row = rowOf(review)
  const id = row('id')
  return thread(
    {
      id,
      kind: 'app_review',
      text: titled(row('title'), row('text', 'review')),
      rating: numberOf(row('score', 'rating')),
      at: timeOf(row('updated', 'date'), zone),
      productId: row('app_id', 'appId'),
      customerRef: /\/id(\d+)/.exec(row('userUrl') ?? '')?.[1],
      facts: { app_version: row('version') },
    },
    replyOf(id && `${id}.reply`, row('developerResponse.body'), timeOf(row('developerResponse.modified'), zone)),
  )
}

function apiReview(review: JsonObject, { zone }: ReadContext): Item[] {
  const row = rowOf(review)
  if ((row('type') ?? 'customerReviews') !== 'customerReviews')
    return [{ skipped: because('another_kind', { kind: row('type') ?? '' }) }]
  const id = row('id')
  const answer = row('response.attributes.responseBody')
  const answered = timeOf(row('response.attributes.lastModifiedDate'), zone)
  return thread(
    {
      id,
      kind: 'app_review',
      text: titled(row('attributes.title'), row('attributes.body')),
      rating: numberOf(row('attributes.rating')),
      at: timeOf(row('attributes.createdDate'), zone),
      productId: row('relationships.app.data.id'),
      facts: { territory: row('attributes.territory') },
    },
    replyOf(row('response.id') ?? (id && `${id}.reply`), answer, answered),
  )
}
