import { findIntervention, type Intervention, listInterventions } from '../act/interventions.ts'
import type { Core } from '../app.ts'
import type { TenantId } from '../core/tenant.ts'
import { interventionPanel } from '../measure/panel.ts'
import { type Proof, proveChange } from '../prove/designs/did/prove.ts'

export type Effect = Intervention & { proof: Proof }

/** What each intervention did: its products against the category's untouched ones. */
export function createEffects(core: Core) {
  const { stores, tenancy } = core

  async function weigh(tenant: TenantId, made: Intervention, now: number): Promise<Effect> {
    const { zone, settings } = await tenancy.find(tenant)
    const asOf = await tenancy.knownUntil(tenant, now)
    const panel = await interventionPanel(stores.analytics, {
      tenant,
      category: made.category,
      productIds: made.productIds,
      at: made.at,
      zone,
      asOf,
      returnWindowDays: settings.returnWindowDays,
    })
    return { ...made, proof: proveChange(panel, { margin: made.margin, what: made.what }) }
  }

  return {
    list: async (tenant: TenantId, now: number): Promise<Effect[]> =>
      Promise.all((await listInterventions(stores.db, tenant)).map((made) => weigh(tenant, made, now))),
    detail: async (tenant: TenantId, id: string, now: number): Promise<Effect | undefined> => {
      const made = await findIntervention(stores.db, tenant, id)
      return made && weigh(tenant, made, now)
    },
  }
}
