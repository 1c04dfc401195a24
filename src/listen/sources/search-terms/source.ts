import { numberOf, timeOf } from '../../cells/cells.ts'
import { objectsAt, valueAt } from '../../decode/fields.ts'
import { isMasked } from '../../decode/values.ts'
import { because } from '../../reasons/reason.ts'
import { defineFlatSource } from '../../source/either-source.ts'
import type { Item, ReadContext } from '../../source/item.ts'
import { mapped } from '../../source/mapping.ts'
import type { Row } from '../../source/table-source.ts'

const names = {
  term: [
    'term',
    'query',
    'keyword',
    'search_term',
    'search_query',
    'searchTerm',
    'q',
    '搜索词',
    '关键词',
    '搜索关键词',
    '搜索内容',
    '搜索',
  ],
  at: [
    'at',
    'time',
    'timestamp',
    'ts',
    'datetime',
    'created_at',
    'createdAt',
    'date',
    '搜索时间',
    '时间',
    '日期',
    '统计日期',
  ],
  searches: ['count', 'searches', 'search_count', 'pv', '搜索次数', '次数', '搜索量'],
  searchers: ['users', 'searchers', 'uv', '搜索人数', '人数'],
  results: [
    'results',
    'result_count',
    'results_count',
    'hits',
    'total_hits',
    'nbHits',
    '结果数',
    '搜索结果数',
    '返回结果数',
  ],
  clicks: ['clicks', 'click_count', '点击数', '点击次数'],
  customer: ['customer', 'customer_id', 'customerId', 'user_id', 'userId', '用户ID', '会员ID', '买家ID', '客户ID'],
  session: ['session', 'session_id', 'sessionId', '会话ID'],
  id: ['id', 'event_id', 'search_id'],
  channel: ['channel', 'platform', '渠道', '平台', '端'],
  category: ['category', '类目', '品类'],
}

export const searchTerms = defineFlatSource({
  id: 'search-terms',
  zh: '站内搜索词',
  en: 'Search terms',
  shelf: 'behaviour',
  broad: 0.7,
  describe: {
    zh: '站内搜索日志的 CSV 或 JSON 行：搜索词、时间，可带用户、次数、结果数。每行一条；带次数的汇总行也只算一条，次数记为事实 searches，不会复制成许多人说的话。',
    en: 'A log of searches as CSV or JSON lines: term, time, and where given the customer, a count, the number of results. A row is one voice. A row with a count is still one: the count is the fact searches, and is never multiplied into many people’s words.',
  },
  unwrap: (document) => {
    const list = ['searches', 'terms', 'data', 'items', 'results'].find((path) =>
      Array.isArray(valueAt(document, path)),
    )
    return list === undefined ? [document] : objectsAt(document, list)
  },
  requires: [names.term.join('|'), names.at.join('|')],
  mapping: mapped({
    'voice.text': names.term,
    'voice.at': names.at,
    'voice.customerRef': names.customer,
    'voice.channel': names.channel,
    'voice.category': names.category,
    'voice.id': names.id,
    'voice.facts.searches': names.searches,
    'voice.facts.searchers': names.searchers,
    'voice.facts.results': names.results,
    'voice.facts.clicks': names.clicks,
    'voice.facts.session': names.session,
  }),
  leftOut: [],
  read,
})

function read(row: Row, { zone }: ReadContext): Item[] {
  const text = row(...names.term)
  if (text === undefined) return [{ skipped: because('no_search_term') }]
  const customer = row(...names.customer)
  const id = row(...names.id)
  return [
    {
      voice: {
        id: id && `search-${id}`,
        kind: 'search_term',
        text,
        at: timeOf(row(...names.at), zone),
        customerRef: customer !== undefined && !isMasked(customer) ? customer : undefined,
        channel: row(...names.channel),
        category: row(...names.category),
        facts: {
          searches: numberOf(row(...names.searches)),
          searchers: numberOf(row(...names.searchers)),
          results: numberOf(row(...names.results)),
          clicks: numberOf(row(...names.clicks)),
          session: row(...names.session),
        },
      },
    },
  ]
}
