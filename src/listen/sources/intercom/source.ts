import { ok } from '../../../core/result.ts'
import { isObject, type JsonObject, objectAt, objectsAt, textAt } from '../../decode/fields.ts'
import { defineJsonSource, itemsIn } from '../../source/json-source.ts'
import { verifyHmac } from '../../source/signatures.ts'
import type { LeftOut, Mapping } from '../../source/source.ts'
import { speakerSettings } from '../../talk/speaking.ts'
import { readConversation } from './read.ts'

const shape = { en: 'Intercom', requires: [], unwrap, read: readConversation }

/** Intercom's conversations: lists and searches of its API, single ones with their parts, and its webhooks. */
export const intercom = defineJsonSource({
  ...shape,
  id: 'intercom',
  zh: 'Intercom 会话',
  shelf: 'service',
  describe: {
    zh: '会话（API 列表、搜索、单条）与推送。user、lead、contact 是顾客；admin、team 是坐席；bot 不算。内部备注跳过。',
    en: 'Conversations (lists, searches and single ones of the API) and webhooks. Users, leads and contacts are customers, admins and teams agents, bots bots. Notes are skipped.',
  },
  settings: speakerSettings,
  mapping: mapping(),
  leftOut: leftOut(),
  webhook: {
    secretHint: {
      zh: 'Intercom → Developer Hub → 该应用 → Basic information → Client secret',
      en: 'Intercom → Developer Hub → the app → Basic information → client secret',
    },
    verify: (delivery, secret) =>
      verifyHmac(delivery, secret, { header: 'x-hub-signature', algorithm: 'sha1', encoding: 'hex', prefix: 'sha1=' }),
    deliveryId: (_, payload) => textAt(payload, 'id'),
    read: (payload, context) => ok(itemsIn(shape, payload, context)),
  },
})

/** Each conversation by itself, whatever lies around it. */
function unwrap(document: JsonObject): JsonObject[] {
  const topic = textAt(document, 'topic')
  if (topic !== undefined) {
    const item = objectAt(document, 'data.item')
    return [
      item && /^conversation\./.test(topic) && topic !== 'conversation.deleted' ? { conversation: item } : { topic },
    ]
  }
  for (const list of ['conversations', 'data'])
    if (Array.isArray(document[list])) return objectsAt(document, list).map((conversation) => ({ conversation }))
  if (isObject(document.conversation)) return [{ conversation: document.conversation }]
  return [{ conversation: document }]
}

function mapping(): readonly Mapping[] {
  const at = (path: string, to: string) => ({ from: `conversation.${path}`, to })
  const part = 'conversation_parts.conversation_parts[]'
  return [
    at('id', 'voice.conversation'),
    at('created_at', 'event.at'),
    at('state', 'event.props.state'),
    at('priority', 'event.props.priority'),
    at('tags.tags[].name', 'event.props.tags'),
    at('contacts.contacts[].id', 'voice.customerRef'),
    at('contacts.contacts[].external_id', 'voice.customerRef'),
    at('statistics.last_close_at', 'event.at'),
    at('statistics.count_reopens', 'event.props.reopens'),
    at('source.id', 'voice.id'),
    at('source.type', 'voice.channel'),
    at('source.subject', 'voice.text'),
    at('source.body', 'voice.text'),
    at('source.author.type', 'voice.speaker'),
    at('source.author.id', 'voice.customerRef'),
    at('source.attachments', 'voice.facts.attachments'),
    at('source.redacted', 'voice.text'),
    at('conversation_message.**', 'voice.text'),
    at('user.id', 'voice.customerRef'),
    at('user.user_id', 'voice.customerRef'),
    at(`${part}.id`, 'voice.id'),
    at(`${part}.part_type`, 'voice.speaker'),
    at(`${part}.body`, 'voice.text'),
    at(`${part}.created_at`, 'voice.at'),
    at(`${part}.author.type`, 'voice.speaker'),
    at(`${part}.author.id`, 'voice.customerRef'),
    at(`${part}.attachments`, 'voice.facts.attachments'),
    at(`${part}.redacted`, 'voice.text'),
    at('conversation_rating.rating', 'voice.rating'),
    at('conversation_rating.remark', 'voice.text'),
    at('conversation_rating.created_at', 'voice.at'),
    at('conversation_rating.contact.id', 'voice.customerRef'),
    { from: 'topic', to: 'event.name' },
  ]
}

function leftOut(): readonly LeftOut[] {
  const desk = { zh: 'Intercom 内部的分派与状态', en: 'how Intercom assigns and counts' }
  const person = { zh: '个人信息', en: 'personal details' }
  return [
    ...['source.author', 'conversation_parts.conversation_parts[].author', 'contacts', 'user', 'customers'].map(
      (path) => ({
        from: `conversation.${path}.**`,
        why: person,
      }),
    ),
    ...'type updated_at waiting_since snoozed_until first_contact_reply admin_assignee_id team_assignee_id open read sla_applied statistics teammates title custom_attributes topics ticket linked_objects ai_agent ai_agent_participated assignee links company source tags conversation_parts conversation_rating'
      .split(' ')
      .map((field) => ({ from: `conversation.${field}.**`, why: desk })),
    { from: 'conversation.conversation_parts.conversation_parts[].**', why: desk },
  ]
}
