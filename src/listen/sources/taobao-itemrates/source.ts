import { numberOf, rowOf, timeOf } from '../../cells/cells.ts'
import { isObject, type JsonObject, objectAt, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import { textOfHtml } from '../../decode/html.ts'
import type { Json } from '../../decode/json.ts'
import { because } from '../../reasons/reason.ts'
import type { Item } from '../../source/item.ts'
import { defineJsonSource } from '../../source/json-source.ts'
import { leave, mapped } from '../../source/mapping.ts'
import type { Row } from '../../source/table-source.ts'
import { replyOf, saidOf, thread, type VoiceDraft } from '../../talk/thread.ts'

const ZONE = 'Asia/Shanghai'

export const taobaoItemrates = defineJsonSource({
  id: 'taobao-itemrates',
  zh: '淘宝／天猫商品页评价',
  en: 'Taobao and Tmall item rates',
  shelf: 'review',
  describe: {
    zh: '淘宝、天猫商品页的评价 JSON：手机端 mtop getitemrates、天猫 rateDetail、淘宝 feedRateList，带 JSONP 包裹也行。好评、中评、差评记为 1、0、-1；没有评价类型的不编造评分。追评要有自己的日期才收，只写“N 天后”的会进死信；总数远大于列表，只收列表里有的。',
    en: 'The rates that item pages load: mobile mtop getitemrates, Tmall’s rateDetail, Taobao’s feedRateList, also as JSONP. Good, neutral and bad are 1, 0 and -1; without a rate type no rating is made up. A follow-up needs a date of its own: one that only says “N days later” is a dead letter. The total is far more than the list: only what is listed comes in.',
  },
  unwrap: (document) => {
    const lists = ['data.rateList', 'rateDetail.rateList', 'rateList', 'comments', 'data.module.reviewVOList']
    const list = lists.find((path) => Array.isArray(valueAt(document, path)))
    return list === undefined ? [document] : objectsAt(document, list)
  },
  requires: ['id|rateId', 'feedback|rateContent|content', 'feedbackDate|rateDate|date|createTime'],
  mapping: mapped({
    'voice.id': ['id', 'rateId'],
    'voice.text': [
      'feedback',
      'rateContent',
      'content',
      'appendedFeed.appendedFeedback',
      'appendedFeed.content',
      'appendComment.content',
      'append.content',
    ],
    'voice.at': [
      'feedbackDate',
      'rateDate',
      'date',
      'createTime',
      'appendedFeed.feedbackDate',
      'appendedFeed.appendedFeedDate',
      'appendComment.commentTime',
      'append.date',
    ],
    'voice.rating': ['rateType', 'rate'],
    'voice.productId': ['auctionNumId', 'auction.aucNumId'],
    'product.title': ['auctionTitle', 'auction.title'],
    'voice.facts.sku': ['skuMap.**', 'auctionSku', 'auction.sku', 'skuValueStr'],
    'voice.facts.images': ['feedPicPathList[]', 'feedPicList[].**', 'pics[]', 'photos[].**'],
    'voice.facts.useful': ['useful', 'likeCount'],
    'voice.facts.days_after_receipt': ['appendedFeed.intervalDay', 'appendComment.days', 'append.dayAfterConfirm'],
    'voice.facts.shop_reply': ['reply', 'reply.content', 'appendedFeed.reply'],
    'voice.facts.video': 'video.**',
  }),
  leftOut: [
    ...leave(
      '昵称、头像和账号标记是个人信息，且多为打码',
      'personal, and mostly masked',
      'userNick',
      'displayUserNick',
      'userId',
      'userMark',
      'headPicUrl',
      'userStar',
      'userStarPic',
      'goldUser',
      'user.**',
      'displayUserLink',
      'displayUserNumId',
      'displayUserRateLink',
      'userInfo.**',
      'userVipLevel',
      'userVipPic',
      'userIdEncryption',
      'aliMallSeller',
      'tamllSweetLevel',
      'tmallSweetPic',
      'attributes',
      'attributesMap.**',
      'anony',
    ),
    ...leave(
      '页面的开关与链接',
      'switches and links of the page',
      'allowComment',
      'allowInteract',
      'annoy',
      'hasDetail',
      'share.**',
      'structTagEndSize',
      'auctionPicUrl',
      'auctionPrice',
      'award',
      'bidPriceMoney.**',
      'status',
      'validscore',
      'auction.**',
      'append.**',
      'appendedFeed.**',
      'appendComment.**',
      'cmsSource',
      'dsr',
      'fromMall',
      'fromMemory',
      'gmtCreateTime.**',
      'memberIcon',
      'sellerId',
      'buyCount',
      'position',
      'serviceRateContent',
      'tradeEndTime.**',
      'type',
      'carServiceLocation',
      'goldUser',
      'enableInteract',
      'enableShare',
      'createTimeInterval',
      'reduceUserNick',
      'interactInfo.**',
      'extraInfoMap.**',
    ),
  ],
  read,
})

function read(rate: JsonObject): Item[] {
  const row = rowOf(rate)
  const id = row('id', 'rateId')
  const productId = row('auctionNumId', 'auction.aucNumId')
  const title = row('auctionTitle', 'auction.title')
  const { text, facts } = saidOf(wordsOf(row('feedback', 'rateContent', 'content')))
  const rating = ratingOf(row)
  const items = thread(
    {
      id,
      text,
      ...rating,
      at: momentOf(row),
      zone: ZONE,
      productId,
      facts: {
        ...facts,
        sku: skuOf(rate),
        images: countOf(['feedPicPathList', 'feedPicList', 'pics', 'photos'].map((path) => valueAt(rate, path))),
        video: objectAt(rate, 'video') && true,
        useful: numberOf(row('useful', 'likeCount')),
      },
    },
    [...followUpIn(rate, id), ...replyOf(undefined, wordsOf(row('reply', 'reply.content')), undefined)],
  )
  const silent = text === undefined && rating.rating === undefined
  return [
    ...(productId !== undefined && title !== undefined ? [{ product: { id: productId, title } }] : []),
    ...(silent ? [{ skipped: because('default_praise') }, ...items.slice(1)] : items),
  ]
}

/** Item pages write entities of HTML, and empty tags where a word is to be marked. */
const wordsOf = (written: string | undefined): string | undefined => written && textOfHtml(written)

/** `createTime` tells the hour that `feedbackDate` leaves out. */
function momentOf(row: Row): unknown {
  const created = timeOf(row('createTime'), ZONE)
  return typeof created === 'number' ? created : timeOf(row('feedbackDate', 'rateDate', 'date', 'createTime'), ZONE)
}

const types: Record<string, number> = { '1': 1, '0': 0, '-1': -1 }

/** mtop's rateType and Taobao's rate: 1 good, 0 neutral, -1 bad; another value is no rating that is known. */
function ratingOf(row: Row): VoiceDraft {
  const type = row('rateType', 'rate')?.trim()
  const rating = type === undefined ? undefined : types[type]
  return rating === undefined ? {} : { rating, ratingMin: -1, ratingMax: 1 }
}

function followUpIn(rate: JsonObject, review: string | undefined): VoiceDraft[] {
  const later = ['appendedFeed', 'appendComment', 'append'].map((path) => objectAt(rate, path)).find((one) => one)
  if (later === undefined) return []
  const row = rowOf(later)
  const { text } = saidOf(wordsOf(row('appendedFeedback', 'content')))
  if (text === undefined) return []
  const at = timeOf(row('feedbackDate', 'appendedFeedDate', 'commentTime', 'date'), ZONE)
  const facts = {
    days_after_receipt: numberOf(row('intervalDay', 'days', 'dayAfterConfirm')),
    shop_reply: row('reply', 'reply.content'),
  }
  return [{ id: review && `${review}.follow-up`, kind: 'follow_up_review', text, at, zone: ZONE, facts }]
}

function skuOf(rate: JsonObject): string | undefined {
  const map = valueAt(rate, 'skuMap')
  if (!isObject(map)) return textAt(rate, 'auctionSku') ?? textAt(rate, 'auction.sku') ?? textAt(rate, 'skuValueStr')
  const pairs = Object.entries(map).map(([name, value]) => `${name}:${value}`)
  return pairs.join('、') || undefined
}

const countOf = (lists: readonly (Json | undefined)[]): number | undefined =>
  lists.filter(Array.isArray).find((list) => list.length > 0)?.length
