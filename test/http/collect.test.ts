import path from 'node:path'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, openApp } from '../../src/app.ts'
import { tenantId } from '../../src/core/tenant.ts'
import type { HonoApp } from '../../src/http/env.ts'
import { createHttp } from '../../src/http/server.ts'
import type { Website, WebsiteKey } from '../../src/http/shapes.ts'
import { temporaryFolder } from '../stores.ts'
import { openDatabase } from './database.ts'

const SHOP = 'https://shop.example'
const AGENT = 'Mozilla/5.0 (iPhone; Remarkable/77.7) Mobile'
const folder = temporaryFolder('collect')
const dataDir = path.join(folder.path, 'data')
const near = { incoming: { socket: { remoteAddress: '127.0.0.1' } } }
const lines: string[] = []

let app: App
let http: HonoApp
let database: pg.Client
let key: WebsiteKey
let addresses = 0

beforeAll(async () => {
  const opened = await openApp({ dataDir, host: '127.0.0.1', port: 0, readerThreads: 0 }, (line) => lines.push(line))
  if (!opened.ok) throw new Error(opened.problem.message)
  app = opened.value
  http = createHttp(app)
  database = await openDatabase(dataDir)
  key = (await api<WebsiteKey>('/website/keys?tenant=main', { name: '商城', origins: [SHOP, `${SHOP}/`] })).value
})
afterAll(async () => {
  await database.end()
  await app.close()
  folder.remove()
})

async function api<T>(target: string, body?: unknown, method = body === undefined ? 'GET' : 'POST') {
  const headers = {
    host: 'localhost',
    authorization: `Bearer ${app.localToken}`,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
  const answer = await http.request(
    `http://localhost/api/v1${target}`,
    { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) },
    near,
  )
  return { status: answer.status, value: (await answer.json()) as T }
}

/** A request as a page's browser sends it, each from an address of its own unless one is named. */
async function send(body: unknown, headers: Record<string, string | null> = {}, address = `203.0.113.${++addresses}`) {
  const all = new Headers({ host: 'cem.example', origin: SHOP, 'content-type': 'text/plain', 'user-agent': AGENT })
  for (const [name, value] of Object.entries(headers)) value === null ? all.delete(name) : all.set(name, value)
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const answer = await http.request(
    'http://cem.example/api/v1/collect',
    { method: 'POST', body: text, headers: all },
    { incoming: { socket: { remoteAddress: address } } },
  )
  return { status: answer.status, headers: answer.headers, json: JSON.parse(await answer.text()) }
}
const event = (id: string, more: object = {}) => ({ id: `page-${id}`, name: 'page_viewed', at: Date.now(), ...more })
const batch = (...events: unknown[]) => ({ key: key.key, sentAt: Date.now(), events })

interface Stored {
  id: string
  name: string
  source: string
  simulated: number
  customer_ref: string
  tenant: string
  props: string
}
async function stored(like: string): Promise<Stored[]> {
  await app.ingest.idle()
  const { rows } = await database.query('select tenant, source, records from inbox where kind = $1', ['events'])
  const all = rows.flatMap(({ tenant, source, records }) =>
    (JSON.parse(records) as Stored[]).map((one) => ({ ...one, tenant, source })),
  )
  return all.filter(({ id }) => id.startsWith(like))
}
const website = async (tenant = 'main') => {
  await app.ingest.idle()
  return (await api<Website>(`/website?tenant=${tenant}`)).value
}

describe('who may send', () => {
  test('a page of a declared origin, with the key', async () => {
    const answer = await send(batch(event('first', { props: { path: '/p/1' } })))
    expect([answer.status, answer.json]).toEqual([200, { kept: 1, refused: [] }])
    expect(answer.headers.get('access-control-allow-origin')).toBe(SHOP)
    expect(answer.headers.get('vary')).toContain('Origin')
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
    expect((await website()).events[0]).toMatchObject({ name: 'page_viewed', site: 'shop.example', path: '/p/1' })
  })

  test.each([
    ['https://shop.example.evil.example'],
    ['http://shop.example'],
    ['https://shop.example:8443'],
    ['https://SHOP.example'],
    ['null'],
    [null],
  ])('not a page of %s', async (origin) => {
    const answer = await send(batch(event('stranger')), { origin })
    expect([answer.status, answer.json.error.code]).toEqual([403, 'origin_refused'])
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    expect(await stored('web-page-stranger')).toEqual([])
  })

  test('not with a key that nobody made, nor with one that was revoked', async () => {
    expect((await send({ ...batch(event('x')), key: 'dsw_aaaaaaaaaaaaaaaaaaaa' })).status).toBe(401)
    const made = (await api<WebsiteKey>('/website/keys?tenant=main', { name: 'old', origins: [SHOP] })).value
    expect((await send({ ...batch(event('before')), key: made.key })).status).toBe(200)
    expect((await api(`/website/keys/${made.id}?tenant=main`, undefined, 'DELETE')).status).toBe(200)
    expect((await send({ ...batch(event('after')), key: made.key })).status).toBe(401)
    expect((await website()).keys.map(({ id }) => id)).not.toContain(made.id)
  })

  test('the key opens no other door', async () => {
    const answer = await http.request('http://localhost/api/v1/voices?tenant=main', {
      headers: { host: 'localhost', authorization: `Bearer ${key.key}` },
    })
    expect(answer.status).toBe(401)
  })

  test('a browser that asks beforehand is told yes for declared origins alone', async () => {
    const ask = (origin: string) =>
      http.request('http://cem.example/api/v1/collect', {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      })
    const yes = await ask(SHOP)
    expect([yes.status, yes.headers.get('access-control-allow-origin')]).toEqual([204, SHOP])
    const no = await ask('https://evil.example')
    expect([no.status, no.headers.get('access-control-allow-origin')]).toEqual([403, null])
    expect((await send(batch(event('json')), { 'content-type': 'application/json' })).status).toBe(200)
  })

  test.each([
    [[]],
    [['shop.example']],
    [['https://*.example']],
    [['https://shop.example/path']],
    [['ftp://shop.example']],
  ])('no key is made for the origins %j', async (origins) => {
    const answer = await api<{ error: { where: string } }>('/website/keys?tenant=main', { name: 'x', origins })
    expect([answer.status, answer.value.error.where]).toEqual([422, 'origins'])
  })
})

