import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DEMO, MAIN } from '../../src/core/tenant.ts'
import { accept } from '../../src/listen/accept.ts'
import { startReader } from '../../src/listen/reader.ts'
import { echo } from '../../src/listen/trial.ts'
import { restoreStores } from '../../src/store/backup/restore.ts'
import { saveStores } from '../../src/store/backup/save.ts'
import { openRemoteClickHouse } from '../../src/store/clickhouse/remote.ts'
import { ident, sql, trusted } from '../../src/store/clickhouse/sql.ts'
import { openStores, type Stores } from '../../src/store/open.ts'
import { temporaryFolder } from '../stores.ts'

/** Row 16 with a ClickHouse server outside, such as one of 2018: TEST_CLICKHOUSE_URL=http://127.0.0.1:8123. */
const server = process.env.TEST_CLICKHOUSE_URL
const folder = temporaryFolder('backup-outside')
const at = (name: string) => path.join(folder.path, name)
const quiet = () => {}
const databases = ['daystar_test_saved', 'daystar_test_restored'] as const
const [source, target] = databases.map((name) => `${server}/${name}`) as [string, string]
const saved = at('saved')

beforeAll(async () => {
  if (!server) return
  await forEachDatabase((name) => [`DROP DATABASE IF EXISTS ${name}`, `CREATE DATABASE ${name}`])
  const stores = await opened({ dataDir: at('data'), clickhouseUrl: source })
  const reader = startReader({ stores, readAll: echo, onChanged: quiet, log: quiet })
  for (const tenant of [MAIN, DEMO]) await send(stores, tenant, tenant === MAIN ? 70 : 30)
  await reader.idle()
  await reader.stop()
  const made = await saveStores(stores, { folder: saved, release: 'test', files: [], onProgress: quiet })
  expect(made.ok).toBe(true)
  await stores.close()
}, 120_000)

afterAll(async () => {
  if (server) await forEachDatabase((name) => [`DROP DATABASE IF EXISTS ${name}`])
  folder.remove()
})

async function forEachDatabase(statements: (name: string) => string[]): Promise<void> {
  const remote = await openRemoteClickHouse(server!)
  if (!remote.ok) throw new Error(remote.problem.message)
  for (const name of databases) for (const statement of statements(name)) await remote.value.command(trusted(statement))
  await remote.value.close()
}

async function opened(options: { dataDir: string; clickhouseUrl?: string }): Promise<Stores> {
  const stores = await openStores(options)
  if (!stores.ok) throw new Error(stores.problem.message)
  return stores.value
}

async function send(stores: Stores, tenant: typeof MAIN, n: number): Promise<void> {
  const when = (i: number) => Date.UTC(2026, 0, 1 + (i % 20))
  const numbers = Array.from({ length: n }, (_, i) => i)
  const batches = {
    voices: numbers.map((i) => ({ id: `v${i}`, text: `第 ${i} 条\t很吵\n\\N 'x'`, rating: 1 + (i % 5), at: when(i) })),
    events: numbers.map((i) => ({ id: `e${i}`, name: 'page_viewed', at: when(i), props: { position: i, q: '"\\' } })),
    orders: numbers.map((i) => ({
      id: `o${i}`,
      currency: 'CNY',
      orderedAt: when(i),
      lines: [{ productId: 'lamp', quantity: 1, amountMinor: 100 + i }],
    })),
  }
  for (const [kind, records] of Object.entries(batches) as [keyof typeof batches, object[]][]) {
    const answer = await accept(stores, { tenant, source: 'backup', kind, zone: 'Asia/Shanghai', records })
    expect(answer).toMatchObject({ ok: true, value: { kept: n, dead: [] } })
  }
}

/** How many rows each tenant has in each table. */
async function rowsIn(options: { dataDir: string; clickhouseUrl?: string }): Promise<Record<string, unknown>> {
  const stores = await opened(options)
  const found: Record<string, unknown> = {}
  for (const name of ['voices', 'mentions', 'events', 'orders'])
    found[name] = await stores.analytics.query(
      sql`SELECT tenant, count() AS n FROM ${ident(name)} FINAL GROUP BY tenant ORDER BY tenant`,
    )
  await stores.close()
  return found
}

test.skipIf(!server)(
  'what an outside server holds is restored into another database of it, and into the embedded engine',
  async () => {
    const order = { folder: saved, layTables: async () => {}, onProgress: quiet }
    const outside = { dataDir: at('outside'), clickhouseUrl: target }
    // Every row is read back and compared by the restoration itself.
    expect(await restoreStores(outside, order)).toMatchObject({ ok: true })
    const expected = await rowsIn({ dataDir: at('data'), clickhouseUrl: source })
    expect(expected).toMatchObject({
      voices: [
        { tenant: 'demo', n: 30 },
        { tenant: 'main', n: 70 },
      ],
      events: [{ n: 30 }, { n: 70 }],
      orders: [{ n: 30 }, { n: 70 }],
    })
    expect(await rowsIn(outside)).toEqual(expected)
    // A database that holds something is not written over.
    expect(await restoreStores({ ...outside, dataDir: at('again') }, order)).toMatchObject({
      ok: false,
      problem: { code: 'restore_not_empty' },
    })
    const embedded = { dataDir: at('embedded') }
    expect(await restoreStores(embedded, order)).toMatchObject({ ok: true })
    expect(await rowsIn(embedded)).toEqual(expected)
  },
  180_000,
)
