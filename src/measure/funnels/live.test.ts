import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tenantId } from '../../core/tenant.ts'
import type { Analytics } from '../../store/clickhouse/analytics.ts'
import { noon, openFixture, seeded, voiceRow } from '../fixture.ts'
import { wholeSlice } from '../slice.ts'
import { ageOf, atSameAge } from './age.ts'
import { funnelDefinition } from './definition.ts'
import { measureDropOff } from './drop-off.ts'
import { arrivedNow, type LiveQuestion, lastEventAt, measureLive, USUAL_DAYS } from './live.ts'
import { locate } from './locate.ts'
import { type NaiveEvent, naiveWalks } from './naive.fixture.ts'
import { readReached } from './reached.ts'
import { againstDays, dispersion, oneMoreDay } from './usual.ts'

let fixture: { analytics: Analytics; close(): Promise<void> }
beforeAll(async () => {
  fixture = await openFixture()
})
afterAll(() => fixture.close())

const MINUTE = 60_000
const DAY_MS = 86_400_000
const DAY = '2026-03-20'
const at = noon(DAY) + 30 * MINUTE - 1
const funnel = funnelDefinition.parse({
  windowMinutes: 60,
  steps: [{ events: ['viewed'] }, { events: ['checkout'] }, { events: ['paid'] }],
})

let worlds = 0
async function world(events: readonly Partial<NaiveEvent>[]) {
  worlds += 1
  const tenant = tenantId.parse(`l${worlds}`)
  const rows = events.map((event) => ({
    day: new Date(event.at!).toISOString().slice(0, 10),
    ...event,
    tenant,
    props: JSON.stringify(event.props ?? {}),
  }))
  if (rows.length > 0) await fixture.analytics.insert('events', rows)
  return tenant
}
const question = (tenant: LiveQuestion['tenant']): LiveQuestion => ({
  tenant,
  funnel,
  zone: 'UTC',
  at,
  spanMs: 60 * MINUTE,
  binMs: MINUTE,
})

/** Sessions of one hour on some days before `at`; `goesOn` says who comes from checkout to paid. */
function hours(goesOn: (day: number, i: number, random: () => number) => boolean, each = 60): Partial<NaiveEvent>[] {
  const random = seeded(5)
  const events: Partial<NaiveEvent>[] = []
  for (let ago = 0; ago <= USUAL_DAYS; ago++)
    for (let i = 0; i < each; i++) {
      const session = `${ago}-${i}`
      const start = at - ago * DAY_MS - Math.floor((0.1 + 0.85 * random()) * 60 * MINUTE)
      const props = { path: i % 4 === 0 ? '/pay/card' : '/pay/wallet', release: i % 2 === 0 ? '5.2' : '5.1' }
      const row = { session, props, channel: i % 3 === 0 ? 'web' : 'app', customer_ref: `c${ago}-${i}` }
      events.push({ ...row, id: `${session}v`, name: 'viewed', at: start })
      events.push({ ...row, id: `${session}c`, name: 'checkout', at: start + 20_000 })
      if (goesOn(ago, i, random)) events.push({ ...row, id: `${session}p`, name: 'paid', at: start + 60_000 })
    }
  return events
}

