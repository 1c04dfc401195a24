import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { simulateMarket } from './market.ts'
import { defaultStories, readStories, type Story, type StoryInput } from './stories.ts'

const endDay = '2026-01-31'
const market = simulateMarket({ seed: 7, endDay })
const [noise, installs] = market.truth.stories as [
  (typeof market.truth.stories)[number],
  (typeof market.truth.stories)[number],
]
const told = (stories: StoryInput[]): Story[] => {
  const parsed = readStories({ stories })
  if (!parsed.ok) throw new Error(parsed.problem.message)
  return parsed.value
}
const world = (stories: Story[], scale = 0.3) => simulateMarket({ seed: 5, endDay, scale, stories })
const mean = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0) / numbers.length

/** The return rate of delivered orders whose window had closed, as anyone would count it in the records. */
function returnRate(from: typeof market, wanted: (orderId: string) => boolean): number {
  const end = Date.parse(`${endDay}T00:00:00+08:00`) + 86_400_000
  const settled = from.orders.filter((o) => o.deliveredAt && o.deliveredAt + 7 * 86_400_000 < end && wanted(o.id))
  return settled.filter((order) => order.lines[0]!.returnedAt).length / settled.length
}

describe('the noise at night', () => {
  const hit = new Set(noise.hitOrderIds)
  const heaters = new Set(market.orders.filter((o) => o.lines[0]!.category === '取暖器').map((o) => o.id))

  test('sends heaters back as often as the truth says', () => {
    const extra = returnRate(market, (id) => hit.has(id)) - returnRate(market, (id) => heaters.has(id) && !hit.has(id))
    expect(extra).toBeCloseTo(noise.hit.returnRate! - noise.others.returnRate!, 10)
    expect(Math.abs(extra - noise.effects!.returnProb!)).toBeLessThan(0.06)
  })

  test('hits a fifth of the orders until the quieter fan, and few after it', () => {
    const [cure] = noise.cures
    expect(cure!.products).toHaveLength(15)
    expect(cure!.hitShare.curedBefore).toBeCloseTo(0.2, 1)
    expect(cure!.hitShare.othersAfter).toBeGreaterThan(0.15)
    expect(cure!.hitShare.curedAfter).toBeLessThan(0.06)
    expect(cure!.expectedReturnChange).toBeCloseTo(-0.22 * 0.9 * 0.34, 6)
    expect(market.interventions[0]).toMatchObject({
      at: cure!.at,
      productIds: cure!.products,
      aspect: 'noise',
      scene: 'sleep',
    })
  })

  test('is spoken of by about two thirds of those who suffer it, mostly before the return', () => {
    expect(noise.spoken / noise.hit.orders).toBeCloseTo(0.65, 1)
    const returnedAt = new Map(market.orders.map((order) => [order.id, order.lines[0]!.returnedAt]))
    const voices = market.voices.filter(
      (voice) => hit.has(voice.orderId ?? '') && returnedAt.get(voice.orderId!) && voice.speaker === 'customer',
    )
    const telling = voices.filter(
      (voice) => ['chat', 'review', 'complaint'].includes(voice.kind) && /[吵响声噪睡]/.test(voice.text),
    )
    const before = telling.filter((voice) => voice.at <= returnedAt.get(voice.orderId!)!)
    expect(telling.length).toBeGreaterThan(100)
    expect(before.length / telling.length).toBeGreaterThan(0.8)
  })

  test('leaves noise in the office and the living room without returns of its own', () => {
    const elsewhere = market.voices.filter(
      (voice) =>
        voice.category === '取暖器' &&
        voice.kind === 'review' &&
        /办公|工位|客厅|上班|看电视|追剧|同事/.test(voice.text) &&
        /响|吵|声音/.test(voice.text),
    )
    expect(elsewhere.length).toBeGreaterThan(50)
    const ids = new Set(elsewhere.map((voice) => voice.orderId!).filter((id) => !hit.has(id)))
    expect(returnRate(market, (id) => ids.has(id))).toBeLessThan(0.12)
  })
})

describe('the late installation', () => {
  test('comes days late in two cities alone and costs stars', () => {
    expect(installs.cities).toHaveLength(2)
    const daysLate = (inCities: boolean) =>
      mean(
        market.orders
          .filter((order) => order.lines[0]!.category === '热水器' && order.installedAt)
          .filter((order) => installs.cities!.includes(order.city!) === inCities)
          .map((order) => (order.installedAt! - order.installPromisedAt!) / 86_400_000),
      )
    expect(daysLate(true)).toBeGreaterThan(2.5)
    expect(daysLate(false)).toBeLessThan(0.5)
    expect(installs.hit.meanStars!).toBeLessThan(installs.others.meanStars! - 0.9)
  })
})

describe('a world without stories', () => {
  const quiet = simulateMarket({ seed: 7, endDay, stories: [] })

  test('shows none of their effects', () => {
    const heaters = new Set(quiet.orders.filter((o) => o.lines[0]!.category === '取暖器').map((o) => o.id))
    const once = new Set(noise.hitOrderIds)
    const difference =
      returnRate(quiet, (id) => once.has(id)) - returnRate(quiet, (id) => heaters.has(id) && !once.has(id))
    expect(Math.abs(difference)).toBeLessThan(0.03)
    expect(quiet.interventions).toEqual([])
    expect(quiet.truth.stories).toEqual([])
  })

  test('is otherwise the same world: who buys what and when does not change', () => {
    const plan = (from: typeof market) =>
      new Map(from.orders.map((o) => [o.id, [o.customerRef, o.orderedAt, o.lines[0]!.amountMinor]]))
    const [without, planted] = [plan(quiet), plan(market)]
    const payments = market.truth.stories.find((story) => story.kind === 'payment_failure')!.payments!
    for (const [id, order] of planted) expect(without.get(id) ?? order).toEqual(order)
    // Only payments that fail take orders away.
    expect([...without.keys()].filter((id) => !planted.has(id)).length).toBeLessThanOrEqual(payments.lost)
    expect(payments.lost).toBeGreaterThan(0)
    const phones = (from: typeof market) =>
      from.voices.filter(
        (voice) => voice.category === '手机' && voice.orderId !== undefined && planted.has(voice.orderId),
      )
    expect(phones(quiet)).toEqual(phones(market))
  })
})

