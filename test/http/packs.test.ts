import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type App, openApp } from '../../src/app.ts'
import { MAIN } from '../../src/core/tenant.ts'
import { createHttp } from '../../src/http/server.ts'
import type { PackDetail, PackList, PackTrial, VoicePage } from '../../src/http/shapes.ts'
import { temporaryFolder } from '../stores.ts'

const folder = temporaryFolder('packs')
const dataDir = path.join(folder.path, 'data')
const near = { incoming: { socket: { remoteAddress: '127.0.0.1' } } }

let app: App
let http: ReturnType<typeof createHttp>

async function ask<T>(target: string, body?: unknown) {
  const headers = {
    host: 'localhost',
    authorization: `Bearer ${app.localToken}`,
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
  }
  const init = body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) }
  const answer = await http.request(`http://localhost/api/v1${target}`, init, near)
  return { status: answer.status, value: (await answer.json()) as T }
}
type Refusal = { error: { code: string; message: string; where: string } }

/** The wind-chime sound is a fault that no shipped pack knows. */
const chime = (more: object = {}) =>
  JSON.stringify(
    { id: 'heater', zh: '取暖器', en: 'Room heater', aspects: [{ id: 'noise', faults: '叮叮当当' }], ...more },
    null,
    2,
  )
const gold = '{"text": "开机叮叮当当的", "expect": [{"aspect": "noise", "polarity": "negative"}]}\n'
const aspectsIn = async (text: string) =>
  (await ask<VoicePage>('/voices?tenant=main&from=2026-01-01&to=2026-12-31')).value.voices
    .find((one) => one.text === text)!
    .mentions.map((one) => one.aspect)

async function send(texts: string[], tenant = MAIN): Promise<void> {
  const records = texts.map((text) => ({ text, at: Date.UTC(2026, 1, 1), category: '取暖器' }))
  await app.ingest.accept({ tenant, kind: 'voices', source: 's', records })
  await app.ingest.idle()
}

beforeAll(async () => {
  const opened = await openApp({ dataDir, host: '127.0.0.1', port: 0, readerThreads: 1 }, () => {})
  if (!opened.ok) throw new Error(opened.problem.message)
  app = opened.value
  http = createHttp(app)
  await send(['一开就叮叮当当', '升温很快', '外壳有点塑料'])
})
afterAll(async () => {
  await app.close()
  folder.remove()
})

describe('the list of packs', () => {
  test('has every pack with its aspects, owners and gold cases, and the pack itself tells that they hold', async () => {
    const { packs } = (await ask<PackList>('/packs?tenant=main')).value
    expect(packs.length).toBeGreaterThan(10)
    const heater = packs.find((one) => one.id === 'heater')!
    expect(heater).toMatchObject({ shipped: true, own: false })
    expect(heater.owners).toContain('hardware-quality')
    expect(heater.gold).toBeGreaterThan(5)
    const { gold: results } = (await ask<PackDetail>('/packs/heater?tenant=main')).value
    expect(results.map((one) => one.missing)).toEqual(Array.from({ length: heater.gold }, () => []))
  })
})

