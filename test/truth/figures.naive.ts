import { localDay } from '../../src/core/clock.ts'
import type { EventInput } from '../../src/core/event.ts'
import { middleRanks, percentileRanks } from '../../src/core/order-statistics.ts'
import type { Tally } from '../../src/measure/indicators/define.ts'
import type { Shop } from './figures.fixture.ts'

const DAY = 86_400_000
const local = (at: number) => localDay(at, 'Asia/Shanghai')

/** One case of an indicator, told from the records alone. */
interface Case {
  day: string
  category: string
  up?: boolean
  down?: boolean
  value?: number
}

export interface Asked {
  asOf: number
  from: string
  to: string
}

const inside = ({ from, to }: Asked, day: string) => day >= from && day <= to

/** Every indicator counted anew from the records, in plain loops: what the store's answer has to be. */
export const naive: Record<string, (shop: Shop, asked: Asked) => Case[]> = {
  nps: (shop) => answers(shop, 'nps').map(({ rating, ...one }) => ({ ...one, up: rating >= 9, down: rating <= 6 })),
  csat: (shop) => answers(shop, 'csat').map(({ rating, ...one }) => ({ ...one, up: rating >= 4 })),
  ces: (shop) => answers(shop, 'ces').map(({ rating, ...one }) => ({ ...one, value: rating })),
  rating: (shop) => answers(shop, undefined).map(({ rating, ...one }) => ({ ...one, value: rating })),
  bad_review_rate: (shop) => answers(shop, undefined).map(({ rating, ...one }) => ({ ...one, up: rating <= 2 })),
  first_answer_time: (shop) =>
    talks(shop).flatMap(({ answered, begun, ...one }) =>
      answered ? [{ ...one, value: (answered - begun) / 60_000 }] : [],
    ),
  answer_rate: (shop) =>
    talks(shop).map(({ answered, begun, ...one }) => ({
      ...one,
      up: answered !== undefined && answered - begun <= 120_000,
    })),
  handling_time: (shop) =>
    talks(shop).flatMap(({ answered, ended, begun, ...one }) =>
      answered ? [{ ...one, value: (ended - begun) / 60_000 }] : [],
    ),
  first_contact_resolution: (shop, { asOf }) => {
    const all = talks(shop)
    return all
      .filter((one) => one.answered && one.customer && one.begun <= asOf - 7 * DAY)
      .map((one) => ({
        ...one,
        up: !all.some(
          (other) => other.customer === one.customer && other.begun > one.begun && other.begun <= one.begun + 7 * DAY,
        ),
      }))
  },
  complaint_rate: (shop, { asOf }) =>
    lines(shop)
      .filter(({ at }) => at <= asOf - 14 * DAY)
      .map((one) => ({
        ...one,
        up: shop.voices.some(
          ({ kind, orderId, at }) => kind === 'complaint' && orderId === one.id && at! <= one.at + 14 * DAY,
        ),
      })),
  return_rate: (shop, { asOf }) =>
    lines(shop)
      .filter(({ deliveredAt }) => deliveredAt !== undefined && deliveredAt <= asOf - 7 * DAY)
      .map((one) => ({ ...one, up: one.returnedAt !== undefined && one.returnedAt <= one.deliveredAt! + 7 * DAY })),
  refund_rate: (shop, { asOf }) =>
    lines(shop)
      .filter(({ deliveredAt }) => deliveredAt !== undefined && deliveredAt <= asOf - 14 * DAY)
      .map((one) => ({ ...one, up: (one.refundMinor ?? 0) > 0 })),
  cancel_rate: (shop, { asOf }) =>
    lines(shop)
      .filter(({ at }) => at <= asOf - 7 * DAY)
      .map((one) => ({ ...one, up: one.cancelledAt !== undefined && one.cancelledAt <= one.at + 7 * DAY })),
  on_time_rate: (shop, { asOf }) =>
    lines(shop)
      .filter(
        ({ promisedAt, cancelledAt }) =>
          promisedAt !== undefined && !(cancelledAt! <= promisedAt) && local(promisedAt) < local(asOf),
      )
      .map((one) => ({
        ...one,
        up: one.deliveredAt !== undefined && local(one.deliveredAt) <= local(one.promisedAt!),
      })),
  experience_delay_rate: (shop, { asOf }) =>
    lines(shop).flatMap((one) => {
      const { deliveredAt, promisedAt, installedAt, installPromisedAt: fitting, returnedAt } = one
      const isFitted = fitting !== undefined && (installedAt !== undefined || !(returnedAt! <= fitting))
      if (deliveredAt === undefined || (promisedAt === undefined && !isFitted)) return []
      if (fitting !== undefined && local(fitting) >= local(asOf)) return []
      const up = isLate(deliveredAt, promisedAt) || (isFitted && isLate(installedAt ?? Infinity, fitting))
      return [{ ...one, day: local(deliveredAt), up }]
    }),
  delivery_time: (shop) =>
    lines(shop).flatMap((one) =>
      one.deliveredAt === undefined
        ? []
        : [{ ...one, day: local(one.deliveredAt), value: (one.deliveredAt - one.at) / DAY }],
    ),
  repurchase_rate: (shop, asked) =>
    followed(shop, asked, { from: 'first', days: 30 }).map(({ one, again }) => ({ ...one, up: again })),
  lapse_rate: (shop, asked) =>
    followed(shop, asked, { from: 'last', days: 90 }).map(({ one, again }) => ({ ...one, up: !again })),
  search_to_view: (shop) => passages(shop, { touchpoint: 'browse.search' }, { touchpoint: 'browse.detail' }),
  view_to_cart: (shop) => passages(shop, { touchpoint: 'browse.detail' }, { touchpoint: 'trade.cart' }),
  recommended_click_rate: (shop) =>
    passages(
      { ...shop, events: shop.events.filter(({ props }) => /recommend/i.test(String(props?.list))) },
      { name: 'product_list_viewed' },
      { name: 'product_clicked' },
      shop,
    ),
  zero_result_rate: (shop) =>
    shop.events
      .filter(({ name, props }) => name === 'searched' && props?.results !== undefined)
      .map(({ at, category = '', props }) => ({ day: local(at!), category, up: props!.results === 0 })),
  average_order_value: (shop) =>
    orders(shop)
      .filter(({ cancelledAt, currency, paid }) => cancelledAt === undefined && currency === undefined && paid > 0)
      .map((one) => ({ ...one, value: one.paid / 100 })),
  contact_rate: (shop, { asOf }) =>
    orders(shop)
      .filter(({ at }) => at <= asOf - 7 * DAY)
      .map((one) => {
        const said = shop.voices.filter(
          ({ orderId, conversation, speaker }) => orderId === one.id && conversation && speaker === 'customer',
        )
        const begun = [...Map.groupBy(said, ({ conversation }) => conversation).values()].map((turns) =>
          Math.min(...turns.map(({ at }) => at!)),
        )
        const contacts = begun.filter((at) => at <= one.at + 7 * DAY).length
        return { ...one, up: contacts > 0, value: contacts }
      }),
  payment_success: (shop) =>
    shop.events
      .filter(({ name }) => name === 'payment_failed' || name === 'payment_succeeded')
      .map(({ at, category = '', name }) => ({ day: local(at!), category, up: name === 'payment_succeeded' })),
  conversion: (shop) =>
    visitsOf(shop).flatMap(({ events, day, category }) => {
      const bought = events.some(({ name }) => name === 'payment_succeeded')
      const looked = events.some(({ touchpoint }) => touchpoint === 'browse.detail' || touchpoint === 'trade.cart')
      return looked || bought ? [{ day, category, up: bought }] : []
    }),
}

