import type { Generated, JSONColumnType } from 'kysely'
import type { Moment } from './moment.ts'

/** Originals that are kept sealed, and what customers asked for. */
export interface PrivacyTables {
  originals: OriginalTable
  original_looks: OriginalLookTable
  privacy_requests: PrivacyRequestTable
  refused_customers: RefusedCustomerTable
}

/** What a record said before it was masked, sealed with the key of the data folder. */
interface OriginalTable {
  tenant: string
  kind: 'voices' | 'events' | 'orders'
  record_id: string
  /** The local day of a voice or event; empty for an order. */
  day: string
  customer_ref: string
  sealed: string
  kept_at: Moment
  keep_until: Moment
}

/** One look at an original: who, when, why. */
interface OriginalLookTable {
  id: Generated<string>
  tenant: string
  at: Moment
  actor: string
  reason: string
  kind: string
  /** Empty once the customer was erased. */
  record_id: string
  found: boolean
}

/** What was exported or erased for a customer, in numbers; whose it was is not kept. */
interface PrivacyRequestTable {
  id: Generated<string>
  tenant: string
  at: Moment
  actor: string
  what: 'export' | 'erase'
  orders_kept: Generated<boolean>
  refuse_later: Generated<boolean>
  counts: JSONColumnType<Record<string, number>, string, string>
}

/** Records of this customer are not taken any more. */
interface RefusedCustomerTable {
  tenant: string
  /** HMAC-SHA-256 under the key of the data folder. */
  customer_hash: string
  since: Moment
}