describe('other stories', () => {
  test('parcels to a city come late', () => {
    const late = world(
      told([
        { kind: 'late_delivery', id: 'snow', cities: ['杭州'], delayDays: [3, 5], share: 1, effects: { rating: -1.5 } },
      ]),
    )
    const share = (inCity: boolean) => {
      const orders = late.orders.filter((o) => o.shippedAt && o.deliveredAt && (o.city === '杭州') === inCity)
      return orders.filter((order) => order.deliveredAt! > order.promisedAt!).length / orders.length
    }
    expect(share(true)).toBeGreaterThan(0.9)
    expect(share(false)).toBeLessThan(0.1)
  })

  test('payments of new customers fail after a release, and orders are lost', () => {
    const failing = world(
      told([{ kind: 'payment_failure', id: 'release', fromDay: 40, toDay: 54, share: 0.4, retry: 0.3 }]),
    )
    const [story] = failing.truth.stories
    expect(story!.payments!.lost).toBeGreaterThan(50)
    const failed = failing.events.filter((event) => event.name === 'payment_failed')
    const within = failed.filter((event) => event.at >= story!.from && event.at < story!.to)
    expect(within.length / failed.length).toBeGreaterThan(0.5)
    expect(failing.voices.some((voice) => voice.id!.endsWith('-q') && voice.orderId === undefined)).toBe(true)
  })

  test('a slow merchant answers hours late and is rated for it', () => {
    const slow = world(
      told([
        {
          kind: 'slow_merchant',
          id: 'slow',
          merchants: ['M06'],
          answerMinutes: [120, 300],
          share: 0.2,
          effects: { rating: -0.8 },
        },
      ]),
    )
    const minutes = (own: boolean) =>
      mean(
        slow.events
          .filter((event) => event.name === 'chat_answered' && (event.merchantId === 'M06') === own)
          .map((event) => event.props.firstAnswerMinutes as number),
      )
    expect(minutes(true)).toBeGreaterThan(90)
    expect(minutes(false)).toBeLessThan(10)
  })

  test('guidance that first-time buyers miss sends toilets back, theirs alone', () => {
    const missed = world(
      told([
        {
          kind: 'page_guidance_missed',
          id: 'pit',
          category: '智能马桶',
          share: 0.3,
          effects: { returnProb: 0.5, rating: -1.5 },
        },
      ]),
      0.5,
    )
    const [story] = missed.truth.stories
    expect(story!.hit.returnRate! - story!.others.returnRate!).toBeGreaterThan(0.4)
    const first = new Map(missed.orders.map((order) => [order.id, order.facts.firstOrder]))
    expect(story!.hitOrderIds.every((id) => first.get(id))).toBe(true)
  })

  test('a defect may bring its own words, and a change without effect is only logged', () => {
    const own = world(
      told([
        {
          kind: 'defect',
          id: 'plug',
          category: '取暖器',
          aspect: 'plug',
          scene: 'kitchen',
          share: 0.3,
          mention: 1,
          phrases: ['(插头|插座)(烫手|发黑)了，厨房里一股焦味'],
          effects: { rating: -1, returnProb: 0.3 },
        },
        {
          kind: 'idle_change',
          id: 'pictures',
          category: '手机',
          day: 30,
          productsShare: 0.5,
          aspect: 'screen',
          what: { zh: '换图', en: 'New pictures' },
        },
        { kind: 'packaging_damage', id: 'boxes', category: '水果', effects: { rating: -1 } },
      ]),
    )
    expect(own.voices.filter((voice) => /插[头座](烫手|发黑)了，厨房/.test(voice.text)).length).toBeGreaterThan(50)
    expect(own.interventions.map((each) => each.id)).toEqual(['pictures'])
    expect(own.interventions[0]!.productIds).toHaveLength(13)
  })
})

describe('a stories file', () => {
  test('is refused with the place and the way out where it is wrong', () => {
    const problem = (content: unknown) => {
      const parsed = readStories(content)
      return parsed.ok ? null : `${parsed.problem.where ?? ''} ${parsed.problem.message}`
    }
    const file = (...stories: unknown[]) => ({ stories })
    expect(problem([])).not.toBeNull()
    expect(problem(file({ kind: 'plague', id: 'x' }))).toContain('stories.0')
    expect(problem(file({ kind: 'defect', id: 'x', category: '手机', aspect: 'wings', share: 0.1 }))).toContain(
      'stories.0.phrases',
    )
    expect(problem(file({ kind: 'cured', id: 'x', cures: 'y', day: 3, what: { zh: '改', en: 'changed' } }))).toContain(
      'stories.0.cures',
    )
    expect(problem(file({ kind: 'late_delivery', id: 'x', fromDay: 9, toDay: 3 }))).toContain('ends before it begins')
    expect(problem({ stories: defaultStories })).toBeNull()
  })

  test('of the documentation is a good one', () => {
    const text = readFileSync(path.resolve(import.meta.dirname, '../../docs/demo-stories.md'), 'utf8')
    const example = text.slice(text.indexOf('## An example')).match(/```json\n([\s\S]*?)```/)![1]!
    expect(readStories(JSON.parse(example)).ok).toBe(true)
  })
})
