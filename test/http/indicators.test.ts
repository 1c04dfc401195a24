import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, openApp } from '../../src/app.ts'
import { MAIN } from '../../src/core/tenant.ts'
import { createHttp } from '../../src/http/server.ts'
import type {
  Catalogue,
  IndicatorBreakdown,
  IndicatorByCustomer,
  IndicatorComparison,
  IndicatorEvidence,
  IndicatorPreview,
  IndicatorSummary,
  IndicatorsByCustomer,
  ModuleGroups,
  ModuleList,
  ModuleNote,
  ModuleReview,
  ModulesByCustomer,
  OwnIndicator,
  Ticket,
} from '../../src/http/shapes.ts'
import { temporaryFolder } from '../stores.ts'

const folder = temporaryFolder('indicators')
const config = { dataDir: path.join(folder.path, 'data'), host: '127.0.0.1', port: 0, readerThreads: 0 }
const near = { incoming: { socket: { remoteAddress: '127.0.0.1' } } }
const PERIOD = 'from=2026-02-15&to=2026-02-28'
const at = (day: number, hour: number) => Date.UTC(2026, 1, day, hour)

let app: App
let http: ReturnType<typeof createHttp>

async function ask<T>(method: string, target: string, body?: unknown): Promise<{ status: number; value: T }> {
  const authorization = `Bearer ${app.localToken}`
  const headers = { host: 'localhost', authorization, 'content-type': 'application/json' }
  const sent = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
  const answer = await http.request(`http://localhost/api/v1${target}`, sent, near)
  return { status: answer.status, value: (await answer.json()) as T }
}
const get = async <T>(target: string) => {
  const { status, value } = await ask<T>('GET', target)
  expect(status).toBe(200)
  return value
}

/** Eighty answers in each half of February: nine in ten content in the first half, four in ten in the second, and only in Chengdu. */
const voices = Array.from({ length: 160 }, (_, place) => {
  const [late, first] = [place >= 80, place % 2 === 0]
  const content = late && first ? place % 10 < 2 : place % 10 > 0
  return {
    id: `v${place}`,
    kind: 'survey',
    metric: 'csat',
    rating: content ? 5 : 2,
    at: at(late ? 16 + (place % 12) : 1 + (place % 12), 4),
    category: '取暖器',
    city: first ? '成都' : '上海',
    customerRef: `c${place % 16}`,
  }
})

beforeAll(async () => {
  const opened = await openApp(config, () => {})
  if (!opened.ok) throw new Error(opened.problem.message)
  app = opened.value
  http = createHttp(app)
  await app.ingest.accept({ tenant: MAIN, kind: 'voices', source: 'test', records: voices })
  const events = Array.from({ length: 50 }, (_, place) => ({
    id: `e${place}`,
    name: place % 5 === 0 ? 'payment_failed' : 'payment_succeeded',
    at: at(20, place % 24),
    session: `s${place}`,
  }))
  await app.ingest.accept({ tenant: MAIN, kind: 'events', source: 'test', records: events })
  await app.ingest.idle()
}, 120_000)
afterAll(async () => {
  await app.close()
  folder.remove()
})

