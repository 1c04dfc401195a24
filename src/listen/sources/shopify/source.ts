import { defineJsonSource } from '../../source/json-source.ts'
import { leftOut, mapping } from './mapping.ts'
import { objectsOf, readObject } from './read.ts'
import { webhook } from './webhook.ts'

export const shopify = defineJsonSource({
  id: 'shopify',
  zh: 'Shopify',
  en: 'Shopify',
  shelf: 'shop',
  describe: {
    zh: '订单、退款、退货（REST 与 GraphQL 两种写法）、运单、结账、商品与网页像素事件的 JSON：单个、列表或每行一个；也可由 Webhook 送来。订单行金额为“单价 × 数量 − 折扣”，不含运费。部分 GraphQL 退货没有时间，导入时可用 --set at=日期 --set event.at=日期。',
    en: 'Orders, refunds, returns (REST and GraphQL), fulfilments, checkouts, products and web-pixel events as JSON: one, a list or one a line; also by webhook. A line’s amount is price × quantity − discounts, without shipping. Some GraphQL returns carry no time: import them with --set at=DATE --set event.at=DATE.',
  },
  requires: [],
  mapping,
  leftOut,
  unwrap: objectsOf,
  read: (object, context) => readObject(object, context),
  webhook,
})
