import type { EventInput } from '../../src/core/event.ts'
import type { OrderInput } from '../../src/core/order.ts'
import type { VoiceInput } from '../../src/core/voice.ts'

const MINUTE = 60_000
const DAY = 86_400_000

/** A made-up shop of a few weeks, as records before they are sent. */
export interface Shop {
  voices: Partial<VoiceInput>[]
  events: Partial<EventInput>[]
  orders: Partial<OrderInput>[]
}

/** Local noon in Shanghai of the day so many days after the first. */
export const FIRST = Date.parse('2026-03-01T12:00:00+08:00')
export const DAYS = 42

export function inventShop(random: () => number): Shop {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!
  const moment = () => FIRST + Math.floor(random() * DAYS) * DAY + Math.floor((random() - 0.5) * 20 * 60) * MINUTE
  const customers = Array.from({ length: 30 }, (_, place) => `c${place}`)
  const shop: Shop = { voices: [], events: [], orders: [] }
  for (let place = 0; place < 120; place++) shop.orders.push(inventOrder(place, moment(), pick, random, customers))
  for (let place = 0; place < 160; place++) {
    const metric = pick(['nps', 'csat', 'ces', undefined, undefined] as const)
    const scale =
      metric === 'nps' ? { ratingMin: 0, ratingMax: 10 } : metric === 'ces' ? { ratingMin: 1, ratingMax: 7 } : {}
    const rating =
      metric === 'nps' ? pick([0, 5, 6, 7, 8, 9, 10]) : metric === 'ces' ? pick([1, 4, 6, 7]) : pick([1, 2, 3, 4, 5])
    const kind = metric ? 'survey' : 'review'
    shop.voices.push({
      id: `v${place}`,
      kind,
      metric,
      rating,
      ...scale,
      at: moment(),
      category: pick(['取暖器', '酒店']),
      customerRef: pick(customers),
    })
  }
  for (let place = 0; place < 12; place++)
    shop.voices.push({
      id: `k${place}`,
      kind: 'complaint',
      text: '太慢了',
      at: moment(),
      orderId: `o${Math.floor(random() * 120)}`,
    })
  for (let place = 0; place < 60; place++) shop.voices.push(...inventChat(place, moment(), pick, random, customers))
  for (let place = 0; place < 80; place++) shop.events.push(...inventVisit(place, moment(), pick, random))
  for (let place = 0; place < 80; place++) shop.events.push(...inventSearch(place, moment(), pick, random))
  // One voice so late that it is known of the customers of the first days whether they came back.
  shop.voices.push({ id: 'v-late', text: '还在用', at: FIRST + 120 * DAY })
  return shop
}

type Pick = <T>(values: readonly T[]) => T

function inventOrder(
  place: number,
  orderedAt: number,
  pick: Pick,
  random: () => number,
  customers: string[],
): Partial<OrderInput> {
  const days = (least: number, most: number) => (least + Math.floor(random() * (most - least + 1))) * DAY
  const deliveredAt = random() < 0.85 ? orderedAt + days(1, 6) : undefined
  const returned = deliveredAt !== undefined && random() < 0.25
  return {
    id: `o${place}`,
    orderedAt,
    promisedAt: random() < 0.8 ? orderedAt + days(1, 4) : undefined,
    deliveredAt,
    cancelledAt: deliveredAt === undefined && random() < 0.5 ? orderedAt + DAY : undefined,
    installPromisedAt: random() < 0.3 ? orderedAt + days(4, 6) : undefined,
    installedAt: deliveredAt !== undefined && random() < 0.5 ? deliveredAt + days(0, 3) : undefined,
    customerRef: random() < 0.9 ? pick(customers) : undefined,
    updatedAt: orderedAt + 40 * DAY,
    currency: random() < 0.1 ? 'JPY' : undefined,
    lines: [
      {
        productId: `p${place % 5}`,
        category: pick(['取暖器', '酒店']),
        quantity: 1,
        amountMinor: pick([0, 9_900, 19_950, 123_456]),
        returnedAt: returned ? deliveredAt! + days(1, 12) : undefined,
        refundMinor: returned && random() < 0.8 ? 10_000 : undefined,
      },
    ],
  }
}

