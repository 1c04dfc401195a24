import type { TenantId } from '../../core/tenant.ts'
import { type WatchBook, watchBook } from '../../measure/alerts/own-watch.ts'
import { keptIndicators } from '../../measure/indicators/own/keep.ts'
import type { Core } from '../core.ts'

/** What a tenant can watch, its own indicators among it. */
export async function watchBookOf({ stores, tenancy }: Core, tenant: TenantId): Promise<WatchBook> {
  const [own, { zone, settings }] = await Promise.all([keptIndicators(stores.db, tenant), tenancy.find(tenant)])
  return watchBook(own, { tenant, zone, returnWindowDays: settings.returnWindowDays })
}
