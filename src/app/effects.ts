import { findIntervention, type Intervention, listInterventions } from '../act/interventions.ts'
import { localDay } from '../core/clock.ts'
import type { TenantId } from '../core/tenant.ts'
import { findOutcome } from '../measure/drivers/outcomes.ts'
import { askPanel } from '../measure/panel.ts'
import { proveDid } from '../prove/designs/did/did.ts'
import type { Proof } from '../prove/proof.ts'
import type { Core } from './core.ts'

export type Effect = Intervention & { proof: Proof }

/** What each intervention did: its products against the category's untouched ones. */
export function createEffects(core: Core) {
  const { stores, tenancy } = core

  async function weigh(tenant: TenantId, made: Intervention, now: number): Promise<Effect> {
    const { zone, settings } = await tenancy.find(tenant)
    const changeDay = localDay(made.at, zone)
    const panel = await askPanel(stores.analytics, {
      tenant,
      outcome: made.outcome,
      category: made.category,
      productIds: made.productIds,
      changeDay,
      asOf: await tenancy.knownUntil(tenant, now),
      returnWindowDays: settings.returnWindowDays,
    })
    // An intervention is only ever written for an outcome that measure knows.
    if (!panel) throw new Error(`unknown outcome ${made.outcome} of intervention ${made.id}`)
    return {
      ...made,
      proof: proveDid({ ...panel, outcome: findOutcome(made.outcome)!, changeDay, margin: made.margin }),
    }
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
