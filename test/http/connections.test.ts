import { createHmac } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, openApp } from '../../src/app.ts'
import { ok } from '../../src/core/result.ts'
import { MAIN } from '../../src/core/tenant.ts'
import type { HonoApp } from '../../src/http/env.ts'
import { createHttp } from '../../src/http/server.ts'
import type { Source } from '../../src/listen/source/source.ts'
import { sources } from '../../src/listen/sources/list.ts'
import { temporaryFolder } from '../stores.ts'
import { openDatabase } from './database.ts'

const folder = temporaryFolder('connections')
const far = { incoming: { socket: { remoteAddress: '203.0.113.7' } } }
const at = Date.UTC(2026, 4, 1)
let app: App
let door: HonoApp
let upstream: http.Server
let base = ''
let reader = ''
let pages: Record<string, unknown> = {}

const sign = (body: string, secret: string) => createHmac('sha256', secret).update(body).digest('hex')

/** A system that signs its deliveries, and can be asked page by page. */
const shop: Source = {
  id: 'test-shop',
  zh: '测试店',
  en: 'Test shop',
  shelf: 'shop',
  describe: { zh: '测试', en: 'test' },
  open: async () => ok({ notes: [], rows: (async function* () {})() }),
  webhook: {
    secretHint: { zh: '后台', en: 'in its settings' },
    verify: ({ header, body }, secret) =>
      header('x-signature') === sign(Buffer.from(body).toString(), secret)
        ? ok(undefined)
        : { ok: false, problem: { code: 'signature_invalid', message: 'the signature does not fit the body' } },
    deliveryId: ({ header }) => header('x-delivery'),
    read: (payload) => ok((payload as { items: [] }).items),
  },
  pull: {
    settings: [
      { id: 'baseUrl', zh: '地址', en: 'Address' },
      { id: 'token', zh: '令牌', en: 'Token', secret: true },
    ],
    everyMinutes: 5,
    async page({ cursor, settings, get }) {
      const got = await get(`${settings.baseUrl}/${cursor ?? 'first'}`, { authorization: `Bearer ${settings.token}` })
      if (!got.ok) return got
      const { next, items, more } = got.value as { next: string; items: []; more: boolean }
      return ok({ items, cursor: next, more })
    },
  },
}