describe('the figures of the moment', () => {
  test('equal those counted by hand day by day, with rows that came late, twice or out of order', async () => {
    const anEvent = fc.record({
      name: fc.constantFrom('viewed', 'checkout', 'paid'),
      session: fc.constantFrom('a', 'b', 'c'),
      ago: fc.integer({ min: 0, max: 4 }),
      before: fc.integer({ min: -5, max: 130 }),
      doubled: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(anEvent, { maxLength: 80 }), async (drawn) => {
        const events: NaiveEvent[] = drawn.map(({ ago, before, name, session }, i) => {
          const moment = at - ago * DAY_MS - before * MINUTE
          const day = new Date(moment).toISOString().slice(0, 10)
          return {
            id: `e${i}`,
            name,
            session,
            at: moment,
            day,
            customer_ref: '',
            channel: '',
            touchpoint: '',
            props: {},
          }
        })
        const tenant = await world([...events, ...events.filter((_, i) => drawn[i]!.doubled)])
        const figures = await measureLive(fixture.analytics, question(tenant))
        const byHand = { now: [0, 0, 0], usual: [0, 0, 0], went: [0, 0, 0] }
        for (let ago = 0; ago <= USUAL_DAYS; ago++) {
          const end = at - ago * DAY_MS
          const seen = events.filter((one) => one.at <= end && one.at > end - 120 * MINUTE)
          for (const { times } of naiveWalks(seen, funnel, { from: '2000-01-01', to: '2100-01-01' }).values())
            for (const [step, time] of times.entries()) {
              if (time <= end - 60 * MINUTE) continue
              byHand[ago === 0 ? 'now' : 'usual'][step]! += 1
              if (ago === 0 && times.length > step + 1) byHand.went[step]! += 1
            }
        }
        const total = (side: 'now' | 'usual', step: number) =>
          figures.bins.reduce((sum, bin) => sum + bin[side][step]!.n, 0)
        expect([0, 1, 2].map((step) => total('now', step))).toEqual(byHand.now)
        expect([0, 1, 2].map((step) => total('usual', step))).toEqual(byHand.usual)
        expect(figures.steps.map(({ arrived }) => arrived)).toEqual(byHand.now)
        expect(figures.bins.reduce((sum, bin) => sum + bin.now[1]!.went, 0)).toBe(byHand.went[1])
        const listed = await readReached(fixture.analytics, {
          ...arrivedNow(question(tenant), 1),
          side: 'all',
          limit: 200,
        })
        if (!listed.ok) throw new Error(listed.problem.message)
        expect(listed.value).toMatchObject({ total: byHand.now[1], next: null })
        expect(listed.value.rows.filter(({ wentOn }) => wentOn)).toHaveLength(byHand.went[1]!)
      }),
      { numRuns: 12 },
    )
  })

  test('a checkout page that hangs is located: the step and the page, not the release that half of its customers share', async () => {
    const tenant = await world(hours((ago, i, random) => random() < (ago === 0 && i % 4 === 0 ? 0.02 : 0.9), 240))
    const figures = await measureLive(fixture.analytics, question(tenant))
    expect(figures.usualDays).toBe(USUAL_DAYS)
    expect(figures.trouble).toMatchObject({ step: 1, everywhere: false })
    const [worst] = figures.trouble!.places
    expect(worst).toMatchObject({ by: 'prop:path', value: '/pay/card' })
    expect(worst!.extraLost.low).toBeGreaterThan(30)
    expect(worst!.shareOfDrop).toBeGreaterThan(0.8)
  })

  test('a fall everywhere is said to be everywhere', async () => {
    const tenant = await world(hours((ago, _, random) => random() < (ago === 0 ? 0.3 : 0.9), 240))
    const figures = await measureLive(fixture.analytics, question(tenant))
    expect(figures.trouble).toMatchObject({ step: 1, everywhere: true })
  })

  test('an hour like any other is no trouble, nor is one with few customers', async () => {
    const usual = await world(hours((_, __, random) => random() < 0.9, 120))
    expect((await measureLive(fixture.analytics, question(usual))).trouble).toBeNull()
    const few = await world(hours((ago, _, random) => random() < (ago === 0 ? 0.3 : 0.9), 20))
    const figures = await measureLive(fixture.analytics, question(few))
    expect(figures.trouble).toBeNull()
    expect(figures.steps[1]!.change).toBeNull()
  })

  describe('when a sale begins, and most came in the last minutes', () => {
    /** Sessions that came evenly in the last `minutes` of a day, each paying 30 seconds after its checkout, but for a fifth. */
    const came = (ago: number, each: number, minutes: number, stuck = false) =>
      Array.from({ length: each }, (_, i) => {
        const checkout = at - ago * DAY_MS - Math.floor(((i + 0.5) / each) * minutes * MINUTE)
        const path = Math.floor(i / 5) % 2 === 0 ? '/pay/card' : '/pay/wallet'
        const row = { session: `${ago}-${i}`, props: { path }, channel: 'app', customer_ref: `c${ago}-${i}` }
        const lost = i % 5 === 0 || (stuck && path === '/pay/card')
        return [
          { ...row, id: `${ago}-${i}v`, name: 'viewed', at: checkout - 20_000 },
          { ...row, id: `${ago}-${i}c`, name: 'checkout', at: checkout },
          ...(lost ? [] : [{ ...row, id: `${ago}-${i}p`, name: 'paid', at: checkout + 30_000 }]),
        ]
      })
        .flat()
        .filter((one) => one.at <= at - ago * DAY_MS)
    const usual = Array.from({ length: 7 }, (_, ago) => came(ago + 1, 300, 55)).flat()

    test('nobody is called lost who had no time yet', async () => {
      const figures = await measureLive(fixture.analytics, question(await world([...usual, ...came(0, 400, 2)])))
      const step = figures.steps[1]!
      expect([step.arrived, step.went!.value]).toEqual([400, expect.closeTo(0.6, 1)])
      expect(step.usualWent!.value).toBeCloseTo(0.6, 1)
      expect(step.change!.moreThanChance).toBe(false)
      expect(figures.trouble).toBeNull()
    })

    test('a page that hangs is located all the same', async () => {
      const figures = await measureLive(fixture.analytics, question(await world([...usual, ...came(0, 400, 2, true)])))
      expect(figures.trouble).toMatchObject({ step: 1, everywhere: false })
      expect(figures.trouble!.places[0]).toMatchObject({ by: 'prop:path', value: '/pay/card', now: { k: 0, n: 200 } })
      expect(figures.trouble!.places).toHaveLength(1)
    })
  })

  test('the last event is the last of a session that is not ahead of the clock', async () => {
    const tenant = await world([
      { id: 'a', name: 'viewed', session: 's', at: at - 5 },
      { id: 'b', name: 'viewed', session: '', at: at - 1 },
      { id: 'c', name: 'viewed', session: 's', at: at + 5 },
    ])
    expect(await lastEventAt(fixture.analytics, tenant, at)).toBe(at - 5)
    expect(await lastEventAt(fixture.analytics, tenantId.parse('nobody'), at)).toBeNull()
  })
})

