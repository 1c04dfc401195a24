import type { Speaker } from '../../../core/speaker.ts'
import { type JsonObject, objectAt, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import { textOfHtml } from '../../decode/html.ts'
import type { Json } from '../../decode/json.ts'
import { timeAt } from '../../decode/times.ts'
import { because } from '../../reasons/reason.ts'
import type { Item, ReadContext } from '../../source/item.ts'
import { defineJsonSource } from '../../source/json-source.ts'
import { ownIn, ownInHtml } from '../../talk/quotes.ts'
import { speakerSettings, spoken } from '../../talk/speaking.ts'
import { ticketEvents } from '../../talk/tickets.ts'

const state =
  'modifiedTime subCategory dueDate departmentId onholdTime resolution sharedDepartments isOverDue customerResponseTime threadCount secondaryContacts commentCount accountId webUrl assignee childTicketCount entitySkills isArchived isRead responseDueDate modifiedBy department slaId relationshipType lastThread team layoutId assigneeId teamId isEscalated product statusType layoutDetails approvalCount attachmentCount taskCount timeEntryCount source ticketNumber followerCount tagCount descAttachments channelRelatedInfo channelCode contentType accountName departmentName'

/** Zoho Desk: tickets and threads of its API. */
export const zohoDesk = defineJsonSource({
  id: 'zoho-desk',
  zh: 'Zoho Desk 工单',
  en: 'Zoho Desk',
  shelf: 'service',
  describe: {
    zh: '工单与往来（threads）（API 的 JSON）。direction 为 in 的是顾客说的，out 是坐席。工单正文由创建者写：创建者就是联系人才算顾客，否则列为死信（--set unknown=agent 或 customer）；没有正文的工单只记事件。',
    en: 'Tickets and threads (JSON of the API). Threads that come in are the customer’s, those that go out the agent’s. A ticket’s description is its creator’s: the customer’s where that is the contact, else a dead letter (--set unknown=agent or customer). Tickets without one are events alone.',
  },
  settings: speakerSettings,
  requires: [],
  unwrap: (document) => (Array.isArray(document.data) ? objectsAt(document, 'data') : [document]).map(named),
  read: ({ ticket, thread }: JsonObject, context) => {
    if (ticket !== undefined) return ticketItems(ticket, context)
    if (thread !== undefined) return [threadItem(thread, context)]
    return [
      { dead: { field: '', reason: because('unknown_object', { kinds: 'ticket or thread', system: 'Zoho Desk' }) } },
    ]
  },
  mapping: [
    ...Object.entries({
      id: 'voice.conversation',
      subject: 'event.props.subject',
      description: 'voice.text',
      channel: 'voice.channel',
      contactId: 'voice.customerRef',
      createdBy: 'voice.speaker',
      createdTime: 'voice.at',
      closedTime: 'event.at',
      status: 'event.props.status',
      priority: 'event.props.priority',
      category: 'event.props.category',
      classification: 'event.props.classification',
      language: 'event.props.language',
      productId: 'event.productId',
      isSpam: 'event.props.status',
      'customFields.*': 'event.props.*',
      'cf.*': 'event.props.*',
    }).map(([from, to]) => ({ from: `ticket.${from}`, to })),
    ...'id ticketId direction content plainText summary channel createdTime visibility author.type'
      .split(' ')
      .map((field) => ({ from: `thread.${field}`, to: 'voice.text' })),
  ],
  leftOut: [
    ...[
      'ticket.contact',
      'ticket.email',
      'ticket.phone',
      'thread.author',
      'thread.to',
      'thread.cc',
      'thread.bcc',
      'thread.fromEmailAddress',
    ].map((path) => ({
      from: `${path}.**`,
      why: { zh: '个人信息', en: 'personal details' },
    })),
    ...state.split(' ').map((field) => ({
      from: `ticket.${field}.**`,
      why: { zh: 'Zoho Desk 内部的分派与状态', en: 'how Zoho Desk assigns and counts' },
    })),
    ...'isDescriptionThread isForward hasAttach attachments attachmentCount canReply status contentType isContentTruncated fullContentURL responderId lastRatingIconURL readReceipts actions source replyTo phoneno respondedIn contactId sentiment'
      .split(' ')
      .map((field) => ({ from: `thread.${field}.**`, why: { zh: 'Zoho Desk 内部状态', en: 'Zoho Desk’s own state' } })),
  ],
})

function named(object: JsonObject): JsonObject {
  if ('ticketNumber' in object) return { ticket: object }
  return 'direction' in object && ('content' in object || 'summary' in object) ? { thread: object } : {}
}

const kindBy = (channel: string | undefined) =>
  /^email$/i.test(channel ?? '') ? 'email' : /^phone$/i.test(channel ?? '') ? 'call' : 'chat'

function ticketItems(ticket: Json, { settings }: ReadContext): Item[] {
  if (valueAt(ticket, 'isSpam') === true) return [{ skipped: because('spam') }]
  const id = textAt(ticket, 'id')
  const conversation = id && `zoho-desk-${id}`
  const contact = textAt(ticket, 'contactId')
  const channel = textAt(ticket, 'channel')?.toLowerCase()
  const at = timeAt(ticket, 'createdTime', 'UTC')
  const own = { ...objectAt(ticket, 'customFields'), ...objectAt(ticket, 'cf') }
  const props = {
    ...Object.fromEntries(
      'subject status priority category classification language'
        .split(' ')
        .map((field) => [field, textAt(ticket, field)]),
    ),
    ...Object.fromEntries(Object.keys(own).map((field) => [field.slice(0, 80), textAt(own, field)])),
  }
  const about = { customerRef: contact, productId: textAt(ticket, 'productId'), channel, props }
  const times = { opened: at, closed: timeAt(ticket, 'closedTime', 'UTC') }
  const creator = textAt(ticket, 'createdBy')
  const html = textAt(ticket, 'description')
  const speaker: Speaker | undefined = creator !== undefined && creator === contact ? 'customer' : undefined
  const voice = {
    id: id && `zoho-desk-ticket-${id}`,
    kind: kindBy(channel) as 'chat',
    text: [textAt(ticket, 'subject'), html && textOfHtml(html)].filter((one) => one !== undefined).join('\n'),
    at,
    conversation,
    turn: 0,
    channel,
    customerRef: speaker && contact,
  }
  return [
    ...ticketEvents(conversation, times, about),
    ...(html === undefined ? [] : [spoken(speaker, voice, { field: 'createdBy', written: creator }, settings)]),
  ]
}

function threadItem(thread: Json, { settings }: ReadContext): Item {
  if (/^private$/i.test(textAt(thread, 'visibility') ?? '')) return { skipped: because('internal_note') }
  const id = textAt(thread, 'id')
  const ticket = textAt(thread, 'ticketId')
  const direction = textAt(thread, 'direction')?.toLowerCase()
  const channel = textAt(thread, 'channel')?.toLowerCase()
  const html = textAt(thread, 'content')
  const plain = textAt(thread, 'plainText')
  const isMail = kindBy(channel) === 'email'
  const voice = {
    id: id && `zoho-desk-thread-${id}`,
    kind: kindBy(channel) as 'chat',
    text:
      plain !== undefined
        ? ownIn(isMail, plain)
        : html !== undefined
          ? ownInHtml(isMail, html)
          : textAt(thread, 'summary'),
    at: timeAt(thread, 'createdTime', 'UTC'),
    conversation: ticket && `zoho-desk-${ticket}`,
    channel,
  }
  const isAgent = /^agent$/i.test(textAt(thread, 'author.type') ?? '')
  const speaker = direction === 'in' && !isAgent ? 'customer' : direction === 'out' || isAgent ? 'agent' : undefined
  return spoken(speaker, voice, { field: 'direction', written: direction }, settings)
}
