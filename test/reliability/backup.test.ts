import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BackupDone, check, restore } from '../../src/app/backup.ts'
import { readConfig, root } from '../../src/app/config.ts'
import { type App, openApp } from '../../src/app.ts'
import type { Result } from '../../src/core/result.ts'
import { MAIN } from '../../src/core/tenant.ts'
import { accept } from '../../src/listen/accept.ts'
import { membersOf } from '../../src/store/backup/archive.ts'
import type { Manifest } from '../../src/store/backup/manifest.ts'
import { openStores } from '../../src/store/open.ts'
import { openEmbeddedPostgres } from '../../src/store/postgres/embedded.ts'
import { temporaryFolder } from '../stores.ts'

/** Row 16: a backup under load, restored elsewhere, is the same. What is restored is opened in a process of its own, as on another machine. */
const folder = temporaryFolder('backup')
const at = (name: string) => path.join(folder.path, name)
const dataDir = at('data')
const saved = at('backups/monday')
const asFile = at('backups/tuesday.tar')
const quiet = () => {}
const PHONE = '13912345678'
let app: App
let made: BackupDone
let again: Result<BackupDone>
let inFile: BackupDone
const acknowledged: string[] = []

beforeAll(async () => {
  const opened = await openApp({ ...readConfig({}), dataDir, readerThreads: 1 }, quiet)
  if (!opened.ok) throw new Error(opened.problem.message)
  app = opened.value
  const person = { name: '店主', email: 'owner@example.com', password: 'a long password' }
  expect((await app.access.createOwner(person)).ok).toBe(true)
  await app.privacy.save(MAIN, { keepOriginals: true, originalDays: 90 })
  await send([{ id: 'first', text: `半夜很吵，打 ${PHONE}\t也没人接\n\\N`, at: Date.UTC(2026, 0, 2) }])
  await sendReturn()
  await app.ingest.idle()
  made = await backUpUnderLoad()
  await app.ingest.idle()
  const packed = await app.backUp({ folder: asFile, onProgress: quiet })
  if (!packed.ok) throw new Error(packed.problem.message)
  inFile = packed.value
  again = await app.backUp({ folder: saved, onProgress: quiet })
  await app.close()
}, 120_000)

afterAll(() => folder.remove())

async function send(records: { id: string; text: string; at: number }[]): Promise<void> {
  const answer = await accept(app.stores, {
    tenant: MAIN,
    source: 'backup',
    kind: 'voices',
    zone: 'Asia/Shanghai',
    records,
  })
  if (!answer.ok) throw new Error(answer.problem.message)
  acknowledged.push(...records.map(({ id }) => id))
}

/** An order whose record knows of no return, and the event that tells it: what the two make of each other stands in columns of their own. */
async function sendReturn(): Promise<void> {
  const about = { tenant: MAIN, source: 'backup', zone: 'Asia/Shanghai' }
  const order = {
    id: 'o1',
    currency: 'CNY',
    orderedAt: Date.UTC(2026, 0, 1),
    lines: [{ productId: 'lamp', quantity: 1, amountMinor: 9_900 }],
  }
  const back = {
    id: 'r1',
    name: 'return_received',
    orderId: 'o1',
    productId: 'lamp',
    at: Date.UTC(2026, 0, 9),
    props: {},
  }
  for (const [kind, record] of [
    ['orders', order],
    ['events', back],
  ] as const) {
    const answer = await accept(app.stores, { ...about, kind, records: [record] })
    if (!answer.ok) throw new Error(answer.problem.message)
  }
}

/** Senders go on before, while and after the backup is made; what had been acknowledged when it began must be in it. */
async function backUpUnderLoad(): Promise<BackupDone> {
  let over = false
  let batch = 0
  const sending = Array.from({ length: 3 }, async () => {
    while (!over) {
      const mine = batch++
      await send(
        Array.from({ length: 20 }, (_, i) => ({
          id: `${mine}-${i}`,
          text: `第 ${mine} 批第 ${i} 条，晚上有点吵`,
          at: Date.UTC(2026, 0, 1 + (mine % 28)),
        })),
      )
    }
  })
  while (acknowledged.length < 2_000) await new Promise((resolve) => setTimeout(resolve, 5))
  const before = acknowledged.length
  const done = await app.backUp({ folder: saved, onProgress: quiet })
  const after = acknowledged.length
  over = true
  await Promise.all(sending)
  if (!done.ok) throw new Error(done.problem.message)
  expect(after).toBeGreaterThan(before)
  acknowledged.length = before
  return done.value
}

