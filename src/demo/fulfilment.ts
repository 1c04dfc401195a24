import { type Calendar, DAY, HOUR, workingMoment } from './calendar.ts'
import type { Plan } from './plan.ts'
import type { Random } from './random.ts'
import type { Effects, Trouble } from './trouble.ts'

/** When an order was promised and when it came, were the world to go on for ever. */
export interface Fulfilment {
  promisedAt: number
  shippedAt: number | null
  deliveredAt: number
  installPromisedAt: number | null
  installedAt: number | null
  /** Calendar days after the promise. */
  lateDays: number
  installLateDays: number
}

export function fulfil(plan: Plan, troubles: readonly Trouble[], calendar: Calendar, root: Random): Fulfilment {
  const random = root.fork(`fulfil ${plan.index}`)
  const orderDay = calendar.dayOf(plan.orderedAt)
  if (!plan.item.category.ships) return stay(orderDay, calendar, random)
  const { city } = plan.person
  const rush = plan.sale ? 1.5 : 1
  const packing = plan.item.merchant.dispatchHours * HOUR * rush * Math.exp(random.normal(0, 0.35))
  const shippedAt = plan.orderedAt + packing
  const road = Math.max(1, Math.round(city.transitDays + random.normal(0, 0.45) + (random.chance(0.03) ? 2 : 0)))
  const moment = workingMoment(random)
  const delay = troubles.reduce((sum, trouble) => sum + (trouble.deliveryDelayDays ?? 0), 0)
  const deliveredDay = calendar.dayOf(shippedAt) + road + delay
  const promisedDay = orderDay + Math.ceil(city.transitDays + rush + 0.25)
  const deliveredAt = calendar.at(deliveredDay) + moment
  const lateDays = Math.max(0, deliveredDay - promisedDay)
  const promisedAt = calendar.at(promisedDay + 1) - 1000
  const shipment = { promisedAt, shippedAt: Math.round(shippedAt), deliveredAt, lateDays }
  if (!plan.item.category.installs)
    return { ...shipment, installPromisedAt: null, installedAt: null, installLateDays: 0 }
  return { ...shipment, ...install(deliveredDay, troubles, calendar, random) }
}

/** A hotel night: "delivered" is the arrival, on the day booked. */
function stay(orderDay: number, calendar: Calendar, random: Random): Fulfilment {
  const day = orderDay + random.int(1, 12)
  return {
    promisedAt: calendar.at(day + 1) - 1000,
    shippedAt: null,
    deliveredAt: calendar.at(day) + Math.round(random.between(14, 21.5) * HOUR),
    installPromisedAt: null,
    installedAt: null,
    lateDays: 0,
    installLateDays: 0,
  }
}

function install(deliveredDay: number, troubles: readonly Trouble[], calendar: Calendar, random: Random) {
  const promisedDay = deliveredDay + random.int(1, 2)
  const delay = troubles.reduce((sum, trouble) => sum + (trouble.installDelayDays ?? 0), 0)
  const everyday = random.chance(0.06) ? random.int(1, 2) : 0
  const installLateDays = delay || everyday
  return {
    installPromisedAt: calendar.at(promisedDay) + 18 * HOUR,
    installedAt: calendar.at(promisedDay + installLateDays) + workingMoment(random),
    installLateDays,
  }
}

const lateEffects = (days: number): Effects => ({
  rating: -0.7 - 0.25 * Math.min(days, 4),
  nps: -1.3 - 0.5 * Math.min(days, 4),
  returnProb: 0.02,
  complainProb: 0.3,
})

/** What everyday lateness does; a story's own lateness brings its own trouble with it. */
export function latenessTroubles(fulfilment: Fulfilment, troubles: readonly Trouble[], random: Random): Trouble[] {
  const late: Trouble[] = []
  if (fulfilment.lateDays > 0 && !troubles.some((each) => each.deliveryDelayDays))
    late.push(everydayLate('logistics', null, fulfilment.lateDays, random))
  if (fulfilment.installLateDays > 0 && !troubles.some((each) => each.installDelayDays))
    late.push(everydayLate('installation', 'install', fulfilment.installLateDays, random))
  return late
}

const everydayLate = (aspect: string, scene: string | null, days: number, random: Random): Trouble => ({
  story: null,
  aspect,
  scene,
  effects: lateEffects(days),
  spoken: random.chance(0.7),
})

/** Days after delivery within which a return can be asked for. */
export const RETURN_WINDOW_DAYS = 7

/** When the thing is first really used: installed, else delivered (hotel: the next morning). */
export const inUseAt = (plan: Plan, fulfilment: Fulfilment): number =>
  fulfilment.installedAt ?? fulfilment.deliveredAt + (plan.item.category.ships ? 0 : DAY / 2)
