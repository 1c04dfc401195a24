import path from 'node:path'
import type pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type App, openApp } from '../../src/app.ts'
import { type TenantId, tenantId } from '../../src/core/tenant.ts'
import { createHttp } from '../../src/http/server.ts'
import type { LlmState, VoicePage } from '../../src/http/shapes.ts'
import { answered, startLlmServer } from '../llm-server.ts'
import { temporaryFolder } from '../stores.ts'
import { openDatabase } from './database.ts'

const KEY = 'sk-very-secret-0042'
const folder = temporaryFolder('llm')
const dataDir = path.join(folder.path, 'data')
const near = { incoming: { socket: { remoteAddress: '127.0.0.1' } } }
const lines: string[] = []

let fake: Awaited<ReturnType<typeof startLlmServer>>
let app: App
let http: ReturnType<typeof createHttp>
let database: pg.Client
let tenants = 0

beforeAll(async () => {
  fake = await startLlmServer(() => answered('neutral'))
  const config = { dataDir, host: '127.0.0.1', port: 0, readerThreads: 0, allow: [fake.url] }
  const opened = await openApp(config, (line) => lines.push(line))
  if (!opened.ok) throw new Error(opened.problem.message)
  app = opened.value
  http = createHttp(app)
  database = await openDatabase(dataDir)
})
afterAll(async () => {
  await database.end()
  await app.close()
  await fake.close()
  folder.remove()
})
beforeEach(async () => {
  // A tenant of an earlier test whose pause is over must not ask in between.
  await database.query('update llm_settings set enabled = false')
  await app.llm.settled()
  fake.requests.length = 0
  fake.says(() => answered('neutral'))
})

async function ask<T>(target: string, body?: unknown): Promise<{ status: number; text: string; value: T }> {
  const headers = {
    host: 'localhost',
    authorization: `Bearer ${app.localToken}`,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
  const init = body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) }
  const answer = await http.request(`http://localhost/api/v1${target}`, init, near)
  const text = await answer.text()
  return { status: answer.status, text, value: JSON.parse(text) as T }
}

const wish = (more: object = {}) => ({
  enabled: true,
  baseUrl: fake.url,
  model: 'tiny',
  requestsPerDay: 100,
  tokensPerDay: 1_000_000,
  threshold: 0.5,
  ...more,
})
const set = (tenant: TenantId, more: object = {}) => ask<LlmState>(`/llm?tenant=${tenant}`, wish(more))
const state = async (tenant: TenantId) => (await ask<LlmState>(`/llm?tenant=${tenant}`)).value
const voices = async (tenant: TenantId) =>
  (await ask<VoicePage>(`/voices?tenant=${tenant}&from=2026-01-01&to=2026-12-31&limit=200`)).value.voices

// The reader takes both sides for mixed, and mixed is never certain.
const UNSURE = ['升温很快，就是声音太大', '做工很好，可是很费电', '价格便宜，质量很差', '安装师傅很好，机器太吵了']
const SURE = '晚上睡觉声音太大，吵得睡不着'

/** A tenant with these texts, read. */
async function tenantWith(texts: readonly string[]): Promise<TenantId> {
  const tenant = tenantId.parse(`t${++tenants}`)
  await database.query('insert into tenants (id, name, zone) values ($1, $1, $2)', [tenant, 'Asia/Shanghai'])
  await add(tenant, texts)
  return tenant
}
async function add(tenant: TenantId, texts: readonly string[]): Promise<void> {
  const records = texts.map((text) => ({ text, at: Date.UTC(2026, 1, 1), category: '取暖器' }))
  await app.ingest.accept({ tenant, kind: 'voices', source: 's', records })
  await app.ingest.idle()
  await app.llm.settled()
}

