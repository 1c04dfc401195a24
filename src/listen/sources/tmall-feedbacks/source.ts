import { markOf, rowOf, timeOf } from '../../cells/cells.ts'
import { type JsonObject, objectAt, objectsAt, valueAt } from '../../decode/fields.ts'
import { textOfHtml } from '../../decode/html.ts'
import { isMasked } from '../../decode/values.ts'
import { because } from '../../reasons/reason.ts'
import type { Item } from '../../source/item.ts'
import { defineJsonSource } from '../../source/json-source.ts'
import { mapped } from '../../source/mapping.ts'
import { saidOf, thread, type VoiceDraft } from '../../talk/thread.ts'

const ZONE = 'Asia/Shanghai'

export const tmallFeedbacks = defineJsonSource({
  id: 'tmall-feedbacks',
  zh: '天猫评价与追评（tmall.traderate.feeds.get）',
  en: 'Tmall feedbacks with follow-ups and tags',
  shelf: 'review',
  describe: {
    zh: '天猫 traderate.feeds.get 的 JSON：评价、追评和语义标签。没有评分，也不编造；追评是单独的一条；标签按正负分开记为事实。',
    en: 'JSON of tmall.traderate.feeds.get: the review, its follow-up and their tags. There is no rating, and none is made up. The follow-up is a voice of its own; tags are facts, positive and negative apart.',
  },
  unwrap: (document) => {
    const body = objectAt(document, 'tmall_traderate_feeds_get_response') ?? document
    const info = valueAt(body, 'tmall_rate_info')
    const found = Array.isArray(info) ? objectsAt(body, 'tmall_rate_info') : [objectAt(body, 'tmall_rate_info') ?? body]
    return found.map((one) => ({ ...idsOf(document), ...one }))
  },
  requires: ['comment_time|append_time', 'content|append_content'],
  mapping: mapped({
    'voice.id': ['child_trade_id', 'oid'],
    'voice.orderId': ['tid', 'trade_id'],
    'voice.productId': ['num_iid', 'item_id'],
    'voice.text': ['content', 'append_content'],
    'voice.at': ['comment_time', 'append_time'],
    'voice.customerRef': ['ouid', 'user_nick'],
    'voice.facts.tags_positive': ['tags[].**', 'tags.tags[].**', 'append_tags[].**', 'append_tags.tags[].**'],
    'voice.facts.tags_negative': ['tags[].posi', 'append_tags[].posi'],
    'voice.facts.has_negative': ['has_negtv', 'append_has_negtv'],
  }),
  leftOut: [],
  read,
})

const idNames = ['child_trade_id', 'oid', 'tid', 'trade_id', 'num_iid', 'item_id']

/** What the caller kept beside the answer, which does not say itself which order it is of. */
const idsOf = (document: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(document).filter(([name]) => idNames.includes(name)))

function read(feed: JsonObject): Item[] {
  const row = rowOf(feed)
  const suborder = row('child_trade_id', 'oid')
  const id = suborder && `feedback-${suborder}`
  const nick = row('user_nick')
  const { text } = saidOf(wordsOf(row('content')))
  const shared = {
    zone: ZONE,
    orderId: row('tid', 'trade_id'),
    productId: row('num_iid', 'item_id'),
    customerRef: row('ouid') ?? (nick !== undefined && !isMasked(nick) ? nick : undefined),
  }
  const facts = { ...tagsIn(feed, 'tags'), has_negative: markOf(row('has_negtv')) }
  const items = thread(
    { ...shared, id, text, at: timeOf(row('comment_time'), ZONE), facts },
    followUpIn(feed, id, shared),
  )
  return text === undefined ? [{ skipped: because('no_words') }, ...items.slice(1)] : items
}

function followUpIn(feed: JsonObject, review: string | undefined, shared: VoiceDraft): VoiceDraft[] {
  const row = rowOf(feed)
  const { text } = saidOf(wordsOf(row('append_content')))
  if (text === undefined) return []
  return [
    {
      ...shared,
      id: review && `${review}.follow-up`,
      kind: 'follow_up_review',
      text,
      at: timeOf(row('append_time'), ZONE),
      facts: { ...tagsIn(feed, 'append_tags'), has_negative: markOf(row('append_has_negtv')) },
    },
  ]
}

const wordsOf = (written: string | undefined): string | undefined => written && textOfHtml(written)

/** Tags by their polarity. The platform wraps the list once more in an object of the same name. */
function tagsIn(feed: JsonObject, path: string) {
  const places = new Set([path, `${path}.tags`, `${path}.${path}`])
  const tags = [...places].flatMap((place) => objectsAt(feed, place)).map(rowOf)
  const named = (positive: boolean) =>
    tags
      .filter((tag) => markOf(tag('posi')) === positive)
      .map((tag) => tag('tag_name'))
      .filter((name) => name !== undefined)
      .join('、') || undefined
  return { tags_positive: named(true), tags_negative: named(false) }
}
