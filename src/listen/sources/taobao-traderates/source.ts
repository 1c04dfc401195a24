import { numberOf, timeOf } from '../../cells/cells.ts'
import { isObject, objectsAt, valueAt } from '../../decode/fields.ts'
import { isMasked } from '../../decode/values.ts'
import { because } from '../../reasons/reason.ts'
import { defineFlatSource } from '../../source/either-source.ts'
import type { Item } from '../../source/item.ts'
import { leave, mapped } from '../../source/mapping.ts'
import type { Row } from '../../source/table-source.ts'
import { replyOf, saidOf, thread } from '../../talk/thread.ts'

const ZONE = 'Asia/Shanghai'
const results: Record<string, number> = { good: 1, neutral: 0, bad: -1, 好评: 1, 中评: 0, 差评: -1 }

export const taobaoTraderates = defineFlatSource({
  id: 'taobao-traderates',
  zh: '淘宝交易评价（taobao.traderates.get）',
  en: 'Taobao trade rates',
  shelf: 'review',
  describe: {
    zh: '淘宝开放平台 traderates 的 JSON（带不带外层都行）或 CSV。好评、中评、差评记为 1、0、-1（量表 -1–1）。卖家对买家的评价不是顾客的声音，会跳过并计数；商家回复没有时间，随评价保存。时间按北京时间读。',
    en: 'Trade rates of Taobao’s open platform as JSON (with or without envelope) or CSV. Good, neutral and bad are 1, 0 and -1 on a scale of -1 to 1. A seller’s rating of a buyer is no customer’s voice: it is skipped and counted. Replies carry no time and are kept with their review. Times are Beijing time.',
  },
  unwrap: (document) => {
    const lists = ['traderates_get_response.trade_rates', 'traderates_search_response.trade_rates', 'trade_rates']
    const found = lists.flatMap((path) => {
      // A list of one comes as an object where the answer was XML once.
      const one = valueAt(document, `${path}.trade_rate`)
      return isObject(one) ? [one] : [...objectsAt(document, `${path}.trade_rate`), ...objectsAt(document, path)]
    })
    const isPage = ['traderates_get_response', 'traderates_search_response', 'trade_rates'].some(
      (name) => name in document,
    )
    return isPage ? found : [document]
  },
  requires: ['result', 'created', 'tid|oid'],
  mapping: mapped({
    'voice.id': 'oid',
    'voice.orderId': 'tid',
    'voice.speaker': 'role',
    'voice.rating': 'result',
    'voice.at': 'created',
    'voice.text': 'content',
    'voice.productId': 'num_iid',
    'voice.customerRef': ['ouid', 'nick'],
    'voice.facts.item_price': 'item_price',
    'voice.facts.shop_reply': 'reply',
    'product.title': 'item_title',
  }),
  leftOut: [
    ...leave('被评价人的昵称，就是本店', 'the rated party: the shop itself', 'rated_nick'),
    ...leave('是否计入信用分，与所说无关', 'whether it counts for the credit score', 'valid_score'),
  ],
  read,
})

function read(rate: Row): Item[] {
  if (/^(seller|卖家)$/i.test(rate('role')?.trim() ?? '')) return [{ skipped: because('seller_rates_buyer') }]
  const oid = rate('oid')?.trim()
  const result = rate('result')?.trim()
  const { text, facts } = saidOf(rate('content'))
  const productId = rate('num_iid')
  const title = rate('item_title')
  const nick = rate('nick')
  const id = oid && `traderate-${oid}`
  return [
    ...(productId !== undefined && title !== undefined ? [{ product: { id: productId, title } }] : []),
    ...thread(
      {
        id,
        speaker: 'customer',
        text,
        rating: result && (results[result.toLowerCase()] ?? result),
        ratingMin: -1,
        ratingMax: 1,
        at: timeOf(rate('created'), ZONE),
        zone: ZONE,
        orderId: rate('tid'),
        productId,
        customerRef: rate('ouid') ?? (nick !== undefined && !isMasked(nick) ? nick : undefined),
        facts: { ...facts, item_price: numberOf(rate('item_price')) },
      },
      replyOf(undefined, rate('reply'), undefined),
    ),
  ]
}
