import type { EventInput } from '../../core/event.ts'
import type { Draft, Item } from '../source/item.ts'

/** What columns of a ticket's number are called. A table that has one is of tickets, whatever orders it names beside them. */
export const ticketNumbers = [
  'ticket id',
  'ticket number',
  'ticket #',
  'ticket no',
  'case number',
  '工单号',
  '工单编号',
  '工单id',
] as const

/** A ticket as what happened: it was opened, and closed where that has a time. One that is closed again is closed anew. */
export function ticketEvents(
  conversation: string | undefined,
  times: { opened: unknown; closed: unknown },
  about: Draft<EventInput>,
): Item[] {
  const event = (what: 'opened' | 'closed', id: string): Item => ({
    event: {
      ...about,
      touchpoint: 'aftersale.service',
      session: conversation,
      id,
      name: `ticket_${what}`,
      at: times[what],
    },
  })
  const own = (rest: string) => (conversation && `${conversation}-${rest}`) as string
  return [
    event('opened', own('opened')),
    ...(times.closed === undefined ? [] : [event('closed', own(`closed-${times.closed}`))]),
  ]
}
