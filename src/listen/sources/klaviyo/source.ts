import { scalarsOf } from '../../cells/scalars.ts'
import { type JsonObject, objectAt, objectsAt, textAt } from '../../decode/fields.ts'
import { currencyOf, moneyAt, wholeNumber } from '../../decode/money.ts'
import { timeAt } from '../../decode/times.ts'
import { namedAs } from '../../happenings/names.ts'
import { because } from '../../reasons/reason.ts'
import type { Item } from '../../source/item.ts'
import { defineJsonSource } from '../../source/json-source.ts'
import { leave, mapped } from '../../source/mapping.ts'

export const klaviyo = defineJsonSource({
  id: 'klaviyo',
  zh: 'Klaviyo',
  en: 'Klaviyo',
  shelf: 'behaviour',
  describe: {
    zh: '事件接口的分页（JSON:API）。事件名在 included 的 metric 里：取数时请加 include=metric，否则拒收。顾客以 profile 编号识别，邮箱与姓名不收。',
    en: 'Pages of the events API (JSON:API). An event’s name stands in the included metric: ask with include=metric, else it is refused. Customers are known by their profile’s id; addresses and names are left out.',
  },
  requires: ['attributes'],
  mapping: mapped({
    'event.id': 'id',
    'event.name': ['metric', 'relationships.metric.data.id'],
    'event.at': ['attributes.datetime', 'attributes.timestamp'],
    'event.customerRef': 'relationships.profile.data.id',
    'event.props.*': ['attributes.event_properties.**', 'attributes.properties.**'],
  }),
  leftOut: leave('信封与链接', 'the envelope and links', 'type', 'attributes.uuid', 'relationships.**', 'links.**'),
  unwrap,
  read,
})

/** Each event with the name of its metric, which is told once below `included`. */
function unwrap(document: JsonObject): JsonObject[] {
  const included = objectsAt(document, 'included')
  const names = new Map(
    included
      .filter((one) => textAt(one, 'type') === 'metric')
      .map((one) => [textAt(one, 'id'), textAt(one, 'attributes.name')]),
  )
  const one = objectAt(document, 'data')
  const list = one ? [one] : objectsAt(document, 'data')
  const events = list.length > 0 || 'data' in document ? list : [document]
  return events.map((event) => ({
    ...event,
    metric: names.get(textAt(event, 'relationships.metric.data.id')) ?? textAt(event, 'metric') ?? null,
  }))
}

function read(event: JsonObject): Item[] {
  const type = textAt(event, 'type')
  if (type !== undefined && type !== 'event') return [{ skipped: because('another_kind', { kind: type }) }]
  const written = textAt(event, 'metric')
  if (written === undefined) return [{ dead: { field: 'metric', reason: because('metric_without_name') } }]
  const properties = objectAt(event, 'attributes.event_properties') ?? objectAt(event, 'attributes.properties')
  const { name, touchpoint, raw } = namedAs(written)
  const currency = currencyOf(
    textAt(properties, '$currency_code') ?? textAt(properties, 'currency') ?? textAt(properties, 'Currency'),
  )
  return [
    {
      event: {
        id: textAt(event, 'id'),
        name,
        touchpoint,
        at: timeAt(event, 'attributes.datetime', 'UTC') ?? timeAt(event, 'attributes.timestamp', 'UTC'),
        customerRef: textAt(event, 'relationships.profile.data.id'),
        orderId: textAt(properties, 'OrderId') ?? textAt(properties, 'order_id') ?? textAt(properties, 'OrderID'),
        productId:
          textAt(properties, 'ProductID') ?? textAt(properties, 'product_id') ?? textAt(properties, 'ProductId'),
        props: {
          ...scalarsOf(properties, new Set(['$event_id', '$extra', '$currency_code'])),
          currency,
          total_minor: wholeNumber(moneyAt(properties, '$value', currency)),
          event_raw: raw,
        },
      },
    },
  ]
}
