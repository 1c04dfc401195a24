import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, localDay } from '../../core/clock.ts'
import { tenantId } from '../../core/tenant.ts'
import type { ShownFigure } from '../../core/touchpoint.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import {
  type MentionOf,
  mentionRows,
  noon,
  openFixture,
  orderRow,
  seeded,
  type VoiceRow,
  voiceRow,
} from '../fixture.ts'
import { readEvidence } from '../indicators/evidence.ts'
import { positiveShare } from '../indicators/positive_share/positive_share.ts'
import { wholeSlice } from '../slice.ts'
import { countingOf } from './evidence.ts'
import { type Journey, type JourneyAsking, measureJourney } from './journey.ts'
import { clickPath } from './path.ts'
import type { Figure } from './trend.ts'

const [from, to, before] = ['2026-03-01', '2026-03-28', '2026-02-01']
const slice = wholeSlice(tenantId.parse('t1'), from, to)
const places = new Map([
  ['noise', 'fulfil.use'],
  ['courier', 'fulfil.deliver'],
  ['refund', 'aftersale.refund'],
])
const asking: JourneyAsking = {
  asOf: noon('2026-04-20'),
  returnWindowDays: 7,
  places,
  answerWithinMinutes: 15,
  comparable: true,
}
const random = seeded(11)
const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!
const someDay = () => addDays(before, Math.floor(random() * 56))

const names: Record<string, readonly string[]> = {
  'browse.search': ['searched'],
  'browse.detail': ['product_viewed'],
  'trade.cart': ['product_added', 'coupon_denied'],
  'trade.checkout': ['checkout_started'],
  'trade.pay': ['payment_tried', 'payment_failed', 'payment_succeeded'],
  '': ['error_seen', 'rage_clicked', 'page_viewed'],
}
/** Visits in which every visitor wanders at random, errors and rage clicks without a place among them. */
const events = Array.from({ length: 3_000 }, (_, place) => {
  const touchpoint = pick([...clickPath, ...clickPath, ''])
  const visit = Math.floor(random() * 500)
  const day = addDays(before, (visit * 7) % 56)
  const anonymous = random() < 0.05
  return {
    tenant: 't1',
    id: `e${place}`,
    day,
    at: noon(day) + Math.floor(random() * 40) * 1000,
    name: pick(names[touchpoint]!),
    touchpoint,
    session: anonymous || visit % 3 === 0 ? '' : `s${visit}`,
    customer_ref: anonymous ? '' : `c${visit}`,
    order_id: '',
    props: '{}',
  }
})
const orders = Array.from({ length: 800 }, (_, place) => {
  const ordered_day = someDay()
  const shipped = random() < 0.95
  const delivered_day = shipped && random() < 0.95 ? addDays(ordered_day, 1 + Math.floor(random() * 8)) : undefined
  return {
    ...orderRow({
      order_id: `o${place}`,
      ordered_day,
      promised_day: random() < 0.8 ? addDays(ordered_day, 4) : undefined,
      delivered_day,
      returned_day: delivered_day && random() < 0.2 ? addDays(delivered_day, Math.floor(random() * 12)) : undefined,
    }),
    shipped_at: shipped ? noon(ordered_day) + Math.floor(random() * 90) * 3_600_000 : undefined,
  }
})
const spoken: { voice: VoiceRow; mentions: MentionOf[] }[] = Array.from({ length: 700 }, (_, place) => {
  const metric = pick(['nps', 'csat', ''])
  return {
    voice: {
      id: `v${place}`,
      day: someDay(),
      metric,
      rating: random() < 0.8 ? (metric === 'nps' ? pick([0, 5, 6, 7, 8, 9, 10]) : pick([1, 2, 3, 4, 5])) : undefined,
      rating_min: metric === 'nps' ? 0 : 1,
      rating_max: metric === 'nps' ? 10 : 5,
    },
    mentions: Array.from({ length: 1 + Math.floor(random() * 3) }, () => ({
      aspect: pick(['noise', 'courier', 'refund', 'elsewhere']),
      polarity: pick(['positive', 'negative', 'neutral']),
    })),
  }
})

let analytics: Analytics
let close: () => Promise<void>
let journey: Journey

