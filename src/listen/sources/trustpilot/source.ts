import { markOf, numberOf, rowOf, timeOf, wordsOf } from '../../cells/cells.ts'
import { type JsonObject, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import { defineEitherSource } from '../../source/either-source.ts'
import type { Item } from '../../source/item.ts'
import { leave, mapped } from '../../source/mapping.ts'
import type { Row } from '../../source/table-source.ts'
import { replyOf, thread, titled } from '../../talk/thread.ts'

const names = {
  id: ['id', 'Review Id', 'ReviewId'],
  title: ['title', 'Review Title', 'ReviewTitle'],
  body: ['text', 'content', 'Review Content', 'Review Text', 'ReviewContent'],
  reply: [
    'companyReply.text',
    'reply.message',
    'Company Reply Content',
    'Company Reply',
    'Review Company Reply',
    'Reply',
  ],
  rating: ['stars', 'rating', 'Review Stars', 'Stars', 'Rating', 'ReviewStars'],
  at: [
    'createdAt',
    'dates.publishedDate',
    'Review Created (UTC)',
    'Review Created',
    'Created (UTC)',
    'Created At',
    'ReviewCreatedUtc',
  ],
  repliedAt: [
    'companyReply.createdAt',
    'reply.publishedDate',
    'Company Reply Date (UTC)',
    'Company Reply Created (UTC)',
    'Company Reply Date',
  ],
  customer: ['consumer.id', 'Review Consumer User Id', 'Consumer User Id', 'Consumer Id'],
  shop: ['businessUnit.id', 'Business Unit Id', 'businessUnitId'],
  order: ['referenceId', 'orderId', 'Reference Id', 'Review Reference Id', 'Order Id', 'Reference number'],
  product: ['product.sku', 'product.id', 'productSku', 'SKU'],
  productTitle: ['product.name', 'Product Name'],
  lang: ['language', 'Review Language', 'Language'],
  domain: ['businessUnit.identifyingName', 'Domain URL', 'Domain'],
  source: ['source', 'Source Name', 'Review Source', 'Source'],
  verified: ['isVerified', 'labels.verification.isVerified', 'Review IsVerified', 'Is Verified', 'Verified'],
  likes: ['numberOfLikes', 'likes', 'Likes'],
  experienced: ['experiencedAt', 'dates.experiencedDate', 'Date of experience', 'Experience Date'],
  status: ['status', 'Review Status', 'Status'],
  location: ['location.name', 'location', 'Location Name', 'Review Shop Location'],
  tags: ['Tags', 'Review Tags'],
}

/** Columns of which every export of Trustpilot has one: stars, text and time alone could be anybody's. */
const marks =
  'Review Id|ReviewId|Review Consumer User Id|Consumer User Id|Business Unit Id|Domain URL|Reference Id|Review Reference Id|consumer.id|businessUnit.id'

const mapping = mapped({
  'voice.id': names.id,
  'voice.text': [...names.title, ...names.body, ...names.reply],
  'voice.rating': names.rating,
  'voice.at': [...names.at, ...names.repliedAt],
  'voice.customerRef': names.customer,
  'voice.merchantId': names.shop,
  'voice.orderId': names.order,
  'voice.productId': names.product,
  'product.title': names.productTitle,
  'voice.lang': names.lang,
  'voice.facts.domain': names.domain,
  'voice.facts.source': names.source,
  'voice.facts.verified': names.verified,
  'voice.facts.likes': names.likes,
  'voice.facts.experienced_at': names.experienced,
  'voice.facts.status': names.status,
  'voice.facts.location': names.location,
  'voice.facts.tags': [...names.tags, 'tags[].value', 'tags[]'],
})
const leftOut = [
  ...leave(
    '评论人的个人信息',
    'personal',
    'consumer.**',
    'referralEmail',
    'Review Username',
    'Review User Email',
    'Reviewer Name',
    'Consumer Name',
    'Email',
    'Username',
  ),
  ...leave(
    '平台的内部状态与链接',
    'the platform’s own state and links',
    'links[].**',
    'updatedAt',
    'companyReply.**',
    'businessUnit.**',
    'reportData.**',
    'complianceLabels[]',
    'countsTowardsTrustScore',
    'countsTowardsLocationTrustScore',
    'reviewVerificationLevel',
    'invitation.**',
    'findReviewer.**',
    'product.**',
    'location.**',
    'businessUnitHistory[].**',
    'tags[].**',
    'dates.**',
    'labels.**',
    'reply.**',
    'filtered',
    'pending',
    'report',
    'hasUnhandledReports',
    'consumersReviewCountOnSameDomain',
    'consumersReviewCountOnSameLocation',
    'productReviews[].**',
  ),
]

export const trustpilot = defineEitherSource({
  id: 'trustpilot',
  zh: 'Trustpilot 评论',
  en: 'Trustpilot reviews',
  shelf: 'review',
  describe: {
    zh: 'Trustpilot 的评论：API 或网页数据的 JSON（reviews 或 productReviews 列表）或后台导出的 CSV。导出的时间是 UTC；企业回复记为客服；评论人的姓名、邮箱不保存；参考号作为订单号。',
    en: 'Trustpilot reviews: the JSON of the API or of the web page (a list of reviews or productReviews) or the CSV of the business account. Times are UTC; the company’s reply is an agent’s; names and e-mail addresses are not kept; the reference is taken as the order.',
  },
  json: {
    unwrap: (document) => {
      const list = ['reviews', 'productReviews', 'props.pageProps.reviews', 'pageProps.reviews'].find((path) =>
        Array.isArray(valueAt(document, path)),
      )
      return list === undefined ? [document] : objectsAt(document, list)
    },
    requires: ['id', 'stars|consumer', 'createdAt|dates.publishedDate'],
    mapping,
    leftOut,
    read: (review) => read(rowOf(review), tagsIn(review)),
  },
  table: {
    requires: [
      names.rating.join('|'),
      names.at.join('|'),
      'Review Content|Review Text|Review Title|text|content',
      marks,
    ],
    mapping,
    leftOut,
    read: (row) => read(row, wordsOf(row(...names.tags))),
  },
})

function read(row: Row, tags: string | undefined): Item[] {
  const id = row(...names.id)
  const productId = row(...names.product)
  const title = row(...names.productTitle)
  return [
    ...(productId !== undefined && title !== undefined ? [{ product: { id: productId, title } }] : []),
    ...thread(
      {
        id,
        text: titled(row(...names.title), row(...names.body)),
        rating: numberOf(row(...names.rating)),
        at: timeOf(row(...names.at), 'UTC'),
        customerRef: row(...names.customer),
        merchantId: row(...names.shop),
        orderId: row(...names.order),
        productId,
        lang: row(...names.lang),
        facts: {
          domain: row(...names.domain),
          source: row(...names.source),
          verified: markOf(row(...names.verified)),
          likes: numberOf(row(...names.likes)),
          experienced_at: row(...names.experienced),
          status: row(...names.status),
          location: row(...names.location),
          tags,
        },
      },
      replyOf(id && `${id}.reply`, row(...names.reply), timeOf(row(...names.repliedAt), 'UTC')),
    ),
  ]
}

function tagsIn(review: JsonObject): string | undefined {
  const tags = valueAt(review, 'tags')
  if (!Array.isArray(tags)) return undefined
  const words = tags.map((tag) => (typeof tag === 'string' ? tag : textAt(tag, 'value')))
  return words.filter((word) => word !== undefined).join('、') || undefined
}
