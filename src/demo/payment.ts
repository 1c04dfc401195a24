import type { Plan } from './plan.ts'
import { concerns, type Plant } from './plants.ts'
import type { Random } from './random.ts'

/** How often a payment fails in any week, and how often the customer then tries again. */
const EVERYDAY = { share: 0.02, retry: 0.88 }

export interface Payment {
  /** How many attempts failed. */
  failures: number
  /** The customer gave up: there is no order. */
  lost: boolean
  /** The planted story that made it fail. */
  story: string | null
}

export function pay(plan: Plan, plants: readonly Plant[], root: Random): Payment {
  for (const each of plants) {
    if (each.story.kind !== 'payment_failure' || !concerns(each, plan)) continue
    const result = attempt(each.story.share, each.story.retry, root.fork(`pay ${each.story.id} ${plan.index}`))
    if (result.failures > 0) return { ...result, story: each.story.id }
  }
  return { ...attempt(EVERYDAY.share, EVERYDAY.retry, root.fork(`pay ${plan.index}`)), story: null }
}

/** One failure, then either a second try that succeeds or nothing more. */
function attempt(share: number, retry: number, random: Random): { failures: number; lost: boolean } {
  if (!random.chance(share)) return { failures: 0, lost: false }
  return { failures: random.chance(0.3) ? 2 : 1, lost: !random.chance(retry) }
}