describe('a pack of a brand’s own', () => {
  test('can be tried before it is kept: which readings would change, and whether its gold cases hold', async () => {
    const tried = await ask<PackTrial>('/packs/heater/try?tenant=main', { text: chime(), gold })
    expect(tried.value).toMatchObject({ tried: 3, changed: 1, gold: [{ missing: [] }] })
    expect(tried.value.examples[0]!.before.mentions).toEqual([])
    expect(tried.value.examples[0]!.after.mentions).toMatchObject([{ aspect: 'noise', polarity: 'negative' }])
    expect((await ask<PackDetail>('/packs/heater?tenant=main')).value.text).toBeNull()
    expect(await aspectsIn('一开就叮叮当当')).toEqual([])
  })

  test('is read with from the next voice on, and what was read before is read again', async () => {
    const saved = await ask<PackDetail>('/packs/heater?tenant=main', { text: chime(), gold })
    expect(saved.value.versions.map((one) => one.version)).toEqual([1])
    await send(['半夜叮叮当当响个没完'])
    expect(await aspectsIn('半夜叮叮当当响个没完')).toContain('noise')
    await expect.poll(() => aspectsIn('一开就叮叮当当'), { timeout: 30_000 }).toEqual(['noise'])
    const { packs } = (await ask<PackList>('/packs?tenant=main')).value
    const heater = packs.find((one) => one.id === 'heater')!
    expect(heater.own).toBe(true)
    expect(saved.value.gold.flatMap((one) => one.missing)).toEqual([])
  })

  test('is the tenant’s own: another tenant reads without it', async () => {
    const other = (await ask<PackDetail>('/packs/heater?tenant=demo')).value
    expect([other.text, other.versions]).toEqual([null, []])
    expect((await ask('/packs/heater?tenant=nobody')).status).toBe(404)
  })

  test.each([
    ['{\n  "id": "heater",\n  "zh": oops\n}', 'pack.json:3', /not JSON/],
    [chime({ aspects: [{ id: 'noise', colour: 'red' }] }), 'pack.json:8', /colour/],
    [chime({ aspects: [{ id: 'chime' }] }), 'pack.json:6', /"zh"/],
    [chime({ aspects: [{ id: 'noise', owner: 'nobody' }] }), 'pack.json:8', /nobody/],
    [chime({ id: 'phone' }), 'pack.json', /this is the pack "heater"/],
  ])('a bad one is refused with its line and reason, and changes nothing', async (text, where, reason) => {
    const refused = await ask<Refusal>('/packs/heater?tenant=main', { text, gold: '' })
    expect(refused.status).toBe(422)
    expect(refused.value.error.where).toBe(where)
    expect(refused.value.error.message).toMatch(reason)
    expect((await ask<PackDetail>('/packs/heater?tenant=main')).value.text).toBe(chime())
  })

  test('gold cases that are none are refused with their line', async () => {
    const refused = await ask<Refusal>('/packs/heater/try?tenant=main', { text: chime(), gold: `${gold}{"text": 1}` })
    expect(refused.value.error).toMatchObject({ code: 'bad_gold', where: 'gold.jsonl:2' })
  })

  test('goes one step back at a time, and every version stays on record', async () => {
    const louder = chime({ aspects: [{ id: 'noise', faults: '叮叮当当|哐哐响' }] })
    await ask('/packs/heater?tenant=main', { text: louder, gold })
    const first = (await ask<PackDetail>('/packs/heater/back?tenant=main', {})).value
    expect(first.text).toBe(chime())
    expect(first.versions.map((one) => one.version)).toEqual([3, 2, 1])
    expect((await ask<Refusal>('/packs/phone/back?tenant=main', {})).value.error.code).toBe('nothing_to_undo')
  })

  test('may be new altogether, with names, words and an owner of its own', async () => {
    const aspects = [
      { id: 'strings', zh: '琴弦', en: 'Strings', owner: 'hardware-quality', touchpoint: 'fulfil.use', faults: '断弦' },
    ]
    const guitar = JSON.stringify({ id: 'guitar', zh: '吉他', en: 'Guitar', match: '吉他', aspects })
    const saved = await ask<PackDetail>('/packs/guitar?tenant=main', { text: guitar })
    expect(saved.value.aspects.map((one) => one.id)).toContain('strings')
    const { aspects: known } = (await ask<{ aspects: { id: string; zh: string }[] }>('/catalogue?tenant=main')).value
    expect(known.find((one) => one.id === 'strings')?.zh).toBe('琴弦')
    const gone = await ask<PackDetail | null>('/packs/guitar/back?tenant=main', {})
    expect(gone.value?.text ?? null).toBeNull()
    expect((await ask<PackList>('/packs?tenant=main')).value.packs.map((one) => one.id)).not.toContain('guitar')
  })

  test('may lie in the tenant’s folder; one that is broken there is told with file, line and reason, and left out', async () => {
    const place = (id: string, text: string) => {
      mkdirSync(path.join(dataDir, 'packs', 'main', id), { recursive: true })
      writeFileSync(path.join(dataDir, 'packs', 'main', id, 'pack.json'), text)
    }
    place('kettle', JSON.stringify({ id: 'kettle', zh: '养生壶', en: 'Kettle', aspects: [] }))
    place('lamp', '{\n  "id": "lamp",\n  "zh": "灯"\n}')
    const { packs, refused } = (await ask<PackList>('/packs?tenant=main')).value
    expect(packs.find((one) => one.id === 'kettle')).toMatchObject({ folder: true, shipped: false })
    expect(packs.map((one) => one.id)).not.toContain('lamp')
    expect(refused[0]!.problem).toMatch(/lamp\/pack\.json:\d+: /)
    expect((await ask<PackList>('/packs?tenant=demo')).value.refused).toEqual([])
  })
})
