import type { Speaker } from '../../../core/speaker.ts'
import { isObject, type JsonObject, joinedAt, numberAt, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import { textOfHtml } from '../../decode/html.ts'
import { timeAt } from '../../decode/times.ts'
import { because } from '../../reasons/reason.ts'
import type { Item, ReadContext } from '../../source/item.ts'
import { ownIn } from '../../talk/quotes.ts'
import { spoken } from '../../talk/speaking.ts'

/** What one delivery of Chatwoot says. */
export function readDelivery(delivery: JsonObject, context: ReadContext): Item[] {
  // Rules send what they react to under a longer name.
  const event = (textAt(delivery, 'event') ?? '').replace(/^automation_event\./, '')
  if (event === 'csat') return [csatItem(delivery)]
  if (event === 'message_created' || event === 'message') return messageItems(delivery, context)
  if (event === 'message_updated') {
    const answers = answersIn(delivery)
    return answers.length > 0 ? answers : [{ skipped: because('state_changed', { what: 'message' }) }]
  }
  if (/^conversation(?:_created|_status_changed|_resolved|_opened|_updated)?$/.test(event))
    return conversationItems(delivery, event)
  if (/^(?:conversation_typing|contact_|inbox_|webwidget_|macro)/.test(event))
    return [{ skipped: because('nothing_said_or_done', { what: event }) }]
  return [{ dead: { field: 'event', reason: because('unknown_chatwoot_event', { event }) } }]
}

function messageItems(message: JsonObject, context: ReadContext): Item[] {
  const answers = answersIn(message)
  if (textAt(message, 'message_type') === undefined && answers.length > 0) return answers
  if (valueAt(message, 'private') === true) return [{ skipped: because('internal_note') }]
  if (valueAt(message, 'content_attributes.deleted') === true) return [{ skipped: because('deleted') }]
  const speaker = speakerIn(message)
  const conversation = conversationOf(message)
  const text = textAt(message, 'content')
  const attachments = Array.isArray(message.attachments) ? message.attachments.length : 0
  if (text === undefined && attachments > 0) return [{ skipped: because('attachment') }, ...answers]
  const voice = {
    id: idOf(message, 'message'),
    kind: isMail(message) ? ('email' as const) : ('chat' as const),
    text:
      textAt(message, 'content_attributes.email.text_content.reply') ??
      ownIn(isMail(message), text && textOfHtml(text)),
    at: timeIn(message, 'created_at'),
    conversation,
    customerRef: speaker === 'customer' ? customerOf(message) : undefined,
    channel: channelOf(textAt(message, 'conversation.channel')),
    facts: {
      content_type: textAt(message, 'content_type'),
      attachments: attachments > 0 ? attachments : undefined,
      inbox: textAt(message, 'inbox.name'),
      labels: joinedAt(message, 'conversation.labels'),
    },
  }
  const who = { field: 'message_type', written: textAt(message, 'message_type') }
  return [spoken(speaker, voice, who, context.settings), ...answers]
}

/** Incoming 0, outgoing 1, activity 2, template 3; what goes out without a person behind it was sent by a rule or a campaign. */
function speakerIn(message: JsonObject): Speaker | undefined {
  const type = textAt(message, 'message_type')
  const sender = `${textAt(message, 'sender_type') ?? textAt(message, 'sender.type') ?? ''}`.toLowerCase()
  if (type === '0' || type === 'incoming')
    return sender === 'user' ? 'agent' : /bot|captain|assistant/.test(sender) ? 'bot' : 'customer'
  if (type === '2' || type === 'activity') return 'system'
  if (type === '3' || type === 'template') return 'bot'
  if (type !== '1' && type !== 'outgoing') return undefined
  if (/bot|captain|assistant/.test(sender)) return 'bot'
  const automatic =
    valueAt(message, 'content_attributes.automation_rule_id') ?? valueAt(message, 'additional_attributes.campaign_id')
  return automatic !== undefined && automatic !== null ? 'system' : 'agent'
}

const isMail = (message: JsonObject): boolean =>
  textAt(message, 'conversation.channel') === 'Channel::Email' || textAt(message, 'content_type') === 'incoming_email'

/** A rating as the list of the API tells it. */
function csatItem(answer: JsonObject): Item {
  const rating = numberAt(answer, 'rating')
  const text = textAt(answer, 'feedback_message')
  if (rating === undefined && text === undefined) return { skipped: because('no_answer') }
  // The delivery names the message that asked: both are one answer.
  const message = textAt(answer, 'message_id') ?? textAt(answer, 'id')
  return {
    voice: {
      id: message && `chatwoot-${accountOf(answer)}csat-${message}`,
      kind: 'survey',
      speaker: 'customer',
      text,
      metric: 'csat',
      rating,
      ratingMin: 1,
      ratingMax: 5,
      at: timeIn(answer, 'created_at'),
      conversation: conversationOf(answer),
      customerRef: contactRef(answer, 'contact'),
    },
  }
}

/** What the customer answered to a form within the chat: a satisfaction survey, or choices. */
function answersIn(message: JsonObject): Item[] {
  const submitted = valueAt(message, 'content_attributes.submitted_values')
  const csat = valueAt(submitted, 'csat_survey_response')
  const common = {
    at: timeIn(message, 'updated_at') ?? timeIn(message, 'created_at'),
    conversation: conversationOf(message),
    customerRef: customerOf(message, true),
    facts: { content_type: textAt(message, 'content_type'), inbox: textAt(message, 'inbox.name') },
  }
  if (isObject(csat)) {
    const rating = numberAt(csat, 'rating')
    const text = textAt(csat, 'feedback_message')
    if (rating === undefined && text === undefined) return [{ skipped: because('no_answer') }]
    const scale = { metric: 'csat' as const, rating, ratingMin: 1, ratingMax: 5 }
    return [{ voice: { id: idOf(message, 'csat'), kind: 'survey', speaker: 'customer', text, ...scale, ...common } }]
  }
  return objectsAt(message, 'content_attributes.submitted_values').map((answer, place) => {
    const name = `${textAt(answer, 'name') ?? ''} ${textAt(answer, 'type') ?? ''}`
    const text = textAt(answer, 'title') ?? textAt(answer, 'value')
    if (/mail|phone|name|address|tel/i.test(name)) return { skipped: because('personal') }
    if (text === undefined) return { skipped: because('field_left_empty') }
    return { voice: { id: idOf(message, `answer-${place}`), kind: 'chat', speaker: 'customer', text, ...common } }
  })
}

const names: Record<string, string> = {
  conversation: 'chat_started',
  conversation_created: 'chat_started',
  conversation_resolved: 'conversation_resolved',
  conversation_opened: 'conversation_opened',
}

function conversationItems(conversation: JsonObject, event: string): Item[] {
  const name = names[event] ?? (changed(conversation, 'status') ? 'conversation_status_changed' : undefined)
  if (name === undefined && event === 'conversation_updated')
    return [{ skipped: because('state_changed', { what: 'conversation' }) }]
  const at = name === 'chat_started' ? timeIn(conversation, 'created_at') : timeIn(conversation, 'updated_at')
  const id = idOf(conversation, 'conversation')
  return [
    {
      event: {
        id: id && (name === 'chat_started' ? `${id}-started` : `${id}-${textAt(conversation, 'status')}-${at}`),
        name: name ?? event,
        at,
        touchpoint: 'aftersale.service',
        session: conversationOf(conversation, 'id'),
        customerRef: contactRef(conversation, 'meta.sender') ?? refOf(textAt(conversation, 'contact_inbox.contact_id')),
        channel: channelOf(textAt(conversation, 'channel')),
        props: {
          status: textAt(conversation, 'status'),
          changed: joined(objectsAt(conversation, 'changed_attributes').flatMap((one) => Object.keys(one))),
          labels: joinedAt(conversation, 'labels'),
        },
      },
    },
  ]
}

const changed = (conversation: JsonObject, field: string): boolean =>
  conversation.event === 'conversation_status_changed' ||
  objectsAt(conversation, 'changed_attributes').some((one) => field in one)

/** Ids of Chatwoot are small numbers within an account: they say whose they are. */
function idOf(object: JsonObject, kind: string): string | undefined {
  const id = textAt(object, 'id')
  return id && `chatwoot-${accountOf(object)}${kind}-${id}`
}

const accountOf = (object: JsonObject): string => {
  const account = textAt(object, 'account.id') ?? textAt(object, 'account_id')
  return account === undefined ? '' : `${account}-`
}

function conversationOf(object: JsonObject, own?: string): string | undefined {
  const id =
    (own && textAt(object, own)) ??
    textAt(object, 'conversation.id') ??
    textAt(object, 'conversation.display_id') ??
    textAt(object, 'conversation_id')
  return id && `chatwoot-${accountOf(object)}${id}`
}

const refOf = (id: string | undefined): string | undefined => id && `chatwoot-contact-${id}`

/** The shop's own number of the person where the widget was told it, else Chatwoot's number of the contact. */
function contactRef(object: JsonObject, path: string): string | undefined {
  return textAt(object, `${path}.identifier`) ?? refOf(textAt(object, `${path}.id`))
}

function customerOf(message: JsonObject, sentByShop = false): string | undefined {
  return (
    contactRef(message, 'contact') ??
    contactRef(message, 'contact.sender') ??
    (sentByShop ? contactRef(message, 'conversation.meta.sender') : contactRef(message, 'sender'))
  )
}

/** `Channel::WebWidget` → `web_widget`. */
const channelOf = (channel: string | undefined): string | undefined =>
  channel
    ?.replace(/^Channel::/, '')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()

const joined = (list: unknown): string | undefined =>
  Array.isArray(list) && list.length > 0 ? list.map(String).join('、') : undefined

/** Times are UTC: with an offset, as `… UTC`, or as Unix seconds. */
function timeIn(object: JsonObject, path: string): unknown {
  const text = textAt(object, path)?.replace(/ UTC$/, '')
  return text !== undefined && !/^\d/.test(text)
    ? text
    : timeAt({ at: numberAt({ text: text ?? null }, 'text') as never }, 'at', 'UTC')
}
