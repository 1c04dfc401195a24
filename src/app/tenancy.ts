import { addDays, fromLocal, localDay } from '../core/clock.ts'
import { usualPromotions } from '../core/promotions.ts'
import type { TenantId } from '../core/tenant.ts'
import { type Extent, extentOf } from '../measure/voices/flow.ts'
import type { Stores } from '../store/open.ts'
import type { TenantSettings } from '../store/postgres/tables/tenancy.ts'

export interface Period {
  from: string
  to: string
}

export interface Tenant {
  id: TenantId
  name: string
  /** In English; the same name where it has the one. */
  nameEn: string
  zone: string
  settings: Required<TenantSettings>
}

const defaults: Required<TenantSettings> = {
  returnWindowDays: 7,
  firstAnswerMinutes: 15,
  closeHours: 24,
  surveyCoolDownDays: 30,
  keepOriginals: false,
  originalDays: 90,
  promotions: usualPromotions,
}

/** Days of the period that a page shows when it is asked for none. */
const USUAL_DAYS = 28

export type Tenancy = ReturnType<typeof openTenancy>

/** What is known of a tenant: its settings, and from which day to which it has data. */
export function openTenancy(stores: Stores) {
  const extents = new Map<TenantId, Promise<Extent | null>>()

  const rowOf = (id: TenantId) =>
    stores.db.selectFrom('tenants').selectAll().where('id', '=', id).executeTakeFirstOrThrow()

  /** Asks PostgreSQL alone: the way in needs a tenant's zone whether or not the analytic store is there. */
  async function find(id: TenantId): Promise<Tenant> {
    const { name, name_en, zone, settings } = await rowOf(id)
    return { id, name, nameEn: name_en ?? name, zone, settings: { ...defaults, ...settings } }
  }

  /** True for the demo, and for any tenant as soon as one of its records is simulated. */
  async function isSimulated(id: TenantId): Promise<boolean> {
    return (await rowOf(id)).simulated || (await extent(id))?.simulated === true
  }

  /** First and last local day of voices and orders; null for a tenant without any. Kept until `forget`. */
  function extent(id: TenantId): Promise<Extent | null> {
    let known = extents.get(id)
    if (!known) {
      known = extentOf(stores.analytics, id)
      extents.set(id, known)
      known.catch(() => extents.delete(id))
    }
    return known
  }

  /** The asked period; left open, the last 28 days that have data. */
  async function period(id: TenantId, asked: { from?: string; to?: string }, now: number): Promise<Period> {
    const { zone } = await find(id)
    const to = asked.to ?? (await extent(id))?.to ?? localDay(now, zone)
    return { from: asked.from ?? addDays(to, 1 - USUAL_DAYS), to }
  }

  /**
   * The moment up to which the tenant's data tell what happened: the end of its last day, or now. A return window that closes later
   * is still open as far as anyone can know.
   */
  async function knownUntil(id: TenantId, now: number): Promise<number> {
    const [{ zone }, days] = await Promise.all([find(id), extent(id)])
    if (!days) return now
    const [year, month, day] = addDays(days.to, 1).split('-').map(Number) as [number, number, number]
    return Math.min(now, fromLocal(zone, [year, month, day]))
  }

  return { find, isSimulated, extent, period, knownUntil, forget: (id: TenantId) => void extents.delete(id) }
}
