import { AsyncLocalStorage } from 'node:async_hooks'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, openApp } from '../../src/app.ts'
import { MAIN } from '../../src/core/tenant.ts'
import { endpoints } from '../../src/http/endpoints.ts'
import { createHttp } from '../../src/http/server.ts'
import type { Catalogue } from '../../src/http/shapes.ts'
import { watches } from '../../src/measure/alerts/watch.ts'
import { rollUp } from '../../src/measure/rollups/build.ts'
import { ident, sql } from '../../src/store/clickhouse/sql.ts'
import { temporaryFolder } from '../stores.ts'

/**
 * Whatever a page asks is understood by the engine below: the embedded one, and the server at TEST_CLICKHOUSE_URL where it is given, such
 * as a ClickHouse of 2018 (`TEST_CLICKHOUSE_URL=http://127.0.0.1:8123 npx vitest run test/http/every-page.test.ts`).
 */
const engines: [string, string | undefined, boolean][] = [
  ['the embedded engine', undefined, true],
  ['a server (TEST_CLICKHOUSE_URL)', process.env.TEST_CLICKHOUSE_URL, process.env.TEST_CLICKHOUSE_URL !== undefined],
]
const near = { incoming: { socket: { remoteAddress: '127.0.0.1' } } }

describe.each(engines)('every page is answered by %s', (_name, clickhouseUrl, given) => {
  if (!given) return test.skip('needs the address of a server', () => {})

  const folder = temporaryFolder('every-page')
  let app: App
  let http: ReturnType<typeof createHttp>
  beforeAll(async () => {
    const dataDir = path.join(folder.path, 'data')
    const opened = await openApp({ dataDir, clickhouseUrl, host: '127.0.0.1', port: 0, readerThreads: 0 }, () => {})
    if (!opened.ok) throw new Error(opened.problem.message)
    app = opened.value
    http = createHttp(app)
    for (const [kind, records] of Object.entries(someOfEach())) {
      const taken = await app.ingest.accept({ tenant: MAIN, kind: kind as 'voices', source: 'test', records })
      expect(taken, kind).toMatchObject({ ok: true, value: { kept: records.length, dead: [] } })
    }
    await app.ingest.idle()
    for (const kind of Object.keys(someOfEach())) {
      const rows = sql`SELECT count() AS n FROM ${ident(kind)} WHERE tenant = ${MAIN}`
      expect(await app.stores.analytics.query(rows), kind).not.toEqual([{ n: 0 }])
    }
    await rollUp(app.stores.analytics, MAIN, Date.now())
    await app.findings.settled()
  }, 180_000)
  afterAll(async () => {
    await app?.close()
    folder.remove()
  })

  /** Those of the pages that are not answered, with the answer. */
  async function broken(pages: readonly [method: string, target: string, body?: unknown][]): Promise<string[]> {
    const found: string[] = []
    for (const [method, target, body] of pages) {
      const headers = {
        host: 'localhost',
        authorization: `Bearer ${app.localToken}`,
        'content-type': 'application/json',
      }
      const sent = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
      const answer = await http.request(`http://localhost/api/v1${target}`, sent, near)
      const text = await answer.text()
      if (answer.status >= 400) found.push(`${answer.status} ${method} ${target} ${text}`)
    }
    return found
  }
  const catalogue = async (): Promise<Catalogue> => {
    const headers = { host: 'localhost', authorization: `Bearer ${app.localToken}` }
    return (await http.request('http://localhost/api/v1/catalogue?tenant=main', { headers }, near)).json()
  }

  test('with nothing chosen', async () => {
    const plain = endpoints.filter(({ method, path: at }) => method === 'get' && !at.includes('{'))
    expect(plain.length).toBeGreaterThan(30)
    expect(await broken(plain.map(({ path: at }) => ['GET', `${at}?tenant=main`]))).toEqual([])
  }, 60_000)

  test('with the records behind every figure of the journey', async () => {
    const aspects = ['sentiment', 'nps', 'csat', 'ces'].map((of) => `trade.pay/evidence?of=${of}`)
    const visits = ['into', 'exits', 'friction'].map((of) => `trade.pay/evidence?of=${of}`)
    const orders = ['ship', 'deliver', 'install'].flatMap((at) => [
      `fulfil.${at}/evidence?of=into`,
      `fulfil.${at}/evidence?of=friction`,
    ])
    const after = ['service', 'return', 'refund'].flatMap((at) => [
      `aftersale.${at}/evidence?of=into`,
      `aftersale.${at}/evidence?of=friction`,
    ])
    const stages = ['browse', 'trade', 'fulfil', 'aftersale'].map((stage) => `${stage}/evidence?of=stage`)
    const pages = [...aspects, ...visits, ...orders, ...after, ...stages]
    expect(await broken(pages.map((page) => ['GET', `/journey/${page}&tenant=main&${PERIOD}`]))).toEqual([])
  }, 60_000)

  test.each(Object.entries(MOST_STATEMENTS))('%s is answered with no more statements than ever', async (page, most) => {
    const { analytics } = app.stores
    const { query } = analytics
    // What goes on in the background asks as well, but not on the page's behalf.
    const asking = new AsyncLocalStorage<true>()
    let statements = 0
    analytics.query = (...asked) => {
      if (asking.getStore()) statements += 1
      return query(...asked)
    }
    try {
      const target = `${page}${page.includes('?') ? '&' : '?'}tenant=main&${PERIOD}`
      expect(await asking.run(true, () => broken([['GET', target]]))).toEqual([])
    } finally {
      analytics.query = query
    }
    expect(statements).toBeLessThanOrEqual(most)
  })

  // The embedded engine is asked these in the tests of each part.
  if (clickhouseUrl === undefined) return

  test('with every indicator, along every dimension that it has', async () => {
    const { indicators } = await catalogue()
    expect(indicators.length).toBeGreaterThan(15)
    const pages = indicators.flatMap(({ id, dimensions }) =>
      ['', '/compare', '/evidence', ...dimensions.map((by) => `/by/${by}`)].map((part): [string, string] => [
        'GET',
        `/indicators/${id}${part}?tenant=main&${PERIOD}`,
      ]),
    )
    expect(await broken(pages)).toEqual([])
  }, 600_000)

  test('with every kind of funnel, and every kind of watch', async () => {
    const steps = [{ events: ['product_viewed'] }, { order: 'placed' }, { order: 'returned' }]
    const funnels = ['in_order', 'any_order'].flatMap((order) =>
      ['session', 'customer'].flatMap((unit) =>
        [undefined, 'city', 'customer', 'prop:release'].map((by) => ({ steps, windowMinutes: 600, order, unit, by })),
      ),
    )
    const asked = funnels.map((funnel): [string, string] => [
      'GET',
      `/funnels/result?tenant=main&${PERIOD}&funnel=${encodeURIComponent(JSON.stringify(funnel))}`,
    ])
    expect(await broken(asked)).toEqual([])
    const rules = watches.flatMap(({ id: watch }) =>
      ['hour', 'day'].map((step): [string, string, unknown] => [
        'POST',
        '/alerts/preview?tenant=main',
        { watch, step },
      ]),
    )
    expect(await broken(rules)).toEqual([])
  }, 120_000)
})

