import type { TenantId } from '../core/tenant.ts'
import { rollUp } from '../measure/rollups/build.ts'
import type { Core } from './core.ts'

/** Days are added up after a pause in what comes in; while it goes on, they are read row by row. */
const PAUSE_MS = 20_000

/** Adds up each tenant's days in the background, one tenant at a time, some while after something was written. */
export function createRollups(core: Core) {
  const { stores, changes, log } = core
  const waiting = new Map<TenantId, NodeJS.Timeout>()
  const stop = new AbortController()
  let running: Promise<unknown> = Promise.resolve()

  const unsubscribe = changes.subscribe(null, (what, tenant) => {
    if (what.includes('voices') || what.includes('events')) schedule(tenant)
  })

  function schedule(tenant: TenantId): void {
    clearTimeout(waiting.get(tenant))
    const timer = setTimeout(() => {
      waiting.delete(tenant)
      run(tenant)
    }, PAUSE_MS)
    waiting.set(tenant, timer.unref())
  }

  function run(tenant: TenantId): void {
    running = running
      .then(() => (stop.signal.aborted ? 0 : rollUp(stores.analytics, tenant, Date.now(), stop.signal)))
      .catch((error: Error) => log(`adding up the days of ${tenant} failed: ${error.message}`))
  }

  /** What was written before the last stop is due as well. */
  async function begin(): Promise<void> {
    const tenants = await stores.db.selectFrom('tenants').select('id').execute()
    for (const { id } of tenants) schedule(id as TenantId)
  }

  async function close(): Promise<void> {
    unsubscribe()
    stop.abort()
    for (const timer of waiting.values()) clearTimeout(timer)
    await running
  }

  return { begin, close }
}
