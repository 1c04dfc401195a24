import { columnName } from '../../decode/table.ts'

/** Which field a column's name may mean. */
export interface Vocabulary {
  /** Fields by a column's plain name, the likeliest first. */
  fieldsOf: ReadonlyMap<string, readonly string[]>
  /** How sure a name is among those of its likeliest field: the lower, the surer. */
  rank: ReadonlyMap<string, number>
}

/** A column's name without what stands in brackets at its end, which says the unit or the form: 评分(星), 退款金额（元）. */
export const nameWithoutUnit = (name: string): string =>
  columnName(name.normalize('NFKC').replace(/(?<=\S)\s*[([][^()[\]]*[)\]]\s*$/, ''))

/** Names by field, as `columnName` leaves them, divided by spaces, the surest first. */
export function vocabulary(words: Readonly<Record<string, string>>): Vocabulary {
  const fieldsOf = new Map<string, string[]>()
  const rank = new Map<string, number>()
  for (const [field, names] of Object.entries(words))
    for (const [place, name] of names.split(' ').entries()) {
      fieldsOf.set(name, [...(fieldsOf.get(name) ?? []), field])
      rank.set(name, rank.get(name) ?? place)
    }
  return { fieldsOf, rank }
}

/**
 * Column names of review exports. A bare `id` is not among them: it is often only the row's number, and rows of two files would be taken
 * for the same. Nor is a bare `title`, which is the product's as often as the review's.
 */
export const reviewWords = {
  text: '评价内容 评论内容 评价正文 评价详情 初评内容 初次评价 评论 评价 评语 内容 文本 reviewcommentmessage reviewtext reviewcontent reviewbody review commenttext comment comments content text body feedback 評價內容 評論內容 評論 評價 評語 內容 レビュー内容 レビュー本文 レビュー 口コミ クチコミ 리뷰내용 리뷰 후기내용 후기 상품평 bewertungstext rezension kommentar bewertung reseña opinión comentario avis commentaire comentário avaliação recensione commento отзыв комментарий',
  rating:
    '评分 星级 评价星级 评分星级 评价等级 总评分 打分 分数 rating reviewscore reviewrating starrating stars star score overall label 評分 星級 評価 星の数 평점 별점 sterne sternebewertung bewertung puntuación calificación estrellas étoiles noteattribuée nota avaliação valutazione voto оценка рейтинг',
  at: '评价时间 评论时间 评价日期 评论日期 初评时间 发表时间 创建时间 时间 日期 reviewcreationdate reviewtime reviewdate creationtime createdat createtime created publishedat datetime timestamp date time at 評價時間 評論時間 評價日期 評論日期 時間 投稿日時 投稿日 レビュー日 日時 日付 작성일시 작성일자 작성일 등록일 날짜 bewertungsdatum erstelltam datum fecha fechadelareseña datedelavis datadaavaliação data датаотзыва дата',
  id: '评价id 评论id 评价编号 评论编号 reviewid commentid',
  title: '评价标题 评论标题 reviewtitle reviewheadline',
  'followUp.text':
    '追评内容 追加评论内容 追加评价内容 追评 追加评论 追加评价 追评论 aftercommentcontent afterusercommentcontent appendcontent followupcontent followup',
  'followUp.at':
    '追评时间 追加评论时间 追加评价时间 追评日期 afterusercommentcreated aftertime appendtime followuptime',
  'reply.text':
    '商家回复内容 商家回复 店铺回复 卖家回复 客服回复 回复内容 sellerreply shopreply merchantreply replycontent reply',
  'reply.at': '商家回复时间 回复时间 replytime replydate repliedat',
  orderId:
    '订单号 订单编号 订单id 主订单编号 orderid orderno ordernumber ordersn 訂單編號 訂單號 注文番号 주문번호 bestellnummer',
  productId:
    '商品id 商品编号 商品编码 宝贝id skuid sku spuid 货号 productid itemid asin referenceid 商品編號 商品コード 商品番号 상품번호 artikelnummer',
  'product.title':
    '商品名称 商品标题 宝贝名称 宝贝标题 产品名称 商品 产品 productname producttitle itemname referencename 商品名稱 商品名 상품명 produktname produkt producto produit produto prodotto товар',
  category: '类目 商品类目 品类 分类 类别 category productcategoryname productcategory categoryname cat',
  merchantId: '商家id 店铺id 商家 店铺 店铺名称 卖家 merchantid sellerid shopid merchant seller shop',
  customerRef: '用户id 买家id 会员id 客户id userid customerid customeruniqueid buyerid memberid',
  city: '城市 收货城市 所在城市 city customercity',
  channel: '渠道 平台 channel platform',
  'facts.colour': '颜色 商品颜色 产品颜色 购买颜色 productcolor colour color',
  'facts.size': '尺码 规格 商品规格 产品规格 商品尺寸 型号 商品型号 productsize',
  'facts.useful': '点赞数 点赞量 有用数 usefulvotecount',
  'facts.member_level': '会员等级 会员级别 用户等级 用户级别 userlevelname',
  'facts.client': '客户端 评价来源 评论来源 userclientshow',
  'facts.location': '省份 地区 用户地区 ip属地 ip归属地 location',
  'facts.tags': '标签 评价标签 tags commenttags',
} as const
