import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, openApp } from '../../src/app.ts'
import { MAIN } from '../../src/core/tenant.ts'
import type { HonoApp } from '../../src/http/env.ts'
import { createHttp } from '../../src/http/server.ts'
import { importPreview } from '../../src/http/shapes.ts'
import { temporaryFolder } from '../stores.ts'

const folder = temporaryFolder('imports')
const far = { incoming: { socket: { remoteAddress: '203.0.113.7' } } }
let app: App
let door: HonoApp
let keys: { write: string; read: string; ingest: string }

beforeAll(async () => {
  const config = { dataDir: path.join(folder.path, 'data'), port: 0, host: '127.0.0.1', readerThreads: 1 }
  const opened = await openApp(config, () => {})
  if (!opened.ok) throw new Error(opened.problem.message)
  app = opened.value
  door = createHttp(app)
  const key = async (scope: 'write' | 'read' | 'ingest') =>
    (await app.access.createKey(MAIN, { name: scope, scope })).secret
  keys = { write: await key('write'), read: await key('read'), ingest: await key('ingest') }
}, 120_000)

afterAll(async () => {
  await app?.close()
  folder.remove()
})

const reviews =
  '评价内容,评分,评价时间,昵称\n很安静，电话 13812345678,5,2026-03-01 10:00:00,张三\n太吵了,9,2026-03-02,李四\n'

async function post(address: string, body: string, key = keys.write) {
  const headers = { authorization: `Bearer ${key}` }
  const answer = await door.request(`/api/v1${address}`, { method: 'POST', body, headers }, far)
  return { status: answer.status, text: await answer.text() }
}

describe('a preview', () => {
  test('says which source it is, shows masked records and refusals, and keeps nothing', async () => {
    const { status, text } = await post('/imports/preview', reviews)
    expect(status).toBe(200)
    const seen = importPreview.parse(JSON.parse(text))
    expect(seen).toMatchObject({ source: 'reviews-csv', form: 'utf-8', whole: true, problem: null, refusedCount: 1 })
    expect(seen.records[0]!.record).toMatchObject({ text: '很安静，电话 138****5678' })
    expect(text).not.toContain('13812345678')
    expect(await app.stores.db.selectFrom('imports').selectAll().execute()).toEqual([])
    expect(await app.ingest.waiting()).toBe(0)
  })

  test('follows options, and says what is wrong with them', async () => {
    const options = encodeURIComponent(JSON.stringify({ map: { text: '正文' }, set: { at: '2026-01-01' } }))
    const mapped = await post(`/imports/preview?source=reviews-csv&options=${options}`, '正文,x\n好,1\n')
    expect(importPreview.parse(JSON.parse(mapped.text)).counts.voices).toBe(1)
    const unknown = await post(`/imports/preview?source=reviews-csv&options=${encodeURIComponent('{"nope":1}')}`, 'a\n')
    expect([unknown.status, JSON.parse(unknown.text).error.code]).toEqual([422, 'import_option'])
  })

  test('of a file that no source reads is refused with what to do', async () => {
    const { status, text } = await post('/imports/preview', 'shop,lat,long\nA,1,2\n')
    expect(status).toBe(422)
    expect(JSON.parse(text).error).toMatchObject({
      code: 'source_unclear',
      remedy: expect.stringContaining('reviews-csv'),
    })
  })

  test('is for those who may write, and for a file of at most 8 MiB', async () => {
    expect((await post('/imports/preview', reviews, keys.read)).status).toBe(403)
    expect((await post('/imports/preview', reviews, keys.ingest)).status).toBe(403)
    expect((await post('/imports/preview', reviews, 'dsk_unknown')).status).toBe(401)
    expect((await post('/imports/preview', 'x'.repeat(8 * 1024 * 1024 + 1))).status).toBe(413)
    expect(JSON.parse((await post('/imports/preview', '')).text).error.code).toBe('empty')
  })
})

describe('an import without a source', () => {
  test('takes the source that fits, says so, and its records come under it', async () => {
    const { text } = await post('/imports?source=auto&file=reviews.csv', reviews)
    const { result } = JSON.parse(text.trim().split('\n').at(-1)!)
    expect(result).toMatchObject({ source: 'reviews-csv', kept: 1, dead: 1 })
    expect(result.notes[0]).toMatch(/^taken for reviews-csv/)
    const again = JSON.parse((await post('/imports?source=reviews-csv', reviews)).text.trim().split('\n').at(-1)!)
    expect(again.result.kept).toBe(1)
    await app.ingest.idle()
    const found = await app.stores.db.selectFrom('imports').select(['source', 'kept']).execute()
    expect(found.map(({ source }) => source)).toEqual(['reviews-csv', 'reviews-csv'])
  })

  test('keeps nothing of what no source reads', async () => {
    const { text } = await post('/imports?source=auto', 'hello')
    expect(JSON.parse(text).problem.code).toBe('source_unclear')
  })
})

test('a backup, which holds every tenant, is refused to every key', async () => {
  for (const key of Object.values(keys)) {
    const { status, text } = await post(
      `/backups?folder=${encodeURIComponent(path.join(folder.path, 'backup'))}`,
      '',
      key,
    )
    expect([status, JSON.parse(text).error.code]).toEqual([403, 'forbidden'])
  }
})
