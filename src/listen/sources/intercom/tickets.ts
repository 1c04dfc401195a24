import type { Speaker } from '../../../core/speaker.ts'
import { type JsonObject, objectAt, objectsAt, textAt, valueAt } from '../../decode/fields.ts'
import { textOfHtml } from '../../decode/html.ts'
import { timeAt } from '../../decode/times.ts'
import { because } from '../../reasons/reason.ts'
import type { Item, ReadContext } from '../../source/item.ts'
import { spoken } from '../../talk/speaking.ts'
import { titled } from '../../talk/thread.ts'
import { ticketEvents } from '../../talk/tickets.ts'
import { type About, onlyOne, partItem, refsOf } from './read.ts'

/** What a ticket's form holds under names of Intercom's own; all other attributes are the shop's. */
const TITLE = '_default_title_'
const DESCRIPTION = '_default_description_'

/**
 * A ticket (developers.intercom.com, “Tickets”): that it was opened and resolved, what its form says, and its parts. A back-office or
 * tracker ticket is written by teammates. A customer ticket's form may be filled in by either side, and Intercom does not say by whom.
 */
export function readTicket(ticket: JsonObject, context: ReadContext): Item[] {
  const id = textAt(ticket, 'id')
  if (id === undefined || !(objectAt(ticket, 'ticket_attributes') || objectAt(ticket, 'ticket_part')))
    return [{ dead: { field: 'id', reason: because('unknown_object', { kinds: 'ticket', system: 'Intercom' }) } }]
  const about: About = { id: `intercom-ticket-${id}`, refs: refsOf(ticket) }
  const one = objectAt(ticket, 'ticket_part')
  const parts = one ? [one] : objectsAt(ticket, 'ticket_parts.ticket_parts')
  return [
    ...(objectAt(ticket, 'ticket_attributes')
      ? [...happened(ticket, parts, about), formItem(ticket, about, context)]
      : []),
    ...parts.map((part, place) => partItem(part, one ? undefined : place + 1, about, 'ticket', context)),
  ]
}

function happened(ticket: JsonObject, parts: readonly JsonObject[], about: About): Item[] {
  const resolved = parts.findLast(
    (part) =>
      textAt(part, 'ticket_state') === 'resolved' &&
      (textAt(part, 'previous_ticket_state') ?? 'resolved') !== 'resolved',
  )
  const own = Object.entries(objectAt(ticket, 'ticket_attributes') ?? {})
    .filter(
      ([name, value]) => name !== TITLE && name !== DESCRIPTION && /^(?:string|number|boolean)$/.test(typeof value),
    )
    .map(([name, value]) => [name.slice(0, 80), value as string | number | boolean])
  return ticketEvents(
    about.id,
    {
      opened: timeAt(ticket, 'created_at', 'UTC'),
      closed: resolved && timeAt(resolved, 'created_at', 'UTC'),
    },
    {
      customerRef: onlyOne(about),
      channel: 'ticket',
      props: {
        type: textAt(ticket, 'ticket_type.name'),
        category: categoryOf(ticket),
        state: textAt(ticket, 'ticket_state.category') ?? textAt(ticket, 'ticket_state'),
        ...Object.fromEntries(own),
      },
    },
  )
}

const categoryOf = (ticket: JsonObject): string | undefined =>
  textAt(ticket, 'category') ?? textAt(ticket, 'ticket_type.category')

function formItem(ticket: JsonObject, about: About, { settings }: ReadContext): Item {
  const [title, description] = [TITLE, DESCRIPTION].map((name) => {
    const text = textAt(ticket, `ticket_attributes.${name}`)
    return text && textOfHtml(text)
  })
  const text = titled(title, description)
  if (text === undefined) return { skipped: because('no_words') }
  const category = categoryOf(ticket)
  const speaker: Speaker | undefined =
    category !== undefined && /^(?:back[-_ ]?office|tracker)$/i.test(category) ? 'agent' : undefined
  const voice = {
    id: `${about.id}-form`,
    kind: 'chat' as const,
    text,
    at: timeAt(ticket, 'created_at', 'UTC'),
    conversation: about.id,
    turn: 0,
    channel: 'ticket',
    customerRef: onlyOne(about),
  }
  return spoken(speaker, voice, { field: 'ticket_attributes', written: undefined }, settings)
}

/** Whether an object of Intercom is a ticket and no conversation. */
export const isTicket = (object: JsonObject): boolean =>
  valueAt(object, 'type') === 'ticket' || objectAt(object, 'ticket_attributes') !== undefined