beforeAll(async () => {
  const fixture = await openFixture()
  analytics = fixture.analytics
  close = fixture.close
  await analytics.insert('events', events)
  await analytics.insert('orders', orders)
  await analytics.insert(
    'voices',
    spoken.map(({ voice, mentions }) => voiceRow(voice, mentions)),
  )
  await analytics.insert(
    'mentions',
    spoken.flatMap(({ voice, mentions }) => mentionRows(voice, mentions)),
  )
  journey = await measureJourney(analytics, slice, asking)
}, 60_000)
afterAll(() => close())

const at = (id: string) => journey.touchpoints.find((one) => one.id === id)!
const visitorOf = (event: (typeof events)[number]) => event.session || event.customer_ref
const now = events.filter((event) => event.day >= from && visitorOf(event) !== '')
const visits = Map.groupBy(now, visitorOf)
const share = (hits: number, n: number) => ({ value: n === 0 ? null : hits / n, n })

describe('the map equals what is counted by hand from the rows', () => {
  test.each(clickPath.slice(0, -1).map((id, step) => [id, clickPath[step + 1]!]))('%s → %s', (first, next) => {
    let [n, hits] = [0, 0]
    for (const visit of visits.values()) {
      const starts = visit.filter((event) => event.touchpoint === first).map((event) => event.at)
      if (starts.length === 0) continue
      n += 1
      if (visit.some((event) => event.touchpoint === next && event.at >= Math.min(...starts))) hits += 1
    }
    const passage = at(next).into.find((one) => one.from === first)!
    expect(passage.figure.estimate).toMatchObject(share(hits, n))
    expect(n).toBeGreaterThan(50)
  })

  test.each([...clickPath])(
    'who was held up at %s, errors and rage clicks laid where the visitor was last seen',
    (id) => {
      let [n, held] = [0, 0]
      for (const visit of visits.values()) {
        if (!visit.some((event) => event.touchpoint === id)) continue
        n += 1
        const lastPlace = (moment: number) => {
          const until = events.filter(
            (event) => event.touchpoint !== '' && event.at <= moment && visitorOf(event) === visitorOf(visit[0]!),
          )
          return until.sort((a, b) => a.at - b.at || (a.touchpoint < b.touchpoint ? -1 : 1)).at(-1)?.touchpoint
        }
        const here = visit.map((event) => ({ ...event, touchpoint: event.touchpoint || lastPlace(event.at) }))
        const of = (wanted: string[]) => here.filter((event) => event.touchpoint === id && wanted.includes(event.name))
        const troubled = of(['payment_failed', 'coupon_denied']).length > 0
        const broken =
          here.filter((event) => ['error_seen', 'rage_clicked'].includes(event.name) && event.touchpoint === id)
            .length > 0
        if (troubled || broken || of(['payment_tried', 'checkout_started']).length >= 3) held += 1
      }
      expect(at(id).friction.figure.estimate).toMatchObject(share(held, n))
    },
  )

  test.each([...clickPath])('whose visit ended at %s without a purchase', (id) => {
    let [n, left] = [0, 0]
    for (const visit of visits.values()) {
      const shown = visit.filter((event) => event.touchpoint !== '')
      if (!shown.some((event) => event.touchpoint === id)) continue
      n += 1
      const rank = (touchpoint: string) => clickPath.indexOf(touchpoint as 'trade.pay')
      const last = [...shown].sort((a, b) => a.at - b.at || rank(a.touchpoint) - rank(b.touchpoint)).at(-1)!
      if (last.touchpoint === id && !visit.some((event) => event.name === 'payment_succeeded')) left += 1
    }
    expect(at(id).exits.estimate).toMatchObject(share(left, n))
  })

  test('orders: late dispatch, late delivery, on time, returned', () => {
    const mine = orders.filter((order) => order.ordered_day >= from)
    const due = mine.filter((order) => order.shipped_at !== undefined || order.delivered_at === undefined)
    const slow = due.filter((order) => (order.shipped_at ?? asking.asOf) > order.ordered_at! + 48 * 3_600_000)
    expect(at('fulfil.ship').friction.figure.estimate).toMatchObject(share(slow.length, due.length))

    const today = localDay(asking.asOf, 'Asia/Shanghai')
    const promised = mine.filter((order) => order.promised_day && order.promised_day < today)
    const late = promised.filter((order) => (order.delivered_day ?? '9999') > order.promised_day!)
    expect(at('fulfil.deliver').friction.figure.estimate).toMatchObject(share(late.length, promised.length))
    expect(journey.stages[2]!.figure.estimate.value).toBeCloseTo(1 - late.length / promised.length, 12)

    const delivered = mine.filter((order) => order.delivered_at !== undefined)
    const back = delivered.filter((order) => (order.returned_at ?? Infinity) <= order.delivered_at! + 7 * 86_400_000)
    expect(at('aftersale.return').into[0]!.figure.estimate).toMatchObject(share(back.length, delivered.length))
  })

  test.each(['noise', 'courier', 'refund'])('what is said and answered about %s', (aspect) => {
    const id = places.get(aspect)!
    const mine = spoken.filter(({ voice }) => voice.day >= from)
    const mentions = mine.flatMap((one) => one.mentions).filter((mention) => mention.aspect === aspect)
    const net = (good: number, bad: number, n: number) => (good - bad) / n
    const of = (polarity: string) => mentions.filter((mention) => mention.polarity === polarity).length
    expect(at(id).sentiment.estimate.value).toBeCloseTo(net(of('positive'), of('negative'), mentions.length), 12)

    const voices = mine
      .filter((one) => one.mentions.some((mention) => mention.aspect === aspect))
      .map(({ voice }) => voice)
      .filter((voice) => voice.rating !== undefined)
    const nps = voices.filter((voice) => voice.metric === 'nps')
    const [up, down] = [nps.filter((one) => one.rating! >= 9).length, nps.filter((one) => one.rating! <= 6).length]
    expect(at(id).nps.estimate.value).toBeCloseTo(100 * net(up, down, nps.length), 10)
    const rated = voices.filter((voice) => voice.metric !== 'nps')
    expect(at(id).csat.estimate).toMatchObject(share(rated.filter((one) => one.rating! >= 4).length, rated.length))
  })

  test('volume: events and distinct visitors', () => {
    for (const id of clickPath) {
      const here = events.filter((event) => event.day >= from && event.touchpoint === id)
      expect(at(id).events).toBe(here.length)
      expect(at(id).visitors).toBe(new Set(here.map(visitorOf).filter((one) => one !== '')).size)
    }
  })
})

