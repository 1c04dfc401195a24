import { type Calendar, dayWheel, isSale, wakingMoment } from './calendar.ts'
import type { Catalogue, Item } from './catalogue.ts'
import { categories } from './categories.ts'
import { type Person, personOf } from './people.ts'
import { type Random, Wheel } from './random.ts'

/** Who buys what and when, before anything has gone well or wrong. */
export interface Plan {
  index: number
  id: string
  person: Person
  item: Item
  orderedAt: number
  /** The customer's first order here ever. */
  first: boolean
  sale: boolean
  quantity: number
  amountMinor: number
}

/** At scale 1: a few more than 20,000, so that some may lose their only order to a failed payment. */
const CUSTOMERS = 20_800
const ORDERS = 30_800

export function planOrders(root: Random, catalogue: Catalogue, calendar: Calendar, scale: number): Plan[] {
  const customers = Math.max(1, Math.round(CUSTOMERS * scale))
  const orders = Math.max(customers, Math.round(ORDERS * scale))
  const categoryWheel = new Wheel(categories.map((each) => each.share))
  const dayWheels = categories.map((each) => dayWheel(calendar, each.months))
  const people = new Map<number, Person>()
  const plans: Plan[] = []
  for (let index = 0; index < orders; index++) {
    const random = root.fork(`order ${index}`)
    // Everyone buys once; the rest of the orders falls to the keener ones, which the square makes those of low number.
    const who = index < customers ? index : Math.floor(customers * random.next() ** 2)
    const person = people.get(who) ?? personOf(root, who)
    people.set(who, person)
    const category = categoryWheel.draw(random)
    const shelf = catalogue.byCategory.get(categories[category]!.name)!
    const day = dayWheels[category]!.draw(random)
    plans.push(planOf(index, person, shelf.items[shelf.wheel.draw(random)]!, day, calendar, random))
  }
  plans.sort((a, b) => a.orderedAt - b.orderedAt || a.index - b.index)
  markFirsts(plans)
  return plans
}

function planOf(index: number, person: Person, item: Item, day: number, calendar: Calendar, random: Random): Plan {
  const date = calendar.date(day)
  const sale = isSale(date)
  const quantity = item.category.name === '水果' && random.chance(0.25) ? random.int(2, 4) : random.chance(0.03) ? 2 : 1
  const discount = sale ? random.between(0.78, 0.9) : random.chance(0.3) ? random.between(0.9, 0.98) : 1
  return {
    index,
    id: `SO${date.slice(2).replaceAll('-', '')}${String(index).padStart(6, '0')}`,
    person,
    item,
    orderedAt: calendar.at(day) + wakingMoment(random),
    first: false,
    sale,
    quantity,
    amountMinor: Math.round(item.priceMinor * quantity * discount),
  }
}

function markFirsts(plans: readonly Plan[]): void {
  const seen = new Set<string>()
  for (const plan of plans) {
    plan.first = !plan.person.known && !seen.has(plan.person.ref)
    seen.add(plan.person.ref)
  }
}
