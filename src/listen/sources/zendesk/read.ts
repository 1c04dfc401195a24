import type { Speaker } from '../../../core/speaker.ts'
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

/** One ticket, comment, audit or rating, with the roles of the people beside it. */
export function readPart(part: JsonObject, context: ReadContext): Item[] {
  const people: People = { roles: objectAt(part, 'users') ?? {}, requester: textAt(part, 'requester') }
  const { ticket, comment, audit, rating, other } = part
  if (ticket !== undefined) return ticketItems(ticket, people, context)
  if (comment !== undefined) return [commentItem(comment, people, context)]
  if (audit !== undefined) return auditItems(audit, people, context)
  if (rating !== undefined) return [ratingItem(rating)]
  if (other !== undefined) return [{ skipped: because('another_kind', { kind: textAt(other, 'result_type') ?? '?' }) }]
  return [
    {
      dead: {
        field: '',
        reason: because('unknown_object', { kinds: 'ticket, comment, audit or rating', system: 'Zendesk' }),
      },
    },
  ]
}

interface People {
  /** Author → role. */
  roles: JsonObject
  requester?: string | undefined
}

function speakerBy(author: string | undefined, { roles, requester }: People): Speaker | undefined {
  if (author === undefined) return undefined
  if (author === requester) return 'customer'
  // Rules and integrations write as -1.
  if (author === '-1') return 'system'
  const role = Object.hasOwn(roles, author) ? roles[author] : undefined
  return role === 'end-user' ? 'customer' : role === 'agent' || role === 'admin' ? 'agent' : undefined
}

const kindBy = (channel: string | undefined): VoiceKind => {
  if (channel === 'email') return 'email'
  if (channel === 'voice' || channel === 'phone') return 'call'
  return channel === 'twitter' || channel === 'facebook' ? 'social_mention' : 'chat'
}

function ticketItems(ticket: Json, people: People, context: ReadContext): Item[] {
  const id = textAt(ticket, 'id')
  if (textAt(ticket, 'status') === 'deleted') return [{ skipped: because('deleted') }]
  const requester = textAt(ticket, 'requester_id')
  const channel = textAt(ticket, 'via.channel')
  const known = { ...people, requester }
  const conversation = id && `zendesk-${id}`
  const comments = objectsAt(ticket, 'comments')
  return [
    {
      event: {
        id: id && `zendesk-ticket-${id}-opened`,
        name: 'ticket_opened',
        at: timeAt(ticket, 'created_at', 'UTC'),
        touchpoint: 'aftersale.service',
        customerRef: requester,
        channel,
        session: conversation,
        props: {
          status: textAt(ticket, 'status'),
          priority: textAt(ticket, 'priority'),
          type: textAt(ticket, 'type'),
          tags: joinedAt(ticket, 'tags'),
          ...customFields(ticket),
        },
      },
    },
    ...(comments.length > 0
      ? comments.map((comment) => commentItem(comment, known, context, { conversation, channel }))
      : [descriptionItem(ticket, known, context)]),
    ...ratingWithin(ticket, conversation),
  ]
}

/** The description is the first comment. Without its comments a ticket tells only who handed it in. */
function descriptionItem(ticket: Json, people: People, { settings }: ReadContext): Item {
  const id = textAt(ticket, 'id')
  const author = textAt(ticket, 'submitter_id')
  const channel = textAt(ticket, 'via.channel')
  const description = textAt(ticket, 'description')
  const subject = textAt(ticket, 'subject')
  if (channel === 'email' && isAutomaticSubject(subject)) return { skipped: because('automatic_reply') }
  const speaker = isTranscript(description)
    ? undefined
    : (writtenByMachine(description, channel) ?? speakerBy(author, people))
  const voice = {
    id: id && `zendesk-ticket-${id}`,
    kind: kindBy(channel),
    text: withSubject(subject, ownIn(channel === 'email', description)),
    at: timeAt(ticket, 'created_at', 'UTC'),
    conversation: id && `zendesk-${id}`,
    turn: 0,
    channel,
    customerRef: speaker === 'customer' ? author : undefined,
  }
  const written = isTranscript(description) ? 'a transcript' : author
  return spoken(speaker, voice, { field: 'submitter_id', written }, settings)
}

/** Ways in which a conversation comes whose ticket Zendesk begins with a line of its own. */
const MESSAGING = /messag|chat|whatsapp|sunshine|wechat|instagram|telegram|viber|^line$/i

