import type { EventInput } from '../core/event.ts'
import { DAY, HOUR } from './calendar.ts'

/** A checkout that hangs on one channel: from that moment on nobody there can pay. */
export interface Stuck {
  channel: string
  from: number
}

/** China has one offset without summer time (`calendar.ts`). */
const midnightOf = (at: number): number => Math.floor((at + 8 * HOUR) / DAY) * DAY - 8 * HOUR

/**
 * The sessions of some simulated days, all laid over the day of `now` at their own times of day: a busy day for showing the live page. Ids are
 * made from the day, so that the same day sent twice is one. Everything stays marked as simulated.
 */
export function replayed(events: readonly EventInput[], now: number, stuck?: Stuck): EventInput[] {
  const today = midnightOf(now)
  const prefix = `live-${new Date(today + 8 * HOUR).toISOString().slice(0, 10)}-`
  const shifts = new Map<string, number>()
  const moved: EventInput[] = []
  for (const event of events) {
    if (!event.session) continue
    const shift = shifts.get(event.session) ?? today - midnightOf(event.at)
    shifts.set(event.session, shift)
    const session = `${prefix}${event.session}`
    const there = {
      ...event,
      id: `${prefix}${event.id}`,
      session,
      orderId: undefined,
      at: event.at + shift,
      simulated: true,
    }
    moved.push(stuck ? held(there, stuck) : there)
  }
  return moved.sort((one, other) => one.at - other.at)
}

function held(event: EventInput, { channel, from }: Stuck): EventInput {
  if (event.name !== 'payment_succeeded' || event.channel !== channel || event.at < from) return event
  return { ...event, name: 'payment_failed', props: { ok: false, code: 'PAGE_TIMEOUT' } }
}
