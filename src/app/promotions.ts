import { randomBytes } from 'node:crypto'
import type { Promotion } from '../core/promotions.ts'
import { usualPromotions } from '../core/promotions.ts'
import type { TenantId } from '../core/tenant.ts'
import type { Core } from './core.ts'

/** A promotion as it is written: one that is new has no id yet. */
export type WrittenPromotion = Omit<Promotion, 'id'> & { id?: string }

/** A tenant's own promotion calendar. */
export function createPromotions(core: Core) {
  const { stores, tenancy, changes } = core

  async function read(tenant: TenantId) {
    const { settings } = await tenancy.find(tenant)
    const { promotions } = settings
    return { promotions: [...promotions], usual: promotions === usualPromotions }
  }

  /** Null: the usual calendar again. */
  async function save(tenant: TenantId, written: readonly WrittenPromotion[] | null) {
    const kept = written?.map(({ id = `p_${randomBytes(4).toString('hex')}`, ...rest }) => ({ id, ...rest })) ?? null
    const sql = kept
      ? `update tenants set settings = settings || jsonb_build_object('promotions', $2::jsonb) where id = $1`
      : `update tenants set settings = settings - 'promotions' where id = $1`
    await stores.pg.query(sql, kept ? [tenant, JSON.stringify(kept)] : [tenant])
    changes.publish(tenant, ['settings', 'indicators'])
    return read(tenant)
  }

  return { read, save }
}