/** What Zendesk itself writes of a call or at the head of a conversation, in the name of who called or wrote. */
const writtenByMachine = (text: string | undefined, channel?: string): Speaker | undefined =>
  (MESSAGING.test(channel ?? '') && /^\s*conversation with [^\n]{1,200}(?:\n|$)/i.test(text ?? '')) ||
  /^\s*(?:call details\s*:|(?:(?:inbound|outbound|incoming|outgoing|missed|abandoned|phone)?\s*(?:call|voicemail)\s+(?:from|to)\s*(?::|\+?[\d(])))/i.test(
    text ?? '',
  )
    ? 'system'
    : undefined

/** A chat that was kept as one text, with the words of both sides: `(10:01:05) Ann: hello`. */
const isTranscript = (text: string | undefined): boolean =>
  (text?.match(/^\s*\(?\d{1,2}:\d{2}:\d{2}(?:\s*[AP]M)?\)\s*\S.*?:/gim)?.length ?? 0) >= 2

/** A voice mail's words are the caller's; of a call that was answered only Zendesk's own note of it is there. */
function callIn(comment: Json, note: string | undefined): { speaker: Speaker; text: string | undefined } {
  const text = textAt(comment, 'data.transcription_text')
  const answered = textAt(comment, 'data.answered_by_id') !== undefined
  return text !== undefined && !answered ? { speaker: 'customer', text } : { speaker: 'system', text: note }
}

/** A subject that the text does not begin with is part of what was said. */
function withSubject(subject: string | undefined, text: string | undefined): string | undefined {
  if (subject === undefined || text === undefined) return text ?? subject
  return text.trim().startsWith(subject.trim().replace(/(?:\.{3}|…)$/, '')) ? text : `${subject}\n${text}`
}

function commentItem(
  comment: Json,
  people: People,
  { settings }: ReadContext,
  ticket: { conversation?: string | undefined; channel?: string | undefined } = {},
): Item {
  if (valueAt(comment, 'public') === false) return { skipped: because('internal_note') }
  const id = textAt(comment, 'id')
  const author = textAt(comment, 'author_id')
  const number = textAt(comment, 'ticket_id')
  const channel = textAt(comment, 'via.channel') ?? ticket.channel
  const html = textAt(comment, 'html_body')
  const attachments = objectsAt(comment, 'attachments').length
  const body = textAt(comment, 'plain_body') ?? (html ? textOfHtml(html) : textAt(comment, 'body'))
  const call = textAt(comment, 'type') === 'VoiceComment' ? callIn(comment, body) : undefined
  const speaker =
    call?.speaker ?? writtenByMachine(body) ?? (isTranscript(body) ? undefined : speakerBy(author, people))
  const voice = {
    id: id && `zendesk-comment-${id}`,
    kind: call ? ('call' as const) : kindBy(channel),
    text: call ? call.text : ownIn(channel === 'email', body),
    at: timeAt(comment, 'created_at', 'UTC'),
    conversation: ticket.conversation ?? (number && `zendesk-${number}`),
    channel,
    customerRef: speaker === 'customer' ? author : undefined,
    facts: { attachments: attachments > 0 ? attachments : undefined },
  }
  const written = isTranscript(body) ? 'a transcript' : author
  return spoken(speaker, voice, { field: 'author_id', written }, settings)
}

function auditItems(audit: Json, people: People, context: ReadContext): Item[] {
  const ticket = textAt(audit, 'ticket_id')
  const conversation = ticket && `zendesk-${ticket}`
  const common = {
    author_id: textAt(audit, 'author_id') ?? null,
    created_at: textAt(audit, 'created_at') ?? null,
    via: objectAt(audit, 'via') ?? null,
  }
  return objectsAt(audit, 'events').map((event): Item => {
    const type = textAt(event, 'type')
    const field = textAt(event, 'field_name')
    if (type === 'Comment') return commentItem({ ...common, ...event }, people, context, { conversation })
    if (type === 'SatisfactionRating')
      return ratingItem({ ...common, ...event, comment: event.body ?? null }, conversation)
    if (type !== 'Change' || field !== 'status')
      return { skipped: because('state_changed', { what: field ?? type ?? '?' }) }
    const status = textAt(event, 'value')
    const id = textAt(event, 'id')
    return {
      event: {
        id: id && `zendesk-change-${id}`,
        name: status === 'solved' || status === 'closed' ? 'ticket_closed' : 'ticket_status_changed',
        at: timeAt(audit, 'created_at', 'UTC'),
        touchpoint: 'aftersale.service',
        session: conversation,
        customerRef: people.requester,
        props: { status, previous_status: textAt(event, 'previous_value') },
      },
    }
  })
}

/** A ticket keeps its newest rating, without the time at which it was given: the ticket's last change is the latest it can be. */
function ratingWithin(ticket: Json, conversation: string | undefined): Item[] {
  const rating = objectAt(ticket, 'satisfaction_rating')
  if (!rating || /offered$/.test(textAt(rating, 'score') ?? 'unoffered')) return []
  const changed = valueAt(ticket, 'updated_at') ?? null
  const requester = valueAt(ticket, 'requester_id') ?? null
  return [ratingItem({ created_at: changed, requester_id: requester, ...rating }, conversation)]
}

const scores: Record<string, number> = { good: 1, good_with_comment: 1, bad: 0, bad_with_comment: 0 }

/** Good or bad: 1 or 0 on a scale of 0 to 1. */
function ratingItem(rating: Json, within?: string): Item {
  const score = textAt(rating, 'score')
  if (score === undefined || /offered$/.test(score)) return { skipped: because('no_answer') }
  const ticket = textAt(rating, 'ticket_id')
  const id = textAt(rating, 'id')
  return {
    voice: {
      id: id && `zendesk-rating-${id}`,
      kind: 'survey',
      speaker: 'customer',
      metric: 'csat',
      rating: Object.hasOwn(scores, score) ? scores[score] : score,
      ratingMin: 0,
      ratingMax: 1,
      text: textAt(rating, 'comment'),
      at: timeAt(rating, 'created_at', 'UTC'),
      conversation: within ?? (ticket && `zendesk-${ticket}`),
      customerRef: textAt(rating, 'requester_id'),
      facts: { reason: textAt(rating, 'reason') },
    },
  }
}

/** A shop's own fields, by their numbers. */
function customFields(ticket: Json): Record<string, string | undefined> {
  return Object.fromEntries(
    objectsAt(ticket, 'custom_fields').map((field) => [
      `field_${textAt(field, 'id')}`,
      joinedAt(field, 'value') ?? textAt(field, 'value'),
    ]),
  )
}