describe('what is usual', () => {
  test('is told at the ages of those who are there now', () => {
    const usual = [
      { k: 10, n: 100 },
      { k: 80, n: 100 },
    ]
    // ¾ of now are young: 0.75 · 0.1 + 0.25 · 0.8; weights 3 and 1 on 100 each: 400² ÷ (100 · 9 + 100 · 1) = 160.
    const now = [
      { k: 9, n: 300 },
      { k: 70, n: 100 },
    ]
    const alike = atSameAge(now, usual)
    expect(alike.now).toEqual({ k: 79, n: 400 })
    expect([alike.usual.k / alike.usual.n, alike.usual.n]).toEqual([expect.closeTo(0.275), expect.closeTo(160)])
    // Who is of an age at which nobody usually came is left out; nobody now is held against all.
    expect(atSameAge(now, [{ k: 0, n: 0 }, usual[1]!])).toEqual({ now: now[1], usual: usual[1] })
    expect(atSameAge([], usual)).toEqual({ now: { k: 0, n: 0 }, usual: { k: 90, n: 200 } })
    expect(atSameAge(now, [])).toEqual({ now: { k: 0, n: 0 }, usual: { k: 0, n: 0 } })
    expect([0, 1, 2, 3, 6, 7, 30, 31].map(ageOf)).toEqual([0, 1, 1, 2, 2, 3, 4, 5])
  })

  test('one more day lies where Student’s t says', () => {
    // On the log scale the mean is 2 and s √2.5; t₀.₉₇₅(4) = 2.776: half 2.776 · √(2.5 · 1.2) = 4.808.
    const counts = [0, 1, 2, 3, 4].map(Math.expm1)
    const { value, low, high, n } = oneMoreDay(counts)
    expect([Math.log1p(value!), n]).toEqual([expect.closeTo(2, 10), 5])
    expect(low).toBe(0)
    expect(Math.log1p(high!)).toBeCloseTo(2 + 4.808, 2)
  })

  test('days that vary more than chance make a difference less certain', () => {
    const steady = Array.from({ length: 10 }, () => ({ k: 50, n: 100 }))
    const wild = steady.map(({ n }, i) => ({ k: i % 2 === 0 ? 20 : 80, n }))
    const now = { k: 35, n: 100 }
    expect(dispersion(steady)).toBe(1)
    expect(dispersion(wild)).toBeGreaterThan(10)
    expect(
      againstDays(
        [now],
        steady.map((day) => [day]),
      ).p,
    ).toBeLessThan(0.01)
    expect(
      againstDays(
        [now],
        wild.map((day) => [day]),
      ).p,
    ).toBeGreaterThan(0.2)
  })
})

