import { numberOf, rowOf, timeOf } from '../../cells/cells.ts'
import { type JsonObject, objectsAt, valueAt } from '../../decode/fields.ts'
import { because } from '../../reasons/reason.ts'
import { defineEitherSource } from '../../source/either-source.ts'
import type { Item, ReadContext } from '../../source/item.ts'
import { leave, mapped } from '../../source/mapping.ts'
import type { Row } from '../../source/table-source.ts'
import { replyOf, thread, titled, type VoiceDraft } from '../../talk/thread.ts'

const columns = mapped({
  'voice.id': ['reviewId', 'id', 'Review Link'],
  'voice.text': [
    'content',
    'text',
    'title',
    'Review Title',
    'Review Text',
    'replyContent',
    'replyText',
    'Developer Reply Text',
  ],
  'voice.rating': ['score', 'Star Rating'],
  'voice.at': [
    'at',
    'date',
    'Review Submit Millis Since Epoch',
    'Review Submit Date and Time',
    'repliedAt',
    'replyDate',
    'Developer Reply Millis Since Epoch',
    'Developer Reply Date and Time',
  ],
  'voice.productId': ['appId', 'app_id', 'packageName', 'Package Name'],
  'voice.lang': ['lang', 'Reviewer Language'],
  'voice.facts.thumbs_up': ['thumbsUpCount', 'thumbsUp'],
  'voice.facts.app_version': ['reviewCreatedVersion', 'appVersion', 'version', 'App Version Name'],
  'voice.facts.app_version_code': 'App Version Code',
  'voice.facts.device': 'Device',
})
const ofApi = mapped({
  'voice.text': ['comments[].userComment.text', 'comments[].developerComment.text'],
  'voice.at': ['comments[].userComment.lastModified.seconds', 'comments[].developerComment.lastModified.seconds'],
  'voice.rating': 'comments[].userComment.starRating',
  'voice.lang': 'comments[].userComment.reviewerLanguage',
  'voice.facts.thumbs_up': 'comments[].userComment.thumbsUpCount',
  'voice.facts.thumbs_down': 'comments[].userComment.thumbsDownCount',
  'voice.facts.app_version': 'comments[].userComment.appVersionName',
  'voice.facts.app_version_code': 'comments[].userComment.appVersionCode',
  'voice.facts.android': 'comments[].userComment.androidOsVersion',
  'voice.facts.device': 'comments[].userComment.device',
  'voice.facts.original_text': 'comments[].userComment.originalText',
})
const leftOut = [
  ...leave('评论人的名字和头像', 'the reviewer’s name and picture', 'userName', 'userImage', 'authorName'),
  ...leave(
    '以首次发表时间为准',
    'the time of writing counts',
    'Review Last Update Date and Time',
    'Review Last Update Millis Since Epoch',
  ),
  ...leave(
    '同一内容的另一种写法',
    'the same in other words',
    'scoreText',
    'url',
    'criterias',
    'sortOrder',
    'comments[].**',
    'criterias[].**',
  ),
]

export const googlePlay = defineEitherSource({
  id: 'google-play',
  zh: 'Google Play 评论',
  en: 'Google Play reviews',
  shelf: 'review',
  describe: {
    zh: 'Google Play 评论：Play Console 的 CSV（UTF-16）、google-play-scraper 的 JSON 或 CSV（Python 与 JS 版）、开发者 API reviews.list 的 JSON。开发者回复记为客服。抓取工具写的时间不带时区，按所选时区读。',
    en: 'Google Play reviews: the Play Console’s CSV (UTF-16), JSON or CSV of google-play-scraper (Python and JS), JSON of the developer API’s reviews.list. The developer’s reply is an agent’s. Times that a scraper wrote carry no zone and are read in the chosen one.',
  },
  json: {
    unwrap: (document) => {
      const list = ['reviews', 'data'].find((path) => Array.isArray(valueAt(document, path)))
      return list === undefined ? [document] : objectsAt(document, list)
    },
    requires: ['reviewId|id|userName', 'comments|score', 'comments|content|text'],
    // Reviews of Apple's store are collected with much the same names.
    excludes: ['userUrl'],
    mapping: [...columns, ...ofApi],
    leftOut,
    read: (review, context) => (Array.isArray(review.comments) ? apiReview(review) : read(rowOf(review), context)),
  },
  table: {
    requires: [
      'score|Star Rating',
      'content|text|Review Text',
      'at|date|Review Submit Millis Since Epoch|Review Submit Date and Time',
      'reviewId|userName|thumbsUpCount|Package Name|Review Link',
    ],
    mapping: columns,
    leftOut,
    read,
  },
})

