import { isObject, type JsonObject, objectsAt, textAt } from '../../decode/fields.ts'
import { defineJsonSource } from '../../source/json-source.ts'
import type { LeftOut, Mapping } from '../../source/source.ts'
import { speakerSettings } from '../../talk/speaking.ts'
import { pull } from './pull.ts'
import { readPart } from './read.ts'
import { auditOf } from './ticket-events.ts'

/** Zendesk Support: what its API gives of tickets, comments, audits, searches and satisfaction ratings. */
export const zendesk = defineJsonSource({
  id: 'zendesk',
  zh: 'Zendesk 工单',
  en: 'Zendesk',
  shelf: 'service',
  describe: {
    zh: '工单、评论、审计记录、工单事件（增量导出）、搜索结果与满意度（API 的 JSON）。工单提交人就是请求人、或旁边有用户角色时才知道谁在说话；认不出的列为死信，可用 --set unknown=agent。内部备注跳过。',
    en: 'Tickets, comments, audits, ticket events of the incremental export, search results and satisfaction ratings (JSON of the API). Who speaks is known where the author is the requester or the users lie beside; others are dead letters (--set unknown=agent). Internal notes are skipped.',
  },
  settings: speakerSettings,
  requires: [],
  unwrap,
  read: readPart,
  mapping: mapping(),
  leftOut: leftOut(),
  pull,
})

const lists: Record<string, string> = {
  tickets: 'ticket',
  comments: 'comment',
  audits: 'audit',
  satisfaction_ratings: 'rating',
}
const singles: Record<string, string> = {
  ticket: 'ticket',
  comment: 'comment',
  audit: 'audit',
  satisfaction_rating: 'rating',
}

/** Each ticket, comment, audit and rating by itself, under its name, with what is known of its people in `users`. */
function unwrap(document: JsonObject): JsonObject[] {
  const users = rolesIn(document)
  const parts: JsonObject[] = []
  for (const [list, name] of Object.entries(lists))
    for (const one of objectsAt(document, list)) parts.push({ [name]: one, users })
  for (const [field, name] of Object.entries(singles))
    if (isObject(document[field]) && !('requester_id' in document && field === 'satisfaction_rating'))
      parts.push({ [name]: document[field], users })
  for (const one of objectsAt(document, 'ticket_events')) parts.push({ audit: auditOf(one), users })
  for (const one of objectsAt(document, 'results'))
    parts.push(textAt(one, 'result_type') === 'ticket' ? { ticket: one, users } : { other: one })
  if (parts.length > 0) return requesters(parts.map((part) => (isForeign(part) ? { foreign: part } : part)))
  if (isForeign({ ticket: document })) return [{ foreign: document }]
  if ('requester_id' in document && 'description' in document) return [{ ticket: document, users }]
  if ('author_id' in document && 'body' in document) return [{ comment: document, users }]
  if ('author_id' in document && Array.isArray(document.events)) return requesters([{ audit: document, users }])
  if (Array.isArray(document.child_events)) return requesters([{ audit: auditOf(document), users }])
  if ('score' in document && 'ticket_id' in document) return [{ rating: document, users }]
  const empty = [...Object.keys(lists), 'ticket_events', 'results'].some((list) => Array.isArray(document[list]))
  return empty ? [] : [{ foreign: document }]
}

/** Freshdesk's tickets have much the same fields, with codes for words; other systems have lists of the same names. */
function isForeign({ ticket, comment, other }: JsonObject): boolean {
  if (isObject(ticket))
    return typeof ticket.status === 'number' || 'description_text' in ticket || 'fr_escalated' in ticket
  if (isObject(comment)) return !('author_id' in comment)
  return isObject(other) && !('result_type' in other)
}

/** Author → role, as far as the document says: `end-user`, `agent` or `admin`. */
function rolesIn(document: JsonObject): JsonObject {
  const roles = objectsAt(document, 'users').map((user) => [textAt(user, 'id') ?? '', textAt(user, 'role') ?? ''])
  return Object.fromEntries(roles.filter(([id, role]) => id !== '' && role !== ''))
}

/** The first audit of a ticket says who asks: so the authors of its later comments are known. */
function requesters(parts: JsonObject[]): JsonObject[] {
  const found = new Map<string, string>()
  for (const { audit } of parts)
    for (const event of objectsAt(audit, 'events')) {
      const requester = textAt(event, 'field_name') === 'requester_id' ? textAt(event, 'value') : undefined
      if (requester !== undefined) found.set(textAt(audit, 'ticket_id') ?? '', requester)
    }
  if (found.size === 0) return parts
  return parts.map((part) => ({ ...part, requester: found.get(textAt(part, 'audit.ticket_id') ?? '') ?? null }))
}

