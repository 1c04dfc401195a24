import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type App, openApp } from '../../src/app.ts'
import type { HonoApp } from '../../src/http/env.ts'
import { createHttp } from '../../src/http/server.ts'
import type { KnowledgeGraph, TopicList, VoicePage, WeeklyReview } from '../../src/http/shapes.ts'
import { temporaryFolder } from '../stores.ts'

const folder = temporaryFolder('graph')
const near = { incoming: { socket: { remoteAddress: '127.0.0.1' } } }
let app: App
let http: HonoApp

async function ask(target: string, init: RequestInit = {}) {
  const headers = {
    host: 'localhost:7070',
    authorization: `Bearer ${app.localToken}`,
    'content-type': 'application/json',
  }
  const answer = await http.request(`http://localhost:7070/api/v1${target}`, { headers, ...init }, near)
  return { status: answer.status, text: await answer.text() }
}
const get = async <T>(target: string): Promise<T> => JSON.parse((await ask(target)).text) as T
const post = (target: string, body: unknown) => ask(target, { method: 'POST', body: JSON.stringify(body) })

const sign = (at: number): string => String.fromCharCode(0x4e00 + ((at * 7919) % 6000))
const WORD = '摆叶簧片'

/** Forty heater reviews: in twelve of them a part that no pack knows is named beside a noise. The part has not been judged. */
const reviews = Array.from({ length: 40 }, (_, i) => ({
  id: `v${i}`,
  at: Date.UTC(2026, 2, 2 + (i % 7), 4),
  category: '取暖器',
  rating: i < 12 ? 1 : 5,
  text: i < 12 ? `${sign(i)}${WORD}${sign(i + 50)}声音太大` : `${sign(i)}${sign(i + 60)}${sign(i + 120)}很暖和`,
}))

beforeAll(async () => {
  const config = {
    dataDir: path.join(folder.path, 'data'),
    host: '127.0.0.1',
    port: 0,
    readerThreads: 0,
    weightsFile: null,
  }
  const opened = await openApp(config, () => {})
  if (!opened.ok) throw new Error(opened.problem.message)
  app = opened.value
  http = createHttp(app)
  await post('/voices?tenant=main', reviews)
  await post('/voices?tenant=demo', reviews)
  await app.ingest.idle()
}, 120_000)
afterAll(async () => {
  await app.close()
  folder.remove()
})

/** Asks until what is mined in the background is there, and is of the voices and words as they are now. */
async function mined<T extends { ready: boolean }>(target: string): Promise<T> {
  for (;;) {
    const answer = await get<T>(target)
    if (answer.ready) return answer
    await app.mining.settled()
  }
}

async function reread(): Promise<KnowledgeGraph['rereads']> {
  for (;;) {
    const { rereads } = await get<KnowledgeGraph>('/graph?tenant=main')
    if (rereads.length > 0 && rereads.every((one) => one.finishedAt !== null)) return rereads
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const blaming = async (tenant: string, aspect: string) =>
  (await get<VoicePage>(`/voices?tenant=${tenant}&aspect=${aspect}&sentiment=negative&from=2026-01-01&to=2026-12-31`))
    .total

const decision = { pack: 'heater', place: 'quality', list: 'faults', word: WORD, verdict: 'accepted' }

test('a word that is accepted is read from then on, in the voices that were there too; undone, it is forgotten', async () => {
  const before = await mined<KnowledgeGraph>('/graph?tenant=main')
  expect(before.proposals.map((one) => one.word)).toEqual([WORD])
  expect(before.proposals[0]).toMatchObject({ place: 'noise', voices: 12, support: 12 })
  expect(await blaming('main', 'quality')).toBe(0)
  expect(await blaming('main', 'noise')).toBe(12)

  expect((await post('/own-words?tenant=main', decision)).status).toBe(200)
  expect(await reread()).toMatchObject([{ word: WORD, total: 12, done: 12 }])
  expect(await blaming('main', 'quality')).toBe(12)
  expect(await blaming('main', 'noise')).toBe(12)
  expect((await get<VoicePage>('/voices?tenant=main&from=2026-01-01&to=2026-12-31')).total).toBe(40)

  await post('/voices?tenant=main', [{ ...reviews[0], id: 'new', text: `新买的${WORD}` }])
  await app.ingest.idle()
  expect(await blaming('main', 'quality')).toBe(13)

  const after = await mined<KnowledgeGraph>('/graph?tenant=main')
  expect(after.proposals).toEqual([])
  expect(after.decisions).toMatchObject([{ word: WORD, verdict: 'accepted', place: 'quality' }])

  expect((await ask(`/own-words/heater/${encodeURIComponent(WORD)}?tenant=main`, { method: 'DELETE' })).status).toBe(
    200,
  )
  await reread()
  expect(await blaming('main', 'quality')).toBe(0)
  expect(await blaming('main', 'noise')).toBe(12)
}, 120_000)

test('a word that was turned down is not proposed again', async () => {
  await post('/own-words?tenant=main', { ...decision, place: 'noise', verdict: 'rejected' })
  expect((await mined<KnowledgeGraph>('/graph?tenant=main')).proposals).toEqual([])
})

test('another tenant’s packs are its own', async () => {
  expect(await blaming('demo', 'quality')).toBe(0)
  expect((await get<KnowledgeGraph>('/graph?tenant=demo')).decisions).toEqual([])
  expect((await ask(`/own-words/heater/${encodeURIComponent(WORD)}?tenant=demo`, { method: 'DELETE' })).status).toBe(
    404,
  )
})

test('a word for a place that is not there is refused with its field', async () => {
  const answer = await post('/own-words?tenant=main', { ...decision, place: 'moon' })
  expect(answer.status).toBe(422)
  expect(JSON.parse(answer.text).error.where).toBe('place')
})

test('a week of few voices has figures, and no comparison', async () => {
  const review = await get<WeeklyReview>('/review?tenant=main&week=2026-W10&category=取暖器')
  expect(review).toMatchObject({ week: '2026-W10', voices: { sinceLast: null, sinceUsual: null } })
  expect(review.voices.now.n).toBeGreaterThan(0)
  expect(review.aspects[0]).toMatchObject({ aspect: 'noise', sinceUsual: null })
  expect(review.agenda.length).toBeGreaterThan(0)
  const print = await ask('/review/print?tenant=main&week=2026-W10&lang=en')
  expect(print.text).toContain('@page { size: A4')
  expect(print.text).toContain('Agenda')
  expect((await ask('/review?tenant=main&week=2026-W99')).status).toBe(422)
})

test('an empty week has a page too', async () => {
  const review = await get<WeeklyReview>('/review?tenant=main&week=2020-W01')
  expect(review).toMatchObject({ voices: { now: { n: 0 } }, aspects: [], quotes: [] })
})

test('topics of a tenant that said the same all along are none', async () => {
  expect((await mined<TopicList>('/topics?tenant=main&from=2026-03-05&to=2026-03-08')).topics).toEqual([])
})