describe('an indicator', () => {
  test('shows as many cases as it counts, in the first groups of every dimension, up and down', async () => {
    const { indicators } = await get<Catalogue>('/indicators?tenant=main')
    let shown = 0
    for (const { id, dimensions } of indicators.filter((one) => ['csat', 'payment_success'].includes(one.id)))
      for (const by of dimensions) {
        const { groups } = await get<IndicatorBreakdown>(`/indicators/${id}/by/${by}?tenant=main&${PERIOD}`)
        for (const { key, estimate } of groups.slice(0, 2)) {
          const group = `/indicators/${id}/evidence?tenant=main&${PERIOD}&by=${by}&key=${encodeURIComponent(key)}`
          expect((await get<IndicatorEvidence>(group)).total).toBe(estimate.n)
          const up = await get<IndicatorEvidence>(`${group}&side=up&limit=3`)
          expect(up.total).toBe(Math.round(estimate.value! * estimate.n))
          shown++
        }
      }
    expect(shown).toBeGreaterThan(15)
  }, 60_000)

  test('is set against the half-month before, and against the rest by city', async () => {
    const query = `tenant=main&${PERIOD}`
    const before = await get<IndicatorComparison>(`/indicators/csat/compare?${query}`)
    const summary = await get<IndicatorSummary>(`/indicators/csat?${query}`)
    const [whole] = before.comparisons
    expect(whole!.one).toMatchObject({ value: summary.estimate.value, n: summary.estimate.n })
    expect(whole!.other).toMatchObject({ value: summary.previous.value, n: summary.previous.n })
    // Sixteen customers gave them all, each of one mind.
    expect(whole!.designEffect).toBeGreaterThan(2)
    expect(whole!.one.low).toBeLessThan(summary.estimate.low!)
    expect(before.other).toEqual({ from: '2026-02-01', to: '2026-02-14' })
    // New Year of the Chinese calendar is 17 February.
    const held = (days: { day: string; id: string }[]) => days.map(({ day, id }) => `${day.slice(-2)} ${id}`)
    expect(held(before.promotions.other)).toEqual([10, 11, 12, 13, 14].map((day) => `${day} spring_festival_weeks`))
    expect(held(before.promotions.period)).toEqual([
      '15 spring_festival_weeks',
      ...[16, 17, 18, 19].map((day) => `${day} spring_festival`),
      ...[20, 21, 22, 23].map((day) => `${day} spring_festival_weeks`),
    ])
    expect(before.comparisons[0]!.judgement).toBe('more_than_chance')
    const rest = await get<IndicatorComparison>(`/indicators/csat/compare?${query}&against=rest&by=city`)
    expect(rest.comparisons.map(({ key }) => key).sort()).toEqual(['上海', '成都'].sort())
    expect(rest.comparisons.find(({ key }) => key === '成都')!.change!.value).toBeLessThan(0)
    const cities = await get<IndicatorComparison>(`/indicators/csat/compare?${query}&by=city`)
    expect(cities.comparisons.map(({ key, judgement }) => [key, judgement]).sort()).toEqual(
      [
        ['上海', 'within_chance'],
        ['成都', 'more_than_chance'],
      ].sort(),
    )
  })

  test('is set against the same weekdays, the year before and any period, with the promotion days of both', async () => {
    const other = async (rest: string) =>
      (await get<IndicatorComparison>(`/indicators/csat/compare?tenant=main&${rest}`)).other
    expect(await other('from=2026-02-18&to=2026-02-20&against=weekdays')).toEqual({
      from: '2026-02-11',
      to: '2026-02-13',
    })
    expect(await other('from=2024-02-29&to=2024-03-01&against=year')).toEqual({ from: '2023-02-28', to: '2023-03-01' })
    const promotions = 'from=2026-06-18&to=2026-06-18&against=period&otherFrom=2025-11-11&otherTo=2025-11-11'
    const compared = await get<IndicatorComparison>(`/indicators/csat/compare?tenant=main&${promotions}`)
    expect(compared.promotions).toEqual({
      period: [{ day: '2026-06-18', id: '618' }],
      other: [{ day: '2025-11-11', id: '1111' }],
    })
    expect(compared.comparisons[0]!.judgement).toBe('cannot_tell')
    expect((await ask('GET', '/indicators/csat/compare?tenant=main&against=rest')).status).toBe(422)
    expect((await ask('GET', '/indicators/csat/compare?tenant=main&against=period')).status).toBe(422)
    expect((await ask('GET', '/indicators/none/compare?tenant=main')).status).toBe(404)
  })
})

describe('an indicator of one’s own', () => {
  const definition = {
    zh: '上海差评率',
    en: 'Unhappy in Shanghai',
    higherIsBetter: false,
    table: 'voices',
    where: [{ field: 'city', in: ['上海'] }],
    of: { share: [{ number: 'rating', atMost: 2 }] },
  }

  test('is tried, kept, measured like the others, changed and forgotten', async () => {
    const tried = (await ask<IndicatorPreview>('POST', '/indicators/preview?tenant=main', { definition })).value
    expect(tried).toMatchObject({ unit: 'share', interval: 'exact', estimate: { n: 80, value: 0 } })
    const kept = (await ask<OwnIndicator>('POST', '/indicators?tenant=main', { definition })).value
    const listed = (await get<Catalogue>('/catalogue?tenant=main')).indicators.at(-1)
    expect(listed).toMatchObject({ id: kept.id, own: true, zh: '上海差评率', table: 'voices', group: 'own' })
    const measured = await get<IndicatorSummary>(`/indicators/${kept.id}?tenant=main&${PERIOD}`)
    expect(measured.estimate).toMatchObject({ n: 40, value: 0 })
    const where = [{ field: 'city', in: ['上海'], not: true }]
    const changed = { id: kept.id, definition: { ...definition, where } }
    expect((await ask<OwnIndicator>('POST', '/indicators?tenant=main', changed)).value.id).toBe(kept.id)
    const again = await get<IndicatorSummary>(`/indicators/${kept.id}?tenant=main&${PERIOD}`)
    const sad = voices.filter(({ city, rating }, place) => place >= 80 && city === '成都' && rating <= 2)
    expect(again.estimate).toMatchObject({ n: 40, value: sad.length / 40 })
    expect((await ask('DELETE', `/indicators/${kept.id}?tenant=main`)).status).toBe(200)
    expect((await ask('GET', `/indicators/${kept.id}?tenant=main`)).status).toBe(404)
    expect((await ask('DELETE', `/indicators/${kept.id}?tenant=main`)).status).toBe(404)
  })

  test('takes no other form, no id of a built-in one, and is unknown elsewhere', async () => {
    const odd = { ...definition, of: { mean: '1) UNION ALL SELECT 1' } }
    expect((await ask('POST', '/indicators?tenant=main', { definition: odd })).status).toBe(422)
    expect((await ask('POST', '/indicators?tenant=main', { id: 'csat', definition })).status).toBe(404)
    const kept = (await ask<OwnIndicator>('POST', '/indicators?tenant=main', { definition })).value
    expect((await ask('GET', `/indicators/${kept.id}?tenant=demo`)).status).toBe(404)
  })
})