describe('the language model', () => {
  test('is off at first, and then nothing goes anywhere', async () => {
    const tenant = await tenantWith(UNSURE)
    expect((await state(tenant)).condition).toBe('off')
    expect(fake.requests).toEqual([])
  })

  test('is asked about unsure voices alone, one at a time, masked, and each only once', async () => {
    const tenant = await tenantWith([...UNSURE, SURE, '价格便宜，质量很差，打我电话 13812346021'])
    await set(tenant)
    await app.llm.settled()
    const asked = fake.requests.map((one) => one.voice).sort()
    expect(asked).toHaveLength(UNSURE.length + 1)
    expect(asked).not.toContain(SURE)
    expect(asked.join()).not.toContain('13812346021')
    await set(tenant)
    await add(tenant, [SURE])
    expect(fake.requests).toHaveLength(asked.length)
    expect(await state(tenant)).toMatchObject({
      condition: 'on',
      went: asked.length,
      spent: { requests: asked.length, tokens: 120 * asked.length },
    })
  })

  test('settles what was unsure, and the report of it says what share went and what it changed', async () => {
    const tenant = await tenantWith([UNSURE[0]!, SURE, '很安静', '非常好用'])
    fake.says(() => answered('negative', [{ aspect: 'noise', polarity: 'negative', quote: '声音太大', scene: null }]))
    await set(tenant)
    await app.llm.settled()
    const voice = (await voices(tenant)).find((one) => one.text === UNSURE[0])!
    expect(voice).toMatchObject({ sentiment: 'negative', origin: 'model' })
    const told = await state(tenant)
    expect(told).toMatchObject({ went: 1, changed: 1, sentiment: 1, refused: 0, share: { value: 0.25, n: 4 } })
    const report = (await ask<{ reader: { llm: unknown } }>(`/report?format=json&tenant=${tenant}`)).value
    expect(report.reader.llm).toMatchObject({ went: 1, changed: 1 })
  })

  test('an equal text is answered from what is known, without another request', async () => {
    const tenant = await tenantWith([UNSURE[0]!])
    await set(tenant)
    await app.llm.settled()
    await add(tenant, [`${UNSURE[0]!}`, UNSURE[0]!])
    await add(tenant, [UNSURE[1]!])
    expect(fake.requests.map((one) => one.voice).sort()).toEqual([UNSURE[0], UNSURE[1]].sort())
    expect((await state(tenant)).went).toBeGreaterThan(2)
  })

  test('never passes its budget of requests or tokens, and says when it is spent', async () => {
    const tenant = await tenantWith(UNSURE)
    await set(tenant, { requestsPerDay: 2 })
    await app.llm.settled()
    expect(fake.requests).toHaveLength(2)
    expect((await state(tenant)).condition).toBe('spent')
    const poor = await tenantWith(UNSURE)
    await set(poor, { tokensPerDay: 50 })
    await app.llm.settled()
    expect(fake.requests).toHaveLength(2)
  })

  test('a person’s correction outranks it', async () => {
    const tenant = await tenantWith([UNSURE[0]!])
    const [voice] = await voices(tenant)
    const change = { day: voice!.day, change: { kind: 'sentiment', to: 'positive' } }
    await ask(`/voices/${encodeURIComponent(voice!.id)}/corrections?tenant=${tenant}`, change)
    fake.says(() => answered('negative'))
    await set(tenant)
    await app.llm.settled()
    expect((await voices(tenant))[0]).toMatchObject({ sentiment: 'positive', origin: 'person' })
    expect(fake.requests).toEqual([])
  })

  test('an answer that invents words, aspects or fields changes nothing and is counted as refused', async () => {
    const tenant = await tenantWith([UNSURE[0]!, UNSURE[1]!, UNSURE[2]!])
    const before = await voices(tenant)
    const bad = [
      answered('negative', [{ aspect: 'noise', polarity: 'negative', quote: '震耳欲聋', scene: null }]),
      answered('negative', [{ aspect: 'astrology', polarity: 'negative', quote: '很费电', scene: null }]),
      'I cannot help with that.',
    ]
    fake.says(() => bad.pop()!)
    await set(tenant)
    await app.llm.settled()
    expect(await voices(tenant)).toEqual(before)
    expect(await state(tenant)).toMatchObject({ went: 3, changed: 0, refused: 3, lastError: null })
  })
})

