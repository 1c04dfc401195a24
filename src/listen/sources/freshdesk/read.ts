import type { VoiceKind } from '../../../core/voice.ts'
import { type JsonObject, joinedAt, objectAt, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import { textOfHtml } from '../../decode/html.ts'
import type { Json } from '../../decode/json.ts'
import { timeAt } from '../../decode/times.ts'
import { because } from '../../reasons/reason.ts'
import type { Item, ReadContext } from '../../source/item.ts'
import { isAutomaticSubject } from '../../talk/automatic.ts'
import { ownIn } from '../../talk/quotes.ts'
import { spoken } from '../../talk/speaking.ts'

export function readPart({ ticket, conversation, rating }: JsonObject, context: ReadContext): Item[] {
  if (ticket !== undefined) return ticketItems(ticket, context)
  if (conversation !== undefined) return [conversationItem(conversation, context)]
  if (rating !== undefined) return ratingItems(rating)
  return [
    {
      dead: {
        field: '',
        reason: because('unknown_object', {
          kinds: 'ticket, conversation or satisfaction rating',
          system: 'Freshdesk',
        }),
      },
    },
  ]
}

/** Codes of the API v2 documentation; a shop’s own codes stay numbers. */
const statuses: Record<string, string> = { 2: 'open', 3: 'pending', 4: 'resolved', 5: 'closed' }
const priorities: Record<string, string> = { 1: 'low', 2: 'medium', 3: 'high', 4: 'urgent' }
const channels: Record<string, string> = {
  1: 'email',
  2: 'portal',
  3: 'phone',
  5: 'twitter',
  6: 'facebook',
  7: 'chat',
  9: 'feedback_widget',
  10: 'outbound_email',
}
const named = (names: Record<string, string>, code: string | undefined): string | undefined =>
  code === undefined ? undefined : Object.hasOwn(names, code) ? names[code] : code

const kindBy = (channel: string | undefined): VoiceKind =>
  channel?.endsWith('email') ? 'email' : channel === 'phone' ? 'call' : 'chat'

function ticketItems(ticket: Json, context: ReadContext): Item[] {
  if (valueAt(ticket, 'spam') === true) return [{ skipped: because('spam') }]
  if (valueAt(ticket, 'deleted') === true) return [{ skipped: because('deleted') }]
  const id = textAt(ticket, 'id')
  const conversation = id && `freshdesk-${id}`
  const channel = named(channels, textAt(ticket, 'source'))
  const customerRef = textAt(ticket, 'requester_id')
  const common = { touchpoint: 'aftersale.service', customerRef, channel, session: conversation }
  const moment = (name: string, path: string, what: string): Item[] => {
    const at = timeAt(ticket, path, 'UTC')
    return at === undefined
      ? []
      : [{ event: { id: id && `freshdesk-ticket-${id}-${what}`, name, at, ...common, props: {} } }]
  }
  const opened = {
    id: id && `freshdesk-ticket-${id}-opened`,
    name: 'ticket_opened',
    at: timeAt(ticket, 'created_at', 'UTC'),
  }
  const props = {
    status: named(statuses, textAt(ticket, 'status')),
    priority: named(priorities, textAt(ticket, 'priority')),
    type: textAt(ticket, 'type'),
    tags: joinedAt(ticket, 'tags'),
    product: textAt(ticket, 'product_id'),
    escalated: valueAt(ticket, 'is_escalated') === true ? true : undefined,
    ...Object.fromEntries(
      Object.keys(objectAt(ticket, 'custom_fields') ?? {}).map((field) => [
        field,
        textAt(ticket, `custom_fields.${field}`),
      ]),
    ),
  }
  return [
    { event: { ...opened, ...common, props } },
    ...moment('ticket_answered', 'stats.first_responded_at', 'answered'),
    ...moment('ticket_closed', textAt(ticket, 'stats.resolved_at') ? 'stats.resolved_at' : 'stats.closed_at', 'closed'),
    descriptionItem(ticket, channel, context),
    ...objectsAt(ticket, 'conversations').map((one) => conversationItem({ ticket_id: id ?? null, ...one }, context)),
  ]
}

function descriptionItem(ticket: Json, channel: string | undefined, { settings }: ReadContext): Item {
  const id = textAt(ticket, 'id')
  const byAgent = channel === 'phone' || channel === 'outbound_email'
  const html = textAt(ticket, 'description')
  const body = textAt(ticket, 'description_text') ?? (html && textOfHtml(html))
  const subject = textAt(ticket, 'subject')
  if (channel === 'email' && isAutomaticSubject(subject)) return { skipped: because('automatic_reply') }
  const voice = {
    id: id && `freshdesk-ticket-${id}`,
    kind: kindBy(channel),
    text: [subject, ownIn(kindBy(channel) === 'email', body)].filter((one) => one !== undefined).join('\n'),
    at: timeAt(ticket, 'created_at', 'UTC'),
    conversation: id && `freshdesk-${id}`,
    turn: 0,
    channel,
    customerRef: byAgent ? undefined : textAt(ticket, 'requester_id'),
    facts: { attachments: countOf(ticket) },
  }
  return spoken(byAgent ? 'agent' : 'customer', voice, { field: 'source', written: channel }, settings)
}

function conversationItem(conversation: Json, { settings }: ReadContext): Item {
  if (valueAt(conversation, 'private') === true) return { skipped: because('internal_note') }
  const id = textAt(conversation, 'id')
  const ticket = textAt(conversation, 'ticket_id')
  if (valueAt(conversation, 'deleted') === true) return { skipped: because('deleted') }
  const html = textAt(conversation, 'body_html') ?? textAt(conversation, 'body')
  const incoming = valueAt(conversation, 'incoming')
  if (incoming === true && valueAt(conversation, 'auto_response') === true)
    return { skipped: because('automatic_reply') }
  const code = textAt(conversation, 'source')
  const channel = code === '0' || code === '8' ? 'email' : named({ 5: 'twitter', 7: 'facebook', 9: 'phone' }, code)
  const voice = {
    id: id && `freshdesk-conversation-${id}`,
    kind: kindBy(channel),
    text: ownIn(kindBy(channel) === 'email', textAt(conversation, 'body_text') ?? (html && textOfHtml(html))),
    at: timeAt(conversation, 'created_at', 'UTC'),
    conversation: ticket && `freshdesk-${ticket}`,
    channel: channel === '2' ? undefined : channel,
    customerRef: incoming === true ? textAt(conversation, 'user_id') : undefined,
    facts: { attachments: countOf(conversation) },
  }
  const byRule = textAt(conversation, 'automation_id') !== undefined || valueAt(conversation, 'auto_response') === true
  const speaker = incoming === true ? 'customer' : incoming === false ? (byRule ? 'bot' : 'agent') : undefined
  return spoken(speaker, voice, { field: 'incoming', written: textAt(conversation, 'incoming') }, settings)
}

/** Extremely happy 103 … neutral 100 … extremely unhappy -103: seven steps. */
const steps: Record<string, number> = { 103: 7, 102: 6, 101: 5, 100: 4, '-101': 3, '-102': 2, '-103': 1 }

function ratingItems(rating: Json): Item[] {
  const id = textAt(rating, 'id')
  const ticket = textAt(rating, 'ticket_id')
  const questions = Object.keys(objectAt(rating, 'ratings') ?? {})
  if (questions.length === 0) return [{ skipped: because('no_answer') }]
  return questions.map((question) => {
    const score = textAt(rating, `ratings.${question}`)
    const whole = question === 'default_question'
    return {
      voice: {
        id: id && `freshdesk-rating-${id}${whole ? '' : `.${question}`}`,
        kind: 'survey',
        speaker: 'customer',
        metric: whole ? 'csat' : undefined,
        rating: score === undefined ? undefined : Object.hasOwn(steps, score) ? steps[score] : score,
        ratingMin: 1,
        ratingMax: 7,
        text: whole ? textAt(rating, 'feedback') : undefined,
        at: timeAt(rating, 'created_at', 'UTC'),
        conversation: ticket && `freshdesk-${ticket}`,
        customerRef: textAt(rating, 'user_id'),
        facts: { survey: textAt(rating, 'survey_id'), question: whole ? undefined : question },
      },
    }
  })
}

function countOf(object: Json): number | undefined {
  const attachments = objectsAt(object, 'attachments').length
  return attachments > 0 ? attachments : undefined
}