/** An order without its return, and the events that tell of it. */
export function returnApart(order: Partial<OrderInput>): { order: Partial<OrderInput>; events: Partial<EventInput>[] } {
  const [{ returnedAt, refundMinor, ...line }] = order.lines as [NonNullable<OrderInput['lines']>[number]]
  const about = { orderId: order.id, productId: line.productId, at: returnedAt }
  return {
    order: { ...order, lines: [{ ...line, returnedAt: undefined }] },
    events: [
      ...(returnedAt === undefined ? [] : [{ ...about, id: `back-${order.id}`, name: 'return_received' }]),
      ...(refundMinor === undefined
        ? []
        : [
            {
              ...about,
              id: `paid-${order.id}`,
              name: 'order_refunded',
              props: { refundMinor, currency: order.currency ?? 'CNY' },
            },
          ]),
    ],
  }
}

function inventChat(
  place: number,
  begun: number,
  pick: Pick,
  random: () => number,
  customers: string[],
): Partial<VoiceInput>[] {
  const about = {
    kind: 'chat' as const,
    conversation: `talk${place}`,
    customerRef: random() < 0.9 ? pick(customers) : undefined,
    category: '取暖器',
    orderId: random() < 0.6 ? `o${Math.floor(random() * 120)}` : undefined,
  }
  const turns: Partial<VoiceInput>[] = []
  let at = begun
  for (let turn = 0; turn < 2 + Math.floor(random() * 5); turn++) {
    const speaker = turn === 0 && random() < 0.8 ? 'customer' : pick(['customer', 'agent', 'bot'] as const)
    turns.push({ ...about, id: `talk${place}-${turn}`, turn, speaker, text: '您好，请问', at })
    at += 1000 + Math.floor(random() * 240_000)
  }
  return turns
}

function inventVisit(place: number, begun: number, pick: Pick, random: () => number): Partial<EventInput>[] {
  const steps = [
    ['page_viewed', undefined],
    ['product_viewed', 'browse.detail'],
    ['product_added', 'trade.cart'],
    ['payment_failed', 'trade.pay'],
    ['payment_succeeded', 'trade.pay'],
  ] as const
  const events: Partial<EventInput>[] = []
  for (const [step, [name, touchpoint]] of steps.entries())
    if (random() < 0.6)
      events.push({
        id: `e${place}-${step}`,
        name,
        touchpoint,
        session: `s${place}`,
        at: begun + step * MINUTE,
        category: pick(['取暖器', '酒店']),
      })
  return events
}

/** What goes before a visit's other steps: a list that recommends or another, a search that may find nothing. */
function inventSearch(place: number, begun: number, pick: Pick, random: () => number): Partial<EventInput>[] {
  const list = pick(['recommended', 'Recommend for you', 'new_arrivals'])
  const steps: Partial<EventInput>[] = [
    { name: 'product_clicked', touchpoint: 'browse.search', props: { list } },
    { name: 'product_list_viewed', touchpoint: 'browse.search', props: { list } },
    { name: 'searched', touchpoint: 'browse.search', props: random() < 0.7 ? { results: pick([0, 3]) } : {} },
    { name: 'product_clicked', touchpoint: 'browse.search', props: { list } },
    { name: 'product_viewed', touchpoint: 'browse.detail' },
    { name: 'product_added', touchpoint: 'trade.cart' },
    { name: 'product_viewed', touchpoint: 'browse.detail' },
    { name: 'product_removed', touchpoint: 'trade.cart' },
  ]
  return steps.flatMap((step, ordinal) =>
    random() < 0.5
      ? [
          {
            ...step,
            id: `q${place}-${ordinal}`,
            session: `q${place}`,
            at: begun + ordinal * MINUTE,
            category: pick(['取暖器', '酒店']),
          },
        ]
      : [],
  )
}
