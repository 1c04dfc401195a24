import { hash } from 'node:crypto'
import { z } from 'zod'

export const DAY_MS = 86_400_000
const days = z.number().int().min(0).max(1_000)

/** When someone is to be asked. */
const trigger = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('delivered'), afterDays: days }),
  /** So many hours after the last turn of a chat or call. */
  z.strictObject({ kind: z.literal('service'), afterHours: z.number().int().min(1).max(720) }),
  /** Orders that were not cancelled, together at least so much within so many days. */
  z.strictObject({
    kind: z.literal('valuable'),
    overMinor: z.number().int().min(1).max(1e13),
    currency: z.string().regex(/^[A-Z]{3}$/),
    withinDays: z.number().int().min(1).max(1_000),
  }),
  /** No order for so many days, after there had been one. */
  z.strictObject({ kind: z.literal('churned'), afterDays: z.number().int().min(1).max(1_000) }),
])

/** When and whom a survey invites. */
export const invitationRule = z.strictObject({
  trigger,
  /** The share of customers that may be asked at all, 0–1: always the same ones. */
  share: z.number().gt(0).max(1).default(1),
  /** Only orders of these categories; empty is all. */
  categories: z.array(z.string().min(1).max(80)).max(50).default([]),
  /** Invitations in all; without it, no bound. */
  most: z.number().int().min(1).max(10_000_000).optional(),
  /** A link is good for so many days. */
  linkDays: z.number().int().min(1).max(365).default(14),
})
export type InvitationRule = z.infer<typeof invitationRule>

/** Something that calls for an invitation: an order delivered, a talk ended. */
export interface Occasion {
  surveyId: string
  /** What it is about: asked about it once. */
  key: string
  customerRef: string
  dueAt: number
}

/** What is known of earlier invitations. */
export interface History {
  /** When a customer was last invited, by any survey. */
  lastInvitedAt: ReadonlyMap<string, number>
  /** `survey key` of occasions that were used. */
  used: ReadonlySet<string>
}

/** An invitation that could not be made in time is not made any more: nobody wants to be asked about last month. */
export const STALE_MS = 14 * DAY_MS

/**
 * Who is invited now. The first due goes first; whoever was invited by any survey within the cool-down is passed over, so that whatever
 * the order of events and however many surveys, no two invitations of a customer lie nearer than that. `roomOf` is how many invitations
 * a survey may still make.
 */
export function planInvitations<T extends Occasion>(
  occasions: readonly T[],
  history: History,
  asked: {
    now: number
    coolDownMs: number
    shareOf: (surveyId: string) => number
    roomOf: (surveyId: string) => number
  },
): T[] {
  const { now, coolDownMs, shareOf, roomOf } = asked
  const last = new Map(history.lastInvitedAt)
  const used = new Set(history.used)
  const room = new Map<string, number>()
  const order = (one: T, other: T) =>
    one.dueAt - other.dueAt || compare(one.surveyId, other.surveyId) || compare(one.key, other.key)
  return [...occasions].sort(order).filter(({ surveyId, key, customerRef, dueAt }) => {
    const left = room.get(surveyId) ?? roomOf(surveyId)
    if (customerRef === '' || left <= 0 || dueAt > now || dueAt <= now - STALE_MS) return false
    if (used.has(occasionId(surveyId, key)) || placeInDraw(surveyId, customerRef) >= shareOf(surveyId)) return false
    // A clock that was set back finds an invitation in the future: then nobody is invited until it has caught up.
    const before = last.get(customerRef)
    if (before !== undefined && now - before < Math.max(coolDownMs, 1)) return false
    last.set(customerRef, now)
    used.add(occasionId(surveyId, key))
    room.set(surveyId, left - 1)
    return true
  })
}

export const occasionId = (surveyId: string, key: string): string => `${surveyId} ${key}`

/** A customer's place in the draw of a survey, 0 to below 1: evenly spread, and the same at every run. */
function placeInDraw(surveyId: string, customerRef: string): number {
  return Number.parseInt(hash('sha256', `${surveyId}\n${customerRef}`, 'hex').slice(0, 12), 16) / 2 ** 48
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
