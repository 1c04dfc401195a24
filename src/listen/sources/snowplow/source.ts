import { scalarsOf } from '../../cells/scalars.ts'
import { isObject, type JsonObject, objectAt, textAt } from '../../decode/fields.ts'
import { parseJson } from '../../decode/json.ts'
import { currencyOf, minorOf, wholeNumber } from '../../decode/money.ts'
import { parseTime } from '../../decode/values.ts'
import { namedAs } from '../../happenings/names.ts'
import { because } from '../../reasons/reason.ts'
import type { Item } from '../../source/item.ts'
import { leave, mapped } from '../../source/mapping.ts'
import { defineTableSource, type Row } from '../../source/table-source.ts'
import { columns } from './columns.ts'

const facts = [
  'app_id',
  'platform',
  'page_urlhost',
  'page_urlpath',
  'page_title',
  'refr_medium',
  'refr_source',
  'mkt_campaign',
  'se_category',
  'se_action',
  'se_label',
  'se_property',
] as const
const numbers = ['se_value', 'ti_quantity', 'pp_yoffset_max'] as const

const used = [
  'event_id',
  'event_name',
  'event',
  'true_tstamp',
  'derived_tstamp',
  'collector_tstamp',
  'user_id',
  'domain_sessionid',
  'domain_userid',
  'geo_city',
  'unstruct_event',
  'tr_orderid',
  'ti_orderid',
  'ti_sku',
  'ti_name',
  'tr_total',
  'tr_tax',
  'tr_shipping',
  'tr_currency',
  'ti_price',
  'ti_currency',
  ...facts,
  ...numbers,
]

export const snowplow = defineTableSource({
  id: 'snowplow',
  zh: 'Snowplow 增强事件（TSV）',
  en: 'Snowplow enriched events (TSV)',
  shelf: 'behaviour',
  describe: {
    zh: '没有表头的 131 列 TSV，按位置读。时间按 UTC：先取 true_tstamp，再取 derived_tstamp、collector_tstamp。事件以 event_name 为准（event 可能只写 page_view）。网络地址、指纹与设备不收。',
    en: 'TSV of 131 columns without a header, read by their places. Times are UTC: true_tstamp, else derived_tstamp, else collector_tstamp. event_name tells the event (event may only say page_view). Network addresses, fingerprints and devices are left out.',
  },
  form: { delimiter: '\t', quoted: false },
  header: columns,
  requires: [],
  mapping: mapped({
    'event.id': 'event_id',
    'event.name': ['event_name', 'event'],
    'event.at': ['true_tstamp', 'derived_tstamp', 'collector_tstamp'],
    'event.customerRef': 'user_id',
    'event.session': ['domain_sessionid', 'domain_userid'],
    'event.city': 'geo_city',
    'event.orderId': ['tr_orderid', 'ti_orderid'],
    'event.productId': 'ti_sku',
    'event.props.*': ['unstruct_event', ...facts, ...numbers],
    'event.props.total_minor': 'tr_total',
    'event.props.currency': ['tr_currency', 'ti_currency'],
    'product.title': 'ti_name',
  }),
  leftOut: leave(
    '网络地址、设备、技术字段与上下文',
    'network addresses, devices, technical fields and contexts',
    ...columns.filter((column) => !used.includes(column)),
  ),
  read,
})

function read(row: Row): Item[] {
  const kind = row('event')
  if (row('event_id') === undefined || (kind === undefined && row('event_name') === undefined))
    return [{ dead: { field: 'event_id', reason: because('not_of_system', { system: 'Snowplow' }) } }]
  const data = unstructured(row('unstruct_event'))
  const action =
    kind === 'struct'
      ? row('se_action')
      : row('event_name') === 'snowplow_ecommerce_action'
        ? textAt(data, 'type')
        : undefined
  const { name, touchpoint, raw } = namedAs(action ?? row('event_name', 'event')!)
  const time = row('true_tstamp', 'derived_tstamp', 'collector_tstamp')
  const currency = currencyOf(row('tr_currency', 'ti_currency') ?? textAt(data, 'currency'))
  const amount = (column: string) => {
    const cell = row(column)
    return cell === undefined || currency === undefined ? undefined : wholeNumber(minorOf(cell, currency))
  }
  const sku = row('ti_sku')
  const title = row('ti_name')
  return [
    ...(sku && title
      ? [{ product: { id: sku, title: title.slice(0, 300), category: row('ti_category')?.slice(0, 80) } }]
      : []),
    {
      event: {
        id: row('event_id'),
        name,
        touchpoint,
        at: time && (parseTime(time.trim(), 'UTC') ?? time),
        customerRef: row('user_id'),
        session: row('domain_sessionid', 'domain_userid'),
        city: row('geo_city')?.slice(0, 80),
        orderId: row('tr_orderid', 'ti_orderid'),
        productId: sku,
        props: {
          ...Object.fromEntries(facts.map((column) => [column, row(column)?.slice(0, 2_000)])),
          ...Object.fromEntries(numbers.map((column) => [column, numberOf(row(column))])),
          ...scalarsOf(data),
          currency,
          total_minor: amount('tr_total'),
          tax_minor: amount('tr_tax'),
          shipping_minor: amount('tr_shipping'),
          price_minor: amount('ti_price'),
          event_raw: raw,
        },
      },
    },
  ]
}

const numberOf = (cell: string | undefined): number | undefined =>
  cell !== undefined && Number.isFinite(Number(cell)) ? Number(cell) : undefined

/** A self-describing event lies two envelopes deep. */
function unstructured(cell: string | undefined): JsonObject | undefined {
  if (cell === undefined) return undefined
  try {
    const value = parseJson(cell)
    return isObject(value) ? (objectAt(value, 'data.data') ?? objectAt(value, 'data')) : undefined
  } catch {
    return undefined
  }
}