describe('a module', () => {
  // The data begin on the second of the month: these twelve days have twelve before them.
  const asked = 'tenant=main&from=2026-02-16&to=2026-02-27'
  const review = () => get<ModuleReview>(`/modules/support?${asked}`)
  const csatOf = async () => (await review()).kpis.find(({ id }) => id === 'csat')!
  const target = (value: number | null, more: object = {}) =>
    ask('POST', '/modules/support/target?tenant=main', {
      kpi: 'csat',
      target: value === null ? null : { value, ...more },
    })

  test('shows the figures of its indicators, and no target that nobody set', async () => {
    const { modules } = await get<ModuleList>(`/modules?${asked}`)
    expect(modules.map(({ id }) => id)).toEqual(['fulfilment', 'support', 'membership', 'recommendation'])
    const support = modules[1]!
    const summary = await get<IndicatorSummary>(`/indicators/csat?${asked}`)
    const csat = support.kpis.find(({ id }) => id === 'csat')!
    expect(csat).toMatchObject({
      estimate: summary.estimate,
      change: summary.change,
      verdict: 'no_target',
      target: null,
    })
    expect(csat.judgement).toBe('more_than_chance')
    expect(support).toMatchObject({
      worst: 'csat',
      counts: { worse: 1, missed: 0 },
      owner: { department: 'customer-service' },
    })
    expect(modules[0]!.counts.no_data).toBeGreaterThan(0)
    expect(modules[0]!.kpis[0]!.send.en).toContain('promisedAt')
  })

  test('judges a target by the interval, and keeps who changed it from what to what', async () => {
    for (const [value, verdict] of [
      [0.8, 'missed'],
      [0.55, 'cannot_tell'],
      [0.4, 'met'],
    ] as const) {
      expect((await target(value, { stretch: 0.95 })).status).toBe(200)
      expect(await csatOf()).toMatchObject({ verdict, stretched: false, target: { value, stretch: 0.95, by: null } })
    }
    await target(0.8, { by: '2026-12-31' })
    expect((await csatOf()).verdict).toBe('not_yet')
    await target(null)
    const { changes } = await review()
    expect(
      changes.map(({ kpi, before, after }) => [
        kpi,
        before && 'value' in before && before.value,
        after && 'value' in after && after.value,
      ]),
    ).toEqual([
      ['csat', 0.8, null],
      ['csat', 0.4, 0.8],
      ['csat', 0.55, 0.4],
      ['csat', 0.8, 0.55],
      ['csat', null, 0.8],
    ])
    expect(changes[0]!.actor).toBe('cli')
  })

  test('refuses a target that nothing can reach, a stretch that is easier, and what it does not have', async () => {
    expect((await target(80)).status).toBe(422)
    expect((await target(0.8, { stretch: 0.7 })).status).toBe(422)
    expect((await ask('POST', '/modules/support/target?tenant=main', { kpi: 'nps', target: null })).status).toBe(404)
    expect((await ask('GET', `/modules/none?${asked}`)).status).toBe(404)
    expect((await ask('POST', '/modules/support/owner?tenant=main', { department: 'nobody' })).status).toBe(422)
  })

  test('says where a figure is worse than elsewhere, and shows the records of that place', async () => {
    const { groups, tried } = await get<ModuleGroups>(`/modules/support/where?${asked}&kpi=csat&by=city`)
    expect(tried).toBe(2)
    expect(groups.map(({ key, worse }) => [key, worse])).toEqual([
      ['成都', true],
      ['上海', false],
    ])
    const cases = await get<IndicatorEvidence>(
      `/modules/support/evidence?${asked}&kpi=csat&by=city&key=${encodeURIComponent('成都')}&side=neither`,
    )
    expect(cases.total).toBe(32)
    expect((await ask('GET', `/modules/support/where?${asked}&kpi=csat&by=hour`)).status).toBe(422)
  })

  test('has an owner that can change, and a ticket goes to that one, once', async () => {
    const owner = { department: 'after-sale', person: '王宁' }
    expect((await ask('POST', '/modules/support/owner?tenant=main', owner)).status).toBe(200)
    const tickets = await Promise.all(
      [1, 2].map(() => ask<Ticket>('POST', '/modules/support/ticket?tenant=main', { kpi: 'csat' })),
    )
    expect(new Set(tickets.map(({ value }) => value.id)).size).toBe(1)
    const { owner: now, tickets: shown, changes } = await review()
    expect(now).toEqual(owner)
    expect(shown).toMatchObject([{ department: 'after-sale', state: 'open' }])
    expect(changes[0]).toMatchObject({ kpi: '', before: { department: 'customer-service' }, after: owner })
  })

  test('keeps what a review came to, masked; its actions are tickets with their day', async () => {
    const note = {
      from: '2026-02-15',
      to: '2026-02-28',
      text: '顾客 13812346021 等了两小时',
      decisions: ['晚班加一人'],
      actions: [{ what: '成都排班', department: 'customer-service', due: '2099-01-31' }],
    }
    const kept = (await ask<ModuleNote>('POST', '/modules/support/notes?tenant=main', note)).value
    expect(kept).toMatchObject({ decisions: ['晚班加一人'], author: 'cli' })
    expect(kept.text).not.toContain('13812346021')
    const { notes, tickets } = await review()
    expect(notes).toEqual([kept])
    const ticket = tickets.find(({ id }) => id === kept.ticketIds[0])!
    expect(ticket).toMatchObject({ title: { zh: '成都排班' }, department: 'customer-service' })
    expect(new Date(ticket.closeDueAt).toISOString()).toBe('2099-01-31T16:00:00.000Z')
    expect(
      (await ask('POST', '/modules/support/notes?tenant=main', { ...note, text: '', decisions: [], actions: [] }))
        .status,
    ).toBe(422)
    expect((await ask('DELETE', `/modules/support/notes/${kept.id}?tenant=main`)).status).toBe(200)
    expect((await review()).notes).toEqual([])
    expect((await ask('DELETE', `/modules/support/notes/${kept.id}?tenant=main`)).status).toBe(404)
  })
})

