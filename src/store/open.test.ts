import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../test/stores.ts'
import { sql } from './clickhouse/sql.ts'
import { inspectStores } from './inspect.ts'
import { openStores, type Stores } from './open.ts'
import { readPostmaster } from './postgres/postmaster.ts'

let folder: ReturnType<typeof temporaryFolder>
let dataDir: string
const children: ChildProcess[] = []

beforeEach(() => {
  folder = temporaryFolder('store')
  dataDir = path.join(folder.path, 'my data 数据')
})

afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
  // A killed owner leaves its server: attach to it once more, to stop it.
  const left = await openStores({ dataDir })
  if (left.ok) await left.value.close()
  folder.remove()
})

async function opened(log?: (line: string) => void): Promise<Stores> {
  const stores = await openStores({ dataDir, log })
  if (!stores.ok) throw new Error(stores.problem.message)
  return stores.value
}

/** Another process that opens the folder, writes a row into both engines and holds on. */
async function otherOwner(): Promise<ChildProcess> {
  const script = `
    const { openStores } = await import(${JSON.stringify(import.meta.resolve('./open.ts'))})
    const stores = await openStores({ dataDir: ${JSON.stringify(dataDir)} })
    if (!stores.ok) throw new Error(stores.problem.message)
    await stores.value.pg.query("update tenants set name = '还在' where id = 'main'")
    await stores.value.analytics.insert('events', [{ tenant: 'main', day: '2026-01-01', id: 'e1', at: 1 }])
    stores.value.announce('http://127.0.0.1:7070')
    process.send('open')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  children.push(child)
  await once(child, 'message')
  return child
}

async function kept(stores: Stores) {
  const { rows } = await stores.pg.query("select name from tenants where id = 'main'")
  const events = await stores.analytics.query<{ n: number }>(sql`SELECT count() AS n FROM events WHERE id = ${'e1'}`)
  return { name: rows[0].name, events: events[0]!.n }
}

const pgdataOf = (stores: Stores) => path.join(stores.dataDir, 'postgres')

describe('the stores on one data folder', () => {
  test('are created in a path with spaces and Chinese, with all tables, and keep their data over a restart', async () => {
    const first = await opened()
    expect((await first.db.selectFrom('tenants').select('id').orderBy('id').execute()).map(({ id }) => id)).toEqual([
      'demo',
      'main',
    ])
    await first.pg.query("update tenants set name = '还在' where id = 'main'")
    await first.analytics.insert('events', [{ tenant: 'main', day: '2026-01-01', id: 'e1', at: 1 }])
    await first.close()
    expect(existsSync(path.join(dataDir, 'daystar.lock'))).toBe(false)
    const second = await opened()
    expect(await kept(second)).toEqual({ name: '还在', events: 1 })
    await second.close()
  })

  test('keep the password for their owner alone and synchronise every commit', async () => {
    const stores = await opened()
    expect(statSync(path.join(dataDir, 'postgres.password')).mode & 0o777).toBe(0o600)
    for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes', 'data_checksums'])
      expect((await stores.pg.query(`show ${setting}`)).rows[0][setting]).toBe('on')
    expect((await stores.pg.query('show listen_addresses')).rows[0].listen_addresses).toBe('127.0.0.1')
    const created = await stores.analytics.query<{ create_table_query: string }>(
      sql`SELECT create_table_query FROM system.tables WHERE name = ${'voices'}`,
    )
    expect(created[0]!.create_table_query).toMatch(/fsync_after_insert = 1/)
    await stores.close()
  })

  test('are refused to a second owner with a sentence that names the first and where it answers', async () => {
    const owner = await otherOwner()
    const second = await openStores({ dataDir })
    expect(second).toMatchObject({
      ok: false,
      problem: {
        code: 'data-folder-in-use',
        message: expect.stringContaining(`process ${owner.pid}`),
        remedy: expect.stringContaining('http://127.0.0.1:7070'),
      },
    })
    const state = await inspectStores({ dataDir })
    expect(state.holder?.pid).toBe(owner.pid)
    expect(state.engines.map(({ running }) => running)).toEqual([true, true])
  })

  test('attach to the server that outlives an owner killed outright, with all that was acknowledged', async () => {
    const owner = await otherOwner()
    owner.kill('SIGKILL')
    await once(owner, 'exit')
    const server = readPostmaster(path.join(dataDir, 'postgres'))!
    expect((await inspectStores({ dataDir })).problems.map(({ code }) => code)).toEqual(['postgres-left-running'])
    const lines: string[] = []
    const stores = await opened((line) => lines.push(line))
    expect(lines[0]).toContain(`attached to it (process ${server.pid})`)
    expect(await kept(stores)).toEqual({ name: '还在', events: 1 })
    await stores.close()
    expect(readPostmaster(path.join(dataDir, 'postgres'))).toBeUndefined()
  })

  test('recover when PostgreSQL is killed outright together with its owner', async () => {
    const owner = await otherOwner()
    const server = readPostmaster(path.join(dataDir, 'postgres'))!
    process.kill(server.pid, 'SIGKILL')
    owner.kill('SIGKILL')
    await once(owner, 'exit')
    const stores = await opened()
    expect(readPostmaster(pgdataOf(stores))!.pid).not.toBe(server.pid)
    expect(await kept(stores)).toEqual({ name: '还在', events: 1 })
    await stores.close()
  })

  test('start anew over a postmaster.pid whose process id another program has been given', async () => {
    await (await opened()).close()
    writeFileSync(
      path.join(dataDir, 'postgres', 'postmaster.pid'),
      `${process.pid}\n${dataDir}\n1\n5432\n\n127.0.0.1\n0 0\nready\n`,
    )
    const stores = await opened()
    expect((await stores.pg.query('select 1 as one')).rows).toEqual([{ one: 1 }])
    await stores.close()
  })

  test('begin again where a first start was killed while it laid the files', async () => {
    mkdirSync(path.join(dataDir, 'postgres-new-abandoned', 'data'), { recursive: true })
    const stores = await opened()
    expect(existsSync(path.join(dataDir, 'postgres-new-abandoned'))).toBe(false)
    await stores.close()
  })

  test('say what is wrong with a folder that cannot be written, and with an outside server that does not answer', async () => {
    const file = path.join(folder.path, 'file')
    writeFileSync(file, '')
    expect(await openStores({ dataDir: path.join(file, 'data') })).toMatchObject({
      ok: false,
      problem: { code: 'data-folder-unwritable', remedy: expect.stringContaining('DAYSTAR_DATA') },
    })
    expect(await openStores({ dataDir, databaseUrl: 'postgres://x@127.0.0.1:1/x' })).toMatchObject({
      ok: false,
      problem: { code: 'postgres-unreachable' },
    })
    expect(await openStores({ dataDir, clickhouseUrl: 'http://127.0.0.1:1' })).toMatchObject({
      ok: false,
      problem: { code: 'clickhouse-unreachable' },
    })
    // What had been opened before the failure was closed again.
    expect(readPostmaster(path.join(dataDir, 'postgres'))).toBeUndefined()
    expect(existsSync(path.join(dataDir, 'daystar.lock'))).toBe(false)
    // Its last line may come a moment after its process id is gone from the folder.
    await expect
      .poll(() => readFileSync(path.join(dataDir, 'postgres.log'), 'utf8'), { timeout: 20_000 })
      .toContain('database system is shut down')
  })
})
