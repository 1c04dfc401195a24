import type { TenantId } from '../core/tenant.ts'

export type Changed =
  | 'voices'
  | 'packs'
  | 'events'
  | 'orders'
  | 'products'
  | 'findings'
  | 'tickets'
  | 'effects'
  | 'settings'
  | 'graph'
  | 'surveys'
  | 'funnels'
  | 'indicators'
  | 'alerts'
  | 'channels'
  | 'modules'

/** Who wants to know that a tenant's data changed: open consoles, and the engine that looks for findings. */
export interface ChangeFeed {
  subscribe(tenant: TenantId | null, listener: (what: readonly Changed[], tenant: TenantId) => void): () => void
  publish(tenant: TenantId, what: readonly Changed[]): void
}

export function createChangeFeed(): ChangeFeed {
  const listeners = new Set<(tenant: TenantId, what: readonly Changed[]) => void>()
  return {
    subscribe(tenant, listener) {
      const entry = (changed: TenantId, what: readonly Changed[]) => {
        if (tenant === null || tenant === changed) listener(what, changed)
      }
      listeners.add(entry)
      return () => listeners.delete(entry)
    },
    publish(tenant, what) {
      for (const listener of listeners) listener(tenant, what)
    },
  }
}