test('a visit is one local day: a session that goes on after midnight is another one', async () => {
  const late = { ...slice, tenant: tenantId.parse('t3') }
  const step = (place: number, local: string, minutes: number) => ({
    ...events[0]!,
    tenant: 't3',
    id: `late${place}`,
    day: local,
    at: Date.parse(`${from}T16:00:00Z`) + minutes * 60_000,
    name: 'viewed',
    touchpoint: clickPath[place]!,
    session: 's1',
  })
  await analytics.insert('events', [step(0, from, -2), step(1, from, -1), step(2, addDays(from, 1), 1)])
  const [search, detail, , cart] = (await measureJourney(analytics, late, asking)).touchpoints
  expect([search, detail, cart].map((one) => one!.visitors)).toEqual([1, 1, 1])
  expect(detail!.into[0]!.figure.estimate).toMatchObject({ value: 1, n: 1 })
  expect(cart!.into[0]!.figure.estimate).toMatchObject({ value: 0, n: 1 })
})

describe('what the rows cannot tell', () => {
  test('is null with its reason, never nought', () => {
    expect(at('fulfil.install').friction.figure).toMatchObject({ estimate: { value: null }, silence: 'no_promise' })
    expect(at('aftersale.service')).toMatchObject({ events: null, visitors: null, exits: { silence: 'off_the_way' } })
    expect(at('aftersale.refund').into[0]!.figure.silence).toBe('not_recorded')
    expect(at('browse.search').sentiment.silence).toBe('no_mentions')
    expect(at('fulfil.use').ces.silence).toBe('no_answers')
  })

  test('trouble that nobody records is not trouble that never happens', async () => {
    const silentShop = { ...slice, tenant: tenantId.parse('t2') }
    const calm = ['searched', 'product_viewed'].flatMap((name, place) =>
      Array.from({ length: 40 }, (_, visit) => ({
        ...events[0]!,
        tenant: 't2',
        id: `calm${place}-${visit}`,
        day: from,
        name,
        touchpoint: clickPath[place]!,
        session: `s${visit}`,
      })),
    )
    await analytics.insert('events', calm)
    const [search, , , cart] = (await measureJourney(analytics, silentShop, asking)).touchpoints
    expect(search!.friction.figure).toMatchObject({ estimate: { value: null }, silence: 'not_recorded' })
    expect(search!.visitors).toBe(40)
    expect(cart!.into[0]!.figure.silence).toBe('not_recorded')
    expect(search!.exits.silence).toBe('not_recorded')
  })

  test('nothing is compared where the period before is not covered', async () => {
    const alone = await measureJourney(analytics, slice, { ...asking, comparable: false })
    const changes = alone.touchpoints.flatMap((one) => [one.sentiment.change, one.friction.figure.change, one.exits.q])
    expect(changes.every((change) => change === null)).toBe(true)
    expect(at('fulfil.deliver').sentiment.change).not.toBeNull()
  })

  test('orders that may still be on their way are left out, not counted as lost', async () => {
    const early = await measureJourney(analytics, slice, { ...asking, asOf: noon('2026-03-10') })
    const young = early.touchpoints.find((one) => one.id === 'fulfil.ship')!.into[0]!
    expect(young.figure).toMatchObject({ estimate: { value: null }, silence: 'too_recent' })
  })
})