const visitsOf = (shop: Pick<Shop, 'events'>) =>
  [...Map.groupBy(shop.events, ({ session }) => session!)].map(([session, events]) => ({
    session,
    events,
    day: local(Math.min(...events.map(({ at }) => at!))),
    category: events
      .map((event) => event.category!)
      .sort()
      .at(-1)!,
  }))

type Step = Pick<Partial<EventInput>, 'name' | 'touchpoint'>

/** Visits with the one step, and whether the other came then or later. Which visit it is, is told by all its events. */
function passages(shop: Shop, from: Step, to: Step, whole = shop): Case[] {
  const moments = (events: readonly Partial<EventInput>[], step: Step) =>
    events
      .filter((event) => Object.entries(step).every(([key, value]) => event[key as keyof Step] === value))
      .filter(({ name }) => name !== 'product_removed')
      .map(({ at }) => at!)
  const about = new Map(visitsOf(whole).map((visit) => [visit.session, visit]))
  return visitsOf(shop).flatMap(({ session, events }) => {
    const { day, category } = about.get(session)!
    const began = moments(events, from)
    return began.length === 0 ? [] : [{ day, category, up: Math.max(0, ...moments(events, to)) >= Math.min(...began) }]
  })
}
/** Nine in ten are counted from the same cases as half of them. */
for (const [id, of] of [
  ['first_answer_p90', 'first_answer_time'],
  ['handling_p90', 'handling_time'],
  ['delivery_p90', 'delivery_time'],
] as const)
  naive[id] = naive[of]!

