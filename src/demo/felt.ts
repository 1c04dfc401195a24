import { HOUR } from './calendar.ts'
import type { Fate } from './outcome.ts'
import type { Random } from './random.ts'
import type { Topic } from './talk/compose.ts'
import type { Trouble } from './trouble.ts'

/** The moment at which the customer notices a trouble. */
export function noticedAt(fate: Fate, trouble: Trouble): number {
  const { fulfilment, plan } = fate
  switch (trouble.aspect) {
    case 'logistics':
      return fulfilment.promisedAt
    case 'installation':
      return fulfilment.installPromisedAt ?? fulfilment.deliveredAt
    case 'service':
      return plan.orderedAt + HOUR
    case 'packaging':
    case 'pit_distance':
    case 'freshness':
      return fulfilment.deliveredAt + HOUR
    default:
      return fate.usedAt + 8 * HOUR
  }
}

/** Which of the troubles noticed by then this text mentions: mostly all that the customer speaks of at all. */
export const mentioned = (fate: Fate, at: number, random: Random): Trouble[] =>
  fate.troubles.filter((trouble) => trouble.spoken && noticedAt(fate, trouble) <= at && random.chance(0.87))

export const topicOf = (fate: Fate, rating: number, gripes: readonly Trouble[]): Topic => ({
  category: fate.plan.item.category.name,
  city: fate.plan.person.city.name,
  rating,
  gripes,
})

/** The latest moment to speak of something before it goes back. */
export const beforeReturn = (fate: Fate): number => (fate.returnedAt ?? Number.POSITIVE_INFINITY) - HOUR / 2
