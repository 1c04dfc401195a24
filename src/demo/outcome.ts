import { type Calendar, DAY, HOUR } from './calendar.ts'
import type { Fulfilment } from './fulfilment.ts'
import { fulfil, inUseAt, latenessTroubles, RETURN_WINDOW_DAYS } from './fulfilment.ts'
import type { Plan } from './plan.ts'
import { type Plant, plantedTroubles, slowAnswer } from './plants.ts'
import type { Random } from './random.ts'
import { type Trouble, total } from './trouble.ts'

/** All that becomes of one order, before the end of the simulated days cuts off what is still to come. */
export interface Fate {
  plan: Plan
  fulfilment: Fulfilment
  troubles: Trouble[]
  cancelledAt: number | null
  returnedAt: number | null
  /** The trouble that the return is for; null is a change of mind. */
  returnCause: Trouble | null
  usedAt: number
  /** The satisfaction behind the stars, 1 to 5 before rounding, and the one behind the NPS answer. */
  satisfaction: number
  loyalty: number
  /** Minutes until a person answers this customer's chats, typical. */
  answerMinutes: number
}

export function decide(plan: Plan, plants: readonly Plant[], calendar: Calendar, root: Random): Fate {
  const random = root.fork(`fate ${plan.index}`)
  const cancelDraw = random.next()
  const cancelHours = random.between(0.2, 6)
  const returnDraw = random.next()
  const returnDays = 1 + (RETURN_WINDOW_DAYS - 1.2) * random.next() ** 1.3
  const mood = random.normal(0, 0.55)
  const tie = random.normal(0, 1.4)
  const planted = plantedTroubles(plants, plan, root)
  const fulfilment = fulfil(plan, planted, calendar, root)
  const troubles = [
    ...planted,
    ...latenessTroubles(fulfilment, planted, random),
    ...everydayTroubles(plan, planted, root),
  ]
  const { category, returnShift } = plan.item
  const cancelled = cancelDraw < category.cancelProb + total(troubles, 'cancelProb')
  const returned =
    !cancelled && returnDraw < Math.max(0.002, category.returnProb + returnShift) + total(troubles, 'returnProb')
  const fate: Fate = {
    plan,
    fulfilment,
    troubles,
    cancelledAt: cancelled ? Math.round(plan.orderedAt + cancelHours * HOUR) : null,
    returnedAt: returned ? Math.round(fulfilment.deliveredAt + returnDays * DAY) : null,
    returnCause: returned ? causeOf(troubles, category.returnProb, random) : null,
    usedAt: inUseAt(plan, fulfilment),
    satisfaction: 4.95 + plan.person.kindness + mood + total(troubles, 'rating'),
    loyalty: 8.9 + 1.4 * plan.person.kindness + tie + total(troubles, 'nps'),
    answerMinutes: slowAnswer(plants, plan, root) ?? plan.item.merchant.answerMinutes,
  }
  if (cancelled) withdraw(fate)
  else if (returned) leaveUninstalled(fate)
  return fate
}

function everydayTroubles(plan: Plan, planted: readonly Trouble[], root: Random): Trouble[] {
  const random = root.fork(`luck ${plan.index}`)
  const troubles: Trouble[] = []
  for (const fault of plan.item.category.faults) {
    const met = random.chance(fault.share)
    const spoken = random.chance(0.7)
    if (!met || planted.some((each) => each.aspect === fault.aspect)) continue
    troubles.push({ story: null, aspect: fault.aspect, scene: fault.scene, effects: fault.effects, spoken })
  }
  return troubles
}

/** Which trouble a return is for: each counts by what it adds to the probability. */
function causeOf(troubles: readonly Trouble[], base: number, random: Random): Trouble | null {
  let left = random.next() * (base + troubles.reduce((sum, each) => sum + Math.max(0, each.effects.returnProb ?? 0), 0))
  for (const trouble of troubles) {
    left -= Math.max(0, trouble.effects.returnProb ?? 0)
    if (left < 0) return trouble
  }
  return null
}

/** A cancelled order is cancelled before it leaves, and nothing that would have happened later did. */
function withdraw(fate: Fate): void {
  const { fulfilment, plan } = fate
  const latest = fulfilment.shippedAt ?? fulfilment.deliveredAt
  fate.cancelledAt = Math.min(fate.cancelledAt!, Math.floor(plan.orderedAt + (latest - plan.orderedAt) * 0.9))
}

/** What goes back before the fitter comes is never installed. */
function leaveUninstalled(fate: Fate): void {
  const { installedAt } = fate.fulfilment
  if (installedAt !== null && fate.returnedAt! < installedAt) {
    fate.fulfilment.installedAt = null
    fate.usedAt = fate.fulfilment.deliveredAt
  }
}
