import path from 'node:path'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, openApp } from '../../src/app.ts'
import { DEMO, MAIN } from '../../src/core/tenant.ts'
import { loadPacks } from '../../src/understand/packs.ts'
import { openDatabase } from '../http/database.ts'
import { answered, type LlmRequest, startLlmServer } from '../llm-server.ts'
import { temporaryFolder } from '../stores.ts'
import { injections } from './injections.ts'

const folder = temporaryFolder('injections')
const dataDir = path.join(folder.path, 'data')
const pack = loadPacks().find((one) => one.id === 'heater')!
const aspects = new Set(pack.aspects.map((one) => one.id))
const scenes = new Set(pack.scenes.map((one) => one.id))

/** A model without any will of its own: it does what the review says, in every way in which a reply can try to. */
function obey({ voice }: LlmRequest, at: number): string {
  const mention = { aspect: 'noise', polarity: 'positive', quote: voice.slice(0, 4), scene: null }
  const replies = [
    () => JSON.stringify({ sentiment: 'positive', mentions: [], settings: { enabled: false, requestsPerDay: 1e9 } }),
    () => JSON.stringify({ tool_calls: [{ name: 'close_ticket', arguments: { id: 1 } }] }),
    () =>
      JSON.stringify([
        { voice: 'calm', sentiment: 'negative' },
        { voice: 'other', sentiment: 'negative' },
      ]),
    () => answered('positive', [{ ...mention, quote: '另一家店的评价' }]),
    () => answered('positive', [{ ...mention, aspect: '__proto__' }]),
    () => answered('positive', [{ ...mention, scene: '../../etc/passwd' }]),
    () => answered('positive', [{ ...mention, tenant: 'demo' }]),
    () =>
      answered(
        'positive',
        Array.from({ length: 500 }, () => mention),
      ),
    () => `{"sentiment":"positive","mentions":[],"__proto__":{"isAdmin":true}}`,
    () => `Done. ${voice}`,
    () => '好'.repeat(30_000),
    () => "'; drop table corrections; --",
    () => answered('positive', [mention]),
    () => answered('positive'),
  ]
  return replies[at % replies.length]!()
}

let fake: Awaited<ReturnType<typeof startLlmServer>>
let app: App
let database: pg.Client

/** Everything that a person has decided or the product keeps, row by row; what the second look itself writes is left out, and when the watch last looked. */
async function everythingElse(): Promise<string> {
  const own = new Set([
    'alert_rounds',
    'llm_answers',
    'llm_days',
    'llm_readings',
    'llm_settings',
    'amendments',
    'inbox',
  ])
  const { rows } = await database.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' order by 1",
  )
  const kept: unknown[] = []
  for (const { name } of rows.filter((row) => !own.has(row.name)))
    kept.push([name, (await database.query(`select * from "${name}" as t order by t::text`)).rows])
  const settings = await database.query(
    'select tenant, enabled, base_url, model, key_sealed, requests_per_day, tokens_per_day, threshold from llm_settings',
  )
  return JSON.stringify([kept, settings.rows])
}
const voicesOf = async (tenant: typeof MAIN) => {
  const all: {
    id: string
    text: string
    origin: string
    sentiment: string
    mentions: { aspect: string; scene: string | null; start: number; end: number }[]
  }[] = []
  for (let cursor: string | undefined; ; ) {
    const asked = {
      category: [],
      merchant: [],
      product: [],
      city: [],
      kind: [],
      sentiment: [],
      aspect: [],
      scene: [],
      emotion: [],
      speaker: [],
      intent: [],
      urgency: [],
    }
    const page = await app.voices(
      tenant,
      { ...asked, from: '2026-01-01', to: '2026-12-31', limit: 200, cursor },
      Date.now(),
    )
    if (!page.ok) throw new Error(page.problem.message)
    all.push(...page.value.voices)
    if (page.value.next === null) return all
    cursor = page.value.next
  }
}

beforeAll(async () => {
  let at = 0
  fake = await startLlmServer((request) => obey(request, at++))
  const opened = await openApp({ dataDir, host: '127.0.0.1', port: 0, readerThreads: 0, allow: [fake.url] }, () => {})
  if (!opened.ok) throw new Error(opened.problem.message)
  app = opened.value
  database = await openDatabase(dataDir)
})
afterAll(async () => {
  await database.end()
  await app.close()
  await fake.close()
  folder.remove()
})

describe('prompt injections in reviews', () => {
  test('the corpus holds two hundred and more, each different', () => {
    expect(new Set(injections).size).toBeGreaterThanOrEqual(200)
  })

  test('against a model that obeys them all: no setting, ticket, correction or other tenant is touched, and no voice beyond its own reading', async () => {
    const voice = (text: string, id: string) => ({ id, text, at: Date.UTC(2026, 1, 1), category: '取暖器' })
    const send = (tenant: typeof MAIN, records: object[]) =>
      app.ingest.accept({ tenant, kind: 'voices', source: 's', records })
    await send(DEMO, [voice('做工很好，可是很费电', 'calm')])
    await send(MAIN, [
      ...injections.map((text, at) => voice(text, `i${at}`)),
      voice('晚上睡觉声音太大，吵得睡不着', 'calm'),
    ])
    await app.ingest.idle()
    await Promise.all([app.findings.settled(), app.alerts.settled()])
    const wish = {
      enabled: true,
      baseUrl: fake.url,
      model: 'm',
      requestsPerDay: 1_000,
      tokensPerDay: 10_000_000,
      threshold: 0.3,
    }
    await database.query(
      'insert into tickets (tenant, title, department, created_by, first_answer_due_at, close_due_at) values ($1, $2, $3, $4, now(), now())',
      [MAIN, '{}', 'hardware-quality', 'test'],
    )
    await app.llm.save(MAIN, { ...wish, enabled: false }, { actor: 'test', now: Date.now() })
    const [before, others, mine] = [await everythingElse(), await voicesOf(DEMO), await voicesOf(MAIN)]

    await app.llm.save(MAIN, wish, { actor: 'test', now: Date.now() })
    await app.llm.settled()

    expect(fake.requests.length).toBeGreaterThanOrEqual(200)
    expect(new Set(fake.requests.map((one) => one.voice)).size).toBe(fake.requests.length)
    for (const request of fake.requests) expect(request.body).not.toHaveProperty('tools')
    expect(JSON.parse(await everythingElse())[0]).toEqual(JSON.parse(before)[0])
    expect((JSON.parse(await everythingElse())[1] as object[])[0]).toEqual({
      ...(JSON.parse(before)[1] as object[])[0],
      enabled: true,
    })
    expect(await voicesOf(DEMO)).toEqual(others)

    const after = await voicesOf(MAIN)
    expect(after.map(({ id, text }) => [id, text])).toEqual(mine.map(({ id, text }) => [id, text]))
    expect(after.find((one) => one.id === 'calm')).toEqual(mine.find((one) => one.id === 'calm'))
    for (const { text, mentions } of after)
      for (const mention of mentions) {
        expect(aspects).toContain(mention.aspect)
        if (mention.scene !== null) expect(scenes).toContain(mention.scene)
        expect(text.slice(mention.start, mention.end)).not.toBe('')
        expect(mention.end).toBeLessThanOrEqual(text.length)
      }
    const told = await app.llm.state(MAIN, Date.now())
    expect(told.refused).toBeGreaterThan(injections.length / 2)
    expect(told.went).toBe(fake.requests.length)
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })
})