describe('where a drop comes from', () => {
  test('a release without usual days is held against everybody’s', () => {
    const found = locate(
      [
        { by: 'prop:release', value: '6.0', now: [{ k: 10, n: 100 }], usual: [] },
        { by: 'prop:release', value: '5.9', now: [{ k: 90, n: 100 }], usual: [{ k: 1800, n: 2000 }] },
        { by: 'channel', value: 'app', now: [{ k: 100, n: 200 }], usual: [{ k: 1800, n: 2000 }] },
      ],
      { now: [{ k: 100, n: 200 }], usual: [{ k: 1800, n: 2000 }] },
    )
    expect(found.everywhere).toBe(false)
    expect(found.places.map(({ value }) => value)).toEqual(['6.0'])
    expect(found.places[0]!.extraLost.value).toBeCloseTo(80)
  })

  test('no place is named where nothing fell', () => {
    const same = [{ k: 90, n: 100 }]
    const found = locate([{ by: 'channel', value: 'app', now: same, usual: same }], {
      now: [{ k: 180, n: 200 }],
      usual: [{ k: 180, n: 200 }],
    })
    expect(found.places).toEqual([])
  })
})

describe('those who fell out', () => {
  const ask = (tenant: LiveQuestion['tenant']) =>
    measureDropOff(fixture.analytics, {
      slice: wholeSlice(tenant, DAY, DAY),
      funnel,
      step: 1,
      knownUntil: at + DAY_MS,
    })

  test('are shown with what they did and wrote, beside those who went on', async () => {
    const today = hours((_, i) => i % 2 === 0).filter((one) => one.session!.startsWith('0-'))
    const lost = today.filter(({ name, session }) => name === 'checkout' && Number(session!.slice(2)) % 2 === 1)
    const failed = lost
      .slice(0, 25)
      .map((one) => ({ ...one, id: `${one.id}f`, name: 'payment_failed', at: one.at! + 9 }))
    const tenant = await world([...today, ...failed])
    const voices = lost.slice(0, 8).map((one, i) => ({
      ...voiceRow(
        {
          id: `v${i}`,
          day: DAY,
          at: one.at! + MINUTE,
          customer_ref: one.customer_ref!,
          sentiment: 'negative',
          text: '付不了款',
        },
        [{ aspect: 'payment', polarity: 'negative' }],
      ),
      tenant,
    }))
    await fixture.analytics.insert('voices', voices)
    const found = await ask(tenant)
    expect([found.lost, found.went]).toEqual([30, 30])
    expect(found.did.map(({ key, lost, went }) => [key, lost.value, went.value])).toEqual([
      ['payment_failed', 25 / 30, 0],
    ])
    expect(found.left).toMatchObject({ value: 5 / 30, n: 30 })
    expect(found.did.find(({ key }) => key === 'payment_failed')!.change).toMatchObject({ moreThanChance: true })
    expect(found.customers).toEqual({ lost: 30, went: 30 })
    expect(found.wrote.lost).toMatchObject({ value: 8 / 30, n: 30 })
    expect(found.said).toMatchObject([{ key: 'payment', lost: { value: 8 / 30 }, went: { value: 0 } }])
    expect(found.voices).toHaveLength(5)
    expect(found.voices[0]).toMatchObject({ lost: true, text: '付不了款', day: DAY })
  })

  test('whose window is still open are not lost yet', async () => {
    const tenant = await world(hours(() => false).filter((one) => one.session!.startsWith('0-')))
    const found = await measureDropOff(fixture.analytics, {
      slice: wholeSlice(tenant, DAY, DAY),
      funnel,
      step: 1,
      knownUntil: at,
    })
    expect(found.lost).toBe(0)
  })
})