describe('an interval by customer', () => {
  const byId = <T extends { id: string }>(list: readonly T[], id: string) => list.find((one) => one.id === id)

  test('stands in the list as on the page of the indicator, wider than that of single records where customers are alike', async () => {
    const [{ indicators }, { byCustomer }, summary] = await Promise.all([
      get<IndicatorsByCustomer>(`/indicators/by-customer?tenant=main&${PERIOD}`),
      get<IndicatorByCustomer>(`/indicators/csat/by-customer?tenant=main&${PERIOD}`),
      get<IndicatorSummary>(`/indicators/csat?tenant=main&${PERIOD}`),
    ])
    const listed = byId(indicators, 'csat')!.byCustomer
    expect(listed).toEqual(byCustomer)
    expect(listed).toMatchObject({ customers: 16, repeated: 16, estimate: { value: summary.estimate.value, n: 80 } })
    expect(listed.estimate.low!).toBeLessThan(summary.estimate.low!)
    expect(indicators.map(({ id }) => id)).not.toContain('first_answer_time')
  })

  test('judges a target of a module anew: what single records would reach for sure, sixteen customers may not', async () => {
    const { modules } = await get<ModuleList>(`/modules?tenant=main&${PERIOD}`)
    const module = modules.find(({ kpis }) => byId(kpis, 'csat'))!
    const { estimate } = byId(module.kpis, 'csat')!
    const target = { value: estimate.low! - 0.005, stretch: null, by: null }
    await ask('POST', `/modules/${module.id}/target?tenant=main`, { kpi: 'csat', target })
    const { modules: after } = await get<ModuleList>(`/modules?tenant=main&${PERIOD}`)
    expect(byId(byId(after, module.id)!.kpis, 'csat')!.verdict).toBe('met')
    const { modules: told } = await get<ModulesByCustomer>(`/modules/by-customer?tenant=main&${PERIOD}`)
    expect(byId(byId(told, module.id)!.kpis, 'csat')).toMatchObject({ verdict: 'cannot_tell' })
    await ask('POST', `/modules/${module.id}/target?tenant=main`, { kpi: 'csat', target: null })
  })
})
