import { z } from 'zod'

/** A tenant's id. Every row, key and query carries one, first. */
export const tenantId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'a tenant id is 1 to 40 of a-z, 0-9 and "-"')
  .brand('TenantId')
export type TenantId = z.infer<typeof tenantId>

/** The simulated market that a fresh store is filled with. */
export const DEMO = tenantId.parse('demo')
/** What a user imports, unless another tenant is named. */
export const MAIN = tenantId.parse('main')

/** Where local days begin unless a tenant or an import says otherwise. */
export const DEFAULT_ZONE = 'Asia/Shanghai'