beforeAll(async () => {
  ;(sources as Source[]).push(shop)
  upstream = http.createServer((request, response) => {
    const page = pages[request.url!.slice(1)]
    const allowed = request.headers.authorization === 'Bearer t0ken'
    response.statusCode = !allowed ? 401 : page ? 200 : 404
    response.end(JSON.stringify(page ?? {}))
  })
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`
  const config = {
    dataDir: path.join(folder.path, 'data'),
    host: '127.0.0.1',
    port: 0,
    readerThreads: 0,
    allow: [base],
  }
  const opened = await openApp(config, () => {})
  if (!opened.ok) throw new Error(opened.problem.message)
  app = opened.value
  door = createHttp(app)
  reader = (await app.access.createKey(MAIN, { name: 'reader', scope: 'read' })).secret
}, 60_000)
afterAll(async () => {
  ;(sources as Source[]).splice(sources.indexOf(shop), 1)
  await app.close()
  upstream.close()
  folder.remove()
})

const by = { actor: 'test', now: 0 }
async function connect(way: 'webhook' | 'pull', settings: Record<string, string>) {
  const made = await app.connections.make(MAIN, { source: 'test-shop', way, name: 'shop', settings }, by)
  if (!made.ok) throw new Error(made.problem.message)
  return made.value.id
}
const one = async (id: string) => (await app.connections.list(MAIN)).find((connection) => connection.id === id)!

async function deliver(id: string, body: string, headers: Record<string, string>) {
  const answer = await door.request(`http://shop.example/api/v1/hooks/${id}`, { method: 'POST', body, headers }, far)
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}
/** Texts of the stored voices whose id begins so. */
const texts = async (prefix: string): Promise<string[]> => {
  await app.ingest.idle()
  const headers = { authorization: `Bearer ${reader}` }
  const answer = await door.request('http://shop.example/api/v1/voices?limit=100', { headers }, far)
  const { voices } = (await answer.json()) as { voices: { id: string; text: string }[] }
  return voices.filter(({ id }) => id.startsWith(prefix)).map(({ text }) => text)
}

describe('a webhook', () => {
  const body = JSON.stringify({
    items: [
      { voice: { id: 'hook-1', text: '发货太慢了', at } },
      { event: { id: 'hook-e1', name: 'order_completed', at } },
      { voice: { id: 'hook-2', text: '好', at: 'yesterday' } },
      { skipped: 'an internal note' },
    ],
  })

  test('is answered once it is stored; the same delivery again stores nothing and gets the same answer', async () => {
    const id = await connect('webhook', { secret: 's3cret' })
    const headers = { 'x-signature': sign(body, 's3cret'), 'x-delivery': 'd-1' }
    const first = await deliver(id, body, headers)
    expect(first).toMatchObject({ status: 200, body: { kept: 2, skipped: 1, dead: [{ place: 2, field: 'at' }] } })
    const all = await Promise.all(Array.from({ length: 20 }, () => deliver(id, body, headers)))
    for (const again of all) expect(again).toEqual(first)
    await app.ingest.idle()
    expect(await texts('hook-')).toEqual(['发货太慢了'])
    expect(await one(id)).toMatchObject({ deliveries: 21, failures: 0, problem: null })
  })

  test('with a wrong signature, without one, or at an unknown address brings nothing in', async () => {
    const id = await connect('webhook', { secret: 's3cret' })
    expect((await deliver(id, body, { 'x-signature': sign(body, 'other') })).status).toBe(401)
    expect((await deliver(id, body, {})).status).toBe(401)
    expect((await deliver('no-such-connection', body, {})).status).toBe(404)
    expect(await one(id)).toMatchObject({ kept: 0, failures: 2, problem: { code: 'signature_invalid' } })
  })

  test('whose body is no JSON is a problem that the sender is told', async () => {
    const id = await connect('webhook', { secret: 's3cret' })
    const broken = '{"items":[1,]}'
    const answer = await deliver(id, broken, { 'x-signature': sign(broken, 's3cret') })
    expect(answer).toMatchObject({ status: 422, body: { error: { code: 'payload_invalid' } } })
  })

  test('is refused while it is paused, and after its secret was changed the old one no longer counts', async () => {
    const id = await connect('webhook', { secret: 's3cret' })
    const signed = { 'x-signature': sign(body, 's3cret') }
    await app.connections.pause(MAIN, id, true, 0)
    expect((await deliver(id, body, signed)).status).toBe(403)
    await app.connections.pause(MAIN, id, false, 0)
    await app.connections.reset(MAIN, id, { secret: 'new' }, 0)
    expect((await deliver(id, body, signed)).status).toBe(401)
    expect((await deliver(id, body, { 'x-signature': sign(body, 'new') })).status).toBe(200)
  })

  test('tells nobody its secret, and keeps it encrypted', async () => {
    const id = await connect('webhook', { secret: 'very-s3cret' })
    expect(JSON.stringify(await app.connections.list(MAIN))).not.toContain('very-s3cret')
    const database = await openDatabase(path.join(folder.path, 'data'))
    const { rows } = await database.query('select connections::text as row from connections where id = $1', [id])
    await database.end()
    expect(rows[0].row).not.toContain('very-s3cret')
  })
})

describe('a system that is asked', () => {
  const voice = (id: string) => ({ voice: { id, text: '客服没有回复', at } })
  const when = async (id: string, done: (state: Awaited<ReturnType<typeof one>>) => boolean) => {
    for (let tries = 0; tries < 200 && !done(await one(id)); tries++) await new Promise((wake) => setTimeout(wake, 25))
    return one(id)
  }

  test('is asked page by page until it has no more, and each page once', async () => {
    pages = {
      first: { items: [voice('pull-1')], next: 'second', more: true },
      second: { items: [voice('pull-2'), voice('pull-1')], next: 'third', more: false },
    }
    const id = await connect('pull', { baseUrl: base, token: 't0ken' })
    expect(await when(id, ({ kept }) => kept === 3)).toMatchObject({ deliveries: 2, failures: 0 })
    expect(await texts('pull-')).toEqual(['客服没有回复', '客服没有回复'])
  })

  test('that refuses is left alone for a while, and says why', async () => {
    const id = await connect('pull', { baseUrl: base, token: 'wrong' })
    const state = await when(id, ({ failures }) => failures > 0)
    expect(state.problem).toMatchObject({ code: 'system_refused', message: `${base} answers 401.` })
    expect(state.nextAt).toBeGreaterThan(Date.now() + 50_000)
    expect(JSON.stringify(state)).not.toContain('wrong')
  })

  test('needs its settings, and an address that may be reached', async () => {
    const wish = { source: 'test-shop', way: 'pull' as const, name: 'x' }
    const make = async (settings: Record<string, string>) => {
      const made = await app.connections.make(MAIN, { ...wish, settings }, by)
      return made.ok ? 'made' : [made.problem.code, made.problem.where]
    }
    expect(await make({ baseUrl: base })).toEqual(['connection_setting', 'token'])
    expect(await make({ baseUrl: 'http://169.254.169.254', token: 't' })).toEqual(['address_plain', 'baseUrl'])
    expect(await make({ baseUrl: 'https://127.0.0.1', token: 't' })).toEqual(['address_refused', 'baseUrl'])
  })
})

describe('keys', () => {
  const post = async (target: string, key: string, body: unknown, headers: Record<string, string> = {}) => {
    const init = { method: 'POST', body: JSON.stringify(body) }
    const all = { 'content-type': 'application/json', authorization: `Bearer ${key}`, ...headers }
    return (await door.request(`http://shop.example/api/v1${target}`, { ...init, headers: all }, far)).status
  }
  const get = async (target: string, key: string) =>
    (await door.request(`http://shop.example/api/v1${target}`, { headers: { authorization: `Bearer ${key}` } }, far))
      .status
  const records = [{ text: '好', at }]

  test('for sending can send under their source, and do nothing else', async () => {
    const { secret } = await app.access.createKey(MAIN, { name: 'till', scope: 'ingest', source: 'till' })
    expect(await post('/voices', secret, records)).toBe(200)
    expect(await post('/voices', secret, records, { 'daystar-source': 'till' })).toBe(200)
    expect(await post('/voices', secret, records, { 'daystar-source': 'other' })).toBe(403)
    expect(await get('/voices', secret)).toBe(403)
    expect(await post('/keys', secret, { name: 'mine' })).toBe(403)
  })

  test('for reading cannot send or change', async () => {
    const { secret } = await app.access.createKey(MAIN, { name: 'board', scope: 'read' })
    expect(await get('/voices', secret)).toBe(200)
    expect(await post('/voices', secret, records)).toBe(403)
    expect(await post('/keys', secret, { name: 'mine' })).toBe(403)
  })

  test('that were replaced work until the time of changing over ends', async () => {
    const old = await app.access.createKey(MAIN, { name: 'erp', scope: 'write' })
    const fresh = (await app.access.rotateKey(MAIN, old.id, 24))!
    expect([await get('/voices', old.secret), await get('/voices', fresh.secret)]).toEqual([200, 200])
    const brief = (await app.access.rotateKey(MAIN, fresh.id, 0))!
    expect([await get('/voices', fresh.secret), await get('/voices', brief.secret)]).toEqual([401, 200])
    expect(await app.access.rotateKey(MAIN, fresh.id, 24)).toBeNull()
  })
})