/** The command line on another data folder, and another database where one is named. */
async function run(dataDir: string, ...args: string[]) {
  const env = { ...process.env, DAYSTAR_DATA: dataDir, DATABASE_URL: databaseUrl, CLICKHOUSE_URL: '' }
  const child = spawn(process.execPath, args, { env, cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { code: child.exitCode, out, err }
}
let databaseUrl = ''
const daystar = (dataDir: string, ...args: string[]) => run(dataDir, 'src/cli/main.ts', ...args)

const manifestOf = (backup: string): Manifest => JSON.parse(readFileSync(path.join(backup, 'manifest.json'), 'utf8'))

/** A copy of the backup that something has been done to. */
function changed(name: string, change: (backup: string, manifest: Manifest & Record<string, unknown>) => void): string {
  const copy = at(name)
  cpSync(saved, copy, { recursive: true })
  const manifest = manifestOf(copy) as Manifest & Record<string, unknown>
  change(copy, manifest)
  writeFileSync(path.join(copy, 'manifest.json'), JSON.stringify(manifest))
  return copy
}

async function problemOf(backup: string) {
  const checked = await check(backup, quiet)
  return checked.ok ? undefined : checked.problem.code
}

describe('a backup made while records come in', () => {
  test('has, restored elsewhere, all that was acknowledged before it, nothing twice, and opens what was sealed', async () => {
    const elsewhere = at('elsewhere')
    const restored = await daystar(elsewhere, 'restore', saved, '--json')
    expect(restored, restored.err).toMatchObject({ code: 0 })
    expect(JSON.parse(restored.out)).toEqual(made)
    const { out, err } = await run(elsewhere, 'test/reliability/restored.ts', elsewhere)
    expect(out, err).not.toBe('')
    const found = JSON.parse(out) as {
      voices: { id: string; n: number; text: string }[]
      original: unknown
      needsOwner: boolean
    }
    const there = new Map(found.voices.map((voice) => [voice.id, voice]))
    expect(acknowledged.filter((id) => !there.has(id))).toEqual([])
    expect(found.voices.filter(({ n }) => n !== 1)).toEqual([])
    expect(there.get('first')!.text).toBe('半夜很吵，打 139****5678\t也没人接\n\\N')
    expect(found.original).toEqual({ ok: true, value: { text: `半夜很吵，打 ${PHONE}\t也没人接\n\\N` } })
    expect(found.needsOwner).toBe(false)
    expect(readFileSync(path.join(elsewhere, 'secret'), 'utf8')).toBe(
      readFileSync(path.join(dataDir, 'secret'), 'utf8'),
    )
  }, 120_000)

  test('is for its owner alone, and no file of it says what was masked', () => {
    const { tables } = manifestOf(saved)
    expect(tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['inbox', 'voices', 'mentions', 'originals', 'user']),
    )
    for (const { file } of tables) {
      const content = gunzipSync(readFileSync(path.join(saved, file))).toString()
      expect(content.includes(PHONE), file).toBe(false)
    }
    expect(readdirSync(path.dirname(saved))).toEqual(['monday', 'tuesday.tar'])
  })

  test('as one file goes into a PostgreSQL of its own, with orders, what their events told of returns, and the moments of both', async () => {
    expect(inFile.rows).toBeGreaterThanOrEqual(made.rows)
    mkdirSync(at('outside'))
    const server = await openEmbeddedPostgres(at('outside'))
    if (!server.ok) throw new Error(server.problem.message)
    databaseUrl = server.value.url
    try {
      const target = at('from file')
      const restored = await daystar(target, 'restore', asFile, '--json')
      expect(restored, restored.err).toMatchObject({ code: 0 })
      expect(JSON.parse(restored.out)).toEqual(inFile)
      expect(existsSync(path.join(target, 'postgres'))).toBe(false)
      const { out, err } = await run(target, 'test/reliability/restored.ts', target)
      expect(out, err).not.toBe('')
      const found = JSON.parse(out) as { orders: unknown[]; returns: number; voices: unknown[] }
      expect(found.orders).toEqual([{ order_id: 'o1', returned_at: Date.UTC(2026, 0, 9), own_returned_at: null }])
      expect(found.returns).toBe(1)
      expect(found.voices.length).toBeGreaterThanOrEqual(acknowledged.length)
      expect((await daystar(at('again'), 'restore', asFile)).err).toContain('DATABASE_URL already')
    } finally {
      databaseUrl = ''
      await server.value.stop()
    }
  }, 120_000)

  test('as one file is the folder: tar unpacks it, and one that was cut or changed is refused', async () => {
    const unpacked = at('unpacked')
    mkdirSync(unpacked)
    const { status } = spawnSync('tar', ['xf', asFile, '-C', unpacked])
    expect([status, await problemOf(asFile), await problemOf(unpacked)]).toEqual([0, undefined, undefined])
    const bytes = readFileSync(asFile)
    const cut = at('cut.tar')
    writeFileSync(cut, bytes.subarray(0, bytes.length / 2))
    expect(await problemOf(cut)).toBe('backup_foreign')
    const [member] = [...(await membersOf(asFile))!].slice(-1)
    const flipped = at('flipped.tar')
    const other = Buffer.from(bytes)
    other[member![1].start + 20]! ^= 1
    writeFileSync(flipped, other)
    expect(await problemOf(flipped)).toBe('backup_broken')
    writeFileSync(at('text.tar'), 'no archive')
    expect(await problemOf(at('text.tar'))).toBe('backup_foreign')
  })

  test('is refused where it is damaged, foreign or newer, before anything is touched', async () => {
    expect(await problemOf(saved)).toBe(undefined)
    expect(await problemOf(at('nowhere'))).toBe('backup_missing')
    expect(await problemOf(dataDir)).toBe('backup_foreign')
    const inbox = 'postgres/inbox.copy.gz'
    expect(await problemOf(changed('cut', (copy) => truncateSync(path.join(copy, inbox), 100)))).toBe('backup_broken')
    const flipped = changed('flipped', (copy) => {
      const bytes = readFileSync(path.join(copy, inbox))
      bytes[60]! ^= 1
      writeFileSync(path.join(copy, inbox), bytes)
    })
    expect(await problemOf(flipped)).toBe('backup_broken')
    const newer = changed('newer form', (_, manifest) => Object.assign(manifest, { daystarBackup: 2 }))
    expect(await problemOf(newer)).toBe('backup_newer')
    expect(await problemOf(changed('newer tables', (_, { migrations }) => void migrations.push('9999_later')))).toBe(
      'backup_newer',
    )
    const outside = changed('outside', (_, { files }) => Object.assign(files[0]!, { file: 'files/../../secret' }))
    expect(await problemOf(outside)).toBe('backup_broken')
    const target = at('untouched')
    expect(await restore({ ...readConfig({}), dataDir: target }, flipped, quiet)).toMatchObject({ ok: false })
    expect(existsSync(target)).toBe(false)
  })

  test('overwrites nothing: not an older backup, and not a data folder', async () => {
    expect(again).toMatchObject({ ok: false, problem: { code: 'backup_exists' } })
    const full = at('full')
    mkdirSync(full)
    writeFileSync(path.join(full, 'note.txt'), 'mine')
    expect(await restore({ ...readConfig({}), dataDir: full }, saved, quiet)).toMatchObject({
      ok: false,
      problem: { code: 'restore_not_empty' },
    })
    expect(readdirSync(full)).toEqual(['note.txt'])
  })

  test('does not pass where a row came out otherwise than it was saved, and what was half restored cannot be started on', async () => {
    const other = changed('other', (_, { tables }) => void tables.find(({ name }) => name === 'voices')!.sum++)
    const target = at('half')
    const { code, err } = await daystar(target, 'restore', other)
    expect([code, err]).toEqual([1, expect.stringContaining('voices has other rows than were saved')])
    expect(await openStores({ dataDir: target })).toMatchObject({ ok: false, problem: { code: 'half_restored' } })
  }, 120_000)
})