test('whatever is filtered, every figure lies in its interval and every share between nought and one', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 55 }), fc.integer({ min: 0, max: 27 }), async (start, length) => {
      const day = addDays(before, start)
      const some = await measureJourney(analytics, { ...slice, from: day, to: addDays(day, length) }, asking)
      for (const one of some.touchpoints)
        for (const { estimate, silence } of [
          one.friction.figure,
          one.exits,
          one.csat,
          ...one.into.map((p) => p.figure),
        ]) {
          expect(estimate.value === null).toBe(silence !== null)
          if (estimate.value === null) continue
          expect(estimate.low! <= estimate.value && estimate.value <= estimate.high!).toBe(true)
          expect(estimate.low! >= 0 && estimate.high! <= 1).toBe(true)
        }
    }),
    { numRuns: 5 },
  )
}, 30_000)

/** Returns, refunds, contacts of support and answers to “was it easy” of another shop, drawn at random. */
const served = { ...slice, tenant: tenantId.parse('t4') }
const aftersale = Array.from({ length: 900 }, (_, place) => {
  const [touchpoint, name] = pick([
    ['aftersale.return', 'return_requested'],
    ['aftersale.refund', 'order_refunded'],
    ['aftersale.refund', 'refund_failed'],
    ['aftersale.service', 'chat_answered'],
    ['aftersale.service', 'ticket_opened'],
    ['aftersale.service', 'chat_rated'],
  ] as const)
  const day = addDays(before, Math.floor(random() * 70))
  const [at, order_id] = [noon(day) + place, `o${Math.floor(random() * 260)}`]
  return { ...events[0]!, tenant: 't4', id: `a${place}`, day, at, name, touchpoint, order_id }
})
const eased = Array.from({ length: 90 }, (_, place) => ({
  ...voiceRow({ id: `c${place}`, day: someDay(), metric: 'ces', rating: pick([1, 2, 4, 5, 6, 7]), rating_max: 7 }, [
    { aspect: pick(['noise', 'refund']), polarity: 'neutral' },
  ]),
  tenant: 't4',
}))

