import { isObject, type JsonObject, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import { defineJsonSource } from '../../source/json-source.ts'
import type { LeftOut, Mapping } from '../../source/source.ts'
import { readPart } from './read.ts'

/** Freshdesk: tickets (with stats, requester and conversations), conversations and satisfaction ratings of its API v2. */
export const freshdesk = defineJsonSource({
  id: 'freshdesk',
  zh: 'Freshdesk 工单',
  en: 'Freshdesk',
  shelf: 'service',
  describe: {
    zh: '工单、对话与满意度（API v2 的 JSON，或账户导出里的 helpdesk_ticket）。自动回复跳过或算机器人。incoming 的对话是顾客说的，其余是坐席；私密备注跳过；电话与外发工单的正文由坐席写。满意度 103…-103 记为 7…1 分。',
    en: 'Tickets, conversations and satisfaction ratings (JSON of API v2, or helpdesk_ticket of the account’s export). Automatic replies are skipped, or a bot’s. Incoming conversations are the customer’s, others the agent’s; private notes are skipped; phone and outbound tickets are written by the agent. Ratings 103 … -103 become 7 … 1.',
  },
  requires: [],
  unwrap,
  read: readPart,
  mapping: mapping(),
  leftOut: leftOut(),
})

function unwrap(document: JsonObject): JsonObject[] {
  for (const list of ['tickets', 'results', 'conversations'])
    if (Array.isArray(document[list]) && !('subject' in document)) return objectsAt(document, list).flatMap(unwrap)
  if (isObject(document.ticket)) return [isZendesk(document.ticket) ? { other: document } : { ticket: document.ticket }]
  if (isObject(document.helpdesk_ticket)) return [{ ticket: exported(document.helpdesk_ticket) }]
  if ('incoming' in document && ('body' in document || 'body_text' in document)) return [{ conversation: document }]
  if ('survey_id' in document && isObject(document.ratings)) return [{ rating: document }]
  const isTicket =
    textAt(document, 'id') !== undefined && 'requester_id' in document && valueAt(document, 'subject') !== undefined
  return [isTicket && !isZendesk(document) ? { ticket: document } : { other: document }]
}

/** A ticket of the account's own export, and of the API's version 1, as version 2 has it: with conversations for notes. */
function exported(ticket: JsonObject): JsonObject {
  const { notes, helpdesk_notes, display_id, ticket_type, ...own } = ticket
  const list = objectsAt({ list: notes ?? helpdesk_notes ?? null }, 'list')
  return {
    ...own,
    id: display_id ?? own.id ?? null,
    type: ticket_type ?? null,
    conversations: list.map((note) => (isObject(note.note) ? note.note : note)),
  }
}

/** Tickets of Zendesk have much the same fields, and these besides. */
const isZendesk = (ticket: JsonObject): boolean =>
  ['submitter_id', 'via', 'raw_subject'].some((field) => field in ticket)

function mapping(): readonly Mapping[] {
  return [
    { from: 'ticket.id', to: 'voice.conversation' },
    { from: 'ticket.subject', to: 'voice.text' },
    { from: 'ticket.description_text', to: 'voice.text' },
    { from: 'ticket.description', to: 'voice.text' },
    { from: 'ticket.source', to: 'voice.channel' },
    { from: 'ticket.created_at', to: 'voice.at' },
    { from: 'ticket.requester_id', to: 'voice.customerRef' },
    { from: 'ticket.status', to: 'event.props.status' },
    { from: 'ticket.priority', to: 'event.props.priority' },
    { from: 'ticket.type', to: 'event.props.type' },
    { from: 'ticket.tags', to: 'event.props.tags' },
    { from: 'ticket.product_id', to: 'event.props.product' },
    { from: 'ticket.attachments', to: 'voice.facts.attachments' },
    { from: 'ticket.custom_fields.*', to: 'event.props.*' },
    { from: 'ticket.is_escalated', to: 'event.props.escalated' },
    { from: 'ticket.stats.resolved_at', to: 'event.at' },
    { from: 'ticket.stats.closed_at', to: 'event.at' },
    { from: 'ticket.stats.first_responded_at', to: 'event.at' },
    { from: 'ticket.conversations[].**', to: 'voice.text' },
    { from: 'ticket.spam', to: 'event.props.status' },
    { from: 'ticket.deleted', to: 'event.props.status' },
    { from: 'conversation.id', to: 'voice.id' },
    { from: 'conversation.ticket_id', to: 'voice.conversation' },
    { from: 'conversation.body_text', to: 'voice.text' },
    { from: 'conversation.body', to: 'voice.text' },
    { from: 'conversation.body_html', to: 'voice.text' },
    { from: 'conversation.deleted', to: 'voice.text' },
    { from: 'conversation.automation_id', to: 'voice.speaker' },
    { from: 'conversation.auto_response', to: 'voice.speaker' },
    { from: 'conversation.incoming', to: 'voice.speaker' },
    { from: 'conversation.private', to: 'voice.speaker' },
    { from: 'conversation.user_id', to: 'voice.customerRef' },
    { from: 'conversation.created_at', to: 'voice.at' },
    { from: 'conversation.source', to: 'voice.channel' },
    { from: 'conversation.attachments', to: 'voice.facts.attachments' },
    { from: 'rating.id', to: 'voice.id' },
    { from: 'rating.ticket_id', to: 'voice.conversation' },
    { from: 'rating.user_id', to: 'voice.customerRef' },
    { from: 'rating.feedback', to: 'voice.text' },
    { from: 'rating.ratings.*', to: 'voice.rating' },
    { from: 'rating.survey_id', to: 'voice.facts.survey' },
    { from: 'rating.created_at', to: 'voice.at' },
  ]
}

function leftOut(): readonly LeftOut[] {
  const desk = { zh: 'Freshdesk 内部的分派与状态', en: 'how Freshdesk assigns and counts' }
  const person = { zh: '个人信息', en: 'personal details' }
  const people =
    'ticket.requester ticket.cc_emails ticket.fwd_emails ticket.reply_cc_emails ticket.ticket_cc_emails ticket.ticket_bcc_emails ticket.to_emails ticket.email ticket.phone ticket.name ticket.twitter_id ticket.facebook_id conversation.to_emails conversation.from_email conversation.cc_emails conversation.bcc_emails conversation.support_email'
  const state =
    'email_config_id fr_escalated nr_escalated group_id priority_name responder_id company_id company updated_at due_by fr_due_by nr_due_by stats association_type associated_tickets_count structured_description form_id support_email internal_agent_id internal_group_id sentiment_score initial_sentiment_score unique_external_id description_html'
  return [
    ...people.split(' ').map((from) => ({ from: `${from}.**`, why: person })),
    ...state.split(' ').map((field) => ({ from: `ticket.${field}.**`, why: desk })),
    ...'conversation.updated_at conversation.last_edited_at conversation.last_edited_user_id conversation.automation_type_id conversation.category conversation.email_failure_count conversation.outgoing_failures conversation.thread_id conversation.thread_message_id conversation.source_additional_info rating.agent_id rating.group_id rating.updated_at'
      .split(' ')
      .map((from) => ({ from: `${from}.**`, why: desk })),
    { from: 'other.**', why: { zh: '不是 Freshdesk 的记录', en: 'no record of Freshdesk' } },
  ]
}
