import type { EventInput } from '../core/event.ts'
import { type Calendar, dayWheel, wakingMoment } from './calendar.ts'
import type { Catalogue, Item } from './catalogue.ts'
import { categories } from './categories.ts'
import { eventAbout } from './logistics.ts'
import type { Payment } from './payment.ts'
import { personOf } from './people.ts'
import type { Plan } from './plan.ts'
import { type Random, Wheel } from './random.ts'

const SECOND = 1000
/** Sessions at scale 1 that end without an order; with the tracked third of the orders about one in five ends with one. */
const IDLE_SESSIONS = 42_000

type Click = (name: string, touchpoint: string, props?: EventInput['props']) => void

/**
 * What led to an order. Only a third of the customers, always the same ones, are in the click log; of the others the payment provider
 * alone tells, without a session.
 */
export function buyingSession(plan: Plan, payment: Payment, root: Random): EventInput[] {
  if (!plan.person.tracked) return payments(plan, payment, root)
  const random = root.fork(`clicks ${plan.index}`)
  const events: EventInput[] = []
  const click = recorder(plan, `${plan.id}-k`, plan.orderedAt - random.between(240, 1500) * SECOND, random, events)
  if (random.chance(0.6)) click(...searched(plan.item, random))
  for (let n = random.int(1, 2); n > 0; n--) click('product_viewed', 'browse.detail')
  if (random.chance(0.7)) click('product_added', 'trade.cart', { quantity: plan.quantity })
  click('checkout_started', 'trade.checkout', { amountMinor: plan.amountMinor })
  for (let n = payment.failures; n > 0; n--) click('payment_failed', 'trade.pay', { ok: false, code: 'PAY_TIMEOUT' })
  if (!payment.lost) events.push({ ...paid(plan), session: `${plan.id}-k` })
  return [...events, ...recommended(events, random)]
}

/** What the payment provider tells of an order. */
function payments(plan: Plan, payment: Payment, root: Random): EventInput[] {
  const random = root.fork(`payments ${plan.index}`)
  const events: EventInput[] = []
  const failed = { ok: false, code: 'PAY_TIMEOUT' }
  for (let n = 0; n < payment.failures; n++) {
    const at = plan.orderedAt - random.between(20, 240) * SECOND
    events.push(eventAbout(plan, `kf${n}`, 'payment_failed', 'trade.pay', at, failed))
  }
  if (!payment.lost) events.push(paid(plan))
  return events
}

const paid = (plan: Plan): EventInput => ({
  ...eventAbout(plan, 'kp', 'payment_succeeded', 'trade.pay', plan.orderedAt, {
    ok: true,
    amountMinor: plan.amountMinor,
  }),
  orderId: plan.id,
})

/** Sessions of people who look around and leave. */
export function idleSessions(root: Random, catalogue: Catalogue, calendar: Calendar, customers: number): EventInput[] {
  const events: EventInput[] = []
  const categoryWheel = new Wheel(categories.map((each) => each.share))
  const dayWheels = categories.map((each) => dayWheel(calendar, each.months))
  const sessions = Math.round((IDLE_SESSIONS * customers) / 20_800)
  for (let index = 0; index < sessions; index++) {
    const random = root.fork(`idle ${index}`)
    const category = categoryWheel.draw(random)
    const shelf = catalogue.byCategory.get(categories[category]!.name)!
    const item = shelf.items[shelf.wheel.draw(random)]!
    const at = calendar.at(dayWheels[category]!.draw(random)) + wakingMoment(random)
    events.push(...browse(`W${String(index).padStart(6, '0')}`, at, item, personAmong(root, random, customers), random))
  }
  return events
}

/** Somebody whom the click log follows. */
function personAmong(root: Random, random: Random, customers: number) {
  for (let tries = 0; ; tries++) {
    const person = personOf(root, random.int(0, customers - 1))
    if (person.tracked || tries > 20) return person
  }
}

function browse(session: string, at: number, item: Item, person: Plan['person'], random: Random): EventInput[] {
  const events: EventInput[] = []
  const visit = { id: session, person, item } as Plan
  const click = recorder(visit, session, at, random, events)
  if (random.chance(0.62)) click(...searched(item, random))
  if (random.chance(0.85) || events.length === 0) click('product_viewed', 'browse.detail')
  if (random.chance(0.13)) {
    click('product_added', 'trade.cart', { quantity: 1 })
    if (random.chance(0.3)) click('checkout_started', 'trade.checkout', { amountMinor: item.priceMinor })
  }
  return [...events, ...recommended(events, random)]
}

/** Writes clicks one after another, some seconds apart. */
function recorder(plan: Plan, session: string, start: number, random: Random, events: EventInput[]): Click {
  let at = start
  return (name, touchpoint, props = {}) => {
    const event = eventAbout(plan, `${session === plan.id ? '' : 'k'}${events.length}`, name, touchpoint, at, props)
    events.push({ ...event, session })
    at += random.between(6, 45) * SECOND
  }
}

/** A search, and how many products it found. The number has a stream of its own, so that nothing else hangs on it. */
function searched(item: Item, random: Random): Parameters<Click> {
  const words = query(item, random)
  const found = random.fork(`found ${words}`)
  const nothing = found.chance(words.startsWith(item.category.name) ? 0.02 : 0.07)
  const results = nothing ? 0 : Math.round(Math.exp(found.normal(3.2, 0.7)))
  return ['searched', 'browse.search', { query: words, results }]
}

/** In how many visits a product page shows the list “others also bought”, and in how many of these it is clicked. */
const LIST = { shown: 0.16, clicked: 0.11 }

/** The recommended list under the first product page of a visit, from a stream of its own. */
function recommended(events: readonly EventInput[], visit: Random): EventInput[] {
  const page = events.find(({ name }) => name === 'product_viewed')
  const random = visit.fork('recommended')
  if (!page || !random.chance(LIST.shown)) return []
  const about = (suffix: string, name: string, seconds: number): EventInput => ({
    ...page,
    ...{ id: `${page.id}${suffix}`, name, at: page.at + Math.round(seconds * SECOND), props: { list: 'recommended' } },
  })
  const shown = about('l', 'product_list_viewed', random.between(1, 3))
  if (!random.chance(LIST.clicked)) return [shown]
  return [shown, about('lc', 'product_clicked', random.between(3.2, 5.8))]
}

/** What people type into the search box. */
function query(item: Item, random: Random): string {
  const { name } = item.category
  const brand = String(item.record.attributes?.brand ?? '')
  const wish = random.pick(wishes[name]!)
  return random.pick([name, wish, `${name} ${wish}`, `${brand}${name}`, `${wish}${name}`])
}
const wishes: Record<string, readonly string[]> = {
  取暖器: ['静音', '家用省电', '卧室', '浴室', '大面积', '婴儿', '小型', '办公室'],
  热水器: ['60升', '燃气', '速热', '一级能效', '零冷水', '出租房'],
  智能马桶: ['坑距400', '无水压限制', '小户型', '即热', '老人'],
  手机: ['长续航', '拍照好', '学生', '老人机', '5g', '大内存'],
  水果: ['当季', '礼盒', '新鲜', '整箱', '甜'],
  酒店: ['近地铁', '亲子', '安静', '含早餐', '停车方便'],
}