/**
 * How many statements a page asks the engine. Each costs its planning, whatever it reads, and they share a few sessions: a page that needs
 * more is slower for everybody. A number here only ever falls, unless a page tells more.
 */
const MOST_STATEMENTS = {
  '/overview': 8,
  '/voices': 3,
  '/voices/facets': 2,
  '/voices/facets?sentiment=negative': 2,
  '/journey': 4,
  '/indicators?figures=true': 12,
  '/indicators/conversion': 2,
  '/indicators/nps/by/product': 2,
  '/funnels/result': 3,
  '/modules': 18,
  '/touchpoints': 2,
  '/alerts': 0,
}

const PERIOD = 'from=2026-02-01&to=2026-02-28'

/** One customer who looks, buys, pays, complains and sends back. */
function someOfEach(): Record<string, object[]> {
  const at = (day: number) => Date.UTC(2026, 1, day, 4)
  const who = { customerRef: 'c1', city: '成都' }
  const shared = { ...who, category: '取暖器' }
  const event = (id: string, name: string, day: number) => ({ ...shared, id, name, at: at(day), session: 's1' })
  return {
    orders: [
      {
        ...who,
        id: 'o1',
        orderedAt: at(2),
        promisedAt: at(3),
        deliveredAt: at(4),
        lines: [{ productId: 'p1', category: '取暖器', amountMinor: 100, returnedAt: at(6) }],
      },
    ],
    events: [event('e1', 'product_viewed', 1), event('e2', 'payment_failed', 2), event('e3', 'payment_succeeded', 2)],
    voices: [
      { ...shared, id: 'v1', kind: 'review', rating: 1, text: '声音太大', at: at(5), orderId: 'o1' },
      { ...shared, id: 'v2', kind: 'survey', metric: 'nps', rating: 3, at: at(6), orderId: 'o1' },
      { ...shared, id: 'v3', kind: 'chat', speaker: 'customer', conversation: 'd1', text: '怎么退货', at: at(6) },
    ],
  }
}
