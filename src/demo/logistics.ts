import type { EventInput } from '../core/event.ts'
import { DAY, HOUR } from './calendar.ts'
import type { Fate } from './outcome.ts'
import type { Plan } from './plan.ts'
import type { Random } from './random.ts'

/** An event about an order's product. `touchpoint` is one of core/touchpoint.ts. */
export const eventAbout = (
  plan: Plan,
  suffix: string,
  name: string,
  touchpoint: string | undefined,
  at: number,
  props: EventInput['props'] = {},
): EventInput => ({
  id: `${plan.id}-${suffix}`,
  name,
  at: Math.round(at),
  customerRef: plan.person.ref,
  session: undefined,
  orderId: undefined,
  touchpoint,
  productId: plan.item.record.id,
  merchantId: plan.item.merchant.id,
  category: plan.item.category.name,
  city: plan.person.city.name,
  channel: plan.person.channel,
  props,
  simulated: true,
})

/** What the carriers, the fitters and the returns desk report of one order. */
export function logistics(fate: Fate, root: Random): EventInput[] {
  const { plan, fulfilment } = fate
  const random = root.fork(`logistics ${plan.index}`)
  const events: EventInput[] = []
  const report = (
    suffix: string,
    name: string,
    touchpoint: string | undefined,
    at: number,
    props: EventInput['props'] = {},
  ) => events.push({ ...eventAbout(plan, suffix, name, touchpoint, at, props), orderId: plan.id })
  if (fate.cancelledAt !== null) {
    report('lx', 'order_cancelled', 'trade.pay', fate.cancelledAt)
    return events
  }
  if (fulfilment.shippedAt !== null) {
    const hubAt = random.between(0.35, 0.9) * (fulfilment.deliveredAt - fulfilment.shippedAt)
    report('ls', 'order_shipped', 'fulfil.ship', fulfilment.shippedAt)
    report('lh', 'parcel_at_hub', undefined, fulfilment.shippedAt + hubAt)
  }
  const arrival = plan.item.category.ships ? 'parcel_delivered' : 'guest_checked_in'
  report('ld', arrival, 'fulfil.deliver', fulfilment.deliveredAt, { lateDays: fulfilment.lateDays })
  if (fulfilment.installedAt !== null)
    report('li', 'installation_done', 'fulfil.install', fulfilment.installedAt, {
      lateDays: fulfilment.installLateDays,
    })
  if (fate.returnedAt !== null) {
    const refundedAt = fate.returnedAt + random.between(1.5, 5) * DAY
    report('lr', 'return_requested', 'aftersale.return', fate.returnedAt)
    if (plan.item.category.ships)
      report('lb', 'return_received', 'aftersale.return', refundedAt - random.between(2, 20) * HOUR)
    report('lf', 'refund_paid', 'aftersale.refund', refundedAt, { amountMinor: plan.amountMinor })
  }
  return events
}
