import type { EventInput, ProductInput } from '../core/event.ts'
import type { OrderInput } from '../core/order.ts'
import type { VoiceInput } from '../core/voice.ts'
import { type Calendar, calendarEnding, HOUR } from './calendar.ts'
import { buildCatalogue, type Merchant } from './catalogue.ts'
import type { CategoryName } from './categories.ts'
import { buyingSession, idleSessions } from './clicks.ts'
import { conversations } from './conversations.ts'
import { RETURN_WINDOW_DAYS } from './fulfilment.ts'
import { logistics } from './logistics.ts'
import { orderRecord } from './orders.ts'
import { decide } from './outcome.ts'
import { pay } from './payment.ts'
import { type Plan, planOrders } from './plan.ts'
import { type Plant, plant } from './plants.ts'
import { type Random, seeded } from './random.ts'
import { defaultStories, type Story } from './stories.ts'
import { gripe } from './talk/compose.ts'
import { type Truth, TruthKeeper } from './truth.ts'
import { voiceAbout, written } from './voices.ts'

/** A line of the merchants' change log: what was changed, when, for which products. Public; it says nothing of what it did. */
export interface DemoIntervention {
  id: string
  what: { zh: string; en: string }
  /** Epoch milliseconds. */
  at: number
  productIds: string[]
  category: string
  outcome: 'return_rate'
  aspect: string
  scene: string | null
}

export interface Market {
  merchants: Merchant[]
  products: ProductInput[]
  orders: OrderInput[]
  events: EventInput[]
  voices: VoiceInput[]
  interventions: DemoIntervention[]
  truth: Truth
}

export interface MarketOptions {
  seed: number
  /** The last simulated day, `YYYY-MM-DD`; nothing in the world is later. */
  endDay: string
  days?: number
  stories?: readonly Story[]
  /** 1 is about 20,000 customers and 30,000 orders. The catalogue stays as it is. */
  scale?: number
  /** Only the orders of these categories, and no browsing beside them: the very orders that they have in the whole market. */
  only?: readonly CategoryName[]
}

/** A whole market, the same to the last byte for the same options. */
export function simulateMarket(options: MarketOptions): Market {
  const { seed, endDay, days = 90, stories = defaultStories, scale = 1 } = options
  const root = seeded(seed)
  const calendar = calendarEnding(endDay, days)
  const catalogue = buildCatalogue(root)
  const plants = plant(stories, catalogue, calendar, root)
  const { only } = options
  const all = planOrders(root, catalogue, calendar, scale)
  const plans = only ? all.filter((plan) => only.includes(plan.item.category.name)) : all
  const keeper = new TruthKeeper(plants, calendar)
  const world: Pick<Market, 'orders' | 'events' | 'voices'> = { orders: [], events: [], voices: [] }
  for (const plan of plans) live(plan, plants, calendar, root, keeper, world)
  if (!only) {
    const customers = new Set(plans.map((plan) => plan.person.ref)).size
    for (const event of idleSessions(root, catalogue, calendar, customers)) world.events.push(event)
  }
  return {
    merchants: catalogue.merchants,
    products: catalogue.items.map((item) => item.record),
    orders: world.orders,
    events: inTime(world.events, calendar),
    voices: inTime(world.voices, calendar),
    interventions: changeLog(stories, plants, calendar),
    truth: {
      seed,
      endDay,
      days,
      scale,
      simulated: true,
      returnWindowDays: RETURN_WINDOW_DAYS,
      stories: keeper.result(),
    },
  }
}

/** One order from the first click to the last word. */
function live(
  plan: Plan,
  plants: readonly Plant[],
  calendar: Calendar,
  root: Random,
  keeper: TruthKeeper,
  world: Pick<Market, 'orders' | 'events' | 'voices'>,
): void {
  const payment = pay(plan, plants, root)
  keeper.paid(payment)
  world.events.push(...buyingSession(plan, payment, root))
  if (payment.lost) {
    world.voices.push(...lostCustomer(plan, root))
    return
  }
  const fate = decide(plan, plants, calendar, root)
  keeper.lived(fate)
  const spoken = conversations(fate, root)
  world.orders.push(orderRecord(fate, calendar.end, root))
  world.events.push(...logistics(fate, root), ...spoken.events)
  world.voices.push(...written(fate, root), ...spoken.voices)
}

/** Some of those who could not pay say so. There is no order to name. */
function lostCustomer(plan: Plan, root: Random): VoiceInput[] {
  const random = root.fork(`lost ${plan.index}`)
  if (!random.chance(0.3)) return []
  const topic = { category: plan.item.category.name, city: plan.person.city.name, rating: 2, gripes: [] }
  const trouble = { story: null, aspect: 'payment', scene: null, effects: {}, spoken: true }
  const voice = voiceAbout(plan, 'q', 'complaint', plan.orderedAt + random.between(0.1, 3) * HOUR)
  return [{ ...voice, orderId: undefined, text: gripe(topic, trouble, random) }]
}

/** What happened within the simulated days, in the order in which it happened. */
function inTime<T extends { at: number; id?: string }>(records: readonly T[], calendar: Calendar): T[] {
  return records
    .filter((record) => record.at >= calendar.start && record.at < calendar.end)
    .sort((a, b) => a.at - b.at || (a.id! < b.id! ? -1 : 1))
}

function changeLog(stories: readonly Story[], plants: readonly Plant[], calendar: Calendar): DemoIntervention[] {
  const log: DemoIntervention[] = []
  for (const story of stories) {
    if (story.kind !== 'cured' && story.kind !== 'idle_change') continue
    const about = plants.find((each) => each.story.id === (story.kind === 'cured' ? story.cures : story.id))!
    const cure = about.cures.find((each) => each.id === story.id)
    const at = cure?.from ?? about.from
    if (!('aspect' in about.story) || at >= calendar.end) continue
    log.push({
      id: story.id,
      what: story.what,
      at,
      productIds: [...(cure?.products ?? about.products)].sort(),
      category: about.story.category ?? '',
      outcome: 'return_rate',
      aspect: about.story.aspect,
      scene: about.story.scene,
    })
  }
  return log
}
