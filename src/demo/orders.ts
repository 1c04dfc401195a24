import type { OrderInput } from '../core/order.ts'
import { topicOf } from './felt.ts'
import type { Fate } from './outcome.ts'
import type { Random } from './random.ts'
import { reasonLabel } from './talk/compose.ts'

/** What is known of an order at the end of the simulated days. */
export function orderRecord(fate: Fate, end: number, root: Random): OrderInput {
  const { plan, fulfilment } = fate
  const random = root.fork(`order record ${plan.index}`)
  const reached = (at: number | null): number | undefined => (at !== null && at < end ? at : undefined)
  const kept = fate.cancelledAt === null
  const deliveredAt = kept ? reached(fulfilment.deliveredAt) : undefined
  const returnedAt = deliveredAt && reached(fate.returnedAt)
  const times = {
    shippedAt: kept ? reached(fulfilment.shippedAt) : undefined,
    deliveredAt,
    installPromisedAt: deliveredAt && (fulfilment.installPromisedAt ?? undefined),
    installedAt: deliveredAt && reached(fulfilment.installedAt),
    cancelledAt: reached(fate.cancelledAt),
  }
  const known = [plan.orderedAt, times.shippedAt, deliveredAt, times.installedAt, times.cancelledAt, returnedAt]
  return {
    id: plan.id,
    lines: [
      {
        productId: plan.item.record.id,
        category: plan.item.category.name,
        quantity: plan.quantity,
        amountMinor: plan.amountMinor,
        returnedAt,
        ...(returnedAt && {
          returnReason: reasonLabel(topicOf(fate, 2, []), fate.returnCause, random),
          refundMinor: plan.amountMinor,
        }),
      },
    ],
    currency: 'CNY',
    orderedAt: plan.orderedAt,
    promisedAt: fulfilment.promisedAt,
    ...times,
    updatedAt: Math.max(...known.filter((at) => at !== undefined)),
    customerRef: plan.person.ref,
    merchantId: plan.item.merchant.id,
    city: plan.person.city.name,
    channel: plan.person.channel,
    facts: {
      firstOrder: plan.first,
      tier: plan.person.tier,
      sale: plan.sale,
      payment: random.pick(['wallet', 'wallet', 'card', 'instalment']),
    },
    simulated: true,
  }
}