function mapping(): readonly Mapping[] {
  return [
    { from: 'ticket.id', to: 'voice.conversation' },
    { from: 'ticket.subject', to: 'voice.text' },
    { from: 'ticket.description', to: 'voice.text' },
    { from: 'ticket.created_at', to: 'event.at' },
    { from: 'ticket.updated_at', to: 'voice.at' },
    { from: 'ticket.status', to: 'event.props.status' },
    { from: 'ticket.priority', to: 'event.props.priority' },
    { from: 'ticket.type', to: 'event.props.type' },
    { from: 'ticket.tags', to: 'event.props.tags' },
    { from: 'ticket.custom_fields[].id', to: 'event.props.*' },
    { from: 'ticket.custom_fields[].value', to: 'event.props.*' },
    { from: 'ticket.via.channel', to: 'voice.channel' },
    { from: 'ticket.requester_id', to: 'voice.customerRef' },
    { from: 'ticket.submitter_id', to: 'voice.speaker' },
    { from: 'ticket.satisfaction_rating.**', to: 'voice.rating' },
    { from: 'ticket.comments[].**', to: 'voice.text' },
    { from: 'comment.id', to: 'voice.id' },
    { from: 'comment.ticket_id', to: 'voice.conversation' },
    { from: 'comment.body', to: 'voice.text' },
    { from: 'comment.html_body', to: 'voice.text' },
    { from: 'comment.plain_body', to: 'voice.text' },
    { from: 'comment.author_id', to: 'voice.speaker' },
    { from: 'comment.created_at', to: 'voice.at' },
    { from: 'comment.via.channel', to: 'voice.channel' },
    { from: 'comment.attachments', to: 'voice.facts.attachments' },
    { from: 'comment.public', to: 'voice.speaker' },
    { from: 'comment.type', to: 'voice.speaker' },
    { from: 'comment.data.transcription_text', to: 'voice.text' },
    { from: 'comment.data.answered_by_id', to: 'voice.speaker' },
    { from: 'audit.ticket_id', to: 'voice.conversation' },
    { from: 'audit.author_id', to: 'voice.speaker' },
    { from: 'audit.created_at', to: 'voice.at' },
    { from: 'audit.via.channel', to: 'voice.channel' },
    { from: 'audit.events[].**', to: 'event.props.*' },
    { from: 'rating.id', to: 'voice.id' },
    { from: 'rating.ticket_id', to: 'voice.conversation' },
    { from: 'rating.requester_id', to: 'voice.customerRef' },
    { from: 'rating.score', to: 'voice.rating' },
    { from: 'rating.comment', to: 'voice.text' },
    { from: 'rating.reason', to: 'voice.facts.reason' },
    { from: 'rating.created_at', to: 'voice.at' },
    { from: 'users.*', to: 'voice.speaker' },
    { from: 'requester', to: 'voice.speaker' },
  ]
}

function leftOut(): readonly LeftOut[] {
  const desk = { zh: 'Zendesk 内部的分派与设置', en: 'how Zendesk assigns and files it' }
  const person = { zh: '个人信息', en: 'personal details' }
  const ticket =
    'url external_id raw_subject recipient assignee_id organization_id group_id collaborator_ids follower_ids email_cc_ids forum_topic_id problem_id has_incidents is_public due_at fields sharing_agreement_ids followup_ids ticket_form_id brand_id satisfaction_probability allow_channelback allow_attachments custom_status_id result_type generated_timestamp from_messaging_channel encoded_id comment_count support_type metric_set dates'
  return [
    ...ticket.split(' ').map((field) => ({ from: `ticket.${field}.**`, why: desk })),
    { from: 'ticket.via.source.**', why: person },
    { from: 'comment.via.source.**', why: person },
    { from: 'audit.via.source.**', why: person },
    { from: 'audit.metadata.**', why: person },
    { from: 'comment.metadata.**', why: person },
    ...'comment.audit_id comment.data audit.id rating.url rating.assignee_id rating.group_id rating.updated_at rating.reason_id rating.reason_code'
      .split(' ')
      .map((from) => ({ from: `${from}.**`, why: desk })),
    { from: 'foreign.**', why: { zh: '不是 Zendesk 的记录', en: 'no record of Zendesk' } },
    { from: 'other.**', why: { zh: '搜索结果中的其他对象', en: 'search results that are no tickets' } },
  ]
}