describe('a service that fails', () => {
  test('is left alone for a while, told in plain words, and asked again once someone has seen to it', async () => {
    const tenant = await tenantWith(UNSURE)
    fake.says(() => ({ status: 500, body: `you sent ${KEY}` }))
    await set(tenant, { key: KEY })
    await app.llm.settled()
    expect(fake.requests).toHaveLength(1)
    const told = await state(tenant)
    expect(told).toMatchObject({
      condition: 'paused',
      lastError: { code: 'llm_status' },
      went: 0,
      spent: { tokens: 0 },
    })
    expect(told.pausedUntil).toBeGreaterThan(Date.now())
    await add(tenant, ['做工不错，可是太吵'])
    expect(fake.requests).toHaveLength(1)
    fake.says(() => answered('neutral'))
    await set(tenant)
    await app.llm.settled()
    expect(fake.requests).toHaveLength(1 + UNSURE.length + 1)
    expect((await state(tenant)).condition).toBe('on')
  })

  test.each([
    [401, 'llm_denied'],
    [404, 'llm_missing'],
    [429, 'llm_busy'],
    [302, 'redirected'],
  ])('status %i is told as %s', async (status, code) => {
    const tenant = await tenantWith([UNSURE[0]!])
    fake.says(() => ({ status, headers: { location: 'http://127.0.0.1:1/', 'retry-after': '120' } }))
    await set(tenant)
    await app.llm.settled()
    expect((await state(tenant)).lastError).toMatchObject({ code })
  })

  test('a page that is no completion is told, and keeps nothing waiting', async () => {
    const tenant = await tenantWith([UNSURE[0]!])
    fake.says(() => ({ status: 200, body: '<html>hello</html>' }))
    await set(tenant)
    await app.llm.settled()
    expect((await state(tenant)).lastError).toMatchObject({ code: 'llm_answer' })
    expect(await app.ingest.waiting()).toBe(0)
  })
})

describe('the key', () => {
  test('goes to its service alone; it is never answered, logged or kept in the clear', async () => {
    const tenant = await tenantWith([UNSURE[0]!])
    const saved = await set(tenant, { key: KEY })
    await app.llm.settled()
    expect(fake.requests[0]!.headers.authorization).toBe(`Bearer ${KEY}`)
    expect(saved.text).not.toContain(KEY)
    expect((await ask(`/llm?tenant=${tenant}`)).text).not.toContain(KEY)
    expect((await ask(`/settings?tenant=${tenant}`)).text).not.toContain(KEY)
    expect(lines.join('\n')).not.toContain(KEY)
    const { rows } = await database.query<object>('select * from llm_settings')
    expect(JSON.stringify(rows)).not.toContain(KEY)
    expect(saved.value.settings).toMatchObject({ hasKey: true, keyFrom: 'console' })
  })

  test('is forgotten when another service is named, and when it is taken away', async () => {
    const tenant = await tenantWith([])
    await set(tenant, { key: KEY, enabled: false })
    expect((await set(tenant, { enabled: false })).value.settings.hasKey).toBe(true)
    const moved = await set(tenant, { enabled: false, baseUrl: 'https://8.8.8.8/v1' })
    expect(moved.value.settings.hasKey).toBe(false)
    await set(tenant, { key: KEY, enabled: false })
    expect((await set(tenant, { key: null, enabled: false })).value.settings.hasKey).toBe(false)
  })
})

describe('the address', () => {
  test.each([
    'http://127.0.0.1:1',
    'https://10.0.0.1/v1',
    'https://[::1]/v1',
    'http://169.254.169.254/latest',
    'https://2130706433/v1',
  ])('%s is refused when it is typed, with what to do', async (baseUrl) => {
    const tenant = await tenantWith([])
    const refused = await set(tenant, { baseUrl })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('DAYSTAR_ALLOW')
    expect((await state(tenant)).condition).toBe('off')
  })
})

test('one tenant’s settings and answers are nobody else’s', async () => {
  const tenant = await tenantWith([UNSURE[0]!])
  const other = await tenantWith([UNSURE[0]!])
  await set(tenant, { key: KEY })
  await app.llm.settled()
  expect(fake.requests).toHaveLength(1)
  expect(await state(other)).toMatchObject({ condition: 'off', went: 0, settings: { hasKey: false, baseUrl: '' } })
  await set(other)
  await app.llm.settled()
  expect(fake.requests).toHaveLength(2)
  expect(fake.requests[1]!.headers.authorization).toBeUndefined()
  expect((await ask('/llm?tenant=nobody')).status).toBe(404)
})
