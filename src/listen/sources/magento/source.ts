import { objectsAt } from '../../decode/fields.ts'
import { defineJsonSource } from '../../source/json-source.ts'
import { leftOut, mapping } from './mapping.ts'
import { readObject } from './read.ts'

export const magento = defineJsonSource({
  id: 'magento',
  zh: 'Magento 2（Adobe Commerce）',
  en: 'Magento 2 (Adobe Commerce)',
  shelf: 'shop',
  describe: {
    zh: 'REST 的订单、发票、退款单与发货单。套装与可配置商品的父子行只计一次，合计等于订单小计。时间按 UTC 读。订单号用 entity_id（发票以它指向订单），increment_id 记为事实。',
    en: 'Orders, invoices, credit memos and shipments of the REST API. Parent and child lines of bundles and configurable products count once, so that they add up to the subtotal. Times are UTC. An order’s id is its entity_id (invoices point to it); increment_id is a fact.',
  },
  requires: ['entity_id'],
  mapping,
  leftOut,
  unwrap: (document) => ('search_criteria' in document ? objectsAt(document, 'items') : [document]),
  read: readObject,
})
