import { ok } from '../../../core/result.ts'
import { isObject, type JsonObject, objectAt, objectsAt, textAt } from '../../decode/fields.ts'
import type { Item, ReadContext } from '../../source/item.ts'
import { defineJsonSource, itemsIn } from '../../source/json-source.ts'
import { verifyHmac } from '../../source/signatures.ts'
import type { LeftOut, Mapping } from '../../source/source.ts'
import { speakerSettings } from '../../talk/speaking.ts'
import { readConversation } from './read.ts'
import { isTicket, readTicket } from './tickets.ts'

const shape = { en: 'Intercom', requires: [], unwrap, read }

/** Intercom's conversations and tickets: lists and searches of its API, single ones with their parts, and its webhooks. */
export const intercom = defineJsonSource({
  ...shape,
  id: 'intercom',
  zh: 'Intercom 会话',
  shelf: 'service',
  describe: {
    zh: '会话与工单（API 列表、搜索、单条）与推送。user、lead、contact 是顾客；admin、team 是坐席；bot 不算。内部备注跳过。顾客工单的表单不知由谁填写，列为死信，可用 --set unknown=customer。',
    en: 'Conversations and tickets (lists, searches and single ones of the API) and webhooks. Users, leads and contacts are customers, admins and teams agents, bots bots. Notes are skipped. Who filled in the form of a customer ticket is not told: a dead letter unless you say --set unknown=customer.',
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
      item && /^(?:conversation|ticket)\./.test(topic) && topic !== 'conversation.deleted' ? named(item) : { topic },
    ]
  }
  for (const list of ['conversations', 'tickets', 'data'])
    if (Array.isArray(document[list])) return objectsAt(document, list).map(named)
  if (isObject(document.conversation)) return [{ conversation: document.conversation }]
  return [named(document)]
}

const named = (object: JsonObject): JsonObject => (isTicket(object) ? { ticket: object } : { conversation: object })

function read(object: JsonObject, context: ReadContext): Item[] {
  return isObject(object.ticket) ? readTicket(object.ticket, context) : readConversation(object, context)
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
    ...ticketFields(),
    { from: 'topic', to: 'event.name' },
  ]
}

function ticketFields(): readonly Mapping[] {
  const at = (path: string, to: string) => ({ from: `ticket.${path}`, to })
  return [
    at('id', 'voice.conversation'),
    at('created_at', 'event.at'),
    at('category', 'voice.speaker'),
    at('ticket_type.name', 'event.props.type'),
    at('ticket_type.category', 'voice.speaker'),
    at('ticket_state', 'event.props.state'),
    at('ticket_state.category', 'event.props.state'),
    at('ticket_attributes._default_title_', 'voice.text'),
    at('ticket_attributes._default_description_', 'voice.text'),
    at('ticket_attributes.*', 'event.props.*'),
    at('contacts.contacts[].id', 'voice.customerRef'),
    at('contacts.contacts[].external_id', 'voice.customerRef'),
    ...['ticket_part', 'ticket_parts.ticket_parts[]'].flatMap((part) => [
      at(`${part}.id`, 'voice.id'),
      at(`${part}.part_type`, 'voice.speaker'),
      at(`${part}.body`, 'voice.text'),
      at(`${part}.created_at`, 'voice.at'),
      at(`${part}.author.type`, 'voice.speaker'),
      at(`${part}.author.id`, 'voice.customerRef'),
      at(`${part}.attachments`, 'voice.facts.attachments'),
      at(`${part}.redacted`, 'voice.text'),
      at(`${part}.ticket_state`, 'event.name'),
      at(`${part}.previous_ticket_state`, 'event.name'),
    ]),
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
    ...['contacts', 'ticket_part.author', 'ticket_parts.ticket_parts[].author'].map((path) => ({
      from: `ticket.${path}.**`,
      why: person,
    })),
    ...'type ticket_id updated_at open snoozed_until admin_assignee_id team_assignee_id company_id linked_objects is_shared ticket_state_internal_label ticket_state_external_label ticket_state ticket_type ticket_part ticket_parts'
      .split(' ')
      .map((field) => ({ from: `ticket.${field}.**`, why: desk })),
  ]
}
