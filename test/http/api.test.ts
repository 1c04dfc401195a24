import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, openApp } from '../../src/app.ts'
import { endpoints } from '../../src/http/endpoints.ts'
import type { HonoApp } from '../../src/http/env.ts'
import { createHttp } from '../../src/http/server.ts'
import { temporaryFolder } from '../stores.ts'

const folder = temporaryFolder('http')
const dataDir = path.join(folder.path, 'data')
const near = { incoming: { socket: { remoteAddress: '127.0.0.1' } } }
const far = { incoming: { socket: { remoteAddress: '203.0.113.7' } } }
const origin = 'http://localhost:7070'

let app: App
let http: HonoApp
let cookie = ''
let key = ''

/** One request as a client would send it. */
async function ask(target: string, init: RequestInit & { from?: typeof near; body?: string } = {}) {
  const { from = near, ...rest } = init
  const headers = new Headers({
    host: 'localhost:7070',
    ...(rest.body === undefined ? {} : { 'content-type': 'application/json' }),
  })
  for (const [name, value] of new Headers(rest.headers)) headers.set(name, value)
  const answer = await http.request(`${origin}/api/v1${target}`, { ...rest, headers }, from)
  const text = await answer.text()
  return { status: answer.status, headers: answer.headers, text, json: () => JSON.parse(text) }
}

const post = (target: string, body: unknown, headers: Record<string, string> = {}) =>
  ask(target, { method: 'POST', body: JSON.stringify(body), headers })

const voice = (id: string) => ({
  id,
  text: '半夜嗡嗡响，孩子吓醒了',
  at: Date.UTC(2026, 1, 1),
  category: '取暖器',
  rating: 1,
})

beforeAll(async () => {
  const opened = await openApp({ dataDir, host: '127.0.0.1', port: 0, readerThreads: 0 }, () => {})
  if (!opened.ok) throw new Error(opened.problem.message)
  app = opened.value
  http = createHttp(app)
}, 60_000)
afterAll(async () => {
  await app.close()
  folder.remove()
})

