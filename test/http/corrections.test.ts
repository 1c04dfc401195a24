import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, openApp } from '../../src/app.ts'
import { MAIN } from '../../src/core/tenant.ts'
import { createHttp } from '../../src/http/server.ts'
import type { CorrectedVoice, VoicePage } from '../../src/http/shapes.ts'
import { temporaryFolder } from '../stores.ts'

const folder = temporaryFolder('corrections')
const config = { dataDir: path.join(folder.path, 'data'), host: '127.0.0.1', port: 0, readerThreads: 0 }
const near = { incoming: { socket: { remoteAddress: '127.0.0.1' } } }
const DAY = '2026-02-01'
const text = '升温很快，就是晚上睡觉风扇声音太大'

let app: App
let http: ReturnType<typeof createHttp>

async function ask<T>(target: string, body?: unknown): Promise<{ status: number; text: string; value: T }> {
  const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
  const headers = {
    host: 'localhost',
    authorization: `Bearer ${app.localToken}`,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
  const answer = await http.request(`http://localhost/api/v1${target}`, { ...init, headers }, near)
  const said = await answer.text()
  return {
    status: answer.status,
    text: said,
    value: (/json\b/.test(answer.headers.get('content-type') ?? '') && !target.includes('/export')
      ? JSON.parse(said)
      : null) as T,
  }
}

const correct = (id: string, change: object) =>
  ask<CorrectedVoice>(`/voices/${encodeURIComponent(id)}/corrections?tenant=main`, { day: DAY, change })
const look = async (id: string) =>
  (await ask<CorrectedVoice>(`/voices/${encodeURIComponent(id)}/reading?tenant=main&day=${DAY}`)).value
const shown = async (id: string) =>
  (await ask<VoicePage>('/voices?tenant=main&from=2026-01-01&to=2026-12-31')).value.voices.find((one) => one.id === id)!
const aspectsOf = async () =>
  (
    await ask<{ aspects: { aspect: string; n: number; negative: number }[] }>(
      '/voices/facets?tenant=main&from=2026-01-01&to=2026-12-31',
    )
  ).value.aspects

const ids = ['a/b?c', 'v2', 'v3']

beforeAll(async () => {
  const opened = await openApp(config, () => {})
  if (!opened.ok) throw new Error(opened.problem.message)
  app = opened.value
  http = createHttp(app)
  const at = Date.UTC(2026, 1, 1, 4)
  const records = ids.map((id) => ({ id, text, at, category: '取暖器', rating: 2 }))
  await app.ingest.accept({ tenant: MAIN, kind: 'voices', source: 'test', records })
  await app.ingest.idle()
})
afterAll(async () => {
  await app.close()
  folder.remove()
})

describe('correcting a voice', () => {
  test('shows at once in the voice and in the figures, once however often it is stored', async () => {
    const before = await shown(ids[0]!)
    const noise = before.mentions.find((one) => one.aspect === 'noise')!
    expect(before.origin).toBe('reader')
    const done = await correct(ids[0]!, { kind: 'polarity', mention: key(noise), to: 'positive' })
    expect(done.status).toBe(200)
    const after = await shown(ids[0]!)
    expect(after.origin).toBe('person')
    expect(after.mentions.find((one) => one.aspect === 'noise')!.polarity).toBe('positive')
    expect((await aspectsOf()).find((one) => one.aspect === 'noise')).toMatchObject({ n: 3, negative: 2 })
    expect((await shown('v2')).mentions).toEqual(before.mentions)
  })

  test('keeps who, when, what, before and after, and takes steps back one by one', async () => {
    await correct('v2', { kind: 'sentiment', to: 'positive' })
    const noise = (await look('v2')).reading.mentions.find((one) => one.aspect === 'noise')!
    await correct('v2', { kind: 'drop', mention: key(noise) })
    expect((await look('v2')).reading.mentions.map((one) => one.aspect)).not.toContain('noise')
    const first = await correct('v2', { kind: 'undo' })
    expect(first.value.reading).toMatchObject({ sentiment: 'positive' })
    expect(first.value.reading.mentions.map((one) => one.aspect)).toContain('noise')
    const second = await correct('v2', { kind: 'undo' })
    expect(second.value.origin).toBe('reader')
    expect(second.value.history.map(({ actor, undone, change }) => [actor, undone, change.kind])).toEqual([
      ['cli', true, 'sentiment'],
      ['cli', true, 'drop'],
    ])
    expect((await correct('v2', { kind: 'undo' })).status).toBe(409)
    expect((await shown('v2')).sentiment).toBe((await look('v2')).reading.sentiment)
  })

  test('two people at once: both corrections stand, or the later one is told that the reading has changed', async () => {
    const { mentions: before } = (await look('v3')).reading
    const [heating, noise] = ['heating', 'noise'].map((id) => key(before.find((one) => one.aspect === id)!))
    const both = await Promise.all([
      correct('v3', { kind: 'drop', mention: noise }),
      correct('v3', { kind: 'drop', mention: noise }),
      correct('v3', { kind: 'polarity', mention: heating, to: 'neutral' }),
    ])
    expect(both.map((one) => one.status).sort()).toEqual([200, 200, 409])
    const { mentions } = (await look('v3')).reading
    expect(mentions.map(({ aspect, polarity }) => [aspect, polarity])).toEqual([['heating', 'neutral']])
  })

  test('wrong requests change nothing and say what is wrong', async () => {
    expect((await correct('nobody', { kind: 'confirm' })).status).toBe(404)
    expect((await correct('v2', { kind: 'polarity' })).status).toBe(422)
    expect(
      (await correct('v2', { kind: 'aspect', mention: { aspect: 'x', start: 0, end: 1 }, to: 'nothing' })).text,
    ).toMatch(/has no aspect/)
    expect((await look('v2')).origin).toBe('reader')
  })
})

describe('what was corrected', () => {
  test('leaves as JSON lines in the two shapes that can be learnt from', async () => {
    const labels = lines((await ask('/corrections/export?tenant=main&shape=class')).text)
    expect(labels).toHaveLength(2)
    expect(labels[0]).toEqual({ text, label: expect.any(String) })
    const opinions = lines((await ask('/corrections/export?tenant=main&shape=opinions')).text) as {
      quads: { category: string }[]
    }[]
    expect(opinions.map(({ quads }) => quads.length).sort()).toEqual([1, 2])
    expect((await ask<{ voices: number }>('/corrections?tenant=main')).value.voices).toBe(2)
  })

  test('belongs to its tenant', async () => {
    expect((await ask('/corrections/export?tenant=other')).status).toBe(404)
    expect(lines((await ask('/corrections/export?tenant=demo')).text)).toEqual([])
    const elsewhere = await ask(`/voices/v3/corrections?tenant=demo`, { day: DAY, change: { kind: 'confirm' } })
    expect(elsewhere.status).toBe(404)
    expect((await ask(`/voices/v3/reading?tenant=demo&day=${DAY}`)).status).toBe(404)
  })
})

const key = ({ aspect, start, end }: { aspect: string; start: number; end: number }) => ({ aspect, start, end })
const lines = (text: string): object[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as object)
