/** Opens what a backup was restored into, reads what waits, and tells what is there. Arguments: data folder. */
import path from 'node:path'
import { readConfig } from '../../src/app/config.ts'
import { openApp } from '../../src/app.ts'
import { MAIN } from '../../src/core/tenant.ts'
import { sql } from '../../src/store/clickhouse/sql.ts'

const [dataDir] = process.argv.slice(2)
const opened = await openApp(
  { ...readConfig(process.env), dataDir: path.resolve(dataDir!), readerThreads: 0 },
  () => {},
)
if (!opened.ok) throw new Error(opened.problem.message)
const app = opened.value
await app.ingest.idle()
const voices = await app.stores.analytics.query<{ id: string; n: number; text: string }>(
  sql`SELECT id, count() AS n, any(text) AS text FROM voices WHERE tenant = ${MAIN} GROUP BY id ORDER BY id`,
)
const orders = await app.stores.analytics.query(
  sql`SELECT order_id, returned_at, own_returned_at FROM orders FINAL WHERE tenant = ${MAIN}`,
)
const returns = await app.stores.db.selectFrom('order_returns').select('event_id').where('tenant', '=', MAIN).execute()
const original = await app.privacy.original(
  { tenant: MAIN, kind: 'voices', id: 'first', day: '2026-01-02' },
  { actor: 'test', reason: 'restored', now: Date.now() },
)
console.log(
  JSON.stringify({ voices, orders, returns: returns.length, original, needsOwner: await app.access.needsOwner() }),
)
await app.close()