const isLate = (came: number | undefined, promised: number | undefined) =>
  came !== undefined && promised !== undefined && (came === Infinity || local(came) > local(promised))

const answers = (shop: Shop, metric: string | undefined) =>
  shop.voices
    .filter((voice) => voice.rating !== undefined && voice.metric === metric)
    .map(({ at, category = '', rating }) => ({ day: local(at!), category, rating: rating! }))

/** Each customer's first or last order of the period, where `days` have passed since, and whether another came within them. */
function followed(shop: Shop, asked: Asked, { from, days }: { from: 'first' | 'last'; days: number }) {
  const all = lines(shop)
    .filter(({ customer }) => customer !== '')
    .sort((one, other) => (from === 'first' ? one.at - other.at : other.at - one.at))
  const seen = new Set<string>()
  return all
    .filter(
      (one) =>
        inside(asked, one.day) &&
        one.at <= asked.asOf - days * DAY &&
        !seen.has(one.customer) &&
        seen.add(one.customer),
    )
    .map((one) => ({
      one,
      again: all.some(
        (other) => other.customer === one.customer && other.at > one.at && other.at <= one.at + days * DAY,
      ),
    }))
}

const lines = (shop: Shop) =>
  shop.orders.map(({ lines: [line] = [], id, orderedAt, customerRef = '', ...order }) => ({
    ...order,
    id: id!,
    at: orderedAt!,
    day: local(orderedAt!),
    category: line!.category!,
    customer: customerRef,
    returnedAt: line!.returnedAt,
    refundMinor: line!.refundMinor,
  })) as (Case & {
    id: string
    at: number
    customer: string
    deliveredAt?: number
    promisedAt?: number
    cancelledAt?: number
    installedAt?: number
    installPromisedAt?: number
    returnedAt?: number
    refundMinor?: number
  })[]

/** One case an order, under its first line. */
const orders = (shop: Shop) =>
  shop.orders.map(({ lines = [], id, orderedAt, cancelledAt, currency }) => ({
    id,
    at: orderedAt!,
    day: local(orderedAt!),
    category: lines[0]!.category!,
    cancelledAt,
    currency,
    paid: lines.reduce((sum, line) => sum + line.amountMinor!, 0),
  }))

const talks = (shop: Shop) =>
  [
    ...Map.groupBy(
      shop.voices.filter(({ conversation }) => conversation),
      ({ conversation }) => conversation!,
    ).values(),
  ].flatMap((turns) => {
    const asked = turns.filter(({ speaker }) => speaker === 'customer').map(({ at }) => at!)
    if (asked.length === 0) return []
    const begun = Math.min(...asked)
    const answers = turns.filter(({ speaker, at }) => speaker === 'agent' && at! >= begun).map(({ at }) => at!)
    return [
      {
        day: local(begun),
        category: turns[0]!.category ?? '',
        customer: turns[0]!.customerRef,
        begun,
        answered: answers.length > 0 ? Math.min(...answers) : undefined,
        ended: Math.max(...turns.map(({ at }) => at!)),
      },
    ]
  })

/** The tally that an indicator makes its estimate of. */
export function tallyOf(cases: readonly Case[], percent = 50): Tally {
  const values = cases.map(({ value = 0 }) => value).sort((one, other) => one - other)
  const n = cases.length
  const ranks = percentileRanks(n, percent)
  const at = (rank: number) => values[rank - 1]!
  const [least, next] = middleRanks(n, percent)
  const middle = n > 0 ? (at(least) + at(next)) / 2 : 0
  return {
    n,
    plus: cases.filter(({ up }) => up).length,
    minus: cases.filter(({ down }) => down).length,
    sum: values.reduce((sum, value) => sum + value, 0),
    squares: values.reduce((sum, value) => sum + value * value, 0),
    ordered: ranks ? [at(ranks.low), middle, at(ranks.high)] : [middle, middle, middle],
  }
}
