import path from 'node:path'
import { type App, openApp } from '../../src/app.ts'
import type { TenantId } from '../../src/core/tenant.ts'
import { tenantId } from '../../src/core/tenant.ts'
import type { Market } from '../../src/demo/market.ts'
import { openStores } from '../../src/store/open.ts'
import { temporaryFolder } from '../stores.ts'

const BATCH = 1_000

export interface Worlds {
  app: App
  /** Brings a market in by the door that everything comes in by, until it is read and compared. Events tell the drivers nothing: left out. */
  settle(tenant: TenantId, market: Market): Promise<void>
  close(): Promise<void>
}

/** The whole application, without HTTP, on a store of its own with a tenant for each world. */
export async function openWorlds(names: readonly string[]): Promise<Worlds> {
  const folder = temporaryFolder('truth')
  const config = { dataDir: path.join(folder.path, 'data'), host: '127.0.0.1', port: 0, readerThreads: 1 }
  const stores = await openStores(config)
  if (!stores.ok) throw new Error(stores.problem.message)
  const rows = names.map((id) => ({ id, name: id, zone: 'Asia/Shanghai', simulated: true }))
  await stores.value.db.insertInto('tenants').values(rows).execute()
  await stores.value.close()
  const opened = await openApp(config, (line) => /failed|set aside/.test(line) && console.error(line))
  if (!opened.ok) throw new Error(opened.problem.message)
  const app = opened.value
  return {
    app,
    async settle(tenant, market) {
      for (const kind of ['products', 'orders', 'voices'] as const) {
        for (let at = 0; at < market[kind].length; at += BATCH) {
          const records = market[kind].slice(at, at + BATCH)
          const taken = await app.ingest.accept({ tenant, kind, source: 'demo', records })
          if (!taken.ok) throw new Error(taken.problem.message)
        }
      }
      await app.ingest.idle()
      await app.findings.settled()
    },
    async close() {
      await app.close()
      folder.remove()
    },
  }
}

export const worldName = (text: string): TenantId => tenantId.parse(text)
