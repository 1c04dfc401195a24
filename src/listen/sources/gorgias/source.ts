import { isObject, type JsonObject, numberAt, objectAt, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import { textOfHtml } from '../../decode/html.ts'
import type { Json } from '../../decode/json.ts'
import { timeAt } from '../../decode/times.ts'
import { because } from '../../reasons/reason.ts'
import type { Item, ReadContext } from '../../source/item.ts'
import { defineJsonSource } from '../../source/json-source.ts'
import { isAutomaticSubject } from '../../talk/automatic.ts'
import { speakerSettings, spoken } from '../../talk/speaking.ts'
import { ticketEvents } from '../../talk/tickets.ts'

const ticketState =
  'uri external_id priority via from_agent assignee_user assignee_user_id assignee_team assignee_team_id meta events excerpt integrations messages_count is_unread opened_datetime last_received_message_datetime last_message_datetime updated_datetime trashed_datetime snooze_datetime reply_options summary custom_fields'
const messageState =
  'uri message_id external_id via source receiver integration_id stripped_html stripped_signature actions meta sent_datetime opened_datetime last_sending_error is_retriable subject body_html body_text stripped_text rule_id ticket_id sender headers macros'

/** Gorgias: tickets with their messages, pages of tickets and of messages, and satisfaction surveys of its API. */
export const gorgias = defineJsonSource({
  id: 'gorgias',
  zh: 'Gorgias 工单',
  en: 'Gorgias',
  shelf: 'service',
  describe: {
    zh: '工单（含消息）、工单列表与消息列表、满意度（API 的 JSON）。from_agent 说明谁在说话；规则自动发出的算机器人；内部备注跳过。列表里没有消息，摘录不知是谁写的，只记工单事件。',
    en: 'Tickets with messages, pages of tickets or messages, and satisfaction surveys (JSON of the API). from_agent tells who speaks; what a rule sent is the bot’s; internal notes are skipped. Pages of tickets hold no messages, and nobody knows who wrote an excerpt: they give events alone.',
  },
  settings: speakerSettings,
  requires: [],
  unwrap,
  read: ({ ticket, message, survey }: JsonObject, context) => {
    if (ticket !== undefined) return ticketItems(ticket, context)
    if (message !== undefined) return [messageItem(message, undefined, context)]
    if (survey !== undefined) return surveyItems(survey)
    return [
      {
        dead: {
          field: '',
          reason: because('unknown_object', { kinds: 'ticket, message or satisfaction survey', system: 'Gorgias' }),
        },
      },
    ]
  },
  mapping: [
    ...Object.entries({
      id: 'voice.conversation',
      'customer.id': 'event.customerRef',
      'customer.external_id': 'event.customerRef',
      channel: 'event.channel',
      status: 'event.props.status',
      subject: 'event.props.subject',
      language: 'event.props.language',
      'tags[].name': 'event.props.tags',
      spam: 'event.props.status',
      created_datetime: 'event.at',
      closed_datetime: 'event.at',
      'messages[].**': 'voice.text',
      'satisfaction_survey.**': 'voice.rating',
    }).map(([from, to]) => ({ from: `ticket.${from}`, to })),
    ...'id ticket_id public channel from_agent sender.id body_text body_html stripped_text attachments intents[].name created_datetime failed_datetime rule_id'
      .split(' ')
      .map((field) => ({ from: `message.${field}`, to: 'voice.text' })),
    ...'id ticket_id customer_id score body_text scored_datetime created_datetime sent_datetime'
      .split(' ')
      .map((field) => ({ from: `survey.${field}`, to: 'voice.rating' })),
  ],
  leftOut: [
    ...['ticket.customer', 'ticket.requester', 'message.sender'].map((path) => ({
      from: `${path}.**`,
      why: { zh: '个人信息', en: 'personal details' },
    })),
    ...ticketState.split(' ').map((field) => ({
      from: `ticket.${field}.**`,
      why: { zh: 'Gorgias 内部的分派与状态', en: 'how Gorgias assigns and counts' },
    })),
    { from: 'ticket.tags[].**', why: { zh: '标签的外观', en: 'how tags look' } },
    ...messageState
      .split(' ')
      .map((field) => ({ from: `message.${field}.**`, why: { zh: 'Gorgias 内部状态', en: 'Gorgias’ own state' } })),
    ...'uri should_send_datetime meta external_id'
      .split(' ')
      .map((field) => ({ from: `survey.${field}.**`, why: { zh: 'Gorgias 内部状态', en: 'Gorgias’ own state' } })),
  ],
})

function unwrap(document: JsonObject): JsonObject[] {
  if (Array.isArray(document.data)) return objectsAt(document, 'data').flatMap(unwrap)
  if (isObject(document.data)) return unwrap(document.data)
  if (isObject(document.ticket))
    return [...unwrap(document.ticket), ...(isObject(document.message) ? unwrap(document.message) : [])]
  if (isTicket(document)) return [{ ticket: document }]
  if ('from_agent' in document && 'created_datetime' in document) return [{ message: document }]
  return [valueAt(document, 'ticket_id') !== undefined && 'score' in document ? { survey: document } : {}]
}

/** By its messages, or by its state: not every version of the API says on the ticket who began it. */
const isTicket = (document: JsonObject): boolean =>
  'created_datetime' in document &&
  (objectsAt(document, 'messages').some((message) => 'from_agent' in message) ||
    ('status' in document &&
      ('from_agent' in document || textAt(document, 'uri')?.startsWith('/api/tickets/') === true)))

const idOf = (object: Json, path: string, kind: string): string | undefined => {
  const id = textAt(object, path)
  return id && `gorgias-${kind}${id}`
}

function ticketItems(ticket: Json, context: ReadContext): Item[] {
  if (valueAt(ticket, 'spam') === true) return [{ skipped: because('spam') }]
  const conversation = idOf(ticket, 'id', '')
  const customerRef = textAt(ticket, 'customer.external_id') ?? textAt(ticket, 'customer.id')
  const tags = objectsAt(ticket, 'tags').map((tag) => textAt(tag, 'name'))
  const about = {
    customerRef,
    channel: textAt(ticket, 'channel'),
    props: {
      status: textAt(ticket, 'status'),
      subject: textAt(ticket, 'subject'),
      language: textAt(ticket, 'language'),
      tags: tags.length > 0 ? tags.join('、') : undefined,
    },
  }
  const times = {
    opened: timeAt(ticket, 'created_datetime', 'UTC'),
    closed: timeAt(ticket, 'closed_datetime', 'UTC'),
  }
  const survey = valueAt(ticket, 'satisfaction_survey')
  return [
    ...ticketEvents(conversation, times, about),
    ...objectsAt(ticket, 'messages').map((message, turn) =>
      messageItem(message, { conversation, customerRef, turn }, context),
    ),
    ...(isObject(survey) ? surveyItems({ ticket_id: valueAt(ticket, 'id') ?? null, ...survey }, customerRef) : []),
  ]
}

interface Within {
  conversation: string | undefined
  customerRef: string | undefined
  turn: number
}

/** By the header of RFC 3834, or by the subject that programs begin so. */
function isAutomatic(message: Json): boolean {
  const headers = Object.entries(objectAt(message, 'headers') ?? {})
  const submitted = headers.find(([name]) => name.toLowerCase() === 'auto-submitted')?.[1]
  return (
    (typeof submitted === 'string' && !/^\s*no\b/i.test(submitted)) || isAutomaticSubject(textAt(message, 'subject'))
  )
}

function messageItem(message: Json, within: Within | undefined, { settings }: ReadContext): Item {
  if (valueAt(message, 'public') === false || textAt(message, 'channel') === 'internal-note')
    return { skipped: because('internal_note') }
  const fromAgent = valueAt(message, 'from_agent')
  if (fromAgent === false && isAutomatic(message)) return { skipped: because('automatic_reply') }
  const byRule = textAt(message, 'rule_id') !== undefined
  const speaker = fromAgent === false ? 'customer' : fromAgent === true ? (byRule ? 'bot' : 'agent') : undefined
  const html = textAt(message, 'body_html')
  const attachments = objectsAt(message, 'attachments').length
  const channel = textAt(message, 'channel')
  const intents = objectsAt(message, 'intents').map((intent) => textAt(intent, 'name'))
  const voice = {
    id: idOf(message, 'id', 'message-'),
    kind: channel === 'email' ? ('email' as const) : channel === 'phone' ? ('call' as const) : ('chat' as const),
    text: textAt(message, 'stripped_text') ?? textAt(message, 'body_text') ?? (html && textOfHtml(html)),
    at: timeAt(message, 'created_datetime', 'UTC'),
    conversation: within?.conversation ?? idOf(message, 'ticket_id', ''),
    turn: within?.turn,
    channel,
    customerRef: speaker === 'customer' ? (within?.customerRef ?? textAt(message, 'sender.id')) : undefined,
    facts: {
      attachments: attachments > 0 ? attachments : undefined,
      intents: intents.length > 0 ? intents.join('、') : undefined,
      failed: textAt(message, 'failed_datetime') ? true : undefined,
    },
  }
  return spoken(speaker, voice, { field: 'from_agent', written: textAt(message, 'from_agent') }, settings)
}

function surveyItems(survey: Json, customerRef?: string): Item[] {
  const rating = numberAt(survey, 'score')
  const text = textAt(survey, 'body_text')
  if (rating === undefined && text === undefined) return [{ skipped: because('no_answer') }]
  return [
    {
      voice: {
        id: idOf(survey, 'id', 'survey-'),
        kind: 'survey',
        speaker: 'customer',
        metric: 'csat',
        rating,
        ratingMin: 1,
        ratingMax: 5,
        text,
        at: timeAt(survey, 'scored_datetime', 'UTC'),
        conversation: idOf(survey, 'ticket_id', ''),
        customerRef: customerRef ?? textAt(survey, 'customer_id'),
      },
    },
  ]
}
