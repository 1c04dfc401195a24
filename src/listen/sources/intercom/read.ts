import type { Speaker } from '../../../core/speaker.ts'
import { type JsonObject, numberAt, objectAt, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import { textOfHtml } from '../../decode/html.ts'
import type { Json } from '../../decode/json.ts'
import { timeAt } from '../../decode/times.ts'
import { because } from '../../reasons/reason.ts'
import type { Item, ReadContext } from '../../source/item.ts'
import { ownInHtml } from '../../talk/quotes.ts'
import { spoken } from '../../talk/speaking.ts'

const speakers: Record<string, Speaker> = {
  user: 'customer',
  lead: 'customer',
  contact: 'customer',
  visitor: 'customer',
  admin: 'agent',
  teammate: 'agent',
  team: 'agent',
  bot: 'bot',
  operator: 'bot',
  ai_agent: 'bot',
  fin: 'bot',
}

export function readConversation(object: JsonObject, context: ReadContext): Item[] {
  const topic = textAt(object, 'topic')
  if (topic !== undefined) return [{ skipped: because('no_conversation', { topic }) }]
  const conversation = valueAt(object, 'conversation')
  const id = textAt(conversation, 'id')
  const known =
    ['source', 'conversation_message', 'conversation_parts'].some((field) => objectAt(conversation, field)) ||
    ['open', 'closed', 'snoozed'].includes(textAt(conversation, 'state') ?? '')
  if (id === undefined || !known)
    return [{ dead: { field: 'id', reason: because('unknown_object', { kinds: 'conversation', system: 'Intercom' }) } }]
  const about: About = { id: `intercom-${id}`, refs: refsOf(conversation) }
  return [
    ...stateEvents(conversation, about),
    ...sourceItems(conversation, about, context),
    ...objectsAt(conversation, 'conversation_parts.conversation_parts').map((part, place) =>
      partItem(part, place + 1, about, channelOf(conversation), context),
    ),
    ...ratingItems(conversation, about),
  ]
}

export interface About {
  id: string
  /** Contact → the shop's own number of the person where Intercom was told it. */
  refs: Map<string, string>
}

export function refsOf(conversation: Json | undefined): Map<string, string> {
  const contacts = [
    ...objectsAt(conversation, 'contacts.contacts'),
    ...objectsAt(conversation, 'customers'),
    ...[objectAt(conversation, 'user')].filter((user) => user !== undefined),
  ]
  return new Map(
    contacts.map((contact) => {
      const id = textAt(contact, 'id') ?? ''
      return [id, textAt(contact, 'external_id') ?? textAt(contact, 'user_id') ?? id]
    }),
  )
}

export const onlyOne = ({ refs }: About): string | undefined => (refs.size === 1 ? [...refs.values()][0] : undefined)

function stateEvents(conversation: Json | undefined, about: About): Item[] {
  const common = {
    touchpoint: 'aftersale.service',
    session: about.id,
    customerRef: onlyOne(about),
    channel: channelOf(conversation),
  }
  const tags = objectsAt(conversation, 'tags.tags').map((tag) => textAt(tag, 'name'))
  const props = {
    state: textAt(conversation, 'state'),
    priority: textAt(conversation, 'priority'),
    tags: tags.length > 0 ? tags.join('、') : undefined,
  }
  const closedAt = timeAt(conversation, 'statistics.last_close_at', 'UTC')
  return [
    {
      event: {
        id: `${about.id}-started`,
        name: 'chat_started',
        at: timeAt(conversation, 'created_at', 'UTC'),
        ...common,
        props,
      },
    },
    ...(closedAt === undefined
      ? []
      : [
          {
            event: {
              id: `${about.id}-closed-${closedAt}`,
              name: 'conversation_resolved',
              at: closedAt,
              ...common,
              props: { reopens: numberAt(conversation, 'statistics.count_reopens') as number | undefined },
            },
          },
        ]),
  ]
}

/** The first message; older versions of the API call it `conversation_message`. */
function sourceItems(conversation: Json | undefined, about: About, context: ReadContext): Item[] {
  const source = objectAt(conversation, 'source') ?? objectAt(conversation, 'conversation_message')
  if (!source) return []
  const subject = textAt(source, 'subject')
  const body = textAt(source, 'body')
  if (subject === undefined && body === undefined)
    return [{ skipped: objectsAt(source, 'attachments').length > 0 ? because('attachment') : because('no_words') }]
  const channel = channelOf(conversation)
  const words = [subject && textOfHtml(subject), ownInHtml(channel === 'email', body)]
  const text = words.filter((one) => one !== undefined)
  const written = { ...source, body: text.join('\n'), created_at: valueAt(conversation, 'created_at') ?? null }
  return [
    message(
      written,
      `intercom-${textAt(source, 'id') ?? `${about.id}-first`}`,
      0,
      about,
      channelOf(conversation),
      context,
    ),
  ]
}

export function partItem(
  part: JsonObject,
  turn: number | undefined,
  about: About,
  channel: string | undefined,
  context: ReadContext,
): Item {
  const type = textAt(part, 'part_type') ?? 'comment'
  if (/^note/.test(type)) return { skipped: because('internal_note') }
  if (textAt(part, 'body') === undefined) {
    const attachments = objectsAt(part, 'attachments').length
    return { skipped: attachments > 0 ? because('attachment') : because('state_changed', { what: type }) }
  }
  const id = textAt(part, 'id')
  return message(part, id && `intercom-part-${id}`, turn, about, channel, context)
}

function message(
  from: JsonObject,
  id: string | undefined,
  turn: number | undefined,
  about: About,
  channel: string | undefined,
  { settings }: ReadContext,
): Item {
  if (valueAt(from, 'redacted') === true) return { skipped: because('blacked_out') }
  const written = textAt(from, 'author.type')
  const speaker = written !== undefined && Object.hasOwn(speakers, written) ? speakers[written] : undefined
  const author = textAt(from, 'author.id') ?? ''
  const attachments = objectsAt(from, 'attachments').length
  const voice = {
    id,
    kind: channel === 'email' ? ('email' as const) : ('chat' as const),
    text: ownInHtml(channel === 'email', textAt(from, 'body')),
    at: timeAt(from, 'created_at', 'UTC'),
    conversation: about.id,
    turn,
    channel,
    customerRef: speaker === 'customer' ? (about.refs.get(author) ?? (author || undefined)) : undefined,
    facts: { attachments: attachments > 0 ? attachments : undefined },
  }
  return spoken(speaker, voice, { field: 'author.type', written }, settings)
}

/** `conversation` means the messenger on a site or in an app. */
function channelOf(conversation: Json | undefined): string | undefined {
  const type = textAt(conversation, 'source.type') ?? textAt(conversation, 'conversation_message.type')
  return type === 'conversation' ? 'messenger' : type
}

function ratingItems(conversation: Json | undefined, about: About): Item[] {
  const rating = objectAt(conversation, 'conversation_rating')
  const score = numberAt(rating, 'rating')
  const text = textAt(rating, 'remark')
  if (!rating || (score === undefined && text === undefined)) return []
  const contact = textAt(rating, 'contact.id') ?? textAt(rating, 'customer.id') ?? ''
  const scale = { metric: 'csat' as const, rating: score, ratingMin: 1, ratingMax: 5 }
  return [
    {
      voice: {
        id: `${about.id}-rating`,
        kind: 'survey',
        speaker: 'customer',
        text,
        ...scale,
        at: timeAt(rating, 'created_at', 'UTC'),
        conversation: about.id,
        customerRef: about.refs.get(contact) ?? onlyOne(about),
      },
    },
  ]
}
