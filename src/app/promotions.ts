import { randomBytes } from 'node:crypto'
import { localDay } from '../core/clock.ts'
import type { Promotion } from '../core/promotions.ts'
import { nextDays, usualPromotions } from '../core/promotions.ts'
import type { TenantId } from '../core/tenant.ts'
import type { Core } from './core.ts'

/** A promotion as it is written: one that is new has no id yet. */
export type WrittenPromotion = Omit<Promotion, 'id'> & { id?: string }

/** A tenant's own promotion calendar. */
export function createPromotions(core: Core) {
  const { stores, tenancy, changes } = core

  async function read(tenant: TenantId, now: number) {
    const { settings, zone } = await tenancy.find(tenant)
    const { promotions } = settings
    const today = localDay(now, zone)
    const next = promotions.flatMap((one) => {
      const days = nextDays(one, today)
      return days ? [{ id: one.id, ...days }] : []
    })
    return { promotions: [...promotions], next, usual: promotions === usualPromotions }
  }

  /** Null: the usual calendar again. */
  async function save(tenant: TenantId, written: readonly WrittenPromotion[] | null, now: number) {
    const kept = written?.map(({ id = `p_${randomBytes(4).toString('hex')}`, ...rest }) => ({ id, ...rest })) ?? null
    const sql = kept
      ? `update tenants set settings = settings || jsonb_build_object('promotions', $2::jsonb) where id = $1`
      : `update tenants set settings = settings - 'promotions' where id = $1`
    await stores.pg.query(sql, kept ? [tenant, JSON.stringify(kept)] : [tenant])
    changes.publish(tenant, ['settings', 'indicators'])
    return read(tenant, now)
  }

  return { read, save }
}