describe('what is taken', () => {
  test('the same event again counts once, and the answer is the same', async () => {
    const twice = batch(event('again'))
    expect((await send(twice)).json).toEqual((await send(twice)).json)
    expect((await website()).events.filter(({ id }) => id === 'web-page-again')).toHaveLength(1)
  })

  test('one wrong event is named, the others are kept', async () => {
    const answer = await send(batch(event('ok1'), event('bad', { name: 'Bad Name' }), event('ok2')))
    expect(answer.json).toMatchObject({ kept: 2, refused: [{ place: 1, field: 'name' }] })
    await app.collect.close()
    const shown = (await website()).keys.find(({ id }) => id === key.id)!
    expect(shown.lastRefusal).toMatchObject({ name: 'Bad Name' })
    expect(shown.refused).toBeGreaterThan(0)
    expect(shown.lastAt).not.toBeNull()
  })

  test('what a page claims about itself is ignored', async () => {
    const claims = { simulated: true, verified: true, tenant: 'demo', source: 'erp' }
    await send({ ...batch(event('claims', claims)), tenant: 'demo', simulated: true })
    const [kept] = await stored('web-page-claims')
    expect(kept).toMatchObject({ tenant: 'main', source: 'web' })
    expect(kept).not.toHaveProperty('simulated')
    expect(kept).not.toHaveProperty('verified')
    const sessions = (await api<{ tenants: { id: string; simulated: boolean }[] }>('/session')).value
    expect(sessions.tenants.find(({ id }) => id === 'main')!.simulated).toBe(false)
  })

  test('neither user agent nor address is kept, and personal data is masked', async () => {
    const props = { path: '/member/13800138000', query: 'chen@example.com 的订单' }
    const address = '198.51.100.77'
    await send(batch(event('masked', { name: 'searched', customerRef: '13800138000', props })), {}, address)
    const [kept] = await stored('web-page-masked')
    expect(JSON.stringify(kept)).not.toMatch(/13800138000|chen@/)
    expect(kept!.props).toMatchObject({ device: 'phone' })
    const { rows } = await database.query('select records from inbox union all select record from dead_letters')
    for (const text of [JSON.stringify(rows), JSON.stringify((await website()).events), lines.join('\n')])
      for (const secret of ['Remarkable', address, '13800138000']) expect(text).not.toContain(secret)
  })

  test('a tenant sees its own sites alone', async () => {
    expect(await website('demo')).toEqual({ keys: [], events: [] })
    const other = tenantId.parse('demo')
    expect((await api(`/website/keys/${key.id}?tenant=${other}`, undefined, 'DELETE')).status).toBe(404)
  })
})

describe('what is too much', () => {
  test('a body above 64 KiB', async () => {
    const answer = await send(batch(event('big', { props: { text: 'x'.repeat(70_000) } })))
    expect([answer.status, answer.json.error.code]).toEqual([413, 'too_large'])
  })

  test.each([
    ['no JSON', '{"key":'],
    ['a very deep body', '['.repeat(60_000)],
    ['an empty batch', '{"key":"dsw_aaaaaaaaaaaaaaaaaaaa","events":[]}'],
    ['a number', '7'],
  ])('%s is refused', async (_, body) => {
    expect((await send(body)).status).toBe(422)
  })

  test('a form that a page of anybody could post without asking', async () => {
    expect((await send(batch(event('form')), { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(422)
  })

  test('one address that sends without end is told to wait, others are not', async () => {
    // What a stranger writes into a header makes nobody else of them.
    const again = (n: number) => send('{}', { 'x-forwarded-for': `198.51.100.${n % 200}` }, '192.0.2.1')
    let answer = await again(0)
    for (let n = 0; n < 5_000 && answer.status !== 429; n++) answer = await again(n)
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(answer.headers.get('access-control-expose-headers')).toContain('Retry-After')
    expect((await send(batch(event('calm')), {}, '192.0.2.2')).status).toBe(200)
  })

  test('behind a proxy on this machine each visitor is counted by themselves', async () => {
    const visitor = (n: number) => send('{}', { 'x-forwarded-for': `9.9.9.9, 198.51.100.${n}` }, '127.0.0.1')
    let one = await visitor(1)
    for (let n = 0; n < 5_000 && one.status !== 429; n++) one = await visitor(1)
    expect(one.status).toBe(429)
    expect((await visitor(2)).status).toBe(422)
  })
})

test('the script is for every page, and is asked for again after some minutes', async () => {
  const answer = await http.request('http://cem.example/daystar.js', { headers: { origin: 'https://any.example' } })
  expect(answer.status, 'npm test builds the SDK first').toBe(200)
  expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
  expect(answer.headers.get('content-type')).toContain('javascript')
  expect(answer.headers.get('cache-control')).toContain('max-age=300')
})