function read(row: Row, { zone }: ReadContext): Item[] {
  const id = row('reviewId') ?? idInLink(row('Review Link')) ?? row('id')
  const code = row('Reviewer Language', 'lang')
  const replied = row('Developer Reply Millis Since Epoch', 'repliedAt', 'replyDate', 'Developer Reply Date and Time')
  const review: VoiceDraft = {
    id,
    kind: 'app_review',
    text: titled(row('Review Title', 'title'), row('Review Text', 'content', 'text')),
    rating: numberOf(row('Star Rating', 'score')),
    at: timeOf(row('Review Submit Millis Since Epoch', 'at', 'date', 'Review Submit Date and Time'), zone),
    productId: row('Package Name', 'appId', 'app_id', 'packageName'),
    lang: code,
    facts: {
      thumbs_up: numberOf(row('thumbsUpCount', 'thumbsUp')),
      app_version: row('App Version Name', 'reviewCreatedVersion', 'appVersion', 'version'),
      app_version_code: row('App Version Code'),
      device: row('Device'),
    },
  }
  const reply = replyOf(
    id && `${id}.reply`,
    row('Developer Reply Text', 'replyContent', 'replyText'),
    timeOf(replied, zone),
  )
  return thread(review, reply)
}

function idInLink(link: string | undefined): string | undefined {
  const query = new URLSearchParams(link?.split('?')[1])
  return query.get('reviewId') ?? query.get('reviewid') ?? undefined
}

/** The developer API: the customer's comments and the developer's in one list. */
function apiReview(review: JsonObject): Item[] {
  const id = rowOf(review)('reviewId')
  const productId = rowOf(review)('packageName', 'appId')
  const comments = objectsAt(review, 'comments').map(rowOf)
  const said = comments.filter((row) =>
    row('userComment.lastModified.seconds', 'userComment.starRating', 'userComment.text'),
  )
  const [first, ...later] = said.map((row, place) => ({
    ...userComment(row),
    id: place === 0 ? id : id && `${id}.${place}`,
    productId,
  }))
  if (first === undefined) return [{ skipped: because('no_words') }]
  const replies = comments.flatMap((row) =>
    replyOf(id && `${id}.reply`, row('developerComment.text'), seconds(row('developerComment.lastModified.seconds'))),
  )
  return thread(first, [...later, ...replies])
}

const userComment = (row: Row): VoiceDraft => ({
  kind: 'app_review',
  // Title and body are divided by a tab where a review has both.
  text: row('userComment.text')?.replace(/^\t+/, '').replace('\t', '\n'),
  rating: numberOf(row('userComment.starRating')),
  at: seconds(row('userComment.lastModified.seconds')),
  lang: row('userComment.reviewerLanguage'),
  facts: {
    thumbs_up: numberOf(row('userComment.thumbsUpCount')),
    thumbs_down: numberOf(row('userComment.thumbsDownCount')),
    app_version: row('userComment.appVersionName'),
    app_version_code: row('userComment.appVersionCode'),
    android: row('userComment.androidOsVersion'),
    device: row('userComment.device'),
    original_text: row('userComment.originalText')?.slice(0, 2_000),
  },
})

const seconds = (text: string | undefined): unknown =>
  text !== undefined && /^\d+$/.test(text) ? Number(text) * 1_000 : text
