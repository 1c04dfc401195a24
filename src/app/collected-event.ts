import { z } from 'zod'
import type { EventInput } from '../core/event.ts'
import { EVENT_NAME, eventKindOf } from '../core/event-names.ts'
import { because, knownReason, type Reason } from '../listen/reasons/reason.ts'

const MOST_PROPS = 60
/** Events wait on a device that is offline; what is older tells of a wrong clock or of somebody who makes things up. */
const OLDEST_MS = 31 * 86_400_000
/** As near as any clock is; what lies between is the way here. */
const CLOCKS_AGREE_MS = 10_000

/** What only the shop's own systems know. A page can be made to say it by anyone. */
const notForPages =
  /^(shipment_|refund_|installation_|ticket_closed$|chat_answered$|order_refunded$|item_re(turned|funded)$|return_(received|approved|declined)$)/

const reference = z.string().trim().min(1).max(200).nullish()
const token = z.string().regex(/^[\w.-]{1,64}$/)

/** One event as a page sends it. Whatever else it says of itself (tenant, verified, simulated, source) is not looked at. */
const pageEvent = z.object({
  id: z.string().regex(/^[\w.-]{8,64}$/, because('event_id_form')),
  name: z
    .string()
    .max(80)
    .regex(EVENT_NAME, because('event_name_form'))
    .refine((name) => !notForPages.test(name), {
      message: because('for_own_systems'),
    }),
  at: z.number().int(),
  session: token.nullish(),
  visitor: token.nullish(),
  customerRef: reference,
  productId: reference,
  orderId: reference,
  merchantId: reference,
  category: z.string().max(80).nullish(),
  props: z
    .record(z.string().max(80), z.union([z.string().max(2_000), z.number(), z.boolean(), z.null()]))
    .default({})
    .refine((props) => Object.keys(props).length <= MOST_PROPS, {
      message: because('too_many_fields', { most: MOST_PROPS }),
    }),
})

/** What the server itself knows of a request. */
export interface Surroundings {
  /** The page's origin, checked against the key. */
  origin: string
  device: Device
  /** The device's clock when it sent, and ours when it came; epoch milliseconds. */
  sentAt?: number
  receivedAt: number
}

export type Device = 'phone' | 'tablet' | 'desktop'

/** The coarse kind of a device. All that is kept of the user agent. */
export function deviceOf(userAgent: string): Device {
  if (/ipad|tablet|playbook|silk/i.test(userAgent)) return 'tablet'
  if (/android/i.test(userAgent)) return /mobile/i.test(userAgent) ? 'phone' : 'tablet'
  return /iphone|ipod|mobile|harmony/i.test(userAgent) ? 'phone' : 'desktop'
}

export type ReadEvent =
  | { ok: true; event: EventInput }
  | { ok: false; refusal: { name: string; field: string; reason: Reason } }

/** An event as it is kept: with a touchpoint by its name, our clock, and ids that no other source can have. */
export function readPageEvent(raw: unknown, around: Surroundings): ReadEvent {
  const parsed = pageEvent.safeParse(raw)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!
    return refused(raw, issue.path.map(String).join('.'), knownReason(issue.message))
  }
  const { id, name, visitor, props, ...fields } = parsed.data
  const at = onOurClock(fields.at, around)
  if (around.receivedAt - at > OLDEST_MS) return refused(raw, 'at', because('too_old', { days: 31 }))
  const { origin, device } = around
  return {
    ok: true,
    event: {
      id: `web-${id}`,
      name,
      at,
      session: fields.session ?? undefined,
      customerRef: fields.customerRef ?? undefined,
      productId: fields.productId ?? undefined,
      orderId: fields.orderId ?? undefined,
      merchantId: fields.merchantId ?? undefined,
      category: fields.category ?? undefined,
      touchpoint: eventKindOf(name)?.touchpoint,
      channel: 'web',
      props: { ...withoutVerdicts(props), ...(visitor && { visitor }), site: new URL(origin).host, device },
    },
  }
}

/** That goods came back is for the shop to say: it would change the order. */
const withoutVerdicts = ({ goods_back: _, ...props }: EventInput['props']): EventInput['props'] => props

/** The device's time, corrected by how far its clock was off when it sent. Nothing has happened after it came here. */
function onOurClock(at: number, { sentAt = at, receivedAt }: Surroundings): number {
  const off = receivedAt - sentAt
  return Math.min(receivedAt, Math.abs(off) > CLOCKS_AGREE_MS ? at + off : at)
}

function refused(raw: unknown, field: string, reason: Reason): ReadEvent {
  const name = typeof raw === 'object' && raw !== null ? (raw as { name?: unknown }).name : undefined
  return { ok: false, refusal: { name: typeof name === 'string' ? name.slice(0, 80) : '', field, reason } }
}