describe('what a figure of the map rests on can be read case by case', () => {
  let other: Journey
  beforeAll(async () => {
    await analytics.insert('events', aftersale)
    await analytics.insert('voices', eased)
    await analytics.insert(
      'orders',
      orders.map((order) => ({ ...order, tenant: 't4' })),
    )
    other = await measureJourney(analytics, served, asking)
  })

  const total = async (of: ShownFigure, id: string, side: 'all' | 'up' | 'down', where = slice) => {
    const aspects = [...places].flatMap(([aspect, place]) => (place === id ? [aspect] : []))
    const counting = countingOf(of, { id, aspects, answerWithinMinutes: asking.answerWithinMinutes })!
    const asked = { ...asking, slice: where, side, limit: 200 }
    const page = await readEvidence(analytics, { ...positiveShare, counting }, asked)
    if (!page.ok) throw new Error(page.problem.message)
    if (page.value.total <= 200) expect(page.value.rows).toHaveLength(page.value.total)
    return page.value.total
  }

  /** As many as the n, and as many up as the share says. */
  async function holds(figure: Figure, of: ShownFigure, id: string, where = slice) {
    expect(figure.estimate.n).toBeGreaterThan(0)
    expect(await total(of, id, 'all', where)).toBe(figure.estimate.n)
    expect((await total(of, id, 'up', where)) / figure.estimate.n).toBeCloseTo(figure.estimate.value!, 12)
  }

  test.each([...places.values()])('mentions and answers at %s', async (id) => {
    const { sentiment, nps, csat } = at(id)
    for (const [of, { estimate }, scale] of [
      ['sentiment', sentiment, 1],
      ['nps', nps, 100],
    ] as const) {
      expect(await total(of, id, 'all')).toBe(estimate.n)
      const net = (await total(of, id, 'up')) - (await total(of, id, 'down'))
      expect((scale * net) / estimate.n).toBeCloseTo(estimate.value!, 10)
    }
    await holds(csat, 'csat', id)
  })

  test.each([...clickPath, 'fulfil.ship', 'fulfil.deliver'])('friction at %s', (id) =>
    holds(at(id).friction.figure, 'friction', id),
  )

  test.each([...clickPath.slice(1), 'fulfil.ship', 'fulfil.deliver', 'aftersale.return'])('the way to %s', (id) =>
    holds(at(id).into[0]!.figure, 'into', id),
  )

  test.each([...clickPath])('who ended at %s without a purchase', (id) => holds(at(id).exits, 'exits', id))

  test.each(['browse', 'trade', 'fulfil'] as const)('how the stage %s is left', (stage) =>
    holds(journey.stages.find((one) => one.stage === stage)!.figure, 'stage', stage),
  )

  test('refunds, contacts of support and answers to “was it easy”', async () => {
    const there = (id: string) => other.touchpoints.find((one) => one.id === id)!
    await holds(there('aftersale.refund').friction.figure, 'friction', 'aftersale.refund', served)
    await holds(there('aftersale.refund').into[0]!.figure, 'into', 'aftersale.refund', served)
    await holds(there('aftersale.service').into[0]!.figure, 'into', 'aftersale.service', served)
    await holds(other.stages.find(({ stage }) => stage === 'aftersale')!.figure, 'stage', 'aftersale', served)
    await holds(there('aftersale.refund').ces, 'ces', 'aftersale.refund', served)
  })

  test('refunds that wait longer than a week, counted by hand', () => {
    const refunds = [...Map.groupBy(aftersale, ({ order_id }) => order_id).values()].flatMap((rows) => {
      const first = (...wanted: string[]) =>
        rows.filter(({ name }) => wanted.includes(name)).sort((one, another) => one.at - another.at)[0]
      const [asked, paid] = [first('return_requested'), first('order_refunded')]
      if (!asked || asked.day < from || asked.day > to) return []
      return [paid === undefined || paid.at > asked.at + 7 * 86_400_000]
    })
    const { estimate } = other.touchpoints.find((one) => one.id === 'aftersale.refund')!.friction.figure
    expect(estimate).toMatchObject(share(refunds.filter(Boolean).length, refunds.length))
  })

  test('where nobody speaks, there is nothing to read, and what is not on the map has no records', async () => {
    expect(await total('sentiment', 'browse.search', 'all')).toBe(0)
    expect(await total('nps', 'browse.search', 'all')).toBe(0)
    const nothing = { aspects: [], answerWithinMinutes: 15 }
    expect(countingOf('exits', { id: 'fulfil.use', ...nothing })).toBeNull()
    expect(countingOf('into', { id: 'browse.search', ...nothing })).toBeNull()
    expect(countingOf('stage', { id: 'trade.pay', ...nothing })).toBeNull()
    expect(countingOf('sentiment', { id: 'browse.home', ...nothing })).toBeNull()
  })
})
