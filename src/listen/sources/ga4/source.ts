import { scalarsOf } from '../../cells/scalars.ts'
import { isObject, type JsonObject, numberAt, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import { currencyOf, moneyAt, wholeNumber } from '../../decode/money.ts'
import { joined, OLDEST_STATE, pieces, theOnly } from '../../happenings/happened.ts'
import { namedAs } from '../../happenings/names.ts'
import type { Item } from '../../source/item.ts'
import { defineJsonSource } from '../../source/json-source.ts'
import { leave, mapped } from '../../source/mapping.ts'

export const ga4 = defineJsonSource({
  id: 'ga4',
  zh: 'Google Analytics 4（BigQuery 导出）',
  en: 'Google Analytics 4 (BigQuery export)',
  shelf: 'behaviour',
  describe: {
    zh: 'BigQuery 导出表的 JSON Lines。时间是微秒；event_params 展开成事实。purchase 有交易号、币种与商品时另成订单；搜索词另成声音。traffic_source 是该用户最初的来源，不是这次会话的，故不收。',
    en: 'JSON lines of the BigQuery export. Times are microseconds; event_params become facts. A purchase with transaction id, currency and items is an order as well, a search term a voice. traffic_source is the user’s first source, not this session’s: it is left out.',
  },
  requires: ['event_name', 'event_timestamp'],
  mapping: mapped({
    'event.name': 'event_name',
    'event.at': 'event_timestamp',
    'event.customerRef': 'user_id',
    'event.session': 'user_pseudo_id',
    'event.city': 'geo.city',
    'event.channel': 'platform',
    'event.props.*': ['event_params[].**', 'ecommerce.**'],
    'event.props.device': 'device.category',
    'event.props.value_usd': 'event_value_in_usd',
    'event.orderId': 'ecommerce.transaction_id',
    'event.productId': 'items[].item_id',
    'order.lines[].amountMinor': ['items[].price', 'items[].quantity'],
    'product.title': 'items[].item_name',
    'voice.text': 'event_params[].value.string_value',
  }),
  leftOut: [
    ...leave(
      '设备、位置与用户属性',
      'devices, places and traits of users',
      'device.**',
      'geo.**',
      'user_properties[].**',
      'user_ltv.**',
      'privacy_info.**',
      'user_first_touch_timestamp',
      'app_info.**',
    ),
    ...leave('用户最初的来源，不是这次会话的', 'the user’s first source, not this session’s', 'traffic_source.**'),
    ...leave(
      '技术字段',
      'technical fields',
      'event_date',
      'event_previous_timestamp',
      'event_bundle_sequence_id',
      'event_server_timestamp_offset',
      'stream_id',
      'items[].**',
      'event_dimensions.**',
      'collected_traffic_source.**',
      'session_traffic_source_last_click.**',
      'is_active_user',
      'batch_event_index',
      'batch_page_id',
      'batch_ordering_id',
      'publisher.**',
    ),
  ],
  read,
})

function read(event: JsonObject): Item[] {
  const params = paramsOf(event)
  const { name, touchpoint, raw } = namedAs(textAt(event, 'event_name') ?? '')
  const items = objectsAt(event, 'items')
  const currency = currencyOf(textAt(params, 'currency'))
  const visitor = textAt(event, 'user_pseudo_id')
  const visit = textAt(params, 'ga_session_id')
  const about = {
    at: momentOf(event),
    customerRef: textAt(event, 'user_id'),
    session: visitor && (visit ? `${visitor}.${visit}` : visitor),
  }
  const orderId = real(textAt(event, 'ecommerce.transaction_id')) ?? real(textAt(params, 'transaction_id'))
  const query = name === 'searched' ? textAt(params, 'search_term') : undefined
  return [
    ...items.flatMap(productOf),
    {
      event: {
        ...about,
        name,
        touchpoint,
        orderId,
        productId: theOnly(items.map((item) => textAt(item, 'item_id'))),
        city: textAt(event, 'geo.city')?.slice(0, 80),
        channel: textAt(event, 'platform')?.slice(0, 40),
        props: {
          ...scalarsOf(params, new Set(['currency', 'ga_session_id', 'transaction_id'])),
          currency,
          total_minor: wholeNumber(
            moneyAt(params, 'value', currency) ?? moneyAt(event, 'ecommerce.purchase_revenue', currency),
          ),
          quantity: pieces(items.map((item) => textAt(item, 'quantity'))),
          products: items.length > 1 ? joined(items.map((item) => textAt(item, 'item_id'))) : undefined,
          device: textAt(event, 'device.category'),
          value_usd: numberAt(event, 'event_value_in_usd'),
          event_raw: raw,
        },
      },
    },
    ...orderOf(name, event, items, orderId, currency, about),
    ...(query === undefined
      ? []
      : [{ voice: { at: about.at, customerRef: about.customerRef, kind: 'search_term' as const, text: query } }]),
  ]
}

/** "(not set)" stands for none. */
const real = (text: string | undefined): string | undefined => (text === '(not set)' ? undefined : text)

/** Microseconds, as a number or as text. */
function momentOf(event: JsonObject): unknown {
  const micros = numberAt(event, 'event_timestamp')
  return typeof micros === 'number' ? Math.floor(micros / 1_000) : micros
}

/** `[{key, value: {int_value: 1}}]` as `{key: 1}`. */
function paramsOf(event: JsonObject): JsonObject {
  const entries = objectsAt(event, 'event_params').flatMap((param) => {
    const key = textAt(param, 'key')
    const value = valueAt(param, 'value')
    const single = isObject(value) ? Object.values(value).find((one) => one !== null && one !== undefined) : value
    return key === undefined || single === undefined ? [] : [[key, single] as const]
  })
  return Object.fromEntries(entries)
}

function productOf(item: JsonObject): Item[] {
  const id = textAt(item, 'item_id')
  const title = real(textAt(item, 'item_name'))
  return id && title
    ? [{ product: { id, title: title.slice(0, 300), category: real(textAt(item, 'item_category'))?.slice(0, 80) } }]
    : []
}

interface About {
  at: unknown
  customerRef?: string
}

function orderOf(
  name: string,
  event: JsonObject,
  items: readonly JsonObject[],
  id: string | undefined,
  currency: string | undefined,
  about: About,
): Item[] {
  if (name !== 'order_completed' || id === undefined || currency === undefined || items.length === 0) return []
  const lines = items.map((item) => {
    const quantity = numberAt(item, 'quantity') ?? 1
    const price = moneyAt(item, 'price', currency)
    return {
      productId: textAt(item, 'item_id'),
      category: real(textAt(item, 'item_category'))?.slice(0, 80),
      quantity,
      amountMinor: typeof price === 'number' && typeof quantity === 'number' ? price * quantity : price,
    }
  })
  const facts = {
    revenue_minor: wholeNumber(moneyAt(event, 'ecommerce.purchase_revenue', currency)),
    tax_minor: wholeNumber(moneyAt(event, 'ecommerce.tax_value', currency)),
    shipping_minor: wholeNumber(moneyAt(event, 'ecommerce.shipping_value', currency)),
  }
  return [
    {
      order: {
        id,
        currency,
        orderedAt: about.at,
        updatedAt: OLDEST_STATE,
        customerRef: about.customerRef,
        lines,
        facts,
      },
    },
  ]
}
