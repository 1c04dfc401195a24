import { fail, ok } from '../../../core/result.ts'
import { isObject, type JsonObject, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import { fileProblem } from '../../reasons/files.ts'
import { because } from '../../reasons/reason.ts'
import { defineJsonSource } from '../../source/json-source.ts'
import { leave, mapped } from '../../source/mapping.ts'
import { verifyHmac } from '../../source/signatures.ts'
import type { Source } from '../../source/source.ts'
import { readCall } from './read.ts'

const calls = defineJsonSource({
  id: 'segment',
  zh: 'Segment / RudderStack',
  en: 'Segment and RudderStack',
  shelf: 'behaviour',
  describe: {
    zh: 'track、page、screen、identify 调用：单个、batch 或每行一个，也可由 Webhook 送来。事件名不分大小写与写法，换成统一名称。Order Completed 有订单号、币种与商品时另成订单；搜索词另成声音。total 是实付，revenue 不含运费与税，两者分开。',
    en: 'track, page, screen and identify calls: one, a batch or one a line, also by webhook. Names in any spelling become the common ones. An Order Completed with id, currency and products is an order as well, a search’s words are a voice. total is what was paid, revenue is without shipping and tax: they stay apart.',
  },
  requires: ['type'],
  mapping: mapped({
    'event.name': ['event', 'type', 'name'],
    'event.id': ['messageId', 'message_id'],
    'event.at': ['timestamp', 'originalTimestamp', 'original_timestamp', 'sentAt', 'receivedAt'],
    'event.customerRef': ['userId', 'user_id'],
    'event.session': ['anonymousId', 'anonymous_id', 'context.sessionId', 'context.session_id'],
    'event.channel': 'channel',
    'event.props.*': 'properties.**',
    'event.props.path': 'context.page.**',
    'order.lines[].amountMinor': 'properties.products[].price',
    'product.title': 'properties.products[].name',
    'voice.text': 'properties.query',
  }),
  leftOut: [
    ...leave('个人资料', 'what describes a person', 'traits.**', 'context.**'),
    ...leave(
      '传送用的信封与内部编号',
      'the envelope and internal numbers',
      'integrations.**',
      'rudderId',
      '_metadata.**',
      'writeKey',
      'version',
      'projectId',
      'request_ip',
      'sent_at',
      'received_at',
      'category',
      'previousId',
      'groupId',
      'metadata.**',
    ),
  ],
  unwrap,
  read: readCall,
  webhook: {
    secretHint: {
      zh: 'Segment Webhook 目标里的 Shared Secret。',
      en: 'The Shared Secret in Segment’s webhook destination.',
    },
    verify: (delivery, secret) =>
      verifyHmac(delivery, secret, { header: 'X-Signature', algorithm: 'sha1', encoding: 'hex' }),
    deliveryId: (_delivery, payload) => textAt(payload, 'messageId'),
    read: (payload) => {
      const found = (Array.isArray(payload) ? payload : [payload]).filter(isObject).flatMap(unwrap)
      return ok(found.flatMap((call) => ('type' in call ? readCall(call) : [{ skipped: because('not_a_call') }])))
    },
  },
})

/** A batch gives its own time of sending and its context to calls that have none. */
function unwrap(document: JsonObject): JsonObject[] {
  const batch = objectsAt(document, 'batch')
  if (batch.length === 0) return [document]
  return batch.map((call) => ({ sentAt: valueAt(document, 'sentAt') ?? null, ...call }))
}

const EXAMPLE = '{"type":"track","event":"…","properties":{…},"timestamp":"…"}'
const SNIPPET =
  /^\s*(?:\/\/.*\n|\/\*[\s\S]*?\*\/|\s)*(?:window\.)?(?:rudder)?analytics\.(?:track|page|screen|identify|group|alias)\s*\(/

/** Segment's documentation shows calls as JavaScript of a page; such a file is told apart at its beginning. */
export const segment: Source = {
  ...calls,
  async open(stream, options) {
    const pieces = stream[Symbol.asyncIterator]()
    const first = await pieces.next()
    const head = first.done ? '' : Buffer.from(first.value).toString('utf8', 0, 4_096)
    if (SNIPPET.test(head)) return fail(fileProblem('is_javascript', { example: EXAMPLE }, 'line 1'))
    async function* whole() {
      if (!first.done) yield first.value
      for (let next = await pieces.next(); !next.done; next = await pieces.next()) yield next.value
    }
    return calls.open(whole(), options)
  },
}
