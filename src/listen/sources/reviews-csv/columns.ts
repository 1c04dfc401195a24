import { fail, ok, type Result } from '../../../core/result.ts'
import type { SourceOptions } from '../source.ts'

/** Fields of the voice that a column or a constant can fill. */
const voiceFields = [
  'id',
  'text',
  'rating',
  'ratingMin',
  'ratingMax',
  'at',
  'kind',
  'speaker',
  'lang',
  'metric',
  'orderId',
  'productId',
  'merchantId',
  'category',
  'customerRef',
  'conversation',
  'turn',
  'city',
  'channel',
] as const
/** Fields of the row's order. `amount` and `refund` are in major units; `facts.NAME` is any further fact. */
const orderFields = [
  'id',
  'currency',
  'orderedAt',
  'promisedAt',
  'shippedAt',
  'deliveredAt',
  'installPromisedAt',
  'installedAt',
  'cancelledAt',
  'updatedAt',
  'amount',
  'quantity',
  'productId',
  'category',
  'returnedAt',
  'returnReason',
  'refund',
  'customerRef',
  'merchantId',
  'city',
  'channel',
] as const
const productFields = ['title', 'merchantName'] as const
const known = new Set<string>([
  ...voiceFields,
  ...orderFields.map((field) => `order.${field}`),
  ...productFields.map((field) => `product.${field}`),
])
const isField = (field: string): boolean => known.has(field) || /^order\.facts\.[\p{L}\p{N}_-]{1,60}$/u.test(field)

/**
 * Column names by which a field is known, as `plainName` leaves them, the surest first. A bare `id` is not among them: it is often only
 * the row's number, and rows of two files would be taken for the same.
 */
const synonyms: Record<string, string> = {
  text: '评价内容 评论内容 评价正文 评价详情 初评内容 评论 评价 评语 内容 文本 reviewcommentmessage reviewtext reviewcontent reviewbody review commenttext comment comments content text body feedback',
  rating:
    '评分 星级 评价星级 评分星级 评价等级 总评分 打分 分数 rating reviewscore reviewrating starrating stars star score overall label',
  at: '评价时间 评论时间 评价日期 评论日期 发表时间 创建时间 时间 日期 reviewcreationdate reviewtime reviewdate createdat createtime created publishedat datetime timestamp date time at',
  id: '评价id 评论id 评价编号 评论编号 reviewid commentid',
  orderId: '订单号 订单编号 订单id 主订单编号 orderid orderno ordernumber ordersn',
  productId: '商品id 商品编号 商品编码 宝贝id skuid sku spuid 货号 productid itemid asin',
  'product.title': '商品名称 商品标题 宝贝名称 宝贝标题 产品名称 商品 产品 productname producttitle itemname',
  category: '类目 商品类目 品类 分类 类别 category productcategoryname productcategory categoryname cat',
  merchantId: '商家id 店铺id 商家 店铺 店铺名称 卖家 merchantid sellerid shopid merchant seller shop',
  customerRef: '用户id 买家id 会员id 客户id userid customerid customeruniqueid buyerid memberid',
  city: '城市 收货城市 所在城市 city customercity',
  channel: '渠道 平台 channel platform',
}
const fieldOf = new Map(
  Object.entries(synonyms).flatMap(([field, names]) => names.split(' ').map((name) => [name, field])),
)
const rank = new Map(Object.values(synonyms).flatMap((names) => names.split(' ').map((name, place) => [name, place])))

const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-.:()[\]"']/g, '')

export interface Columns {
  /** Field → place of its column. */
  places: Map<string, number>
  /** Field → value, the same in every row. */
  constants: Record<string, string>
  notes: string[]
}

/** Decides which column is which field: constants first, then what the user says, then the column's name. */
export function chooseColumns(header: readonly string[], { map, set, ignore }: SourceOptions): Result<Columns> {
  for (const field of [...Object.keys(map), ...Object.keys(set)])
    if (!isField(field))
      return problem(
        'field_unknown',
        `There is no field "${field}".`,
        `The fields are ${[...known].join(', ')}, order.facts.NAME.`,
      )
  const places = new Map<string, number>()
  for (const [field, column] of Object.entries(map)) {
    const place = header.indexOf(column)
    if (place < 0)
      return problem('column_missing', `The file has no column "${column}".`, `Its columns are: ${header.join(', ')}.`)
    places.set(field, place)
  }
  const ignored = new Set(
    [...header.keys()].filter((place) => ignore.some((pattern) => matches(header[place]!, pattern))),
  )
  guess(header, places, (field, place) => field in set || ignored.has(place) || [...places.values()].includes(place))
  const lacking = whatLacks(header, places, set)
  return lacking ?? ok({ places, constants: set, notes: notesOn(header, places, ignored) })
}

function guess(
  header: readonly string[],
  places: Map<string, number>,
  skip: (field: string, place: number) => boolean,
): void {
  const found = header.map((name, place) => ({ place, name: plainName(name) })).filter(({ name }) => fieldOf.has(name))
  found.sort((a, b) => rank.get(a.name)! - rank.get(b.name)! || a.place - b.place)
  for (const { place, name } of found) {
    const field = fieldOf.get(name)!
    if (!places.has(field) && !skip(field, place)) places.set(field, place)
  }
}

function whatLacks(
  header: readonly string[],
  places: Map<string, number>,
  set: Record<string, string>,
): Result<never> | undefined {
  const has = (field: string) => places.has(field) || field in set
  const columns = `Its columns are: ${header.join(', ')}.`
  if (!places.has('text') && !places.has('rating'))
    return problem(
      'columns_unknown',
      `No column is known as the review's text or rating. ${columns}`,
      'Name them: --map text=COLUMN,rating=COLUMN. The first line must hold the names of the columns.',
    )
  if (!has('at'))
    return problem(
      'time_missing',
      `No column says when a review was written. ${columns}`,
      'Name it: --map at=COLUMN, or give one day to all: --set at=2026-01-01.',
    )
  const ofOrder = [...places.keys(), ...Object.keys(set)].find((field) => field.startsWith('order.'))
  if (ofOrder && !places.has('order.id'))
    return problem(
      'order_id_missing',
      `${ofOrder} is given, but not which order it is of.`,
      'Name the column: --map order.id=COLUMN.',
    )
  if (ofOrder && !has('order.orderedAt'))
    return problem(
      'order_time_missing',
      'An order needs the time at which it was placed.',
      'Name the column: --map order.orderedAt=COLUMN.',
    )
}

function notesOn(header: readonly string[], places: Map<string, number>, ignored: Set<number>): string[] {
  const used = [...places].map(([field, place]) => `${field} ← ${header[place]}`)
  const taken = new Set(places.values())
  const unused = header.filter((_, place) => !taken.has(place) && !ignored.has(place))
  const notes = [`columns used: ${used.join(', ')}`]
  if (ignored.size > 0) notes.push(`columns ignored as asked: ${[...ignored].map((place) => header[place]).join(', ')}`)
  if (unused.length > 0) notes.push(`columns not used: ${unused.join(', ')}`)
  return notes
}

const matches = (name: string, pattern: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern

const problem = (code: string, message: string, remedy: string) => fail({ code, message, remedy, where: 'line 1' })