describe('before anyone has signed in', () => {
  test('a guest on loopback may read the demo', async () => {
    const answer = await ask('/session')
    expect(answer.status).toBe(200)
    expect(answer.json()).toMatchObject({
      user: null,
      needsOwner: true,
      tenants: [{ id: 'demo', canWrite: false, simulated: true }],
    })
  })

  test('a guest may change nothing, and sees no other tenant', async () => {
    expect((await post('/voices?tenant=demo', [voice('x')])).status).toBe(401)
    expect((await ask('/voices?tenant=main')).status).toBe(401)
  })

  test('from outside there is nothing without signing in', async () => {
    expect((await ask('/session', { from: far })).status).toBe(401)
  })

  test('a name that was re-bound to loopback, or a proxy in front, is not loopback', async () => {
    expect((await ask('/session', { headers: { host: 'evil.example' } })).status).toBe(401)
    expect((await ask('/session', { headers: { 'x-forwarded-for': '203.0.113.7' } })).status).toBe(401)
  })

  test('the owner account is made on the machine itself, once, even when pressed twice at once', async () => {
    const person = { name: '林', email: 'lin@example.com', password: 'correct horse battery' }
    expect((await ask('/owner', { method: 'POST', body: JSON.stringify(person), from: far })).status).toBe(403)
    expect((await post('/owner', { ...person, password: 'short' })).status).toBe(422)
    const both = await Promise.all([post('/owner', person), post('/owner', { ...person, email: 'other@example.com' })])
    expect(both.map((one) => one.status).sort()).toEqual([200, 409])
    const winner = both.find((one) => one.status === 200)!
    cookie = winner.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    expect(winner.headers.getSetCookie()[0]).toMatch(/HttpOnly/i)
    expect((await ask('/session')).json().needsOwner).toBe(false)
  })

  test('nobody can sign up afterwards', async () => {
    const answer = await http.request(`${origin}/api/auth/sign-up/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', host: 'localhost:7070' },
      body: JSON.stringify({ name: 'x', email: 'x@example.com', password: 'long enough to pass' }),
    })
    expect(answer.status).toBe(404)
  })
})

describe('signed in', () => {
  test('the owner sees both tenants and may write', async () => {
    const session = (await ask('/session', { headers: { cookie }, from: far })).json()
    expect(session.tenants.map((one: { id: string; canWrite: boolean }) => [one.id, one.canWrite])).toEqual([
      ['main', true],
      ['demo', true],
    ])
  })

  test('a request from another site is refused although the cookie is there', async () => {
    const answer = await post('/keys?tenant=main', { name: 'stolen' }, { cookie, origin: 'https://evil.example' })
    expect(answer.status).toBe(403)
  })

  test('an API key works in its tenant, and stops when it is revoked', async () => {
    const made = (await post('/keys?tenant=main', { name: 'warehouse' }, { cookie, origin })).json()
    key = `Bearer ${made.secret}`
    expect((await ask('/settings', { headers: { authorization: key }, from: far })).status).toBe(200)
    const other = (await post('/keys?tenant=main', { name: 'old' }, { cookie, origin })).json()
    await ask(`/keys/${other.id}?tenant=main`, { method: 'DELETE', headers: { cookie, origin } })
    expect((await ask('/settings', { headers: { authorization: `Bearer ${other.secret}` } })).status).toBe(401)
    expect((await ask('/settings', { headers: { authorization: 'Bearer dsk_nonsense' } })).status).toBe(401)
  })
})

describe('taking records', () => {
  const send = (records: unknown[], headers: Record<string, string> = {}) =>
    post('/voices', records, { authorization: key, ...headers })

  test('one bad record in a hundred: ninety-nine are kept, one is listed with its place, field and reason', async () => {
    const records: unknown[] = Array.from({ length: 100 }, (_, at) => voice(`v${at}`))
    records[41] = { ...voice('v41'), rating: 9 }
    const answer = await send(records)
    expect(answer.json()).toMatchObject({ kept: 99, dead: [{ place: 41, field: 'rating' }] })
    const letters = (await ask('/settings', { headers: { authorization: key } })).json().deadLetters
    expect(letters).toHaveLength(1)
    expect(letters[0].reason).toMatch(/scale/)
  })

  test('the same batch a hundred times at once is one copy with the same answer', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => send([voice('hundred')], { 'idempotency-key': 'k-hundred' })),
    )
    expect(new Set(answers.map((one) => one.text)).size).toBe(1)
    await app.ingest.idle()
    const found = (
      await ask('/voices?from=2026-01-01&to=2026-12-31&limit=200', { headers: { authorization: key } })
    ).json()
    expect(found.voices.filter((one: { id: string }) => one.id === 'hundred')).toHaveLength(1)
  })

  test('the same key with another body is refused and writes nothing', async () => {
    await send([voice('first')], { 'idempotency-key': 'k-other' })
    const answer = await send([voice('second')], { 'idempotency-key': 'k-other' })
    expect(answer.status).toBe(409)
    await app.ingest.idle()
    const found = (
      await ask('/voices?from=2026-01-01&to=2026-12-31&limit=200', { headers: { authorization: key } })
    ).json()
    expect(found.voices.map((one: { id: string }) => one.id)).not.toContain('second')
  })

  test('too many records, too large a body, no JSON: each says what to do', async () => {
    expect((await send(Array.from({ length: 1_001 }, (_, at) => voice(`m${at}`)))).status).toBe(413)
    expect(
      (
        await ask('/voices', {
          method: 'POST',
          headers: { authorization: key },
          body: `["${'x'.repeat(9 * 1024 * 1024)}"]`,
        })
      ).status,
    ).toBe(413)
    const broken = await ask('/voices', { method: 'POST', headers: { authorization: key }, body: '{"records": [' })
    expect([400, 422]).toContain(broken.status)
    expect(broken.text).not.toContain('at ')
  })

  test('JSON a hundred thousand deep is refused, not a crash', async () => {
    const answer = await ask('/voices', {
      method: 'POST',
      headers: { authorization: key },
      body: `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    })
    expect(answer.status).toBeLessThan(500)
    expect((await ask('/session')).status).toBe(200)
  })

  test('one simulated record marks its tenant, so that nothing simulated is ever taken for real', async () => {
    const marked = async () => (await ask('/session', { headers: { authorization: key } })).json().tenants[0].simulated
    await app.ingest.idle()
    expect(await marked()).toBe(false)
    await send([{ ...voice('simulated'), simulated: true }])
    await app.ingest.idle()
    expect(await marked()).toBe(true)
  })

  test('what was said is masked before it is kept', async () => {
    await send([{ ...voice('masked'), text: '给我打电话 13812346021，邮箱 a.person@example.com' }])
    await app.ingest.idle()
    const { voices } = (
      await ask('/voices?from=2026-01-01&to=2026-12-31&limit=200', { headers: { authorization: key } })
    ).json()
    const text = voices.find((one: { id: string }) => one.id === 'masked').text
    expect(text).not.toContain('13812346021')
    expect(text).not.toContain('a.person@example.com')
  })
})

describe('every endpoint', () => {
  const concrete = (target: string) => target.replace('{dimension}', 'category').replace(/\{[^}]+\}/g, '1')

  test.each(endpoints.map((one) => [one.method.toUpperCase(), one.path] as const))(
    '%s %s shows nothing of a tenant that is not the caller’s',
    async (method, target) => {
      const body = method === 'POST' ? '{}' : undefined
      const stranger = await ask(`${concrete(target)}?tenant=demo`, { method, body, headers: { authorization: key } })
      expect([404, 422]).toContain(stranger.status)
      const nobody = await ask(`${concrete(target)}?tenant=demo`, { method, body, from: far })
      expect([401, 422]).toContain(nobody.status)
    },
  )

  test('is in the OpenAPI document', async () => {
    const { openapi, paths } = (await ask('/openapi.json')).json()
    expect(openapi).toBe('3.1.0')
    expect(endpoints.filter((one) => !paths[`/api/v1${one.path}`]?.[one.method])).toEqual([])
  })

  test('and a wrong query says which parameter', async () => {
    const answer = await ask('/overview?from=yesterday', { headers: { authorization: key } })
    expect(answer.status).toBe(422)
    expect(answer.json().error.where).toBe('from')
  })

  test('a period that ends before it begins is refused', async () => {
    for (const target of ['/overview', '/voices', '/voices/facets', '/report']) {
      const answer = await ask(`${target}?from=2026-05-01&to=2026-01-01`, { headers: { authorization: key } })
      expect(answer.status, target).toBe(422)
      expect(answer.json().error.message).toContain('ends before it begins')
    }
  })

  test('a path that does not exist is a JSON problem too', async () => {
    expect((await ask('/nothing')).json().error.code).toBe('not_found')
  })
})
