import { isObject, type JsonObject, numberAt, objectAt, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import { textOfHtml } from '../../decode/html.ts'
import type { Json } from '../../decode/json.ts'
import { timeAt } from '../../decode/times.ts'
import { isMasked } from '../../decode/values.ts'
import { because } from '../../reasons/reason.ts'
import type { Item } from '../../source/item.ts'
import { defineJsonSource } from '../../source/json-source.ts'
import { leave, mapped } from '../../source/mapping.ts'
import { replyOf, saidOf, thread, type VoiceDraft } from '../../talk/thread.ts'

const ZONE = 'Asia/Shanghai'

/** JD's product page comments; see `describe`. */
export const jdComments = defineJsonSource({
  id: 'jd-comments',
  zh: '京东商品评价',
  en: 'JD product comments',
  shelf: 'review',
  describe: {
    zh: '京东 productPageComments 接口的 JSON（comments 列表，带或不带外层与 fetchJSON 包裹都行），以及手机端接口的 commentInfo。时间按北京时间读；追评是单独的一条，商家回复记为客服；系统默认好评只留评分，不当作顾客的话。',
    en: 'JSON of JD’s productPageComments: the comments, with or without their envelope or JSONP call, and the commentInfo of its mobile interfaces. Times are Beijing time. A follow-up is a voice of its own, the shop’s replies are an agent’s; default praise keeps its rating, but is not the customer’s text.',
  },
  unwrap: commentsIn,
  requires: ['creationTime|commentDate', 'score|commentScore', 'content|id|commentId'],
  mapping: mapped({
    'voice.id': [
      'id',
      'commentId',
      'afterUserComment.commentId',
      'replies[].id',
      'replies[].replyList[].id',
      'replies[].commentId',
    ],
    'voice.text': [
      'content',
      'commentData',
      'afterUserComment.content',
      'afterUserComment.hAfterUserComment.content',
      'replies[].content',
      'replies[].replyList[].content',
    ],
    'voice.at': [
      'creationTime',
      'commentDate',
      'afterUserComment.created',
      'replies[].creationTime',
      'replies[].replyList[].creationTime',
    ],
    'voice.rating': ['score', 'commentScore'],
    'voice.orderId': 'orderId',
    'voice.productId': ['referenceId', 'afterUserComment.productId', 'replies[].productId'],
    'voice.merchantId': 'ownId',
    'voice.speaker': ['replies[].venderShopInfo.**', 'replies[].nickname', 'replies[].replyList[].nickname'],
    'product.title': 'referenceName',
    'voice.facts.colour': ['productColor', 'wareAttribute[].颜色'],
    'voice.facts.size': ['productSize', 'wareAttribute[].尺码'],
    'voice.facts.location': ['location', 'afterUserComment.location', 'userProvince'],
    'voice.facts.useful': ['usefulVoteCount', 'praiseCnt'],
    'voice.facts.images': ['imageCount', 'images[].**', 'pictureInfoList[].**', 'afterImages[].**'],
    'voice.facts.videos': 'videos[].**',
    'voice.facts.bought_at': 'referenceTime',
    'voice.facts.days_after_purchase': 'days',
    'voice.facts.days_until_follow_up': 'afterDays',
    'voice.facts.buy_count': 'extMap.buyCount',
    'voice.facts.plus': 'plusAvailable',
    'voice.facts.member_level': 'userLevelName',
    'voice.facts.client': 'userClientShow',
    'voice.facts.tags': 'commentTags[].name',
    'voice.facts.app_version': 'mobileVersion',
    'voice.facts.category_codes': ['firstCategory', 'secondCategory', 'thirdCategory'],
  }),
  leftOut: [
    ...leave(
      '同一段话，带平台的标签记号',
      'the same text with the platform’s tag marks',
      'vcontent',
      'showOrderComment.**',
    ),
    ...leave(
      '昵称与头像是个人信息，且多为打码',
      'personal, and mostly masked',
      'nickname',
      'userImage',
      'userImageUrl',
      'aesPin',
      'pin',
      'guid',
      'replies[].pin',
      'replies[].ip',
      'replies[].userImage',
      'replies[].replyList[].**',
      'userImgFlag',
      'userRegisterTime',
      'userLevelId',
      'userLevelColor',
      'userExpValue',
      'userNickName',
      'userImgURL',
      'wareAttribute[].**',
    ),
    ...leave(
      '平台的内部状态，与顾客所说无关',
      'the platform’s own state',
      'isDelete',
      'isTop',
      'topped',
      'status',
      'imageStatus',
      'discussionId',
      'anonymousFlag',
      'mergeOrderStatus',
      'integral',
      'textIntegral',
      'imageIntegral',
      'ownType',
      'productSales',
      'referenceImage',
      'referenceType',
      'referenceTypeId',
      'userClient',
      'replyCount',
      'replyCount2',
      'viewCount',
      'uselessVoteCount',
      'isReplyGrade',
      'isMobile',
      'recommend',
      'title',
      'extMap.**',
      'commentTags[].**',
      'afterUserComment.**',
      'replies[].**',
    ),
  ],
  read,
})

/** The comments of a page, of either interface: the mobile one has each as `commentInfo`, in a list of its own or within floors of a page. */
function commentsIn(page: JsonObject): JsonObject[] {
  if (Array.isArray(page.comments)) return objectsAt(page, 'comments')
  const mobile = mobileIn(page, 6)
  return mobile.length > 0 ? mobile : [page]
}

function mobileIn(value: Json, depth: number): JsonObject[] {
  if (depth === 0 || typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value.flatMap((one) => mobileIn(one, depth - 1))
  const { commentInfo, commentInfoList } = value
  if (isObject(commentInfo)) return [commentInfo]
  if (Array.isArray(commentInfoList))
    return objectsAt(value, 'commentInfoList').map((one) => objectAt(one, 'commentInfo') ?? one)
  return Object.values(value).flatMap((one) => mobileIn(one, depth - 1))
}

/** What people read of a comment: the interface writes it with the entities of HTML. */
const wordsAt = (object: JsonObject | undefined, ...paths: readonly string[]): string | undefined => {
  const text = paths.map((path) => textAt(object, path)).find((one) => one !== undefined)
  return text && textOfHtml(text)
}

function read(comment: JsonObject): Item[] {
  if (valueAt(comment, 'isDelete') === true) return [{ skipped: because('deleted') }]
  const productId = textAt(comment, 'referenceId')
  const title = textAt(comment, 'referenceName')
  const review = reviewOf(comment, productId)
  const items = thread(review, [...followUpOf(comment), ...repliesIn(comment, idIn(comment))])
  const said = review.text !== undefined || review.rating !== undefined
  return [
    ...(productId !== undefined && title !== undefined ? [{ product: { id: productId, title } }] : []),
    ...(said ? items : [{ skipped: because('default_praise') }, ...items.slice(1)]),
  ]
}

const idIn = (comment: JsonObject): string | undefined => textAt(comment, 'id') ?? textAt(comment, 'commentId')

function reviewOf(comment: JsonObject, productId: string | undefined): VoiceDraft {
  const { text, facts } = saidOf(wordsAt(comment, 'content', 'commentData'))
  const codes = ['firstCategory', 'secondCategory', 'thirdCategory'].map((name) => textAt(comment, name))
  return {
    id: idIn(comment),
    text,
    rating: numberAt(comment, 'score') ?? numberAt(comment, 'commentScore'),
    at: timeAt(comment, 'creationTime', ZONE) ?? timeAt(comment, 'commentDate', ZONE),
    zone: ZONE,
    orderId: notZero(textAt(comment, 'orderId')),
    productId,
    merchantId: notZero(textAt(comment, 'ownId')),
    facts: {
      ...facts,
      colour: textAt(comment, 'productColor') ?? attributeOf(comment, '颜色'),
      size: textAt(comment, 'productSize') ?? attributeOf(comment, '尺码'),
      location: textAt(comment, 'location') ?? textAt(comment, 'userProvince'),
      useful: numberAt(comment, 'usefulVoteCount') ?? numberAt(comment, 'praiseCnt'),
      images: numberAt(comment, 'imageCount') ?? countAt(comment, 'images') ?? countAt(comment, 'pictureInfoList'),
      videos: countAt(comment, 'videos'),
      bought_at: textAt(comment, 'referenceTime'),
      days_after_purchase: numberAt(comment, 'days'),
      buy_count: numberAt(comment, 'extMap.buyCount'),
      plus: numberAt(comment, 'plusAvailable'),
      member_level: textAt(comment, 'userLevelName'),
      client: textAt(comment, 'userClientShow'),
      app_version: textAt(comment, 'mobileVersion'),
      category_codes: codes.every((code) => code !== undefined) ? codes.join('/') : undefined,
      tags: joined(objectsAt(comment, 'commentTags').map((tag) => textAt(tag, 'name'))),
    },
  }
}

function followUpOf(comment: JsonObject): VoiceDraft[] {
  const later = objectAt(comment, 'afterUserComment')
  const { text } = saidOf(wordsAt(later, 'content', 'hAfterUserComment.content'))
  if (later === undefined || text === undefined) return []
  const id = idIn(comment)
  return [
    {
      id: id && `${id}.follow-up`,
      kind: 'follow_up_review',
      text,
      at: timeAt(later, 'created', ZONE),
      zone: ZONE,
      facts: {
        location: textAt(later, 'location'),
        images: countAt(comment, 'afterImages'),
        days_until_follow_up: numberAt(comment, 'afterDays'),
      },
    },
  ]
}

/** Replies, and what was written under these. The shop speaks under its own name; a masked name is another shopper's. */
function repliesIn(holder: JsonObject, review: string | undefined, list = 'replies'): VoiceDraft[] {
  return objectsAt(holder, list).flatMap((reply) => {
    const own = textAt(reply, 'id')
    const id = own ? `reply-${own}` : review && `${review}.reply`
    const [found] = replyOf(id, wordsAt(reply, 'content'), timeAt(reply, 'creationTime', ZONE))
    const further = repliesIn(reply, review, 'replyList')
    return found === undefined ? further : [{ ...found, ...speakerOf(reply), zone: ZONE }, ...further]
  })
}

function speakerOf(reply: JsonObject): VoiceDraft {
  const shop = objectAt(reply, 'venderShopInfo') !== undefined || !isMasked(textAt(reply, 'nickname') ?? '')
  return shop ? {} : { speaker: 'customer', kind: 'community_post' }
}

const attributeOf = (comment: JsonObject, name: string): string | undefined =>
  objectsAt(comment, 'wareAttribute')
    .map((one) => textAt(one, name))
    .find((one) => one !== undefined)

const notZero = (id: string | undefined): string | undefined => (id === '0' ? undefined : id)

function countAt(object: JsonObject, path: string): number | undefined {
  const list = valueAt(object, path)
  return Array.isArray(list) && list.length > 0 ? list.length : undefined
}

const joined = (words: readonly (string | undefined)[]): string | undefined =>
  words.filter((word) => word !== undefined).join('、') || undefined
